"""How pairs do, in the database: figures and lists, none of which loads people to count them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from services.mentoring.health.ports import (
    Figures,
    LateStage,
    LostOffer,
    MeetingFigures,
    OpenMeeting,
    SchoolLine,
    SilentPair,
    Slice,
    Some,
    Terms,
)
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.pair import OPEN_PAIR, PairState
from services.mentoring.programs.program import StageNumber
from services.natural_order import natural
from services.people.model import Kind, Organisation
from storage import pair_attention as attention
from storage.mentoring_tables import meetings, mentee_requests, pair_programs, pair_stages, pairs
from storage.pair_silence import SilenceTable
from storage.tables import organisations

Item = TypeVar("Item")
_WORKS = pairs.c.state == PairState.ACTIVE.value


class HealthTable(SilenceTable):
    """`services.mentoring.health.ports.HealthStore` over one connection."""

    async def figures(self, place: Organisation, viewer_id: int, terms: Terms, year_began: date) -> Figures:
        seen = _seen(place, viewer_id)
        stages, without_program = await self._stages(seen)
        waiting, longest_since = await self._waiting(place, viewer_id)
        return Figures(
            await self._states(seen, year_began),
            stages,
            without_program,
            await self._meetings(seen, terms),
            silent=await self._count(attention.silent_pairs(seen, attention.silent(terms))),
            late_stages=await self._count(attention.late_stages(seen, attention.late_stage(0, terms))),
            lost_offers=await self._count(attention.lost_offers(seen, _lost(terms))),
            waiting=waiting,
            longest_since=longest_since,
        )

    async def schools(self, place: Organisation, viewer_id: int, terms: Terms) -> Sequence[SchoolLine]:
        seen = _seen(place, viewer_id)
        of_pairs = select(pairs.c.school_id, func.count()).group_by(pairs.c.school_id)
        working = await self._by_school(of_pairs.where(seen, _WORKS))
        silent = await self._by_school(of_pairs.where(seen, attention.silent(terms)))
        held = await self._by_school(
            of_pairs.select_from(pairs.join(meetings, meetings.c.pair_id == pairs.c.id)).where(
                seen, attention.in_window(terms)
            )
        )
        school = mentee_requests.c.school_id
        waiting = await self._by_school(
            select(school, func.count()).where(_asks(place, viewer_id)).group_by(school)
        )
        found = await self._connection.execute(
            select(organisations.c.id, organisations.c.name).where(
                organisations.c.parent_id == place.id, organisations.c.kind == Kind.SCHOOL.value
            )
        )
        lines = [
            SchoolLine(
                school_id,
                name,
                working.get(school_id, 0),
                silent.get(school_id, 0),
                held.get(school_id, 0),
                waiting.get(school_id, 0),
            )
            for school_id, name in found
        ]
        return sorted(lines, key=lambda line: natural(line.name))

    async def silent(self, place: Organisation, viewer_id: int, terms: Terms, which: Slice) -> Some[SilentPair]:
        query = attention.silent_pairs(_seen(place, viewer_id), attention.silent(terms))
        return await self._some(query, which, attention.silent_pair)

    async def unconfirmed(
        self, place: Organisation, viewer_id: int, terms: Terms, which: Slice
    ) -> Some[OpenMeeting]:
        query = attention.open_meetings(_seen(place, viewer_id), attention.in_window(terms))
        return await self._some(query, which, attention.open_meeting)

    async def late_stages(
        self, place: Organisation, viewer_id: int, terms: Terms, which: Slice
    ) -> Some[LateStage]:
        query = attention.late_stages(_seen(place, viewer_id), attention.late_stage(0, terms))
        return await self._some(query, which, attention.stage_of_row)

    async def lost_offers(
        self, place: Organisation, viewer_id: int, terms: Terms, which: Slice
    ) -> Some[LostOffer]:
        query = attention.lost_offers(_seen(place, viewer_id), _lost(terms))
        return await self._some(query, which, attention.offer_of_row)

    async def _states(self, seen: ColumnElement[bool], year_began: date) -> Mapping[PairState, int]:
        over = [PairState.COMPLETED.value, PairState.CLOSED_EARLY.value]
        counted = or_(
            pairs.c.state.in_([state.value for state in OPEN_PAIR]),
            and_(pairs.c.state.in_(over), pairs.c.ended_on >= year_began),
        )
        rows = await self._connection.execute(
            select(pairs.c.state, func.count()).where(seen, counted).group_by(pairs.c.state)
        )
        return {PairState(state): count for state, count in rows}

    async def _stages(self, seen: ColumnElement[bool]) -> tuple[Mapping[StageNumber | None, int], int]:
        """Pairs by the first of their stages that is not over, and how many have no program."""
        present = (
            select(pair_stages.c.pair_id, func.min(pair_stages.c.number).label("number"))
            .where(pair_stages.c.done_on.is_(None))
            .group_by(pair_stages.c.pair_id)
            .subquery()
        )
        has_program = case((pair_programs.c.pair_id.is_(None), 0), else_=1)
        rows = await self._connection.execute(
            select(has_program, present.c.number, func.count())
            .select_from(
                pairs.outerjoin(pair_programs, pair_programs.c.pair_id == pairs.c.id).outerjoin(
                    present, present.c.pair_id == pairs.c.id
                )
            )
            .where(seen, pairs.c.state.in_([PairState.ACTIVE.value, PairState.PAUSED.value]))
            .group_by(has_program, present.c.number)
        )
        stages: dict[StageNumber | None, int] = {}
        without = 0
        for planned, number, count in rows:
            if planned:
                stages[None if number is None else StageNumber(number)] = count
            else:
                without += count
        return stages, without

    async def _meetings(self, seen: ColumnElement[bool], terms: Terms) -> MeetingFigures:
        window = attention.in_window(terms)
        confirmed = case((meetings.c.state == MeetingState.CONFIRMED.value, 1), else_=0)
        untimed = case((meetings.c.minutes.is_(None), 1), else_=0)
        row = (
            await self._connection.execute(
                select(func.count(), func.sum(meetings.c.minutes), func.sum(untimed), func.sum(confirmed))
                .select_from(pairs.join(meetings, meetings.c.pair_id == pairs.c.id))
                .where(seen, window)
            )
        ).one()
        each = (
            select(pairs.c.id, func.count(meetings.c.id).label("held"))
            .select_from(pairs.outerjoin(meetings, and_(meetings.c.pair_id == pairs.c.id, window)))
            .where(seen, _WORKS)
            .group_by(pairs.c.id)
            .subquery()
        )
        counts = await self._connection.execute(
            select(each.c.held, func.count()).group_by(each.c.held).order_by(each.c.held)
        )
        held, minutes, without_length, agreed = (value or 0 for value in row)
        per_pair = median([(value, count) for value, count in counts])
        return MeetingFigures(held, minutes, without_length, agreed, per_pair)

    async def _waiting(self, place: Organisation, viewer_id: int) -> tuple[int, datetime | None]:
        query = select(func.count(), func.min(mentee_requests.c.waits_since)).where(_asks(place, viewer_id))
        count, since = (await self._connection.execute(query)).one()
        return count, since

    async def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        return int(await self._connection.scalar(counted) or 0)

    async def _by_school(self, query: Select[Any]) -> Mapping[int, int]:
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def _some(self, query: Select[Any], which: Slice, read: Callable[[Any], Item]) -> Some[Item]:
        rows = await self._connection.execute(query.limit(which.limit).offset(which.offset))
        return Some([read(row) for row in rows], await self._count(query))


def median(counts: Sequence[tuple[int, int]]) -> float | None:
    """The median of values, each with how often it occurs, in their order; None of none."""
    total = sum(count for _, count in counts)
    if not total:
        return None

    def at(place: int) -> int:
        for value, count in counts:
            place -= count
            if place < 0:
                return value
        raise IndexError(place)

    return (at((total - 1) // 2) + at(total // 2)) / 2


def _schools(place: Organisation) -> Select[Any]:
    return select(organisations.c.id).where(
        or_(organisations.c.id == place.id, organisations.c.parent_id == place.id)
    )


def _seen(place: Organisation, viewer_id: int) -> ColumnElement[bool]:
    """Whether a pair is of the place; nobody looks after one that they are the mentee of."""
    return and_(pairs.c.school_id.in_(_schools(place)), pairs.c.mentee_id != viewer_id, attention.both_agree(None))


def _asks(place: Organisation, viewer_id: int) -> ColumnElement[bool]:
    own = mentee_requests.c.person_id == viewer_id
    return and_(mentee_requests.c.school_id.in_(_schools(place)), ~own, attention.waits(None))


def _lost(terms: Terms) -> ColumnElement[bool]:
    return attention.lost_offer(attention.FIGURE_DAYS, terms)
