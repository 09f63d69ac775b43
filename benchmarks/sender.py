"""A mailing at Telegram's limits: how near the sender comes to the permitted rate, and what taps feel of it."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from zoneinfo import ZoneInfo

from benchmarks.figures import Section
from benchmarks.mailing import TOKEN, Order, Seen, serve
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import MUNICIPALITY, account_of, found, settle
from bot import wiring
from bot.sandbox.messenger.flood import Limits
from bot.settings import load_settings
from bot.updates.polling import Poller
from services.campaigns import launching
from services.campaigns.model import Audience, Plan
from services.diagnostics.loading import load_instruments
from services.people.consent import load_consent
from storage.database import Database
from storage.unit_of_work import StoredWork

PEOPLE, QUICK_PEOPLE = 3_000, 300
TAPPERS = 5
IDLE = 15.0
"""Seconds of taps with nothing being sent."""
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Moscow"))
INSTRUMENT, WORDS = "boyko", "Просим ответить на вопросы."


async def measure(quick: bool) -> list[Section]:
    """A mailing on every database there is, in front of a Bot API in another process with flood limits on."""
    people = QUICK_PEOPLE if quick else PEOPLE
    limit = Limits().total_per_second
    section = Section(
        "sender",
        f"{people:,} invitations while {TAPPERS} people tap, against flood limits of {limit:g} messages a second",
        {
            "database": "Database",
            "rate": "Messages a second",
            "share": "Of the limit, %",
            "refused": "Times 429",
            "doubles": "Twice",
            "mailing": "Tap while mailing, ms: p50",
            "mailing95": "p95",
            "idle": "Tap otherwise, ms: p50",
            "idle95": "p95",
        },
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    section.notes.append(
        "Messages are invitations and the edits after taps, counted once the first burst is over."
    )
    for kind in databases():
        async with empty_database(kind) as database:
            idle, mailing = await _mailing(database, people)
        if mailing.got != people:
            raise RuntimeError(f"{people - mailing.got} invitations never arrived")
        section.rows.append(
            {
                "database": kind,
                "rate": mailing.rate,
                "share": 100 * mailing.rate / limit,
                "refused": mailing.refused,
                "doubles": mailing.doubles,
                "mailing": _milliseconds(mailing, 50),
                "mailing95": _milliseconds(mailing, 95),
                "idle": _milliseconds(idle, 50),
                "idle95": _milliseconds(idle, 95),
            }
        )
    return [section]


async def _mailing(database: Database, people: int) -> tuple[Seen, Seen]:
    """What taps feel while nothing is sent, then the mailing."""
    await found(database)
    instrument = load_instruments()[INSTRUMENT]
    await settle(database, instrument, 1, [instrument.blank] * people)
    accounts = [account_of(person) for person in range(1, people + 1)]
    async with _line(accounts) as (pipe, url):
        began = time.monotonic()
        house = wiring.build(
            load_settings(bot_token=TOKEN, bot_api_url=url, database_url=database.url, redis_url=None),
            lambda: TUESDAY + timedelta(seconds=time.monotonic() - began),
        )
        tappers = accounts[-TAPPERS:]
        running = [asyncio.create_task(Poller(house.bot, house.lanes).run())]
        try:
            idle = await _order(pipe, Order(tappers, seconds=IDLE))
            running.append(asyncio.create_task(house.sender.run()))
            return idle, await _order(pipe, Order(tappers, words=WORDS, people=people), partial(_invite, database))
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await house.close()


async def _order(pipe: Connection, order: Order, begin: Callable[[], Awaitable[None]] | None = None) -> Seen:
    pipe.send(order)
    await asyncio.to_thread(pipe.recv)
    if begin is not None:
        await begin()
    seen: Seen = await asyncio.to_thread(pipe.recv)
    return seen


async def _invite(database: Database) -> None:
    plan = Plan(INSTRUMENT, "Кампания", WORDS, Audience(), anonymous=False, ends_on=TUESDAY.date() + timedelta(14))
    async with database.write() as connection:
        work = StoredWork(connection)
        campaign = await work.campaigns.add(MUNICIPALITY.id, plan, None, 1, TUESDAY)
        await launching.launch(work, campaign, 1, load_consent().version, TUESDAY.date(), TUESDAY)
        await work.commit()


@asynccontextmanager
async def _line(accounts: list[int]) -> AsyncIterator[tuple[Connection, str]]:
    """A Bot API in another process: the pipe to it, and its address."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, accounts), daemon=True)
    process.start()
    try:
        yield ours, await asyncio.to_thread(ours.recv)
        ours.send(None)
        await asyncio.to_thread(process.join, 5)
    finally:
        process.kill()
        process.join()


def _milliseconds(seen: Seen, percent: int) -> float:
    return 1000 * statistics.quantiles(seen.taps, n=100)[percent - 1]
