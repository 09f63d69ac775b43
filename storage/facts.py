"""Facts of schools, counted by the database."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.instrument import Instrument
from services.people.model import Kind, Organisation
from services.reporting import periods
from services.reporting.facts import STATE, Basis, Facts
from services.reporting.groups.waves import Wave
from services.reporting.periods import Period
from storage import fact_days
from storage.fact_windows import WHOLE, Counted, windows_of
from storage.facts_of_events import count_events
from storage.facts_of_forms import count_forms
from storage.facts_of_pairs import count_pairs
from storage.facts_of_routes import count_routes
from storage.facts_of_teachers import count_teachers
from storage.facts_of_tests import count_tests, tests_of
from storage.organisations import OrganisationTable
from storage.participation_facts import asked_then
from storage.tables import organisations
from storage.takers import within
from storage.taking_choice import choose_takings
from storage.taking_waiting import enough_wait


class FactTable:
    """`services.reporting.ports.FactStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def facts(self, place: Organisation, periods: Sequence[Period], basis: Basis) -> Mapping[str, Facts]:
        await self._without_compiling()
        schools = await self._schools(place)
        windows = windows_of(periods, basis)
        counted = Counted(schools)
        await count_teachers(self._connection, windows, basis, counted)
        await count_routes(self._connection, windows, basis, counted)
        await count_pairs(self._connection, windows, basis, counted)
        await count_events(self._connection, place, windows, basis, counted)
        await count_forms(self._connection, windows, basis, counted)
        takings = await count_tests(self._connection, place, windows, basis, counted)
        over = [window for window in windows if not window.live]
        kept = await fact_days.newest(self._connection, place.id, schools, over)
        for key, (_, facts) in kept.items():
            for organisation_id, of_place in facts.items():
                if organisation_id in schools:
                    counted.values[key][organisation_id].update(of_place)
                if organisation_id == place.id:
                    counted.values[key][WHOLE].update(of_place)
        for window in over:
            asked_then(window, takings.get(window.key, ()), basis, counted)
        return {
            window.key: Facts(
                whole=counted.of(window, WHOLE),
                schools={school: counted.of(window, school) for school in schools},
                takings=tuple(takings.get(window.key, ())),
                kept_on=basis.today if window.live else kept[window.key][0] if window.key in kept else None,
            )
            for window in windows
        }

    async def waiting(
        self, place: Organisation, period: Period, basis: Basis
    ) -> Sequence[tuple[Instrument, Wave]]:
        schools = await self._schools(place)
        tests = tests_of(basis)
        chosen = await choose_takings(self._connection, place, windows_of([period], basis), tests, basis, schools)
        return [
            (test, wave)
            for test in tests
            if (wave := chosen.get((period.key, test.id))) is not None
            and await enough_wait(self._connection, place.id, schools, test.id, wave, basis.min_group)
        ]

    async def facts_now(self, basis: Basis) -> Mapping[int, Mapping[str, float]]:
        await self._without_compiling()
        found: dict[int, Mapping[str, float]] = {}
        store = OrganisationTable(self._connection)
        above = await store.all(Kind.MUNICIPALITY)
        beside = [
            school
            for school in await store.all(Kind.SCHOOL)
            if school.parent_id not in {municipality.id for municipality in above}
        ]
        for place in (*above, *beside):
            found |= await self._state(place, basis)
        return found

    async def keep_day(self, day: date, facts: Mapping[int, Mapping[str, float]]) -> bool:
        if await fact_days.is_kept(self._connection, day):
            return False
        await fact_days.keep(self._connection, day, facts)
        await fact_days.thin_out(self._connection, day)
        return True

    async def _state(self, place: Organisation, basis: Basis) -> Mapping[int, Mapping[str, float]]:
        """Facts of STATE of the place and its schools, as they are now."""
        counted = Counted(await self._schools(place))
        [window] = windows = windows_of([periods.days(basis.today, basis.today)], basis)
        await count_teachers(self._connection, windows, basis, counted)
        await count_routes(self._connection, windows, basis, counted)
        await count_pairs(self._connection, windows, basis, counted)
        by_id = {place.id: WHOLE} | {school: school for school in counted.schools}
        return {
            organisation_id: {code: number for code, number in counted.of(window, key).items() if code in STATE}
            for organisation_id, key in by_id.items()
        }

    async def _without_compiling(self) -> None:
        """PostgreSQL would compile these wide statements for seconds to save a tenth of one."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text("SET LOCAL jit = off"))

    async def _schools(self, place: Organisation) -> Sequence[int]:
        if place.kind is Kind.SCHOOL:
            return (place.id,)
        query = select(organisations.c.id).where(organisations.c.kind == Kind.SCHOOL.value, within(place.id))
        return tuple(await self._connection.scalars(query.order_by(organisations.c.id)))
