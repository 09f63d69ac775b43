"""The report of a municipality: from the database to the figures."""

import time
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from sqlalchemy import delete, text, update

from benchmarks.figures import Section, series
from benchmarks.mentored import accompany
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import DAY, MUNICIPALITY, SCHOOLS, found, random_sheets, settle
from bot import wiring
from bot.settings import load_settings
from services.reporting import periods
from services.reporting.facts import Basis
from services.reporting.statement.composing import compose
from services.reporting.statement.freezing import freeze_for
from storage.database import Database
from storage.tables import anonymous_sheets, portion_members, portions
from storage.unit_of_work import StoredWork

TEACHERS, QUICK_TEACHERS = (1_000, 10_000, 100_000), (1_000, 10_000)
REPEATS = 5
LONGEST = 20.0
"""Seconds of all rounds of one size after which no more follow."""
PERIOD = periods.year_of(DAY.date())


async def measure(quick: bool) -> list[Section]:
    """Every size on every database there is; the largest unless `quick`."""
    section = Section(
        "report",
        f"Report of a municipality with {SCHOOLS} schools, a test or two of each teacher and other work",
        {
            "database": "Database",
            "teachers": "Teachers",
            "first": "First, with all tests to be counted, s",
            "facts": "Facts of 2 periods, s",
            "later": "Later ones, s",
            "kept": "A day kept, s",
        },
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    for kind in databases():
        async with empty_database(kind) as database:
            built = wiring.build(load_settings(bot_token="1:unused", database_url=database.url)).desk
            consent, zone = built.consent.version, ZoneInfo("Europe/Moscow")
            basis = Basis(
                consent,
                built.min_group,
                zone,
                built.library,
                built.mentoring,
                DAY,
            )
            await found(database)
            settled = 0
            for size in QUICK_TEACHERS if quick else TEACHERS:
                await _grow(database, basis, settled, size)
                settled = size
                section.rows.append({"database": kind, "teachers": size, **await _measured(database, basis, size)})
    return [section]


async def _grow(database: Database, basis: Basis, settled: int, size: int) -> None:
    boyko, deficits = basis.library.current("boyko"), basis.library.current("deficits")
    await settle(database, boyko, settled + 1, random_sheets(boyko, size - settled, seed=size))
    await accompany(database, settled + 1, size, deficits, random_sheets(deficits, 1, seed=size)[0])
    if database.dialect == "postgresql":
        # What PostgreSQL does by itself within a minute of such growth.
        async with database.write() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def _measured(database: Database, basis: Basis, size: int) -> dict[str, object]:
    async def report() -> None:
        async with database.write() as connection:
            work = StoredWork(connection)
            await freeze_for(work, basis, MUNICIPALITY, PERIOD)
            made = await compose(work, basis, MUNICIPALITY, PERIOD)
            await work.commit()
        if made.facts["teachers"] != size or made.facts["boyko.counted"] != size:
            raise RuntimeError("the report has not counted everybody")

    async def facts() -> None:
        async with database.read() as connection:
            await StoredWork(connection).facts.facts(MUNICIPALITY, [PERIOD, periods.previous(PERIOD)], basis)

    async def keep() -> None:
        async with database.read() as connection:
            found = await StoredWork(connection).facts.facts_now(basis)
        async with database.write() as connection:
            await StoredWork(connection).facts.keep_day(basis.today, found)

    async def forget() -> None:
        async with database.write() as connection:
            await connection.execute(delete(portion_members))
            await connection.execute(update(anonymous_sheets).values(portion_id=None))
            await connection.execute(delete(portions))
            await connection.commit()

    return {
        "first": series(await _repeatedly(report, forget)),
        "facts": series(await _repeatedly(facts)),
        "later": series(await _repeatedly(report)),
        "kept": series(await _repeatedly(keep)),
    }


async def _repeatedly(
    work: Callable[[], Awaitable[None]], prepare: Callable[[], Awaitable[None]] | None = None
) -> list[float]:
    seconds: list[float] = []
    while not seconds or (len(seconds) < REPEATS and sum(seconds) < LONGEST):
        if prepare is not None:
            await prepare()
        began = time.perf_counter()
        await work()
        seconds.append(time.perf_counter() - began)
    return seconds
