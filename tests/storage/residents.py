"""People of the tests and the taps they make, through the public classes of storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from services.diagnostics.session import Answer, Session
from services.people.model import Account, Kind, Profile
from storage.database import Database
from storage.unit_of_work import StoredWork

NOW = datetime(2026, 9, 1, 9, 30, 15, 123456, tzinfo=UTC)
PROFILE = Profile("Иванова Мария Петровна", "Учитель", "Математика", 12, 1976)
TEST = "boyko"
CONSENT = "1"
"""The version of the consent that everybody here agreed to."""

# Ids of newer Telegram accounts do not fit in 32 bits.
_external_ids = count(7_000_000_000)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody whose consent is in force."""

    person_id: int
    account: Account


def stranger() -> Account:
    """An account that nobody has seen yet."""
    return Account("telegram", next(_external_ids))


async def settle(database: Database, number: int) -> list[Resident]:
    """So many new people."""
    async with database.write() as connection:
        work = StoredWork(connection)
        people = []
        for _ in range(number):
            account = stranger()
            people.append(Resident(await work.people.welcome(account, CONSENT, NOW), account))
        await work.commit()
    return people


async def seat(database: Database, people: Sequence[Resident], answers: str) -> list[Session]:
    """An open test for each, with the answers given so far."""
    async with database.write() as connection:
        work = StoredWork(connection)
        sessions = [
            await work.surveys.start(person.person_id, TEST, "1", None, answers, NOW, alphabet="yn")
            for person in people
        ]
        await work.commit()
    return sessions


async def newcomer(database: Database, answers: str = "....") -> tuple[Resident, Session]:
    """One person with an open test."""
    [person] = await settle(database, 1)
    [session] = await seat(database, [person], answers)
    return person, session


async def school(database: Database, name: str = "Школа № 1") -> int:
    """The id of a school."""
    async with database.write() as connection:
        work = StoredWork(connection)
        municipality = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
        made = await work.organisations.add(Kind.SCHOOL, name, municipality.id)
        await work.commit()
    return made.id


def tap(person: Resident, session: Session, code: str) -> Answer:
    """A tap on a button of the question that the session shows."""
    return Answer(person.account, session.id, session.position, code, session.turn)
