"""Rounds of the bare bot and of ours by turns; after each of ours, every answer is looked up in the database."""

import gc
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count

from benchmarks.answers.in_process import InProcess
from benchmarks.answers.instant import TOKEN
from benchmarks.answers.over_http import BARE, OURS, bare_bot, line, our_bot
from benchmarks.answers.plan import Plan, make_plan
from benchmarks.answers.round import Round
from benchmarks.figures import Section, series
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import begin_anew, found, settle, stored_answers
from bot import wiring
from bot.settings import load_settings
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instruments
from storage.database import Database

AT_ONCE = (1, 10, 100)
PEOPLE = 120
ROUNDS = 5
ANSWERS = {"in process": {1: 200, 10: 800, 100: 800}, "HTTP": {1: 80, 10: 400, 100: 400}}
QUICK_SHARE = 8

Run = Callable[[Plan], Awaitable[Round]]

_seeds = count(1)


async def measure(quick: bool) -> list[Section]:
    """Both ways, all databases there are, every number of people at once."""
    section = Section(
        "answers",
        "Committed answers a second",
        {
            "way": "Way",
            "database": "Database",
            "at_once": "At once",
            "bare": "Bare, 1/s",
            "ours": "Ours, 1/s",
            "ratio": "Ours/bare",
            "bare_cpu_ms": "Bare CPU, ms",
            "ours_cpu_ms": "Ours CPU, ms",
        },
        notes=["Bare: aiogram, one async filter, the same two calls, nothing stored. CPU: of the bot's process."],
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    instrument = load_instruments()["boyko"]
    for kind in databases():
        async with empty_database(kind) as database:
            await found(database)
            await settle(database, instrument, 1, [instrument.blank] * PEOPLE)
            await _in_process(section, database, instrument, quick)
            await _over_http(section, database, instrument, quick)
    return [section]


def _house(database: Database, url: str) -> wiring.House:
    return wiring.build(
        load_settings(
            bot_token=TOKEN,
            bot_api_url=url,
            database_url=database.url,
            redis_url=None,
            taps_per_minute=10**7,
            messages_per_second=0,
        )
    )


async def _in_process(section: Section, database: Database, instrument: Instrument, quick: bool) -> None:
    house = _house(database, "http://127.0.0.1")
    try:
        for at_once in AT_ONCE:
            bare, ours = InProcess(None), InProcess(house)
            await _rounds(section, "in process", database, instrument, at_once, bare.run, ours.run, quick)
    finally:
        await house.close()


async def _over_http(section: Section, database: Database, instrument: Instrument, quick: bool) -> None:
    async with AsyncExitStack() as stack:
        lines = await stack.enter_async_context(line())
        house = _house(database, lines.urls[OURS])
        stack.push_async_callback(house.close)
        await stack.enter_async_context(bare_bot(lines.urls[BARE]))
        await stack.enter_async_context(our_bot(house))

        async def bare(plan: Plan) -> Round:
            return await lines.run(BARE, plan)

        async def ours(plan: Plan) -> Round:
            return await lines.run(OURS, plan)

        for at_once in AT_ONCE:
            await _rounds(section, "HTTP", database, instrument, at_once, bare, ours, quick)


async def _rounds(
    section: Section,
    way: str,
    database: Database,
    instrument: Instrument,
    at_once: int,
    bare: Run,
    ours: Run,
    quick: bool,
) -> None:
    answers = ANSWERS[way][at_once] // (QUICK_SHARE if quick else 1)
    pairs = []
    for _ in range(1 + ROUNDS):
        plan = make_plan(instrument, at_once, answers, next(_seeds))
        await begin_anew(database, instrument)
        gc.collect()
        first = await bare(plan)
        gc.collect()
        second = await ours(plan)
        stored = await stored_answers(database)
        wrong = [each for each, packed in plan.expected(instrument).items() if stored[each] != packed]
        if wrong:
            raise RuntimeError(f"{len(wrong)} of {len(stored)} tests do not hold what was answered")
        pairs.append((first, second))
    # The first round warms up caches and connections.
    pairs = pairs[1:]
    section.rows.append(
        {
            "way": way,
            "database": database.dialect,
            "at_once": at_once,
            "bare": series([first.rate for first, _ in pairs]),
            "ours": series([second.rate for _, second in pairs]),
            "ratio": series([second.rate / first.rate for first, second in pairs]),
            "bare_cpu_ms": series([first.cpu_ms for first, _ in pairs]),
            "ours_cpu_ms": series([second.cpu_ms for _, second in pairs]),
        }
    )
