"""A teacher with a route that was agreed to, and who looks after it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

from handlers.iom.taps import RouteTap, StepTap
from services.delivery.quiet import Quiet
from services.iom import schedule
from services.iom.model import Form, Plan, Route, RouteKind, RouteState, Step
from services.people.model import Account, Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, founded_at, settled
from tests.town import Person, Town

TODAY = TUESDAY.date()
COURSE = Plan(
    "digital",
    "Курс «Цифровой урок»",
    Form.COURSE,
    TODAY + timedelta(days=1),
    "Лугин Олег Игоревич",
    "Свой цифровой урок",
)
LESSON = Plan("assessment", "Урок коллеги", Form.LESSON_EXCHANGE, TODAY + timedelta(days=20))
LATE = Plan("digital", "Вебинар о тестах", Form.WEBINAR, TODAY - timedelta(days=3))


@dataclass
class Walk:
    """The people of a school, and the route of its teacher."""

    town: Town
    clock: Clock
    teacher: Person
    mentor: Person
    curator: Person
    school: int
    route: int
    steps: list[int]

    async def opens(self, number: int = 0, person: Person | None = None) -> None:
        """Open the card of a step, by its place in the plan."""
        person = person or self.teacher
        await person.taps_data(StepTap(step=self.steps[number]).pack())

    async def opens_route(self, person: Person) -> None:
        await person.taps_data(RouteTap(route=self.route).pack())

    async def step(self, number: int = 0) -> Step:
        async with self.town.second_connection() as database, database.read() as connection:
            found = await StoredWork(connection).iom.step(self.steps[number])
        assert found is not None
        return found

    async def stored(self) -> Route:
        async with self.town.second_connection() as database, database.read() as connection:
            found = await StoredWork(connection).iom.get(self.route)
        assert found is not None
        return found

    async def changes_route(self, **fields: object) -> None:
        """The route is changed behind everybody's back."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            found = await work.iom.get(self.route)
            assert found is not None
            assert await work.iom.save(replace(found, **fields)) is not None  # type: ignore[arg-type]
            await work.commit()

    async def changes_step(self, number: int, **fields: object) -> None:
        """A step is changed behind everybody's back."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            found = await work.iom.step(self.steps[number])
            assert found is not None
            assert await work.iom.save_step(replace(found, **fields)) is not None  # type: ignore[arg-type]
            await work.commit()


@asynccontextmanager
async def walk_at(folder: Path, plans: Sequence[Plan] = (COURSE, LESSON, LATE)) -> AsyncIterator[Walk]:
    """A town with a teacher, their mentor and the school's curator; the teacher's route has these steps."""
    clock = Clock()
    async with founded_at(clock, folder) as town:
        [row] = await town.rows("SELECT id FROM organisations WHERE name = 'Школа № 1'")
        school = int(row.id)
        teacher = await settled(town, "Лугин Олег Игоревич", (Role.TEACHER, school))
        mentor = await settled(town, "Осипова Вера Павловна", (Role.MENTOR, school), (Role.TEACHER, school))
        curator = await settled(town, "Крылова Наталья Сергеевна", (Role.CURATOR, school))
        route, steps = await agreed_route(town, teacher, school, plans, mentor)
        yield Walk(town, clock, teacher, mentor, curator, school, route, steps)


async def person_id(work: StoredWork, person: Person) -> int:
    found = (await work.people.visitor(Account("telegram", person.id))).person
    assert found is not None
    return found.id


async def agreed_route(
    town: Town, teacher: Person, school: int, plans: Sequence[Plan], mentor: Person | None
) -> tuple[int, list[int]]:
    """Ids of a route that is walked and of its steps, in the order of the plans."""
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.add(
            await person_id(work, teacher), school, RouteKind.DEFICITS, ("digital", "assessment"), None, TUESDAY
        )
        assert route is not None
        mentor_id = await person_id(work, mentor) if mentor is not None else None
        agreed = replace(
            route, state=RouteState.ACTIVE, submitted_at=TUESDAY, agreed_at=TUESDAY, mentor_id=mentor_id
        )
        assert await work.iom.save(agreed) is not None
        ids = []
        for plan in plans:
            step = await work.iom.add_step(route.id, plan)
            planned = schedule.scheduled(replace(step, agreed=True, first_due_on=plan.due_on), TODAY, Quiet())
            assert await work.iom.save_step(planned) is not None
            ids.append(step.id)
        await work.commit()
    return route.id, ids


def day(offset: int) -> date:
    """So many days after the day on which the tests begin."""
    return TODAY + timedelta(days=offset)


def a_photo(colour: str = "red") -> bytes:
    """A small picture as a phone sends it."""
    written = BytesIO()
    Image.new("RGB", (320, 200), colour).save(written, "JPEG")
    return written.getvalue()
