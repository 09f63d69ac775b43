"""Who is asked about silent pairs, and whose digest of a week is due, in the database."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
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
from services.iom.reminding_ports import Moment, Reader
from services.mentoring.health.ports import LateStage, LongWaiting, LostOffer, SilentPair, Terms
from services.mentoring.pair import OPEN_PAIR
from services.people.model import Role
from storage import pair_attention as attention
from storage.conflict import insert_for
from storage.mentoring_tables import meetings, mentee_requests, pairs
from storage.organisations import TIMEZONE
from storage.outbox import row_of
from storage.reachable import agrees, newest_account, reachable
from storage.tables import accounts, organisations, outbox, people, roles

APART = 3
"""Days between two such messages to one mentor: pairs that go silent one after another are told together."""
JUST_TOLD = timedelta(days=7)
"""Who has told of a meeting of a pair within that time, however old, is not asked about the pair."""
WEEK = 7
_KEYS = {Kind.PAIR_SILENT: "pair-silent:"}
"""What the keys of these messages begin with; the person's id and the number of the day follow."""
_OPEN = pairs.c.state.in_([state.value for state in OPEN_PAIR])
Item = TypeVar("Item")


class SilenceTable:
    """The part of `services.mentoring.health.ports.HealthStore` about who is told of what."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def mentors_due(self, moment: Moment, terms: Terms) -> Sequence[Reader]:
        silent = select(pairs.c.mentor_id).where(_to_ask(moment, terms), _lives_in(moment, pairs.c.school_id))
        first = silent.where(pairs.c.nudged_on.is_(None))
        again = silent.where(pairs.c.nudged_on <= terms.before(terms.silent_days))
        wanted = or_(
            and_(people.c.id.in_(first), ~_written_to(people.c.id, terms.after(APART))),
            and_(people.c.id.in_(again), ~_written_to(people.c.id, terms.after(terms.silent_days))),
        )
        return await self._readers(Kind.PAIR_SILENT, moment, moment.today, wanted)

    async def nudge(self, mentors: Sequence[Reader], moment: Moment, terms: Terms) -> None:
        await self._owe(mentors, Kind.PAIR_SILENT, moment.today, moment.now)
        # Without a new turn: whoever has the pair before them is not in the way of it. And the first day stays,
        # which curators count from.
        await self._connection.execute(
            update(pairs)
            .where(
                pairs.c.mentor_id.in_([mentor.person_id for mentor in mentors]),
                pairs.c.nudged_on.is_(None),
                _to_ask(moment, terms),
            )
            .values(nudged_on=moment.today)
        )

    async def told_to(self, mentor_id: int, day: date, terms: Terms, consent: str) -> Sequence[SilentPair]:
        asked = pairs.c.nudged_on == day
        before = [_key(Kind.PAIR_SILENT, mentor_id, day - timedelta(days=n)) for n in range(1, terms.silent_days)]
        if await self._connection.scalar(select(outbox.c.id).where(outbox.c.key.in_(before)).limit(1)) is None:
            # Long enough after the last message those are told of again that were in it.
            asked = or_(asked, pairs.c.nudged_on <= day - timedelta(days=terms.silent_days))
        mine = and_(pairs.c.mentor_id == mentor_id, asked, attention.both_agree(consent))
        return await self._read(attention.silent_pairs(mine, attention.silent(terms)), attention.silent_pair)

    async def silent_of(self, reader_id: int, terms: Terms, consent: str) -> Sequence[SilentPair]:
        late = terms.silent_days + terms.tell_days
        asked = pairs.c.nudged_on <= terms.before(terms.tell_days)
        nobody = and_(attention.quiet_for(late, terms), ~reachable(pairs.c.mentor_id, consent))
        query = attention.silent_pairs(
            attention.silent(terms), or_(asked, nobody), _watched_pair(reader_id, consent)
        )
        return await self._read(query, attention.silent_pair)

    async def late_stages_of(self, reader_id: int, terms: Terms, consent: str) -> Sequence[LateStage]:
        late = attention.late_stage(terms.tell_days, terms)
        return await self._read(
            attention.late_stages(late, _watched_pair(reader_id, consent)), attention.stage_of_row
        )

    async def lost_offers_of(self, reader_id: int, terms: Terms, consent: str) -> Sequence[LostOffer]:
        lost = attention.lost_offer(WEEK, terms)
        return await self._read(
            attention.lost_offers(lost, _watched_pair(reader_id, consent)), attention.offer_of_row
        )

    async def waiting_of(self, reader_id: int, before: datetime, consent: str) -> Sequence[LongWaiting]:
        watched = _is_watched_by(reader_id, consent, mentee_requests.c.school_id, mentee_requests.c.person_id)
        query = attention.waiting(attention.waits(consent), mentee_requests.c.waits_since < before, watched)
        return await self._read(query, attention.waiting_of_row)

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

    async def _owe(self, readers: Sequence[Reader], kind: Kind, day: date, now: datetime) -> None:
        number = day.toordinal()
        rows = [
            row_of(
                reader.account_id,
                kind,
                _key(kind, reader.person_id, day),
                {"person_id": reader.person_id, "day": number},
                now,
            )
            for reader in readers
        ]
        if rows:
            statement = insert_for(self._connection.dialect)(outbox).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)

    async def _read(self, query: Select[Any], read: Callable[[Any], Item]) -> Sequence[Item]:
        return [read(row) for row in await self._connection.execute(query)]


def _key(kind: Kind, person_id: int, day: date) -> str:
    return f"{_KEYS[kind]}{person_id}:{day.toordinal()}"


def _to_ask(moment: Moment, terms: Terms) -> ColumnElement[bool]:
    """Whether a pair's mentor may be asked about it, for the first time or again."""
    just_told = exists().where(meetings.c.pair_id == pairs.c.id, meetings.c.logged_at >= moment.now - JUST_TOLD)
    return and_(attention.silent(terms), agrees(pairs.c.mentee_id, moment.consent), ~just_told)


def _written_to(person_id: ColumnElement[int], since: datetime) -> ColumnElement[bool]:
    """Whether the person has been owed a message about silent pairs since then."""
    theirs = accounts.alias("theirs")
    return exists().where(
        theirs.c.person_id == person_id,
        outbox.c.account_id == theirs.c.id,
        outbox.c.kind == Kind.PAIR_SILENT.value,
        outbox.c.created_at >= since,
    )


def _lives_in(moment: Moment, school: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the school lives by the moment's zone."""
    return exists().where(organisations.c.id == school, TIMEZONE.is_not_distinct_from(moment.zone))


def _watched_pair(reader_id: int, consent: str) -> ColumnElement[bool]:
    return and_(
        _is_watched_by(reader_id, consent, pairs.c.school_id, pairs.c.mentee_id), attention.both_agree(consent)
    )


def _is_watched_by(
    reader_id: int, consent: str, school: ColumnElement[int], mentee: ColumnElement[int]
) -> ColumnElement[bool]:
    """Whether something is about somebody else, of a school where the person is a curator.

    Or a methodist above it where no curator can be told.
    """
    place = organisations.alias("place")
    above = select(place.c.parent_id).where(place.c.id == school).scalar_subquery()
    curators = roles.alias("curators")
    has_curator = exists().where(
        curators.c.role == Role.CURATOR.value,
        curators.c.organisation_id == school,
        curators.c.person_id != mentee,
        reachable(curators.c.person_id, consent),
    )
    return and_(
        mentee != reader_id,
        or_(
            school.in_(_places(reader_id, Role.CURATOR)),
            and_(above.in_(_places(reader_id, Role.METHODIST)), ~has_curator),
        ),
    )


def _places(person_id: int, role: Role) -> ScalarSelect[int]:
    held = select(roles.c.organisation_id).where(roles.c.person_id == person_id, roles.c.role == role.value)
    return held.scalar_subquery()
