"""The domain's table «Figures that reports are checked against»: rosters with these counts print these words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, delete, insert

from services.diagnostics.library import Library
from services.diagnostics.loading import load_instruments
from services.iom.model import Form, RouteState, StepState
from services.mentoring.policy import MentoringPolicy
from services.people.model import Kind, Organisation, Role
from services.reporting.facts import Basis
from services.reporting.indicators.registry import registry
from services.reporting.periods import previous, year_of
from services.reporting.statement.codec import from_json, to_json
from services.reporting.statement.composing import compose
from services.reporting.statement.model import Amount, PlaceFigures, Statement
from services.reporting.statement.wording import change_words, figure_words, plan_words
from services.reporting.target import Target
from storage.database import Database
from storage.mentoring_tables import mentor_seats, pairs
from storage.reporting_tables import events
from storage.tables import consents, iom_routes, iom_steps, people, roles
from storage.unit_of_work import StoredWork
from tests.storage.residents import CONSENT

LONG_AGO = datetime(2024, 9, 2, tzinfo=UTC)
YOUNG, EXPERIENCED = 1997, 1970
YEAR = year_of(date(2026, 11, 24))


@pytest.fixture(scope="module")
def basis() -> Basis:
    async def no_wording(number: int) -> Any:
        raise LookupError(number)

    return Basis(
        consent=CONSENT,
        min_group=5,
        zone=ZoneInfo("Europe/Moscow"),
        library=Library(load_instruments().values(), no_wording),
        mentoring=MentoringPolicy(),
        now=datetime(2026, 11, 24, 7, tzinfo=UTC),
    )


class Roster:
    """A municipality that the test fills with rows."""

    def __init__(self, work: StoredWork, connection: Any, place: Organisation, schools: Sequence[int]) -> None:
        self.work, self._connection, self.place, self.schools = work, connection, place, schools
        self._ids: Iterator[int] = count(place.id * 10_000)

    async def put(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        await self._connection.execute(insert(table), list(rows))

    async def settle(self, number: int, role: Role, birth_year: int = EXPERIENCED) -> list[int]:
        """So many people who have agreed and registered, spread over the schools, with the role there."""
        ids = [next(self._ids) for _ in range(number)]
        told = {"full_name": "Педагог", "position": "Учитель", "subject": "", "birth_year": birth_year}
        joined = {"created_at": LONG_AGO, "registered_at": LONG_AGO}
        await self.put(people, [{"id": one, **told, **joined} for one in ids])
        agreed = {"version": CONSENT, "given_at": LONG_AGO}
        await self.put(consents, [{"person_id": one, **agreed} for one in ids])
        await self.put(
            roles,
            [
                {
                    "id": one,
                    "person_id": one,
                    "role": role.value,
                    "organisation_id": self.schools[at % len(self.schools)],
                    "granted_at": LONG_AGO,
                }
                for at, one in enumerate(ids)
            ],
        )
        return ids

    async def leave(self, gone: Sequence[int]) -> None:
        await self._connection.execute(delete(roles).where(roles.c.person_id.in_(gone)))

    async def routes(self, walkers: Sequence[int], agreed_at: datetime, done: int) -> None:
        """A route with a course for each; so many of the courses are confirmed."""
        await self.put(
            iom_routes,
            [
                {
                    "id": one,
                    "person_id": one,
                    "school_id": self.schools[at % len(self.schools)],
                    "kind": "deficits",
                    "state": RouteState.ACTIVE.value,
                    "deficits": [],
                    "reflection": {},
                    "created_at": agreed_at,
                    "submitted_at": agreed_at,
                    "agreed_at": agreed_at,
                }
                for at, one in enumerate(walkers)
            ],
        )
        await self.put(
            iom_steps,
            [
                {
                    "route_id": one,
                    "domain": "subject",
                    "title": "Курс",
                    "form": Form.COURSE.value,
                    "due_on": date(2027, 3, 1),
                    "agreed": True,
                    "state": (StepState.CONFIRMED if at < done else StepState.PLANNED).value,
                    "done_at": agreed_at if at < done else None,
                    "confirmed_at": agreed_at if at < done else None,
                }
                for at, one in enumerate(walkers)
            ],
        )

    async def pair_each_school(self) -> None:
        mentors = await self.settle(len(self.schools), Role.MENTOR)
        mentees = await self.settle(len(self.schools), Role.TEACHER, YOUNG)
        await self.put(mentor_seats, [{"mentor_id": one, "number": 1} for one in mentors])
        await self.put(
            pairs,
            [
                {
                    "mentor_id": mentor,
                    "mentee_id": mentee,
                    "school_id": school,
                    "form": "teacher_teacher",
                    "state": "active",
                    "seat": 1,
                    "reasons": [],
                    "proposed_at": LONG_AGO,
                    "answer_by": LONG_AGO,
                    "approved_at": LONG_AGO,
                    "started_on": date(2026, 10, 1),
                }
                for mentor, mentee, school in zip(mentors, mentees, self.schools, strict=True)
            ],
        )

    async def hold(self, days: Sequence[date]) -> None:
        event = {"kind": "seminar", "title": "Семинар", "audience": "everybody", "state": "held"}
        of_place = {"organisation_id": self.place.id, "created_at": LONG_AGO}
        await self.put(events, [{**event, **of_place, "held_on": day} for day in days])

    async def statement(self, basis: Basis) -> Statement:
        statement = await compose(self.work, basis, self.place, YEAR)
        assert from_json(to_json(statement)) == statement
        return statement


async def founded(connection: Any, schools: int, name: str = "Район") -> Roster:
    work = StoredWork(connection)
    place = await work.organisations.add(Kind.MUNICIPALITY, name, None)
    made = [await work.organisations.add(Kind.SCHOOL, f"Школа № {n + 1}", place.id) for n in range(schools)]
    return Roster(work, connection, place, [school.id for school in made])


def told(place: PlaceFigures, code: str) -> str:
    """The figure with its change and its plan, in ordinary spaces."""
    indicator, figure = registry().of(code), place.figures[code]
    words = [figure_words(indicator, figure, 5), change_words(indicator, figure), plan_words(indicator, figure)]
    return "; ".join(filter(None, words)).replace("\N{NO-BREAK SPACE}", " ")


async def test_young_teachers_and_mentors_against_the_year_before(database: Database, basis: Basis) -> None:
    """24 of 153 and 3 mentors, kept on the last day of a year; then 23 of 150 and 4 mentors."""
    summer = replace(basis, now=datetime(2026, 8, 31, 9, tzinfo=UTC))
    async with database.write() as connection:
        roster = await founded(connection, 9)
        young = await roster.settle(24, Role.TEACHER, YOUNG)
        older = await roster.settle(129, Role.TEACHER)
        await roster.settle(3, Role.MENTOR)
        assert await roster.work.facts.keep_day(summer.today, summer)
        await roster.leave([young[0], *older[:2]])
        await roster.settle(1, Role.MENTOR)
        statement = await roster.statement(basis)
        assert told(statement.whole, "teachers.early_share") == "15,3 % (23 из 150); −0,4 п. п."
        assert told(statement.whole, "teachers.early") == "23; −1"
        assert told(statement.whole, "mentors.count") == "4; +1"
        before = await compose(roster.work, basis, roster.place, previous(YEAR))
        assert told(before.whole, "teachers.early_share") == "15,7 % (24 из 153)"
        assert told(before.whole, "mentors.count") == "3"


async def test_the_year_before_the_service_as_somebody_has_entered_it(database: Database, basis: Basis) -> None:
    async with database.write() as connection:
        roster = await founded(connection, 9)
        await roster.settle(23, Role.TEACHER, YOUNG)
        [actor, *_] = await roster.settle(127, Role.TEACHER)
        await roster.settle(4, Role.MENTOR)
        for code, amount in (("teachers.early_share", Amount(24, 153)), ("mentors.count", Amount(3))):
            await roster.work.given.put(roster.place.id, previous(YEAR).key, code, amount, actor, basis.now)
        statement = await roster.statement(basis)
        assert told(statement.whole, "teachers.early_share") == "15,3 % (23 из 150); −0,4 п. п."
        assert told(statement.whole, "mentors.count") == "4; +1"


async def test_routes_courses_and_events_against_the_plan(database: Database, basis: Basis) -> None:
    """36 routes planned and developed; 5 % planned of 450; courses 36 and 18; 4 events a year, held by 30 June."""
    july = replace(basis, now=datetime(2027, 7, 1, 9, tzinfo=UTC))
    async with database.write() as connection:
        roster = await founded(connection, 12)
        walkers = (await roster.settle(450, Role.TEACHER))[:36]
        await roster.routes(walkers, datetime(2027, 2, 1, tzinfo=UTC), done=18)
        await roster.hold([date(2026, 10, 1), date(2026, 12, 10), date(2027, 3, 3), date(2027, 6, 30)])
        plans = roster.work.plans
        await plans.put(roster.place.id, YEAR.key, "iom.developed", Target(number=36))
        await plans.put(roster.place.id, YEAR.key, "events.held", Target(number=4))
        statement = await roster.statement(july)
        assert told(statement.whole, "iom.developed") == "8,0 % (36 из 450); план 36, 100 % плана"
        assert told(statement.whole, "courses.recommended") == "100 % (36 из 36)"
        assert told(statement.whole, "courses.done") == "50 % (18 из 36)"
        assert told(statement.whole, "events.held") == "4; план 4, 100 % плана"
        await plans.put(roster.place.id, YEAR.key, "iom.developed", Target(share=50))
        statement = await roster.statement(july)
        assert told(statement.whole, "iom.developed") == "8,0 % (36 из 450); план 5 %, выше плана"
        assert told(statement.schools[0], "iom.developed") == "7,9 % (3 из 38); план 5 %, выше плана"


async def test_all_schools_with_the_mentoring_model(database: Database, basis: Basis) -> None:
    async with database.write() as connection:
        roster = await founded(connection, 7)
        await roster.pair_each_school()
        statement = await roster.statement(basis)
        assert told(statement.whole, "mentoring.schools") == "100 % (7 из 7)"
        assert told(statement.whole, "pairs.worked") == "7"


@pytest.mark.parametrize("schools", [0, 1])
async def test_an_empty_district_has_no_data_and_no_errors(database: Database, basis: Basis, schools: int) -> None:
    async with database.write() as connection:
        statement = await (await founded(connection, schools)).statement(basis)
        of_schools = {one.code for one in registry().all if one.denominator == "schools"} if schools else set()
        for place in (statement.whole, *statement.schools):
            for code in set(place.figures) - of_schools:
                assert "%" not in told(place, code), code
            assert told(place, "teachers.early_share") == "нет данных"
            assert told(place, "deficits.found") == "нет данных"
