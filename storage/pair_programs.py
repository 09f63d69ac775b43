"""Programs of pairs and their stages, in the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import Kind
from services.mentoring.pair import PairState
from services.mentoring.programs.ports import Due, Reader
from services.mentoring.programs.program import Direction, Program, Stage, StageNumber
from storage.conflict import insert_new
from storage.mentoring_tables import pair_programs, pair_stages, pairs
from storage.organisations import TIMEZONE
from storage.outbox import row_of
from storage.reachable import agrees, newest_account, reachable
from storage.tables import organisations, outbox, people


class ProgramTable:
    """`services.mentoring.programs.ports.ProgramStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, pair_id: int) -> Program | None:
        query = select(pair_programs).where(pair_programs.c.pair_id == pair_id)
        row = (await self._connection.execute(query)).first()
        return _program(row) if row else None

    async def add(self, program: Program, stages: Sequence[Stage]) -> bool:
        columns = {"pair_id": program.pair_id, "turn": program.turn, **_columns(program)}
        if not await insert_new(self._connection, pair_programs, columns):
            return False
        for stage in stages:
            row = {"pair_id": stage.pair_id, "number": stage.number.value, **_stage_columns(stage)}
            await self._connection.execute(insert(pair_stages).values(**row))
        return True

    async def save(self, program: Program) -> Program | None:
        statement = (
            update(pair_programs)
            .where(pair_programs.c.pair_id == program.pair_id, pair_programs.c.turn == program.turn)
            .values(turn=program.turn + 1, **_columns(program))
            .returning(pair_programs)
        )
        row = (await self._connection.execute(statement)).first()
        return _program(row) if row else None

    async def stages(self, pair_id: int) -> Sequence[Stage]:
        query = select(pair_stages).where(pair_stages.c.pair_id == pair_id).order_by(pair_stages.c.number)
        return [_stage(row) for row in await self._connection.execute(query)]

    async def save_stage(self, stage: Stage) -> None:
        await self._connection.execute(
            update(pair_stages)
            .where(pair_stages.c.pair_id == stage.pair_id, pair_stages.c.number == stage.number.value)
            .values(**_stage_columns(stage))
        )

    async def due(self, zone: str | None, today: date, consent: str) -> Sequence[Due]:
        lives_there = exists().where(organisations.c.id == pairs.c.school_id, TIMEZONE.is_not_distinct_from(zone))
        rows = await self._connection.execute(
            select(pair_stages, pairs.c.mentor_id, pairs.c.mentee_id)
            .join(pairs, pairs.c.id == pair_stages.c.pair_id)
            .where(
                pair_stages.c.remind_on <= today,
                pair_stages.c.done_on.is_(None),
                pairs.c.state == PairState.ACTIVE.value,
                lives_there,
                agrees(pairs.c.mentor_id, consent),
                agrees(pairs.c.mentee_id, consent),
            )
            .order_by(pair_stages.c.pair_id, pair_stages.c.number)
        )
        return [Due(_stage(row), row.mentor_id, row.mentee_id) for row in rows]

    async def readers(self, person_ids: Collection[int], consent: str) -> Sequence[Reader]:
        rows = await self._connection.execute(
            select(people.c.id, newest_account(people.c.id), people.c.reminder_hour)
            .where(people.c.id.in_(person_ids), reachable(people.c.id, consent))
            .order_by(people.c.id)
        )
        return [Reader(person_id, account_id, hour) for person_id, account_id, hour in rows]

    async def owe(self, reader: Reader, day: date, at: datetime, now: datetime) -> None:
        number = day.toordinal()
        payload = {"person_id": reader.person_id, "day": number}
        row = row_of(reader.account_id, Kind.STAGE_REMINDER, f"stage:{reader.person_id}:{number}", payload, now)
        await insert_new(self._connection, outbox, row | {"not_before": at})

    async def reminded(self, stage: Stage, next_on: date | None) -> None:
        await self._connection.execute(
            update(pair_stages)
            .where(
                pair_stages.c.pair_id == stage.pair_id,
                pair_stages.c.number == stage.number.value,
                pair_stages.c.ends_on == stage.ends_on,
                pair_stages.c.remind_on == stage.remind_on,
                pair_stages.c.done_on.is_(None),
            )
            .values(remind_on=next_on)
        )


def _columns(program: Program) -> dict[str, Any]:
    return {
        "template": program.template,
        "starts_on": program.starts_on,
        "ends_on": program.ends_on,
        "goal": program.goal,
        "tasks": list(program.tasks),
        "directions": [direction.value for direction in program.directions],
        "results": list(program.results),
        "route_id": program.route_id,
    }


def _program(row: Any) -> Program:
    return Program(
        pair_id=row.pair_id,
        template=row.template,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        goal=row.goal,
        tasks=tuple(row.tasks),
        directions=tuple(Direction(code) for code in row.directions),
        results=tuple(row.results),
        route_id=row.route_id,
        turn=row.turn,
    )


def _stage_columns(stage: Stage) -> dict[str, Any]:
    return {
        "ends_on": stage.ends_on,
        "done_on": stage.done_on,
        "summary": stage.summary,
        "remind_on": stage.remind_on,
    }


def _stage(row: Any) -> Stage:
    return Stage(
        pair_id=row.pair_id,
        number=StageNumber(row.number),
        ends_on=row.ends_on,
        done_on=row.done_on,
        summary=row.summary,
        remind_on=row.remind_on,
    )
