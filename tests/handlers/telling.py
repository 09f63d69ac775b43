"""A mentor with mentees, who tells the bot of meetings."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.messenger.model import ChatMessage
from services.mentoring.meetings.meeting import Meeting
from services.mentoring.pair import NewPair, Pair, PairForm, PairState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, founded_at, settled
from tests.handlers.walked import a_photo, person_id
from tests.town import Person, Town

ANNA = "Петрова Анна Сергеевна"
PETER = "Лугин Пётр Игоревич"
ANOTHER_ANNA = "Белова Анна Ильинична"
SHORTEST = ("Сегодня", "Консультация", "Не указывать", "Без темы", "Ни о чём особом", "Пока не договаривались")
"""Answers with which nothing is told but what must be."""


@dataclass
class Telling:
    """The people of a school; `pairs` are ids in the order of the mentees."""

    town: Town
    clock: Clock
    school: int
    mentor: Person
    mentees: list[Person]
    pairs: list[int]

    async def pair(self, number: int = 0) -> Pair:
        async with self.town.second_connection() as database, database.read() as connection:
            found = await StoredWork(connection).pairs.get(self.pairs[number])
        assert found is not None
        return found

    async def meetings(self, number: int = 0) -> Sequence[Meeting]:
        """Meetings of the pair, the latest first."""
        async with self.town.second_connection() as database, database.read() as connection:
            return await StoredWork(connection).meetings.of_pair(self.pairs[number])

    async def drafts(self) -> list[Any]:
        return await self.town.rows("SELECT id, words, closed_at FROM meeting_drafts ORDER BY id")

    async def files(self) -> list[tuple[int, str, str]]:
        rows = await self.town.rows("SELECT draft_id, kind, file_name FROM meeting_files ORDER BY id")
        return [(row.draft_id, row.kind, row.file_name) for row in rows]

    async def changes_pair(self, number: int, **fields: object) -> None:
        """The pair is changed behind everybody's back."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            found = await work.pairs.get(self.pairs[number])
            assert found is not None
            assert await work.pairs.save(replace(found, **fields)) is not None  # type: ignore[arg-type]
            await work.commit()

    async def sends_photo(self, caption: str = "", person: Person | None = None) -> ChatMessage:
        person = person or self.mentor
        self.town.messenger.send_photo(person.id, a_photo(), caption)
        await self.town.quiet()
        return person.last

    async def sends_voice(self, caption: str = "", person: Person | None = None) -> ChatMessage:
        person = person or self.mentor
        self.town.messenger.send_voice(person.id, caption=caption)
        await self.town.quiet()
        return person.last

    async def sends_document(self, name: str, content: bytes = b"%PDF-1.4 ", caption: str = "") -> ChatMessage:
        self.town.messenger.send_document(self.mentor.id, name, content, caption)
        await self.town.quiet()
        return self.mentor.last


@asynccontextmanager
async def telling_at(
    folder: Path, names: Sequence[str] = (ANNA,), state: PairState = PairState.ACTIVE, *roles: Role
) -> AsyncIterator[Telling]:
    """A town with a mentor and mentees of these names, in pairs of this state; `roles` are the mentor's others."""
    clock = Clock()
    async with founded_at(clock, folder) as town:
        [row] = await town.rows("SELECT id FROM organisations WHERE name = 'Школа № 1'")
        school = int(row.id)
        mine = [(role, school) for role in (Role.MENTOR, Role.TEACHER, *roles)]
        mentor = await settled(town, "Осипова Вера Павловна", *mine)
        mentees = [await settled(town, name, (Role.TEACHER, school)) for name in names]
        pairs = [await paired(town, school, mentor, mentee, len(names), state) for mentee in mentees]
        yield Telling(town, clock, school, mentor, mentees, pairs)


async def paired(
    town: Town, school: int, mentor: Person, mentee: Person, seats: int, state: PairState = PairState.ACTIVE
) -> int:
    """The id of a pair of the two, proposed a month ago."""
    proposed_at = TUESDAY - timedelta(days=30)
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        mentor_id = await person_id(work, mentor)
        await work.pairs.set_capacity(mentor_id, seats)
        new = NewPair(
            mentor_id,
            await person_id(work, mentee),
            school,
            PairForm.TEACHER_TEACHER,
            proposed_at,
            proposed_at + timedelta(days=3),
        )
        pair = await work.pairs.add(new)
        assert pair is not None
        started_on = TUESDAY.date() if state is PairState.ACTIVE else None
        ready = replace(pair, state=state, approved_at=proposed_at, started_on=started_on)
        assert await work.pairs.save(ready) is not None
        await work.commit()
    return pair.id
