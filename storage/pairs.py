"""Pairs in the database: nobody has more of them than seats, and a mentee has one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.pair import (
    OPEN_PAIR,
    EndReason,
    NewPair,
    Pair,
    PairEvent,
    PairForm,
    PairHappening,
    PairState,
    PauseReason,
)
from storage.conflict import insertion
from storage.mentoring_tables import mentor_seats, pair_history, pairs


class PairTable:
    """`services.mentoring.ports.PairStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, pair_id: int) -> Pair | None:
        return await self._one(select(pairs).where(pairs.c.id == pair_id))

    async def open_of_mentee(self, mentee_id: int) -> Pair | None:
        return await self._one(select(pairs).where(pairs.c.mentee_id == mentee_id, pairs.c.seat.is_not(None)))

    async def of_mentor(self, mentor_id: int) -> Sequence[Pair]:
        return await self._all(select(pairs).where(pairs.c.mentor_id == mentor_id))

    async def of_mentee(self, mentee_id: int) -> Sequence[Pair]:
        return await self._all(select(pairs).where(pairs.c.mentee_id == mentee_id))

    async def add(self, new: NewPair) -> Pair | None:
        # Locked: whoever seats somebody with this mentor at the same moment waits here.
        seats = await self._connection.scalars(
            select(mentor_seats.c.number)
            .where(mentor_seats.c.mentor_id == new.mentor_id)
            .order_by(mentor_seats.c.number)
            .with_for_update()
        )
        taken = await self._connection.scalars(
            select(pairs.c.seat).where(pairs.c.mentor_id == new.mentor_id, pairs.c.seat.is_not(None))
        )
        free = sorted(set(seats) - set(taken))
        if free:
            made = insertion(self._connection.dialect, pairs, _new_columns(new, free[0])).returning(pairs)
            return await self._one(made)
        return None

    async def save(self, pair: Pair) -> Pair | None:
        # Which seat an open pair has is the mentor's capacity's business alone.
        given_back = {} if pair.state in OPEN_PAIR else {"seat": None}
        return await self._one(
            update(pairs)
            .where(pairs.c.id == pair.id, pairs.c.turn == pair.turn)
            .values(_columns(pair) | given_back)
            .returning(pairs)
        )

    async def note(self, event: PairEvent) -> int:
        noted = await self._connection.execute(
            insert(pair_history)
            .values(
                pair_id=event.pair_id,
                meeting_id=event.meeting_id,
                at=event.at,
                actor_id=event.actor_id,
                what=event.what.value,
                words=event.words,
                before=None if event.before is None else dict(event.before),
            )
            .returning(pair_history.c.id)
        )
        return int(noted.scalar_one())

    async def history(self, pair_id: int) -> Sequence[PairEvent]:
        query = select(pair_history).where(pair_history.c.pair_id == pair_id).order_by(pair_history.c.id)
        return [
            PairEvent(
                row.pair_id,
                row.at,
                row.actor_id,
                PairHappening(row.what),
                row.words,
                row.meeting_id,
                row.before,
                row.id,
            )
            for row in await self._connection.execute(query)
        ]

    async def set_capacity(self, mentor_id: int, capacity: int) -> bool:
        _, taken = await self.seats(mentor_id)
        if taken > capacity:
            return False
        await self._move_down(mentor_id, capacity)
        await self._connection.execute(
            delete(mentor_seats).where(mentor_seats.c.mentor_id == mentor_id, mentor_seats.c.number > capacity)
        )
        for number in range(1, capacity + 1):
            seat = {"mentor_id": mentor_id, "number": number}
            await self._connection.execute(insertion(self._connection.dialect, mentor_seats, seat))
        return True

    async def _move_down(self, mentor_id: int, capacity: int) -> None:
        """Pairs on seats that are to go sit down on those that stay."""
        mine = (pairs.c.mentor_id == mentor_id, pairs.c.seat.is_not(None))
        seated = {
            row.seat: row.id
            for row in await self._connection.execute(select(pairs.c.seat, pairs.c.id).where(*mine))
        }
        free = [number for number in range(1, capacity + 1) if number not in seated]
        for seat, pair_id in sorted(seated.items()):
            if seat > capacity:
                # One that is being closed at this moment has no seat any more.
                still = (pairs.c.id == pair_id, pairs.c.seat == seat)
                await self._connection.execute(update(pairs).where(*still).values(seat=free.pop(0)))

    async def seats(self, mentor_id: int) -> tuple[int, int]:
        # Locked, so that two who change the capacity or the pairs at once see the same.
        of_mentor = select(mentor_seats.c.number).where(mentor_seats.c.mentor_id == mentor_id).with_for_update()
        seats = (await self._connection.scalars(of_mentor)).all()
        taken = await self._connection.scalar(
            select(func.count()).where(pairs.c.mentor_id == mentor_id, pairs.c.seat.is_not(None))
        )
        return len(seats), taken or 0

    async def _one(self, statement: Select[Any] | Any) -> Pair | None:
        row = (await self._connection.execute(statement)).first()
        return pair_of_row(row) if row else None

    async def _all(self, query: Select[Any]) -> Sequence[Pair]:
        rows = await self._connection.execute(query.order_by(pairs.c.seat.is_(None), pairs.c.id.desc()))
        return [pair_of_row(row) for row in rows]


def _new_columns(new: NewPair, seat: int) -> dict[str, Any]:
    return {
        "mentor_id": new.mentor_id,
        "mentee_id": new.mentee_id,
        "school_id": new.school_id,
        "request_id": new.request_id,
        "form": new.form.value,
        "state": PairState.PROPOSED.value,
        "seat": seat,
        "reasons": list(new.reasons),
        "score": new.score,
        "proposed_at": new.proposed_at,
        "proposed_by": new.proposed_by,
        "answer_by": new.answer_by,
    }


def _columns(pair: Pair) -> dict[str, Any]:
    return {
        "school_id": pair.school_id,
        "state": pair.state.value,
        "turn": pair.turn + 1,
        "answer_by": pair.answer_by,
        "mentor_agreed_at": pair.mentor_agreed_at,
        "mentee_agreed_at": pair.mentee_agreed_at,
        "approved_at": pair.approved_at,
        "started_on": pair.started_on,
        "ended_on": pair.ended_on,
        "end_reason": pair.end_reason.value if pair.end_reason is not None else None,
        "comment": pair.comment,
        "readiness": dict(pair.readiness) if pair.readiness is not None else None,
        "readiness_words": pair.readiness_words,
        "last_met_on": pair.last_met_on,
        "nudged_on": pair.nudged_on,
        "paused_on": pair.paused_on,
        "paused_until": pair.paused_until,
        "pause_reason": pair.pause_reason.value if pair.pause_reason is not None else None,
    }


def pair_of_row(row: Any) -> Pair:
    """The pair of a row with all columns of the table."""
    return Pair(
        id=row.id,
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        school_id=row.school_id,
        form=PairForm(row.form),
        state=PairState(row.state),
        proposed_at=row.proposed_at,
        answer_by=row.answer_by,
        turn=row.turn,
        seat=row.seat,
        request_id=row.request_id,
        proposed_by=row.proposed_by,
        reasons=tuple(row.reasons),
        score=row.score,
        mentor_agreed_at=row.mentor_agreed_at,
        mentee_agreed_at=row.mentee_agreed_at,
        approved_at=row.approved_at,
        started_on=row.started_on,
        ended_on=row.ended_on,
        end_reason=EndReason(row.end_reason) if row.end_reason is not None else None,
        comment=row.comment,
        readiness=row.readiness,
        readiness_words=row.readiness_words,
        last_met_on=row.last_met_on,
        nudged_on=row.nudged_on,
        paused_on=row.paused_on,
        paused_until=row.paused_until,
        pause_reason=PauseReason(row.pause_reason) if row.pause_reason is not None else None,
    )
