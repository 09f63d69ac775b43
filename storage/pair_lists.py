"""Lists of pairs with names, for those who may see them, in the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.life.ports import Forsaken, PairLine
from services.mentoring.pair import LIVE_PAIR, EndReason, Pair, PairForm, PairHappening, PairState
from services.people.model import Organisation
from storage.mentoring_tables import pair_history, pairs
from storage.pairs import pair_of_row
from storage.tables import consents, organisations, outbox, people

_mentor = people.alias("mentor")
_mentee = people.alias("mentee")


class PairListTable:
    """`services.mentoring.life.ports.PairLists` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_person(self, person_id: int) -> Sequence[PairLine]:
        own = or_(pairs.c.mentor_id == person_id, pairs.c.mentee_id == person_id)
        return await self._lines(_LINES.where(own).order_by(pairs.c.seat.is_(None), pairs.c.id.desc()))

    async def of_place(self, place: Organisation) -> Sequence[PairLine]:
        within = or_(organisations.c.id == place.id, organisations.c.parent_id == place.id)
        return await self._lines(
            _LINES.where(within).order_by(organisations.c.id, _mentee.c.name_key, pairs.c.id.desc())
        )

    async def resting_until(self, before: date) -> Sequence[Pair]:
        rows = await self._connection.execute(
            select(pairs)
            .where(pairs.c.state == PairState.PAUSED.value, pairs.c.paused_until < before)
            .order_by(pairs.c.id)
        )
        return [pair_of_row(row) for row in rows]

    async def forsaken(self, before: datetime) -> Sequence[Forsaken]:
        rows = await self._connection.execute(
            select(pairs, _gone(pairs.c.mentor_id, before).label("mentor_gone"))
            .where(
                pairs.c.state.in_([state.value for state in LIVE_PAIR]),
                or_(_gone(pairs.c.mentor_id, before), _gone(pairs.c.mentee_id, before)),
            )
            .order_by(pairs.c.id)
        )
        return [Forsaken(pair_of_row(row), bool(row.mentor_gone)) for row in rows]

    async def active_since(self, days: Collection[date]) -> Sequence[Pair]:
        rows = await self._connection.execute(
            select(pairs)
            .where(pairs.c.state == PairState.ACTIVE.value, pairs.c.started_on.in_(list(days)))
            .order_by(pairs.c.id)
        )
        return [pair_of_row(row) for row in rows]

    async def owed(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(await self._connection.scalars(select(outbox.c.key).where(outbox.c.key.in_(list(keys)))))

    async def _lines(self, query: Select[Any]) -> list[PairLine]:
        return [
            PairLine(
                id=row.id,
                state=PairState(row.state),
                form=PairForm(row.form),
                turn=row.turn,
                mentor_id=row.mentor_id,
                mentor=row.mentor,
                mentee_id=row.mentee_id,
                mentee=row.mentee,
                school_id=row.school_id,
                school=row.school,
                mentor_agreed=row.mentor_agreed_at is not None,
                mentee_agreed=row.mentee_agreed_at is not None,
                started_on=row.started_on,
                ended_on=row.ended_on,
                end_reason=EndReason(row.end_reason) if row.end_reason is not None else None,
                last_met_on=row.last_met_on,
                paused_until=row.paused_until,
                end_asked=bool(row.end_asked),
                resumed_at=row.resumed_at,
            )
            for row in await self._connection.execute(query)
        ]


def _end_asked() -> ColumnElement[bool]:
    """The same rule as in `services.mentoring.life.asking`."""
    answered = (
        select(func.coalesce(func.max(pair_history.c.id), literal(0)))
        .where(pair_history.c.pair_id == pairs.c.id, pair_history.c.what == PairHappening.END_REFUSED.value)
        .correlate(pairs)
        .scalar_subquery()
    )
    asking = pair_history.alias("asking")
    waits = exists().where(
        asking.c.pair_id == pairs.c.id, asking.c.what == PairHappening.END_ASKED.value, asking.c.id > answered
    )
    return and_(pairs.c.state.in_([state.value for state in LIVE_PAIR]), waits)


def _resumed_at() -> ScalarSelect[Any]:
    return (
        select(func.max(pair_history.c.at))
        .where(pair_history.c.pair_id == pairs.c.id, pair_history.c.what == PairHappening.RESUMED.value)
        .correlate(pairs)
        .scalar_subquery()
    )


def _agrees(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whoever has taken their consent back is shown to nobody."""
    return exists().where(consents.c.person_id == person, consents.c.revoked_at.is_(None))


def _gone(person: ColumnElement[Any], before: datetime) -> ColumnElement[bool]:
    """Whether the person's consent was taken back before then, none is in force and none was taken back since."""
    return and_(
        exists().where(consents.c.person_id == person, consents.c.revoked_at < before),
        ~exists().where(
            consents.c.person_id == person,
            or_(consents.c.revoked_at.is_(None), consents.c.revoked_at >= before),
        ),
    )


_LINES = (
    select(
        pairs,
        _mentor.c.full_name.label("mentor"),
        _mentee.c.full_name.label("mentee"),
        organisations.c.name.label("school"),
        _end_asked().label("end_asked"),
        _resumed_at().label("resumed_at"),
    )
    .join(_mentor, _mentor.c.id == pairs.c.mentor_id)
    .join(_mentee, _mentee.c.id == pairs.c.mentee_id)
    .join(organisations, organisations.c.id == pairs.c.school_id)
    .where(_agrees(pairs.c.mentor_id), _agrees(pairs.c.mentee_id))
)
