"""What is told before anyone asks: how often, to whom, and what was in the last digest."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.quiet import USUAL_HOUR
from services.iom.model import OPEN_ROUTE
from services.iom.reminding_ports import Moment, Reader
from services.mentoring.pair import OPEN_PAIR
from services.people.model import Kind, Organisation, Role
from services.pushes.model import How, Mark, What
from services.reporting.statement.model import Amount
from storage import pair_attention as attention
from storage.alerts import AlertTable
from storage.conflict import insert_for
from storage.cyclogram import CyclogramTable
from storage.mentoring_tables import mentee_requests, pairs
from storage.organisations import TIMEZONE
from storage.reachable import newest_account, reachable
from storage.reporting_tables import push_marks, push_settings
from storage.tables import iom_routes, organisations, people, roles


class PushTable(AlertTable, CyclogramTable):
    """`services.pushes.ports.PushStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)

    async def settings(self, person_id: int) -> Mapping[What, How]:
        rows = await self._connection.execute(select(push_settings).where(push_settings.c.person_id == person_id))
        return {What(row.what): How(row.how) for row in rows}

    async def set(self, person_id: int, what: What, how: How) -> None:
        await self._connection.execute(
            insert_for(self._connection.dialect)(push_settings)
            .values(person_id=person_id, what=what.value, how=how.value)
            .on_conflict_do_update(index_elements=["person_id", "what"], set_={"how": how.value})
        )

    async def zones(self) -> Sequence[str | None]:
        places = organisations.c.kind.in_([Kind.SCHOOL.value, Kind.MUNICIPALITY.value])
        return (await self._connection.scalars(select(TIMEZONE).where(places).distinct())).all()

    async def weekly_due(self, moment: Moment, period: str, *, newcomers: bool) -> Sequence[Reader]:
        here = TIMEZONE.is_not_distinct_from(moment.zone)
        schools = select(organisations.c.id).where(organisations.c.kind == Kind.SCHOOL.value, here)
        above = select(organisations.c.parent_id).where(
            organisations.c.kind == Kind.SCHOOL.value, here, ~_has_fit_curator(moment.consent)
        )
        municipalities = select(organisations.c.id).where(organisations.c.kind == Kind.MUNICIPALITY.value, here)
        wants_alerts = _has_set(What.ALERTS, How.WEEKLY)
        directs = roles.c.role == Role.METHODIST.value
        due = select(roles.c.person_id).where(
            or_(
                and_(roles.c.role == Role.CURATOR.value, roles.c.organisation_id.in_(schools)),
                and_(directs, roles.c.organisation_id.in_(above)),
            )
        )
        asking = select(roles.c.person_id).where(directs, roles.c.organisation_id.in_(municipalities))
        wanted = or_(people.c.id.in_(due), and_(people.c.id.in_(asking), wants_alerts))
        query = _due(What.WEEKLY, moment, period, newcomers=newcomers).where(wanted)
        rows = await self._connection.execute(query.order_by(people.c.id))
        return [Reader(person_id, account_id) for person_id, account_id in rows]

    async def weekly_places(self, reader_id: int, consent: str) -> Sequence[Organisation]:
        curated = _places(reader_id, Role.CURATOR)
        below = and_(organisations.c.parent_id.in_(_places(reader_id, Role.METHODIST)), ~_has_fit_curator(consent))
        rows = await self._connection.execute(
            select(organisations, TIMEZONE)
            .where(organisations.c.kind == Kind.SCHOOL.value, or_(organisations.c.id.in_(curated), below))
            .order_by(organisations.c.id)
        )
        return [
            Organisation(row.id, Kind(row.kind), row.name, row.parent_id, row.timezone_in_force) for row in rows
        ]

    async def monthly_due(
        self, moment: Moment, period: str, *, newcomers: bool
    ) -> Sequence[tuple[Reader, Organisation]]:
        query = (
            _due(What.MONTHLY, moment, period, newcomers=newcomers)
            .add_columns(organisations.c.id, organisations.c.name, organisations.c.parent_id)
            .join(roles, and_(roles.c.person_id == people.c.id, roles.c.role == Role.METHODIST.value))
            .join(organisations, organisations.c.id == roles.c.organisation_id)
            .where(TIMEZONE.is_not_distinct_from(moment.zone))
            .order_by(people.c.id, organisations.c.id)
        )
        rows = await self._connection.execute(query)
        return [
            (Reader(person, account), Organisation(place, Kind.MUNICIPALITY, name, parent, moment.zone))
            for person, account, place, name, parent in rows
        ]

    async def mark(self, person_id: int, what: What) -> Mark | None:
        rows = await self._connection.execute(
            select(push_marks).where(push_marks.c.person_id == person_id, push_marks.c.what == what.value)
        )
        row = rows.first()
        if row is None:
            return None
        before = row.figures.get("before")
        return Mark(row.period, _read(row.figures["now"]), None if before is None else _read(before))

    async def put_mark(self, person_id: int, what: What, mark: Mark) -> bool:
        figures = {"now": _written(mark.now), "before": None if mark.before is None else _written(mark.before)}
        values = {"period": mark.period, "figures": figures}
        result = await self._connection.execute(
            insert_for(self._connection.dialect)(push_marks)
            .values(person_id=person_id, what=what.value, **values)
            .on_conflict_do_update(
                index_elements=["person_id", "what"], set_=values, where=push_marks.c.period != mark.period
            )
        )
        return result.rowcount == 1

    async def recipients(self, role: Role, organisation_id: int, what: What, consent: str) -> Sequence[Reader]:
        held = select(roles.c.person_id).where(
            roles.c.role == role.value, roles.c.organisation_id == organisation_id
        )
        # Without a weekly digest nothing can come along with it.
        later = and_(_has_set(what, How.WEEKLY), ~_has_set(What.WEEKLY, How.OFF))
        rows = await self._connection.execute(
            select(people.c.id, newest_account(people.c.id))
            .where(people.c.id.in_(held), reachable(people.c.id, consent), ~_has_set(what, How.OFF), ~later)
            .order_by(people.c.id)
        )
        return [Reader(*row) for row in rows]


def _due(what: What, moment: Moment, period: str, *, newcomers: bool) -> Select[Any]:
    """People whose hour has come, who can be written to, and have not had that digest or switched it off."""
    last = push_marks.alias("last")
    mine = and_(last.c.person_id == people.c.id, last.c.what == what.value)
    known = [] if newcomers else [exists().where(mine)]
    return select(people.c.id, newest_account(people.c.id)).where(
        func.coalesce(people.c.reminder_hour, USUAL_HOUR) <= moment.hour,
        reachable(people.c.id, moment.consent),
        ~_has_set(what, How.OFF),
        ~exists().where(mine, last.c.period == period),
        *known,
    )


def _has_set(what: What, how: How) -> ColumnElement[bool]:
    """Whether the person has chosen that."""
    chosen = push_settings.alias()
    return exists().where(
        chosen.c.person_id == people.c.id, chosen.c.what == what.value, chosen.c.how == how.value
    )


def _has_fit_curator(consent: str) -> ColumnElement[bool]:
    """Whether a school has a curator who can be told of all its teachers: one who can be written to, and is
    neither led nor waits for a mentor nor has a route, or somebody else has to hear of that."""
    curators = roles.alias("curators")
    person = curators.c.person_id
    led = exists().where(pairs.c.mentee_id == person, pairs.c.state.in_([state.value for state in OPEN_PAIR]))
    waits = exists().where(mentee_requests.c.person_id == person, attention.waits(consent))
    walks = exists().where(iom_routes.c.person_id == person, iom_routes.c.state.in_(OPEN_ROUTE))
    return exists().where(
        curators.c.role == Role.CURATOR.value,
        curators.c.organisation_id == organisations.c.id,
        reachable(person, consent),
        ~led,
        ~waits,
        ~walks,
    )


def _places(person_id: int, role: Role) -> Select[tuple[int]]:
    return select(roles.c.organisation_id).where(roles.c.person_id == person_id, roles.c.role == role.value)


def _written(amounts: Mapping[str, Amount]) -> dict[str, list[float | None]]:
    return {key: [amount.numerator, amount.denominator] for key, amount in amounts.items()}


def _read(written: Mapping[str, Sequence[float | None]]) -> dict[str, Amount]:
    return {key: Amount(numerator or 0, denominator) for key, (numerator, denominator) in written.items()}
