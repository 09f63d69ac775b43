"""The report of a municipality: from the database to the figures."""

import time

from sqlalchemy import delete, text

from benchmarks.figures import Section, series
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import DAY, MUNICIPALITY, SCHOOLS, found, random_sheets, settle
from bot.wiring import utc_now
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instruments
from services.reporting.groups.finding import this_year
from services.reporting.groups.portions import freeze
from services.reporting.groups.report import make
from storage.database import Database
from storage.tables import portion_members, portions
from storage.unit_of_work import StoredWork

TESTS, QUICK_TESTS = (1_000, 10_000, 100_000), (1_000, 10_000)
REPEATS = 5
LONGEST = 3.0
"""Seconds of one report after which larger sizes are left out."""
MIN_GROUP = 5
WAVE = this_year(DAY, DAY.tzinfo)


async def measure(quick: bool) -> list[Section]:
    """Every size on every database there is; the largest unless `quick`."""
    section = Section(
        "report",
        f"Report over finished tests in {SCHOOLS} schools: the first, which counts everybody, and later ones",
        {
            "database": "Database",
            "tests": "Tests",
            "first": "First, seconds",
            "later": "Later, seconds",
            "rate": "Tests/s in the first",
        },
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    instrument = load_instruments()["boyko"]
    for kind in databases():
        async with empty_database(kind) as database:
            await found(database)
            settled = 0
            for size in QUICK_TESTS if quick else TESTS:
                sheets = random_sheets(instrument, size - settled, seed=size)
                await settle(database, instrument, settled + 1, sheets)
                await _gather_statistics(database)
                settled = size
                first, later = await _repeatedly(database, instrument, size)
                section.rows.append(
                    {
                        "database": kind,
                        "tests": size,
                        "first": series(first),
                        "later": series(later),
                        "rate": series([size / each for each in first]),
                    }
                )
                if min(first) > LONGEST:
                    section.notes.append(f"{kind}: larger sizes are left out, a report takes {first[0]:.0f} s.")
                    break
    return [section]


async def _gather_statistics(database: Database) -> None:
    """What PostgreSQL does by itself within a minute of such growth; nothing does it on SQLite."""
    if database.dialect == "postgresql":
        async with database.write() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def _repeatedly(database: Database, instrument: Instrument, size: int) -> tuple[list[float], list[float]]:
    """Seconds of the first reports, each over tests that nobody has counted yet, and of those right after them."""
    first: list[float] = []
    later: list[float] = []
    while not first or (len(first) < REPEATS and sum(first) < 2 * LONGEST):
        await _forget(database)
        first.append(await _once(database, instrument, size))
        later.append(await _once(database, instrument, size))
    return first, later


async def _forget(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(delete(portion_members))
        await connection.execute(delete(portions))
        await connection.commit()


async def _once(database: Database, instrument: Instrument, size: int) -> float:
    began = time.perf_counter()
    async with database.write() as connection:
        work = StoredWork(connection)
        await freeze(work, instrument, WAVE, MUNICIPALITY.id, MIN_GROUP, utc_now())
        made = await make(work, MUNICIPALITY, instrument, MIN_GROUP, utc_now(), WAVE)
        await work.commit()
    seconds = time.perf_counter() - began
    if made.results is None or made.results.people != size:
        raise RuntimeError("the report has not counted everybody")
    return seconds
