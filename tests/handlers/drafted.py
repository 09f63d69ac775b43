"""A school where routes are composed: teachers before and after the deficits test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert

from services.iom.model import Event, Route, Step
from services.people.model import Account, Role
from storage.tables import survey_sessions
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, founded_at, settled
from tests.services.iom.sheets import SHEET, answers_with
from tests.town import Person, Town


@dataclass
class Workroom:
    """A town with one school that people compose routes in."""

    town: Town
    clock: Clock
    school: int

    async def teacher(self, name: str = "Ветрова Мария Ильинична") -> Person:
        return await settled(self.town, name, (Role.TEACHER, self.school))

    async def mentor(self, name: str = "Осипова Вера Павловна") -> Person:
        return await settled(self.town, name, (Role.MENTOR, self.school))

    async def curator(self, name: str = "Крылова Наталья Сергеевна") -> Person:
        return await settled(self.town, name, (Role.CURATOR, self.school))

    async def takes_test(self, person: Person, at: datetime = TUESDAY, **domains: int) -> None:
        """The person has finished the deficits test, with so many points an item of these domains."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            await connection.execute(
                insert(survey_sessions).values(
                    person_id=await _id(work, person),
                    instrument=SHEET.id,
                    version=SHEET.version,
                    answers=answers_with(**domains),
                    turn=len(SHEET.items),
                    position=0,
                    state="finished",
                    alphabet="",
                    started_at=at,
                    updated_at=at,
                    finished_at=at,
                )
            )
            await work.commit()

    async def route_of(self, person: Person) -> Route | None:
        """The person's open route."""
        async with self.town.second_connection() as database, database.read() as connection:
            work = StoredWork(connection)
            return await work.iom.open_of(await _id(work, person))

    async def route(self, person: Person) -> Route:
        found = await self.route_of(person)
        assert found is not None
        return found

    async def steps(self, person: Person) -> list[Step]:
        route = await self.route(person)
        async with self.town.second_connection() as database, database.read() as connection:
            return list(await StoredWork(connection).iom.steps(route.id))

    async def history(self, person: Person) -> list[Event]:
        route = await self.route(person)
        async with self.town.second_connection() as database, database.read() as connection:
            return list(await StoredWork(connection).iom.history(route.id))

    async def owed(self, kind: str) -> list[tuple[int, str]]:
        """Telegram ids of those to whom such rows are owed, with the keys."""
        rows = await self.town.rows(
            "SELECT accounts.external_id AS id, outbox.key AS key FROM outbox "
            "JOIN accounts ON accounts.id = outbox.account_id WHERE outbox.kind = :kind ORDER BY outbox.id",
            kind=kind,
        )
        return [(int(row.id), str(row.key)) for row in rows]


@asynccontextmanager
async def workroom_at(folder: Path) -> AsyncIterator[Workroom]:
    """The town, its bot running."""
    clock = Clock()
    async with founded_at(clock, folder) as town:
        [row] = await town.rows("SELECT id FROM organisations WHERE name = 'Школа № 1'")
        yield Workroom(town, clock, int(row.id))


async def _id(work: StoredWork, person: Person) -> int:
    found = (await work.people.visitor(Account("telegram", person.id))).person
    assert found is not None
    return found.id
