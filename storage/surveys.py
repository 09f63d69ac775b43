"""Sessions of tests in the database."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.answering import Sheet, Value
from services.diagnostics.session import Answer, Session, State
from storage.accepting import accept, count_finished, session_of
from storage.sheets_lock import lock_sheets
from storage.tables import anonymous_sheets, survey_sessions, survey_values


class SurveyTable:
    """`services.diagnostics.ports.SurveyStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_session(self, person_id: int, instrument: str, *, anonymous: bool = False) -> Session | None:
        row = (
            await self._connection.execute(
                select(survey_sessions).where(
                    survey_sessions.c.person_id == person_id,
                    survey_sessions.c.instrument == instrument,
                    survey_sessions.c.anonymous == anonymous,
                    survey_sessions.c.state == State.IN_PROGRESS.value,
                )
            )
        ).first()
        return session_of(row) if row else None

    async def open_sessions(self, person_id: int) -> Sequence[Session]:
        rows = await self._connection.execute(
            select(survey_sessions)
            .where(
                survey_sessions.c.person_id == person_id,
                survey_sessions.c.state == State.IN_PROGRESS.value,
            )
            .order_by(survey_sessions.c.updated_at.desc(), survey_sessions.c.id.desc())
        )
        return [session_of(row) for row in rows]

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

    async def finished(self, person_id: int, instrument: str | None = None) -> Sequence[Session]:
        query = select(survey_sessions).where(
            survey_sessions.c.person_id == person_id, survey_sessions.c.state == State.FINISHED.value
        )
        if instrument is not None:
            query = query.where(survey_sessions.c.instrument == instrument)
        rows = await self._connection.execute(query.order_by(survey_sessions.c.finished_at, survey_sessions.c.id))
        return [session_of(row) for row in rows]

    async def values(self, session_id: int) -> dict[int, Value]:
        rows = await self._connection.execute(
            select(survey_values.c.item, survey_values.c.value).where(survey_values.c.session_id == session_id)
        )
        return {row.item: row.value for row in rows}

    async def start(
        self,
        person_id: int,
        instrument: str,
        version: str,
        wording_id: int | None,
        answers: str,
        now: datetime,
        *,
        alphabet: str = "",
        campaign_id: int | None = None,
        anonymous: bool = False,
        organisation_id: int | None = None,
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
                    alphabet=alphabet,
                    campaign_id=campaign_id,
                    anonymous=anonymous,
                    organisation_id=organisation_id,
                )
                .returning(survey_sessions)
            )
        ).one()
        return session_of(row)

    async def attach(self, session_id: int, campaign_id: int) -> Session | None:
        row = (
            await self._connection.execute(
                update(survey_sessions)
                .where(survey_sessions.c.id == session_id, survey_sessions.c.state == State.IN_PROGRESS.value)
                .values(campaign_id=campaign_id)
                .returning(survey_sessions)
            )
        ).first()
        return session_of(row) if row else None

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

    async def record(self, session: Session, sheet: Sheet, position: int, now: datetime) -> Session | None:
        finished = position == 0
        row = (
            await self._connection.execute(
                update(survey_sessions)
                .where(
                    survey_sessions.c.id == session.id,
                    survey_sessions.c.turn == session.turn,
                    survey_sessions.c.position == session.position,
                    survey_sessions.c.state == State.IN_PROGRESS.value,
                )
                .values(
                    answers=sheet.answers,
                    turn=session.turn + 1,
                    position=position,
                    state=(State.FINISHED if finished else State.IN_PROGRESS).value,
                    finished_at=now if finished else None,
                    updated_at=now,
                )
                .returning(survey_sessions)
            )
        ).first()
        if row is None:
            return None
        recorded = session_of(row)
        if finished and recorded.campaign_id is not None:
            await self._connection.run_sync(count_finished, recorded)
        await self._connection.execute(delete(survey_values).where(survey_values.c.session_id == session.id))
        if finished and recorded.anonymous:
            await self._untie(recorded, sheet)
        elif sheet.values:
            await self._connection.execute(
                insert(survey_values),
                [{"session_id": session.id, "item": item, "value": value} for item, value in sheet.values.items()],
            )
        return recorded

    async def _untie(self, session: Session, sheet: Sheet) -> None:
        """Leave the sheet of an anonymous session with nothing that leads to its person.

        PostgreSQL keeps rows in the order they came and notes the transaction of each. So all sheets of
        its campaign that are in no portion yet are written anew in the order of their random ids: one transaction,
        no order.
        """
        await lock_sheets(self._connection, session.campaign_id)
        rows = await self._connection.execute(
            delete(anonymous_sheets)
            .where(anonymous_sheets.c.campaign_id == session.campaign_id, anonymous_sheets.c.portion_id.is_(None))
            .returning(anonymous_sheets)
        )
        sheets = [dict(row._mapping) for row in rows]
        sheets.append(
            {
                "id": secrets.randbits(62),
                "campaign_id": session.campaign_id,
                "instrument": session.instrument,
                "version": session.version,
                "answers": sheet.answers,
                "given": {str(item): value for item, value in sorted(sheet.values.items())},
                "portion_id": None,
            }
        )
        await self._connection.execute(insert(anonymous_sheets), sorted(sheets, key=lambda one: one["id"]))
        await self._connection.execute(delete(survey_sessions).where(survey_sessions.c.id == session.id))

    async def accept(self, answers: Sequence[Answer], now: datetime, consent_version: str) -> Sequence[Session]:
        return await self._connection.run_sync(accept, answers, now, consent_version)
