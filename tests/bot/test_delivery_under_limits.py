"""Mailings against a Bot API with Telegram's flood limits, on good and bad days, and through kills."""

import asyncio
import random
import signal
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.mailing import Arrivals, Tapper, arrivals
from bot.sandbox.messenger.faults import Fault
from bot.sandbox.messenger.flood import Limits
from bot.sandbox.server import BotApiServer
from bot.settings import load_settings
from bot.wiring import utc_now
from tests.bot.conftest import BotProcess
from tests.bot.mailing import invite_all, news_for_all, people_of
from tests.town import TOKEN, Town

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Moscow"))
RATE = Limits().total_per_second
INVITATION, NEWS = "Эмоциональное выгорание", "Ваши роли изменились"


def clock_from(moment: datetime) -> Callable[[], datetime]:
    """A clock that goes on from the moment."""
    began = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began)


@asynccontextmanager
async def mailing(server: BotApiServer, folder: Path, people: int) -> AsyncIterator[tuple[range, Arrivals]]:
    """A bot that owes an invitation to each of so many people; given are their accounts and what arrives."""
    url = f"sqlite+aiosqlite:///{folder / 'bot.db'}"
    settings = load_settings(bot_token=TOKEN, bot_api_url=server.url, database_url=url)
    accounts = await people_of(server, url, people)
    await invite_all(url, school=2, now=TUESDAY)
    server.messenger.flood.limits = Limits()
    town = Town(server.messenger, server, settings)
    with arrivals(server.messenger, INVITATION) as seen:
        await town.start_bot(clock_from(TUESDAY))
        try:
            yield accounts, seen
            assert not await town.rows("SELECT 1 FROM outbox WHERE state != 'sent'")
        finally:
            await town.stop_bot()


async def test_a_mailing_goes_at_the_permitted_rate_while_people_tap(server: BotApiServer, tmp_path: Path) -> None:
    people = 250
    async with mailing(server, tmp_path, people) as (accounts, seen):
        await server.until(lambda: seen.got, 10)
        tappers = [Tapper(server, account) for account in accounts[-5:]]
        tapping = [asyncio.create_task(tapper.go_on()) for tapper in tappers]
        await server.until(lambda: len(seen.got) == people, 30)
        for task in tapping:
            assert not task.done(), "a tap was not answered"
            task.cancel()
        await asyncio.sleep(0.5)
    taps = sorted(second for tapper in tappers for second in tapper.seconds)
    print(
        f"\n{people} invitations, {seen.doubles} twice, {seen.refused[429]} times 429, {seen.rate:.1f} a second; "
        f"{len(taps)} taps: median {1000 * statistics.median(taps):.0f} ms, slowest {1000 * taps[-1]:.0f} ms"
    )
    assert not seen.refused
    assert seen.doubles == 0
    # How near it comes to the limit on an idle machine is a benchmark.
    assert RATE / 4 < seen.rate < 1.05 * RATE
    assert statistics.median(taps) < 1


async def test_a_mailing_on_a_bad_day_loses_nothing(server: BotApiServer, tmp_path: Path) -> None:
    people = 100
    faults = server.messenger.faults
    for fault in (
        Fault("flood", "sendMessage", times=3, probability=0.1, retry_after=1),
        Fault("error", "sendMessage", times=6, probability=0.1, status=502),
        Fault("error", "sendMessage", times=6, probability=0.1, status=500),
        Fault("drop", "sendMessage", times=6, probability=0.1),
        Fault("drop_after", "sendMessage", times=6, probability=0.1),
    ):
        faults.add(fault)
    async with mailing(server, tmp_path, people) as (accounts, seen):
        await server.until(lambda: set(seen.got) == set(accounts), 40)
        await asyncio.sleep(0.5)
        await server.until(lambda: not still_owed(tmp_path / "bot.db"), 30)
    print(
        f"\n{people} invitations, {seen.doubles} twice; refusals by status: {dict(sorted(seen.refused.items()))}"
    )
    assert seen.refused[429] >= 1
    assert seen.refused[502] >= 1
    # Only what arrived without an answer may come twice; the log of calls shows both kinds of cut lines as 0.
    assert seen.doubles <= 6


def still_owed(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
        return int(connection.execute(query).fetchone()[0])


async def test_a_mailing_through_kills_loses_nothing(server: BotApiServer, bot_process: BotProcess) -> None:
    people, kills = 150, 2
    accounts = await people_of(server, bot_process.url, people)
    await news_for_all(bot_process.url, accounts, utc_now())
    bot_process.messages_per_second = int(RATE)
    server.messenger.flood.limits = Limits()
    chance = random.Random(2026)
    with arrivals(server.messenger, NEWS) as seen:
        for kill in range(1, kills + 1):
            await bot_process.start()
            target = people * kill // (kills + 1) + chance.randint(-10, 10)
            await server.until(lambda target=target: len(seen.got) >= target, 60)
            await bot_process.kill()
        assert len(seen.got) < people, "the kills came too late to prove anything"
        await bot_process.start()
        await server.until(lambda: set(seen.got) == set(accounts), 60)
        await server.until(lambda: not still_owed(bot_process.database), 30)
    assert await bot_process.end(signal.SIGTERM) == 0
    print(f"\n{people} messages through {kills} kills: {seen.doubles} twice, refusals {dict(seen.refused)}")
    # What was on its way when the process died, and no more.
    assert seen.doubles <= kills * 10
