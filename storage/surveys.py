"""Sessions of tests in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.session import Answer, Session, State
from storage.accepting import accept, session_of
from storage.tables import survey_sessions


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
        return session_of(row) if row else None

    async def get(self, session_id: int, person_id: int) -> Session | None:
        row = (
            await self._connection.execute(
                select(survey_sessions).where(
                    survey_sessions.c.id == session_id, survey_sessions.c.person_id == person_id
                )
            )
        ).first()
        return session_of(row) if row else None

    async def find(self, session_id: int) -> Session | None:
        """The session whoever's it is: for jobs, which check whom they work for themselves."""
        row = (
            await self._connection.execute(select(survey_sessions).where(survey_sessions.c.id == session_id))
        ).first()
        return session_of(row) if row else None

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
        return [session_of(row) for row in rows]

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
        return session_of(row)

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
        return session_of(row) if row else None

    async def accept(self, answers: Sequence[Answer], now: datetime) -> Sequence[Session]:
        return await self._connection.run_sync(accept, answers, now)
