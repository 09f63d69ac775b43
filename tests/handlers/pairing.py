"""A district where people wait for mentors, mentors have seats, and a curator pairs them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.pair_offers import tend_offers
from handlers.mentoring.taps import MatchTap
from services.mentoring.bank.card import Card, CardState
from services.mentoring.pair import Pair
from services.mentoring.requests.request import RequestState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import SCHOOLS, TUESDAY, Clock, founded_at, settled, until_sent
from tests.town import DISTRICT, Person, Town

LUGINA = "Лугина Вера Павловна"
SEDOVA = "Седова Нина Олеговна"
ORLOV = "Орлов Пётр Ильич"
ANNA = "Белова Анна Сергеевна"
DARIA = "Котова Дарья Львовна"
CURATOR = "Зимина Ольга Юрьевна"


@dataclass
class District:
    """A town with a clock of its own; ids of people by their names."""

    town: Town
    clock: Clock
    schools: list[int]
    municipality: int
    ids: dict[str, int] = field(default_factory=dict)

    async def curator(self, school: int = 0, name: str = CURATOR) -> Person:
        return await self._settled(name, (Role.CURATOR, self.schools[school]))

    async def methodist(self) -> Person:
        return await self._settled("Седых Мария Ивановна", (Role.METHODIST, self.municipality))

    async def mentor(
        self,
        name: str,
        capacity: int = 1,
        school: int = 0,
        strengths: Sequence[str] = (),
        subject: str = "Математика",
        *,
        reaches_out: bool = False,
    ) -> Person:
        """Somebody of the bank."""
        places = ((Role.TEACHER, self.schools[school]), (Role.MENTOR, self.schools[school]))
        person = await self._settled(name, *places, subject=subject)
        card = Card(
            self.ids[name],
            self.schools[school],
            CardState.APPROVED,
            TUESDAY,
            strengths=tuple(strengths),
            capacity=capacity,
            reaches_out=reaches_out,
        )
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            assert await work.mentor_cards.add(card) is not None
            assert await work.pairs.set_capacity(self.ids[name], capacity)
            await work.commit()
        return person

    async def waits(
        self,
        name: str,
        days: int = 10,
        school: int = 0,
        domains: Sequence[str] = (),
        purpose: str = "",
        choices: Sequence[str] = (),
        subject: str = "Математика",
    ) -> Person:
        """Somebody whose request is open."""
        person = await self._settled(name, (Role.TEACHER, self.schools[school]), subject=subject)
        since = self.clock.now - timedelta(days=days)
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            draft = await work.mentee_requests.add(self.ids[name], self.schools[school], None, since)
            assert draft is not None
            asked = replace(
                draft,
                state=RequestState.OPEN,
                domains=tuple(domains),
                purpose=purpose,
                choices=tuple(self.ids[choice] for choice in choices),
            )
            assert await work.mentee_requests.save(asked) is not None
            await work.commit()
        return person

    async def opens_matching(self, curator: Person, place: int | None = None) -> ChatMessage:
        return await curator.taps_data(MatchTap(organisation=place or self.schools[0]).pack())

    async def matched(
        self, curator: Person, aim: str = "Лучшее совпадение", place: int | None = None
    ) -> ChatMessage:
        """The run as it comes to the curator."""
        await self.opens_matching(curator, place)
        await curator.taps(aim)
        await self.sent()
        return curator.last

    async def all_sent(self, curator: Person, place: int | None = None) -> None:
        """Everything is matched, agreed to and sent, and both hear of it."""
        await self.matched(curator, place=place)
        await curator.taps("Согласовать все")
        await curator.taps("Отправить согласованные")
        await curator.taps("Отправить")
        await self.sent()

    async def sent(self) -> None:
        await until_sent(self.town)

    async def strikes(self, **time: float) -> None:
        """The clock goes on, and what is due by then happens."""
        self.clock.pass_by(**time)
        house = self.town.house
        assert house is not None
        await tend_offers(house.database, house.desk, self.clock.now)
        await until_sent(self.town)

    async def pairs(self) -> list[Pair]:
        """All pairs, the oldest first."""
        rows = await self.town.rows("SELECT id FROM pairs ORDER BY id")
        async with self.town.second_connection() as database, database.read() as connection:
            found = [await StoredWork(connection).pairs.get(row.id) for row in rows]
        return [pair for pair in found if pair is not None]

    async def request_of(self, name: str) -> str:
        [row] = await self.town.rows("SELECT state FROM mentee_requests WHERE person_id = :id", id=self.ids[name])
        return str(row.state)

    async def _settled(self, name: str, *places: tuple[Role, int], subject: str = "Математика") -> Person:
        person = await settled(self.town, name, *places, subject=subject)
        [row] = await self.town.rows("SELECT person_id FROM accounts WHERE external_id = :id", id=person.id)
        self.ids[name] = int(row.person_id)
        return person


@asynccontextmanager
async def paired_district(folder: Path) -> AsyncIterator[District]:
    clock = Clock()
    async with founded_at(clock, folder) as town:
        places = {row.name: row.id for row in await town.rows("SELECT id, name FROM organisations")}
        yield District(town, clock, [places[name] for name in SCHOOLS], places[DISTRICT])
