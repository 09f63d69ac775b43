"""Reminders of routes (ИОМ) in the database: who is to be told, and what of it is dealt with."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import Kind
from services.delivery.quiet import USUAL_HOUR
from services.iom.model import OPEN_ROUTE, RouteState, StepState
from services.iom.reminding_ports import UNREACHED, DueStep, LateStep, Moment, Reader, Waiting
from services.people.model import Kind as Place
from services.people.model import Role
from storage.conflict import insert_for
from storage.organisations import TIMEZONE
from storage.outbox import row_of
from storage.reachable import agrees, newest_account, reachable
from storage.tables import accounts, iom_pauses, iom_routes, iom_steps, organisations, outbox, people, roles

_KEYS = {Kind.IOM_REMINDER: "iom:", Kind.IOM_OVERDUE: "iom-overdue:"}
"""What the keys of these messages begin with; the person's id and the number of the day follow."""
_STEPS = iom_steps.join(iom_routes, iom_routes.c.id == iom_steps.c.route_id)
_OPEN = iom_routes.c.state.in_(OPEN_ROUTE)
_WALKED = and_(_OPEN, iom_steps.c.state == StepState.PLANNED.value, iom_steps.c.agreed)
_REMINDED = (
    update(iom_steps)
    .where(
        iom_steps.c.id == bindparam("step"),
        # Changed since it was read, it has another reminder.
        iom_steps.c.due_on == bindparam("due"),
        iom_steps.c.state == StepState.PLANNED.value,
        iom_steps.c.remind_on <= bindparam("today"),
    )
    .values(remind_on=bindparam("next_on", type_=Date), reminded_on=bindparam("today"))
)


class ReminderTable:
    """`services.iom.reminding_ports.ReminderStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def zones(self) -> Sequence[str | None]:
        schools = select(TIMEZONE).where(organisations.c.kind == Place.SCHOOL.value).distinct()
        return (await self._connection.scalars(schools)).all()

    async def teachers_due(self, moment: Moment, again_since: datetime) -> Sequence[Reader]:
        due = (
            select(iom_routes.c.person_id)
            .select_from(_STEPS)
            .where(_WALKED, iom_steps.c.remind_on <= moment.today, _lives_in(moment), ~_rests(moment.today))
        )
        walking = select(iom_routes.c.person_id).where(_OPEN, _lives_in(moment))
        still_here = exists().where(roles.c.person_id == people.c.id)
        missed = await self._missed(again_since, walking)
        wanted = or_(people.c.id.in_(due), people.c.id.in_(missed))
        return await self._readers(Kind.IOM_REMINDER, moment, moment.today, and_(wanted, still_here))

    async def steps_due(self, person_ids: Sequence[int], today: date) -> Sequence[DueStep]:
        rows = await self._connection.execute(
            select(iom_steps.c.id, iom_steps.c.due_on)
            .select_from(_STEPS)
            .where(_WALKED, iom_steps.c.remind_on <= today, ~_rests(today), iom_routes.c.person_id.in_(person_ids))
        )
        return [DueStep(row.id, row.due_on) for row in rows]

    async def reminded(self, steps: Sequence[tuple[DueStep, date]], today: date) -> None:
        if steps:
            rows = [
                {"step": step.id, "due": step.due_on, "today": today, "next_on": next_on}
                for step, next_on in steps
            ]
            await self._connection.execute(_REMINDED, rows)

    async def mentors_due(self, moment: Moment, due_before: date, again_since: datetime) -> Sequence[Reader]:
        late = _to_escalate(due_before, moment.today, moment.consent)
        due = select(iom_routes.c.mentor_id).select_from(_STEPS).where(late, _lives_in(moment))
        mentoring = select(iom_routes.c.mentor_id).where(_OPEN, _lives_in(moment))
        unreached = _unreached(Kind.IOM_OVERDUE, again_since, mentoring)
        wanted = or_(people.c.id.in_(due), people.c.id.in_(unreached))
        # One of an earlier day that has come late, after an outage, is the one of today.
        told = (
            select(accounts.c.person_id)
            .join(outbox, outbox.c.account_id == accounts.c.id)
            .where(outbox.c.kind == Kind.IOM_OVERDUE.value, outbox.c.sent_at >= moment.began)
        )
        wanted = and_(wanted, people.c.id.not_in(told))
        return await self._readers(Kind.IOM_OVERDUE, moment, moment.today, wanted)

    async def escalated(self, mentor_ids: Sequence[int], due_before: date, today: date, consent: str) -> None:
        late = _to_escalate(due_before, today, consent)
        told = select(iom_steps.c.id).select_from(_STEPS).where(late, iom_routes.c.mentor_id.in_(mentor_ids))
        await self._connection.execute(
            update(iom_steps).where(iom_steps.c.id.in_(told)).values(escalated_on=today)
        )

    async def owe(self, readers: Sequence[Reader], kind: Kind, day: date, now: datetime) -> None:
        if readers:
            rows = [
                row_of(
                    reader.account_id,
                    kind,
                    f"{_KEYS[kind]}{reader.person_id}:{day.toordinal()}",
                    {"person_id": reader.person_id, "day": day.toordinal()},
                    now,
                )
                for reader in readers
            ]
            statement = insert_for(self._connection.dialect)(outbox).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)

    async def overtaken(self, account_id: int, kind: Kind, parcel_id: int) -> bool:
        later = select(outbox.c.id).where(
            outbox.c.account_id == account_id,
            outbox.c.kind == kind.value,
            outbox.c.id > parcel_id,
            outbox.c.state != "failed",
        )
        return await self._connection.scalar(later.limit(1)) is not None

    async def late_for_mentor(
        self, mentor_id: int, due_before: date, today: date, consent: str
    ) -> Sequence[LateStep]:
        held = and_(iom_routes.c.mentor_id == mentor_id, _mentor_holds(iom_routes.c.mentor_id))
        # Of what the teacher has not been told yet the mentor does not hear along with the rest.
        told = or_(iom_steps.c.escalated_on.is_not(None), _teacher_knows(today))
        return await self._late(consent, held, iom_steps.c.due_on < due_before, told, ~_rests(today))

    async def late_for_curator(
        self, reader_id: int, due_before: date, unmentored_before: date, today: date, consent: str
    ) -> Sequence[LateStep]:
        mentor_knows = and_(iom_steps.c.due_on < due_before, iom_steps.c.escalated_on < today)
        nobody_else = and_(iom_steps.c.due_on < unmentored_before, ~_is_mentored(consent), _teacher_knows(today))
        watched = _is_watched_by(reader_id, consent)
        return await self._late(consent, or_(mentor_knows, nobody_else), watched, ~_rests(today))

    async def routes_waiting(self, reader_id: int, since: datetime, consent: str) -> Sequence[Waiting]:
        return await self._waiting(
            select(iom_routes.c.id, people.c.full_name, iom_routes.c.submitted_at)
            .join(people, people.c.id == iom_routes.c.person_id)
            .where(
                iom_routes.c.state == RouteState.REVIEW.value,
                iom_routes.c.submitted_at < since,
                agrees(iom_routes.c.person_id, consent),
                _is_watched_by(reader_id, consent),
            )
            .order_by(iom_routes.c.submitted_at, iom_routes.c.id)
        )

    async def steps_waiting(self, reader_id: int, since: datetime, consent: str) -> Sequence[Waiting]:
        return await self._waiting(
            select(iom_routes.c.id, people.c.full_name, iom_steps.c.done_at)
            .select_from(_STEPS)
            .join(people, people.c.id == iom_routes.c.person_id)
            .where(
                _OPEN,
                iom_steps.c.state == StepState.DONE.value,
                iom_steps.c.done_at < since,
                agrees(iom_routes.c.person_id, consent),
                _is_watched_by(reader_id, consent),
            )
            .order_by(iom_steps.c.done_at, iom_steps.c.id)
        )

    async def _readers(
        self, kind: Kind, moment: Moment, day: date, wanted: ColumnElement[bool]
    ) -> Sequence[Reader]:
        """The wanted people whose hour has come, who can be written to, and are owed nothing of that day yet."""
        key = literal(_KEYS[kind]) + cast(people.c.id, String) + f":{day.toordinal()}"
        rows = await self._connection.execute(
            select(people.c.id, newest_account(people.c.id))
            .where(
                wanted,
                func.coalesce(people.c.reminder_hour, USUAL_HOUR) <= moment.hour,
                reachable(people.c.id, moment.consent),
                ~exists().where(outbox.c.key == key),
            )
            .order_by(people.c.id)
        )
        return [Reader(person_id, account_id) for person_id, account_id in rows]

    async def _missed(self, since: datetime, among: Select[Any]) -> set[int]:
        """Those of the people whose last reminder has not reached them, while a step of theirs needs it still.

        A step needs it that was last spoken of on a day since which nothing has arrived.
        """
        owed = await self._connection.execute(
            select(accounts.c.person_id, outbox.c.key, outbox.c.state)
            .join(outbox, outbox.c.account_id == accounts.c.id)
            .where(
                outbox.c.kind == Kind.IOM_REMINDER.value,
                outbox.c.not_before >= since,
                accounts.c.person_id.in_(_unreached(Kind.IOM_REMINDER, since, among)),
            )
            .order_by(outbox.c.id)
        )
        unheard: dict[int, set[int]] = {}
        for person_id, key, state in owed:
            days = unheard.setdefault(person_id, set())
            if state == "sent":
                days.clear()
            else:
                days.add(int(key.rpartition(":")[2]))
        walked = await self._connection.execute(
            select(iom_routes.c.person_id, iom_steps.c.reminded_on)
            .select_from(_STEPS)
            .where(_WALKED, iom_routes.c.person_id.in_(unheard), iom_steps.c.reminded_on.is_not(None))
        )
        return {person_id for person_id, day in walked if day.toordinal() in unheard[person_id]}

    async def _late(self, consent: str, *conditions: ColumnElement[bool]) -> Sequence[LateStep]:
        rows = await self._connection.execute(
            select(iom_routes.c.id, people.c.full_name, iom_steps.c.title, iom_steps.c.due_on)
            .select_from(_STEPS)
            .join(people, people.c.id == iom_routes.c.person_id)
            .where(_WALKED, agrees(iom_routes.c.person_id, consent), *conditions)
            .order_by(iom_steps.c.due_on, iom_steps.c.id)
        )
        return [LateStep(*row) for row in rows]

    async def _waiting(self, query: Select[Any]) -> Sequence[Waiting]:
        return [Waiting(*row) for row in await self._connection.execute(query)]


def _lives_in(moment: Moment) -> ColumnElement[bool]:
    """Whether a route's school lives by the moment's zone."""
    return exists().where(organisations.c.id == iom_routes.c.school_id, TIMEZONE.is_not_distinct_from(moment.zone))


def _rests(today: date) -> ColumnElement[bool]:
    """Whether a pause has begun whose days are not added to the terms yet."""
    return exists().where(
        iom_pauses.c.route_id == iom_routes.c.id, iom_pauses.c.over.is_(False), iom_pauses.c.starts_on <= today
    )


def _unreached(kind: Kind, since: datetime, among: Select[Any]) -> Select[Any]:
    """Those of these people whose last message of the kind has not reached them and is owed still."""
    mine, last = accounts.alias("mine"), outbox.alias("last")
    later, theirs = outbox.alias("later"), accounts.alias("theirs")
    went_later = exists().where(
        theirs.c.person_id == mine.c.person_id,
        later.c.account_id == theirs.c.id,
        later.c.kind == kind.value,
        later.c.id > last.c.id,
    )
    return (
        select(mine.c.person_id)
        .join(last, last.c.account_id == mine.c.id)
        .where(
            last.c.state == "failed",
            last.c.not_before >= since,
            last.c.kind == kind.value,
            or_(*(last.c.reason.startswith(reason) for reason in UNREACHED)),
            ~went_later,
            mine.c.person_id.in_(among),
        )
    )


def _to_escalate(due_before: date, today: date, consent: str) -> ColumnElement[bool]:
    """Whether a step is to be told of to its mentor."""
    return and_(
        _WALKED,
        iom_steps.c.due_on < due_before,
        iom_steps.c.escalated_on.is_(None),
        _is_mentored(consent),
        agrees(iom_routes.c.person_id, consent),
        _teacher_knows(today),
        ~_rests(today),
    )


def _teacher_knows(today: date) -> ColumnElement[bool]:
    """Whether the teacher was reminded after the term and before today, or has no account to be written to."""
    told = and_(iom_steps.c.reminded_on > iom_steps.c.due_on, iom_steps.c.reminded_on < today)
    return or_(told, newest_account(iom_routes.c.person_id).is_(None))


def _is_mentored(consent: str) -> ColumnElement[bool]:
    """Whether a route has a mentor who can be told about it."""
    mentor = iom_routes.c.mentor_id
    return and_(mentor.is_not(None), _mentor_holds(mentor), reachable(mentor, consent))


def _mentor_holds(mentor: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the person is a mentor in the route's school."""
    return exists().where(
        roles.c.person_id == mentor,
        roles.c.role == Role.MENTOR.value,
        roles.c.organisation_id == iom_routes.c.school_id,
    )


def _is_watched_by(reader_id: int, consent: str) -> ColumnElement[bool]:
    """Whether a route is somebody else's, of a school where the person is a curator.

    Or a methodist above it where no curator can be told; the same order as in `services.iom.recipients`.
    """
    school = organisations.alias("school")
    above = select(school.c.parent_id).where(school.c.id == iom_routes.c.school_id).scalar_subquery()
    return and_(
        iom_routes.c.person_id != reader_id,
        or_(
            iom_routes.c.school_id.in_(_places(reader_id, Role.CURATOR)),
            and_(above.in_(_places(reader_id, Role.METHODIST)), ~_has_curator(consent)),
        ),
    )


def _has_curator(consent: str) -> ColumnElement[bool]:
    """Whether a route's school has a curator, not its teacher, who can be told about it."""
    curators = roles.alias("curators")
    return exists().where(
        curators.c.role == Role.CURATOR.value,
        curators.c.organisation_id == iom_routes.c.school_id,
        curators.c.person_id != iom_routes.c.person_id,
        reachable(curators.c.person_id, consent),
    )


def _places(person_id: int, role: Role) -> ScalarSelect[int]:
    held = select(roles.c.organisation_id).where(roles.c.person_id == person_id, roles.c.role == role.value)
    return held.scalar_subquery()
