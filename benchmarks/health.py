"""Health of pairs: figures, schools and lists of a municipality, and the clock's look at its silent pairs."""

import time
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, text

from benchmarks.figures import Section, series
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import DAY, MUNICIPALITY, SCHOOLS, account_of, found
from bot import wiring
from bot.settings import load_settings
from bot.telegram import CHANNEL
from bot.ticks.pair_health import tend_health
from handlers.visit import Desk
from services.mentoring.health import silence
from services.mentoring.health.ports import Slice
from services.mentoring.meetings.meeting import MeetingForm, MeetingState
from services.mentoring.pair import PairForm, PairHappening, PairState
from services.people.consent import load_consent
from services.people.model import Role
from storage.database import Database
from storage.mentoring_tables import meetings, mentor_seats, pair_history, pair_programs, pair_stages, pairs
from storage.tables import accounts, consents, outbox, people, roles
from storage.unit_of_work import StoredWork

PAIRS, QUICK_PAIRS = 5_000, 1_000
MEETINGS_EACH = 10
SEATS = 3
SILENT = 20
"""Every so-manieth pair is silent."""
ROUNDS, QUICK_ROUNDS = 10, 3
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Moscow"))
CHUNK = 1_000
PAGE = Slice(8)


async def measure(quick: bool) -> list[Section]:
    """Every look on every database there is."""
    count = QUICK_PAIRS if quick else PAIRS
    section = Section(
        "health",
        f"Health of {count:,} pairs with {count * MEETINGS_EACH:,} meetings in {SCHOOLS} schools",
        {"database": "Database", "what": "What", "ms": "ms"},
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    for kind in databases():
        async with empty_database(kind) as database:
            desk = wiring.build(load_settings(bot_token="1:unused", database_url=database.url)).desk
            await _settle(database, count)
            rounds = QUICK_ROUNDS if quick else ROUNDS
            for what, look in _looks(database, desk).items():
                taken = [await _timed(look) for _ in range(rounds)]
                section.rows.append({"database": kind, "what": what, "ms": series(taken)})
            section.rows.append({"database": kind, **await _asked(database, desk)})
    return [section]


def _looks(database: Database, desk: Desk) -> dict[str, Callable[[], Awaitable[object]]]:
    terms = silence.terms_of(desk.mentoring, NOON, desk.zone)

    async def figures() -> object:
        async with database.read() as connection:
            store = StoredWork(connection).pair_health
            return await store.figures(MUNICIPALITY, 0, terms, silence.year_began(TODAY))

    async def schools() -> object:
        async with database.read() as connection:
            return await StoredWork(connection).pair_health.schools(MUNICIPALITY, 0, terms)

    async def silent() -> object:
        async with database.read() as connection:
            return await StoredWork(connection).pair_health.silent(MUNICIPALITY, 0, terms, PAGE)

    async def unconfirmed() -> object:
        async with database.read() as connection:
            return await StoredWork(connection).pair_health.unconfirmed(MUNICIPALITY, 0, terms, PAGE)

    async def idle() -> object:
        return await tend_health(database, desk, NOON.replace(hour=9))

    return {
        "figures of the municipality": figures,
        "its schools": schools,
        "a page of silent pairs": silent,
        "a page of unconfirmed meetings": unconfirmed,
        "the tick, nobody due yet": idle,
    }


async def _asked(database: Database, desk: Desk) -> dict[str, object]:
    """The tick that asks every mentor with a silent pair."""
    began = time.perf_counter()
    await tend_health(database, desk, NOON)
    taken = 1000 * (time.perf_counter() - began)
    async with database.read() as connection:
        owed = await connection.scalar(select(func.count()).select_from(outbox))
    return {"what": f"the tick, {owed:,} mentors asked", "ms": series([taken])}


async def _timed(look: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await look()
    return 1000 * (time.perf_counter() - began)


async def _settle(database: Database, count: int) -> None:
    """Pairs of mentors with three mentees each; a meeting every nine days, but for the silent ones."""
    await found(database)
    mentors = -(-count // SEATS)
    await _people(database, mentors + count)
    seats = [{"mentor_id": n, "number": seat} for n in range(1, mentors + 1) for seat in range(1, SEATS + 1)]
    async with database.write() as connection:
        await connection.execute(insert(mentor_seats), seats)
        await connection.commit()
    for start in range(0, count, CHUNK):
        async with database.write() as connection:
            numbers = range(start, min(start + CHUNK, count))
            await connection.execute(insert(pairs), [_pair(number, mentors) for number in numbers])
            await connection.execute(
                insert(meetings), [_meeting(n, each) for n in numbers for each in range(MEETINGS_EACH)]
            )
            await connection.execute(
                insert(pair_history),
                [
                    {"pair_id": n + 1, "at": DAY, "what": PairHappening.MEETING_LOGGED.value}
                    for n in numbers
                    for _ in range(MEETINGS_EACH)
                ],
            )
            program = {"template": "b", "starts_on": TODAY, "ends_on": TODAY, "goal": "b"}
            program |= {"tasks": [], "directions": [], "results": []}
            await connection.execute(insert(pair_programs), [{"pair_id": n + 1, **program} for n in numbers])
            await connection.execute(
                insert(pair_stages),
                [
                    {"pair_id": n + 1, "number": stage, "ends_on": TODAY + timedelta(days=n % 60 + stage - 4)}
                    for n in numbers
                    for stage in (1, 2, 3)
                ],
            )
            await connection.commit()
    if database.dialect == "postgresql":
        # What PostgreSQL does by itself within a minute of such growth.
        async with database.write() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def _people(database: Database, count: int) -> None:
    facts = {"full_name": "Иванова Мария Петровна", "position": "Учитель", "subject": "Физика"}
    facts |= {"years_of_work": 12, "birth_year": 1980, "created_at": DAY, "registered_at": DAY}
    version = load_consent().version
    for start in range(1, count + 1, CHUNK):
        numbers = range(start, min(start + CHUNK, count + 1))
        async with database.write() as connection:
            await connection.execute(insert(people), [{"id": n, **facts} for n in numbers])
            await connection.execute(
                insert(accounts),
                [{"id": n, "person_id": n, "channel": CHANNEL, "external_id": account_of(n)} for n in numbers],
            )
            await connection.execute(
                insert(consents), [{"person_id": n, "version": version, "given_at": DAY} for n in numbers]
            )
            teacher = {"role": Role.TEACHER.value, "granted_at": DAY}
            await connection.execute(
                insert(roles), [{"person_id": n, "organisation_id": 2 + n % SCHOOLS, **teacher} for n in numbers]
            )
            await connection.commit()


def _last_met(number: int) -> date:
    return TODAY - timedelta(days=30 if number % SILENT == 0 else number % 9)


def _pair(number: int, mentors: int) -> dict[str, object]:
    return {
        "id": number + 1,
        "mentor_id": number // SEATS + 1,
        "mentee_id": mentors + number + 1,
        "seat": number % SEATS + 1,
        "school_id": 2 + number % SCHOOLS,
        "form": PairForm.TEACHER_TEACHER.value,
        "state": PairState.ACTIVE.value,
        "reasons": [],
        "proposed_at": DAY,
        "answer_by": DAY,
        "started_on": TODAY - timedelta(days=90),
        "last_met_on": _last_met(number),
    }


def _meeting(number: int, each: int) -> dict[str, object]:
    state = MeetingState.LOGGED if (number + each) % 4 == 0 else MeetingState.CONFIRMED
    return {
        "pair_id": number + 1,
        "state": state.value,
        "held_on": _last_met(number) - timedelta(days=9 * each),
        "minutes": 45,
        "form": MeetingForm.CONSULTATION.value,
        "logged_at": DAY,
    }
