"""A district whose clock is moved, and everything that is told there before anyone asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.alerts import tend_alerts
from bot.ticks.cyclogram import tend_cyclogram
from bot.ticks.digests import tend_digests
from bot.ticks.facts import tend_facts
from handlers.pushes.taps import SetPushTap
from services.events.model import EventKind, Plan
from services.iom.model import Step
from services.people.model import Role
from services.pushes.model import How, What
from storage.unit_of_work import StoredWork
from tests import agreed_routes
from tests.handlers.campaigning import TUESDAY, Clock, founded_at, settled
from tests.handlers.test_pair_health import CURATOR, DISTRICT, MENTOR, SCHOOL, Watched, days
from tests.handlers.walked import person_id
from tests.town import Person

TICKS = (tend_facts, tend_cyclogram, tend_alerts, tend_digests)
"""In the scheduler's order."""


@dataclass(kw_only=True)
class Pushed(Watched):
    """A school with a mentor and its curator, and the methodist of the district."""

    methodist: Person

    async def owe(self) -> None:
        await super().owe()
        await self.look()

    async def look(self) -> None:
        """The clock has struck for what is pushed; nothing is sent yet."""
        assert self.town.house is not None
        for tend in TICKS:
            await tend(self.town.house.database, self.town.house.desk, self.clock())

    async def route(self, teacher: Person, *terms: date, school: int = SCHOOL) -> list[Step]:
        """An agreed route with steps of these terms."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            number = await person_id(work, teacher)
            long_ago = TUESDAY - timedelta(days=60)
            _, steps = await agreed_routes.agreed(work, number, school, terms, days(-1), long_ago, None)
            await work.commit()
        return list(steps)

    async def event(self, place: int, held_on: date, title: str = "Семинар") -> int:
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            plan = Plan(EventKind.SEMINAR, title, held_on)
            made = await work.events.add(place, plan, None, await person_id(work, self.methodist), TUESDAY)
            await work.commit()
        return made.id

    async def campaign(self, place: int, people: int, finished: int, began: date, ends_on: date) -> int:
        """A campaign that runs, for so many people of the school, of whom so many have finished."""
        plan = '{"schools": [], "roles": ["teacher"], "subjects": [], "early_career": false}'
        await self.town.change(
            "INSERT INTO campaigns (organisation_id, instrument, title, words, audience, anonymous, state,"
            " ends_on, created_by, created_at, launched_at) VALUES (:place, 'deficits', 'Дефициты, осень', '',"
            " :plan, false, 'running', :ends_on, 1, :began, :began)",
            place=place,
            plan=plan,
            ends_on=ends_on.isoformat(),
            began=f"{began} 07:00:00.000000",
        )
        [row] = await self.town.rows("SELECT max(id) AS id FROM campaigns")
        for number in range(people):
            teacher = await settled(self.town, f"Отвечаев Пётр{number} Ильич", (Role.TEACHER, SCHOOL))
            async with self.town.second_connection() as database, database.read() as connection:
                found = await person_id(StoredWork(connection), teacher)
            await self.town.change(
                "INSERT INTO campaign_people (campaign_id, person_id, school_id, finished)"
                " VALUES (:campaign, :person, :school, :finished)",
                campaign=row.id,
                person=found,
                school=SCHOOL,
                finished=number < finished,
            )
        return int(row.id)

    async def chooses(self, person: Person, what: What, how: How) -> None:
        """The person has chosen how often."""
        await person.says("/digests")
        await person.taps_data(SetPushTap(what=what, how=how).pack())


@asynccontextmanager
async def pushed_at(clock: Clock, folder: Path) -> AsyncIterator[Pushed]:
    async with founded_at(clock, folder) as town:
        mentor = await settled(town, MENTOR, (Role.TEACHER, SCHOOL), (Role.MENTOR, SCHOOL))
        curator = await settled(town, CURATOR, (Role.CURATOR, SCHOOL))
        methodist = await settled(town, "Громова Ирина Алексеевна", (Role.METHODIST, DISTRICT))
        yield Pushed(town, clock, mentor, curator, methodist=methodist)


def said(message: ChatMessage) -> str:
    """The text with plain spaces."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")
