"""Sessions of tests, and the one statement that accepts answers."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import Kind as ParcelKind
from services.diagnostics.session import Answer, Session, State
from storage.outbox import OutboxTable
from storage.tables import accounts, survey_sessions
from storage.types import UtcDateTime

# The batch travels as one JSON parameter, so that the statement is the same for any number of answers.
_BATCH = {
    "sqlite": """
        SELECT json_extract(value, '$.session') AS session, json_extract(value, '$.item') AS item,
               json_extract(value, '$.code') AS code, json_extract(value, '$.turn') AS turn,
               json_extract(value, '$.channel') AS channel, json_extract(value, '$.user') AS "user"
          FROM json_each(:batch)""",
    "postgresql": """
        SELECT * FROM jsonb_to_recordset(CAST(:batch AS jsonb))
            AS t(session bigint, item int, code text, turn int, channel text, "user" bigint)""",
}
_FIND = {"sqlite": "instr", "postgresql": "strpos"}


def _accepting(dialect: str) -> str:
    answered = "substr(answers, 1, tap.item - 1) || tap.code || substr(answers, tap.item + 1)"
    unanswered = f"{_FIND[dialect]}({answered}, '.')"
    return f"""
        UPDATE survey_sessions
           SET answers = {answered},
               turn = survey_sessions.turn + 1,
               position = {unanswered},
               state = CASE WHEN {unanswered} = 0 THEN 'finished' ELSE 'in_progress' END,
               finished_at = CASE WHEN {unanswered} = 0 THEN :now END,
               updated_at = :now
          FROM ({_BATCH[dialect]}) AS tap, accounts
         WHERE survey_sessions.id = tap.session
           AND survey_sessions.turn = tap.turn
           AND survey_sessions.position = tap.item
           AND survey_sessions.state = 'in_progress'
           AND accounts.channel = tap.channel
           AND accounts.external_id = tap."user"
           AND accounts.person_id = survey_sessions.person_id
     RETURNING id, person_id, instrument, version, wording_id, answers, turn, position, state,
               started_at, finished_at"""


_ACCEPT = {
    dialect: text(_accepting(dialect))
    .bindparams(bindparam("now", type_=UtcDateTime), bindparam("batch", type_=Text))
    .columns(started_at=UtcDateTime, finished_at=UtcDateTime)
    for dialect in _BATCH
}


class SurveyTable:
    """`services.diagnostics.ports.SurveyStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_session(self, person_id: int, instrument: str) -> Session | None:
        row = (
            await self._connection.execute(
                select(survey_sessions).where(
                    survey_sessions.c.person_id == person_id,
                    survey_sessions.c.instrument == instrument,
                    survey_sessions.c.state == State.IN_PROGRESS.value,
                )
            )
        ).first()
        return _session(row) if row else None

    async def get(self, session_id: int, person_id: int) -> Session | None:
        row = (
            await self._connection.execute(
                select(survey_sessions).where(
                    survey_sessions.c.id == session_id, survey_sessions.c.person_id == person_id
                )
            )
        ).first()
        return _session(row) if row else None

    async def find(self, session_id: int) -> Session | None:
        """The session whoever's it is: for jobs, which check whom they work for themselves."""
        row = (
            await self._connection.execute(select(survey_sessions).where(survey_sessions.c.id == session_id))
        ).first()
        return _session(row) if row else None

    async def finished(self, person_id: int, instrument: str) -> Sequence[Session]:
        rows = await self._connection.execute(
            select(survey_sessions)
            .where(
                survey_sessions.c.person_id == person_id,
                survey_sessions.c.instrument == instrument,
                survey_sessions.c.state == State.FINISHED.value,
            )
            .order_by(survey_sessions.c.finished_at, survey_sessions.c.id)
        )
        return [_session(row) for row in rows]

    async def start(
        self,
        person_id: int,
        instrument: str,
        version: str,
        wording_id: int | None,
        answers: str,
        now: datetime,
    ) -> Session:
        row = (
            await self._connection.execute(
                insert(survey_sessions)
                .values(
                    person_id=person_id,
                    instrument=instrument,
                    version=version,
                    wording_id=wording_id,
                    answers=answers,
                    state=State.IN_PROGRESS.value,
                    started_at=now,
                    updated_at=now,
                )
                .returning(survey_sessions)
            )
        ).one()
        return _session(row)

    async def move(self, session_id: int, turn: int, position: int, now: datetime) -> Session | None:
        row = (
            await self._connection.execute(
                update(survey_sessions)
                .where(
                    survey_sessions.c.id == session_id,
                    survey_sessions.c.turn == turn,
                    survey_sessions.c.state == State.IN_PROGRESS.value,
                )
                .values(position=position, turn=turn + 1, updated_at=now)
                .returning(survey_sessions)
            )
        ).first()
        return _session(row) if row else None

    async def accept(self, answers: Sequence[Answer], now: datetime) -> Sequence[Session]:
        batch = json.dumps(
            [
                {
                    "session": answer.session_id,
                    "item": answer.item,
                    "code": answer.code,
                    "turn": answer.turn,
                    "channel": answer.account.channel,
                    "user": answer.account.external_id,
                }
                for answer in answers
            ]
        )
        statement = _ACCEPT[self._connection.dialect.name]
        rows = (await self._connection.execute(statement, {"batch": batch, "now": now})).all()
        sessions = [_session(row) for row in rows]
        for session in sessions:
            if session.state is State.FINISHED:
                await self._owe_chart(session, answers, now)
        return sessions

    async def _owe_chart(self, session: Session, answers: Sequence[Answer], now: datetime) -> None:
        account = next(answer.account for answer in answers if answer.session_id == session.id)
        account_id = await self._connection.scalar(
            select(accounts.c.id).where(
                accounts.c.channel == account.channel, accounts.c.external_id == account.external_id
            )
        )
        assert account_id is not None  # the statement above has just matched it
        await OutboxTable(self._connection).owe(
            account_id,
            ParcelKind.RESULT_CHART,
            f"result:{session.id}:finished",
            {"session_id": session.id},
            now,
        )


def _session(row: Row[Any]) -> Session:
    return Session(
        row.id,
        row.person_id,
        row.instrument,
        row.version,
        row.wording_id,
        row.answers,
        row.turn,
        row.position,
        State(row.state),
        row.started_at,
        row.finished_at,
    )
