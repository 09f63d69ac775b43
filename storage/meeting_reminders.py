"""Reminders of meetings in the database: who is to be told, and what of it is dealt with."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import Kind
from services.delivery.quiet import USUAL_HOUR
from services.iom.reminding_ports import Moment, Reader
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.meetings.reminding_ports import AgreedMeeting
from services.mentoring.pair import PairState
from storage.conflict import insert_for
from storage.mentoring_tables import meetings, pairs
from storage.organisations import TIMEZONE
from storage.outbox import row_of
from storage.reachable import agrees, newest_account, reachable
from storage.tables import organisations, outbox, people

_AGREED = "meeting-remind:"
"""What the keys begin with; the meeting's id, the agreed day and the person's id follow."""
_UNCONFIRMED = "meeting-waits:"
"""The same; the meeting's id follows: never is anybody reminded of it twice."""
_OF_PAIRS = meetings.join(pairs, pairs.c.id == meetings.c.pair_id)
_PARTIES = (pairs.c.mentor_id, pairs.c.mentee_id)
_GOES_ON = pairs.c.state.in_([PairState.APPROVED.value, PairState.ACTIVE.value])
_WAITS = meetings.c.state == MeetingState.LOGGED.value
_PUT_ASIDE = (
    update(meetings)
    .where(meetings.c.id == bindparam("meeting"), meetings.c.next_on == bindparam("day"))
    .values(remind_on=None)
)


class MeetingReminderTable:
    """`services.mentoring.meetings.reminding_ports.MeetingReminderStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def agreed_due(self, moment: Moment) -> Sequence[AgreedMeeting]:
        found = []
        # One party after the other: of both at once a database would look through everybody.
        for party in _PARTIES:
            rows = await self._connection.execute(
                select(meetings.c.id, meetings.c.next_on, people.c.id, newest_account(people.c.id))
                .select_from(_OF_PAIRS.join(people, people.c.id == party))
                .where(
                    meetings.c.remind_on <= moment.today,
                    _GOES_ON,
                    _lives_in(moment),
                    _is_ahead(moment),
                    ~_has_later(),
                    agrees(pairs.c.mentor_id, moment.consent),
                    agrees(pairs.c.mentee_id, moment.consent),
                    _hour_has_come(moment),
                    reachable(people.c.id, moment.consent),
                    ~_is_told(people.c.id),
                )
            )
            found += [
                AgreedMeeting(meeting, day, Reader(person, account)) for meeting, day, person, account in rows
            ]
        return sorted(found, key=lambda one: one.meeting_id)

    async def owe_agreed(self, agreed: Sequence[AgreedMeeting], now: datetime) -> None:
        rows = [
            row_of(
                one.reader.account_id,
                Kind.MEETING_REMINDER,
                f"{_AGREED}{one.meeting_id}:{one.next_on}:{one.reader.person_id}",
                {"meeting_id": one.meeting_id, "day": one.next_on.toordinal()},
                now,
            )
            for one in agreed
        ]
        if rows:
            statement = insert_for(self._connection.dialect)(outbox).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)

    async def dealt_with(self, moment: Moment) -> Sequence[tuple[int, date]]:
        untold = [and_(reachable(party, moment.consent), ~_is_told(party)) for party in _PARTIES]
        rows = await self._connection.execute(
            select(meetings.c.id, meetings.c.next_on)
            .select_from(_OF_PAIRS)
            .where(
                meetings.c.remind_on <= moment.today,
                _lives_in(moment),
                or_(~_is_ahead(moment), _has_later(), ~or_(*untold)),
            )
        )
        return [(meeting, day) for meeting, day in rows]

    async def put_aside(self, meetings: Sequence[tuple[int, date]]) -> None:
        if meetings:
            rows = [{"meeting": meeting, "day": day} for meeting, day in meetings]
            await self._connection.execute(_PUT_ASIDE, rows)

    async def unconfirmed_due(self, moment: Moment, before: datetime) -> Sequence[Reader]:
        due = (
            select(pairs.c.mentee_id)
            .select_from(_OF_PAIRS)
            .where(
                _WAITS,
                _waits_since(before),
                _GOES_ON,
                _lives_in(moment),
                agrees(pairs.c.mentor_id, moment.consent),
                ~exists().where(outbox.c.key == literal(_UNCONFIRMED) + cast(meetings.c.id, String)),
            )
        )
        rows = await self._connection.execute(
            select(people.c.id, newest_account(people.c.id))
            .where(
                people.c.id.in_(due),
                func.coalesce(people.c.reminder_hour, USUAL_HOUR) <= moment.hour,
                reachable(people.c.id, moment.consent),
            )
            .order_by(people.c.id)
        )
        return [Reader(person, account) for person, account in rows]

    async def owe_unconfirmed(self, mentees: Sequence[Reader], before: datetime, now: datetime) -> None:
        accounts = {mentee.person_id: mentee.account_id for mentee in mentees}
        waiting = await self._connection.execute(
            select(meetings.c.id, meetings.c.turn, pairs.c.mentee_id)
            .select_from(_OF_PAIRS)
            .where(_WAITS, _waits_since(before), _GOES_ON, pairs.c.mentee_id.in_(accounts))
            .order_by(meetings.c.id)
        )
        rows = [
            row_of(
                accounts[mentee],
                Kind.MEETING_TO_CONFIRM,
                f"{_UNCONFIRMED}{meeting}",
                {"meeting_id": meeting, "turn": turn, "again": 1},
                now,
            )
            for meeting, turn, mentee in waiting
        ]
        if rows:
            statement = insert_for(self._connection.dialect)(outbox).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)


def _waits_since(before: datetime) -> ColumnElement[bool]:
    """Whether a meeting was told of, or changed, at that moment or earlier."""
    return func.coalesce(meetings.c.changed_at, meetings.c.logged_at) <= before


def _lives_in(moment: Moment) -> ColumnElement[bool]:
    """Whether the school of a pair lives by the moment's zone."""
    return exists().where(organisations.c.id == pairs.c.school_id, TIMEZONE.is_not_distinct_from(moment.zone))


def _is_ahead(moment: Moment) -> ColumnElement[bool]:
    """Whether the agreed meeting has not begun: without an hour, for as long as the day lasts."""
    clock = f"{moment.now.astimezone(moment.began.tzinfo):%H:%M}"
    today = and_(meetings.c.next_on == moment.today, or_(meetings.c.next_at.is_(None), meetings.c.next_at > clock))
    return or_(meetings.c.next_on > moment.today, today)


def _hour_has_come(moment: Moment) -> ColumnElement[bool]:
    """Whether it is the person's hour; of a meeting that begins before that, whether it is two hours to it."""
    soon = moment.now.astimezone(moment.began.tzinfo) + timedelta(hours=2)
    # Two hours from the last ones of the day are the next day's.
    before = f"{soon:%H:%M}" if soon.date() == moment.today else "24:00"
    begins = and_(meetings.c.next_on == moment.today, meetings.c.next_at <= before)
    return or_(func.coalesce(people.c.reminder_hour, USUAL_HOUR) <= moment.hour, begins)


def _has_later() -> ColumnElement[bool]:
    """Whether the pair has met again."""
    later = meetings.alias("later")
    return exists().where(
        later.c.pair_id == meetings.c.pair_id,
        or_(
            later.c.held_on > meetings.c.held_on,
            and_(later.c.held_on == meetings.c.held_on, later.c.id > meetings.c.id),
        ),
    )


def _is_told(party: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the person is owed the reminder of the meeting and its agreed day, or has got it."""
    key = literal(_AGREED) + cast(meetings.c.id, String) + ":" + cast(meetings.c.next_on, String)
    return exists().where(outbox.c.key == key + ":" + cast(party, String))
