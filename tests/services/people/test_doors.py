"""Ways by which somebody might come to a manager's role that nobody gave them, on a real database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.people import appointing, invites, registration
from services.people.invites import Refusal
from services.people.model import Account, Kind, Organisation, Person, Profile, Role
from services.people.roster import importing
from services.people.roster.model import Scope
from services.people.roster.reading import read_roster
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork

NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)
ROSTER = "Школа;Фамилия;Имя;Должность;Год рождения\nШкола № 1;Завучева;Инна;завуч;1972\n".encode()
NAME = "Завучева Инна"
FINDER = Account("telegram", 66)


class Place:
    """A school, its methodist, and somebody on its roster who has not joined."""

    def __init__(self, work: StoredWork) -> None:
        self.work = work

    async def settle(self) -> None:
        self.municipality = await self.work.organisations.add(Kind.MUNICIPALITY, "Район", None)
        self.school = await self.work.organisations.add(Kind.SCHOOL, "Школа № 1", self.municipality.id)
        self.methodist = await self.person(1, "Громова Ирина", Role.METHODIST, self.municipality)
        roster = read_roster("r.csv", ROSTER, NOW.date())
        scope = Scope(self.municipality.id)
        await importing.apply(
            self.work, roster, scope, NOW.date(), NOW, new_schools=True, issued_by=self.methodist.id
        )
        [self.card] = await self.work.roster.cards([self.school.id], NOW)
        invite = await self.work.invites.find(self.card.token)
        assert invite is not None
        assert invite.person_id is not None
        self.waiting = invite.person_id

    async def person(self, number: int, name: str, role: Role, place: Organisation) -> Person:
        account = Account("telegram", number)
        person_id = await self.work.people.welcome(account, "1", NOW)
        await self.work.people.grant(person_id, role, place.id, NOW)
        await self.work.people.save_profile(person_id, Profile(name, "Учитель", "", 5, 1980), NOW)
        return await self.behind(account)

    async def behind(self, account: Account) -> Person:
        person = (await self.work.people.visitor(account)).person
        assert person is not None
        return person


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    await migrate.upgrade(database)
    async with database.write() as connection:
        found = Place(StoredWork(connection))
        await found.settle()
        yield found
    await database.close()


async def test_a_name_and_a_year_do_not_make_a_curator(place: Place) -> None:
    await appointing.give(place.work, place.methodist, place.waiting, Role.CURATOR, place.school, NOW)
    group = await appointing.invite(place.work, place.methodist, Role.TEACHER, place.school, 30, 14, NOW)
    await invites.enter(place.work, FINDER, group.token, "1", NOW)
    told = Profile(NAME, "Учитель", "", 3, 1972)
    await registration.register(place.work, await place.behind(FINDER), told, NOW)
    assert not (await place.behind(FINDER)).has(Role.CURATOR)


async def test_a_card_printed_before_an_appointment_opens_nothing(place: Place) -> None:
    await appointing.give(place.work, place.methodist, place.waiting, Role.CURATOR, place.school, NOW)
    assert await invites.enter(place.work, FINDER, place.card.token, "1", NOW) is Refusal.REVOKED


async def test_a_dismissed_methodist_does_not_come_back_by_a_link_of_their_own(place: Place) -> None:
    link = await appointing.invite(place.work, place.methodist, Role.CURATOR, place.school, 5, 300, NOW)
    region = await place.work.organisations.add(Kind.REGION, "Регион", None)
    admin = await place.person(2, "Панов Роман", Role.ADMIN, region)
    await appointing.take(place.work, admin, place.methodist.id, Role.METHODIST, place.municipality, NOW)
    assert await invites.accept(place.work, place.methodist.id, link.token, NOW) is Refusal.REVOKED
