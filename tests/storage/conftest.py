import asyncio
import os
from collections.abc import AsyncIterator, Iterator

import pytest

from storage.answers import GroupedAnswers
from storage.database import Database
from tests.storage.databases import Places, PostgresPlaces, SqlitePlaces, Witness
from tests.storage.residents import CONSENT, Clock


@pytest.fixture(scope="session")
def sqlite_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    places = SqlitePlaces(tmp_path_factory.mktemp("databases"))
    yield places
    asyncio.run(places.close())


@pytest.fixture(scope="session")
def postgres_places(worker_id: str) -> Iterator[Places]:
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        pytest.fail("TEST_POSTGRES_URL is not set: postgresql://user@host:5432/database")
    places = PostgresPlaces(url, worker_id)
    yield places
    asyncio.run(places.close())


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def places(request: pytest.FixtureRequest) -> Places:
    """Both kinds of databases, one after the other."""
    found: Places = request.getfixturevalue(f"{request.param}_places")
    return found


@pytest.fixture
async def empty_url(places: Places) -> AsyncIterator[str]:
    """A database that nobody has migrated."""
    url = await places.empty()
    yield url
    await places.remove(url)


@pytest.fixture
async def url(places: Places) -> AsyncIterator[str]:
    """A migrated database without a row."""
    url = await places.migrated()
    yield url
    await places.remove(url)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
async def other_process(url: str) -> AsyncIterator[Database]:
    """The same database, opened as another process would."""
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
async def witness(url: str) -> AsyncIterator[Witness]:
    witness = Witness(url)
    yield witness
    await witness.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def finished() -> list[str]:
    """Grows by one whenever the answer book says that somebody has finished."""
    return []


@pytest.fixture
async def book(database: Database, clock: Clock, finished: list[str]) -> AsyncIterator[GroupedAnswers]:
    book = GroupedAnswers(database, clock, lambda: finished.append("finished"), CONSENT)
    yield book
    await book.close()
