"""A campaign of a municipality: preview, launch, the clock's look at it, reminders, the card."""

import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from benchmarks.figures import Section, series
from benchmarks.memory import PROC, resident_mb
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import MUNICIPALITY, SCHOOLS, found, settle
from bot.ticks.campaigns import tend_campaigns
from services.campaigns import audience, launching
from services.campaigns.model import Audience, Campaign, Plan
from services.diagnostics.loading import load_instruments
from services.people.consent import load_consent
from storage.database import Database
from storage.unit_of_work import StoredWork

PEOPLE, QUICK_PEOPLE = 3_000, 300
ROUNDS, QUICK_ROUNDS = 5, 2
ZONE = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZONE)
CONSENT = load_consent().version
METHODIST = 1


@dataclass(frozen=True, slots=True)
class _Round:
    """A database with people, and the campaign of this round."""

    database: Database
    campaign: Campaign


async def measure(quick: bool) -> list[Section]:
    """Every step on every database there is, each round with people of its own."""
    people = QUICK_PEOPLE if quick else PEOPLE
    section = Section(
        "campaign",
        f"Campaign for {people:,} people in {SCHOOLS} schools",
        {"database": "Database", "step": "Step", "ms": "ms", "peak": "Memory above before, MB"},
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    for kind in databases():
        milliseconds: dict[str, list[float]] = {step: [] for step in _STEPS}
        memory: dict[str, list[float]] = {step: [] for step in _STEPS}
        for _ in range(QUICK_ROUNDS if quick else ROUNDS):
            async with empty_database(kind) as database:
                place = await _prepared(database, people)
                for step, work in _STEPS.items():
                    taken, peak = await _timed(work, place)
                    milliseconds[step].append(1000 * taken)
                    memory[step] += [peak] if peak is not None else []
                await _check(database, people)
        for step in _STEPS:
            peak = series(memory[step]) if memory[step] else None
            section.rows.append({"database": kind, "step": step, "ms": series(milliseconds[step]), "peak": peak})
    return [section]


async def _prepared(database: Database, people: int) -> _Round:
    await found(database)
    instrument = load_instruments()["boyko"]
    await settle(database, instrument, 1, [instrument.blank] * people)
    plan = Plan("boyko", "Кампания", "Слова", Audience(), anonymous=False, ends_on=TUESDAY.date() + timedelta(14))
    async with database.write() as connection:
        work = StoredWork(connection)
        campaign = await work.campaigns.add(MUNICIPALITY.id, plan, None, METHODIST, TUESDAY)
        await work.commit()
    if database.dialect == "postgresql":
        # What PostgreSQL does by itself within a minute of such growth.
        async with database.write() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    return _Round(database, campaign)


async def _preview(place: _Round) -> None:
    async with place.database.read() as connection:
        work = StoredWork(connection)
        await audience.expected(work, MUNICIPALITY.id, Audience(), CONSENT, TUESDAY.date())


async def _launch(place: _Round) -> None:
    async with place.database.write() as connection:
        work = StoredWork(connection)
        await launching.launch(work, place.campaign, METHODIST, CONSENT, TUESDAY.date(), TUESDAY)
        await work.commit()


async def _card(place: _Round) -> None:
    async with place.database.read() as connection:
        await StoredWork(connection).campaigns.standing(place.campaign.id, CONSENT)


async def _idle(place: _Round) -> None:
    await tend_campaigns(place.database, CONSENT, ZONE, TUESDAY + timedelta(hours=1))


async def _remind(place: _Round) -> None:
    await tend_campaigns(place.database, CONSENT, ZONE, TUESDAY + timedelta(days=3))


_STEPS: dict[str, Callable[[_Round], Awaitable[None]]] = {
    "preview": _preview,
    "launch": _launch,
    "card": _card,
    "look with nothing to do": _idle,
    "look that reminds everybody": _remind,
}


async def _timed(work: Callable[[_Round], Awaitable[None]], place: _Round) -> tuple[float, float | None]:
    """Seconds, and by how many MB memory rose at its highest."""
    before = resident_mb(os.getpid())
    watched = _forget_peak()
    began = time.perf_counter()
    await work(place)
    seconds = time.perf_counter() - began
    peak = _peak_mb() if watched else None
    return seconds, max(0.0, peak - before) if peak is not None and before is not None else None


def _forget_peak() -> bool:
    """Let the kernel count the highest memory from now on; False where it cannot."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def _peak_mb() -> float | None:
    lines = (PROC / "self" / "status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


async def _check(database: Database, people: int) -> None:
    async with database.read() as connection:
        kinds = await connection.execute(text("SELECT kind, count(*) FROM outbox GROUP BY kind"))
        owed = dict(kinds.tuples().all())
    if owed != {"campaign_invite": people, "campaign_reminder": people}:
        raise RuntimeError(f"not everybody was invited and reminded once: {owed}")
