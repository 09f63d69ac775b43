"""Accepting answers: those that wait at the same moment share one statement and one commit."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from services.diagnostics.session import Answer, Session, State
from storage.accepting import accept
from storage.database import Database

_Entry = tuple[Answer, asyncio.Future[Session | None]]


class GroupedAnswers:
    """`services.diagnostics.session.AnswerBook`: a writer that takes what waits and commits it once.

    An answer is returned only after its commit. A lone answer is written at once,
    and those that come meanwhile make the next group.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        on_finished: Callable[[], None],
        consent_version: str,
    ) -> None:
        self._database = database
        self._consent_version = consent_version
        self._clock = clock
        self._on_finished = on_finished
        self._waiting: list[_Entry] = []
        self._writing: asyncio.Task[None] | None = None

    async def accept(self, answer: Answer) -> Session | None:
        if not (0 < answer.session_id < 2**63 and 0 < answer.item < 2**31 and 0 <= answer.turn < 2**31):
            return None  # callback data may be anything; the columns hold no such numbers
        future: asyncio.Future[Session | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((answer, future))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await future

    async def close(self) -> None:
        """Wait until everything that was handed in is written."""
        if self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        while self._waiting:
            group = self._next_group()
            if not await self._settle(group, alone=len(group) == 1):
                # One answer may have spoiled it for all, with a forged number, say: each on its own then.
                for entry in group:
                    await self._settle([entry], alone=True)

    async def _settle(self, group: list[_Entry], *, alone: bool) -> bool:
        """Write a group and tell those who wait; False when it failed and they are to be tried alone."""
        try:
            sessions = await self._write([answer for answer, _ in group])
        except Exception as error:
            if not alone:
                return False
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return True
        for answer, future in group:
            if not future.done():
                future.set_result(sessions.get(answer.session_id))
        return True

    def _next_group(self) -> list[_Entry]:
        """Everything that waits, but one answer a session: an UPDATE changes a row once."""
        group: dict[int, _Entry] = {}
        later = []
        for entry in self._waiting:
            if entry[0].session_id in group:
                later.append(entry)
            else:
                group[entry[0].session_id] = entry
        self._waiting = later
        return list(group.values())

    async def _write(self, answers: list[Answer]) -> dict[int, Session]:
        sessions = await self._database.write_at_once(
            partial(accept, answers=answers, now=self._clock(), consent_version=self._consent_version)
        )
        if any(session.state is State.FINISHED for session in sessions):
            self._on_finished()
        return {session.id: session for session in sessions}
