"""A school with a teacher's agreed route, on a real database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from services.delivery.quiet import Quiet
from services.iom.model import Form, Plan, Route, RouteKind, RouteState, Step
from services.iom.schedule import scheduled
from services.people.model import Account, Kind, Role
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
QUIET = Quiet()


@dataclass
class School:
    """A school of a municipality, a teacher of it and their route."""

    work: StoredWork
    id: int
    municipality: int
    teacher: int
    route: Route

    async def somebody(self, number: int, role: Role, place: int) -> tuple[int, list[int]]:
        """Somebody with that role: their id, and the ids of their accounts."""
        person = await self.work.people.welcome(Account("telegram", number), "v", NOW)
        await self.work.people.grant(person, role, place, NOW)
        return person, list(await self.work.directory.account_ids(person))

    async def steps(self, dues: Sequence[date], *, agreed: bool = True) -> list[Step]:
        """Planned steps that are due on these days, in their order."""
        made = []
        for due_on in dues:
            step = await self.work.iom.add_step(self.route.id, Plan("digital", "Вебинар", Form.WEBINAR, due_on))
            saved = await self.work.iom.save_step(scheduled(replace(step, agreed=agreed), TODAY, QUIET))
            assert saved is not None
            made.append(saved)
        return made

    async def again(self, step: Step) -> Step:
        """The step as it is now."""
        found = await self.work.iom.step(step.id)
        assert found is not None
        return found


@asynccontextmanager
async def a_school(folder: Path) -> AsyncIterator[School]:
    """The school in one transaction, which is not committed."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'bot.db'}")
    try:
        await migrate.upgrade(database)
        async with database.write() as connection:
            work = StoredWork(connection)
            municipality = await work.organisations.add(Kind.MUNICIPALITY, "Район", None)
            school = await work.organisations.add(Kind.SCHOOL, "Школа № 1", municipality.id)
            teacher = await work.people.welcome(Account("telegram", 1), "v", NOW)
            await work.people.grant(teacher, Role.TEACHER, school.id, NOW)
            draft = await work.iom.add(teacher, school.id, RouteKind.DEFICITS, ("digital",), None, NOW)
            assert draft is not None
            route = await work.iom.save(replace(draft, state=RouteState.ACTIVE, submitted_at=NOW, agreed_at=NOW))
            assert route is not None
            yield School(work, school.id, municipality.id, teacher, route)
    finally:
        await database.close()
