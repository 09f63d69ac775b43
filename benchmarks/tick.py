"""The clock's look at 100,000 steps of routes: nothing due, one in a hundred, everything after a week's outage."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, insert, select, text, update

from benchmarks.figures import Cell, Section, series
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import DAY, SCHOOLS, account_of, found
from bot import wiring
from bot.settings import load_settings
from bot.telegram import CHANNEL
from bot.ticks.routes import tend_routes
from handlers.visit import Desk
from services.iom.model import Form, RouteKind, RouteState, StepState
from services.iom.schedule import next_day
from services.people.consent import load_consent
from services.people.model import Role
from storage.database import Database
from storage.tables import accounts, consents, iom_routes, iom_steps, outbox, people, roles

STEPS, QUICK_STEPS = 100_000, 10_000
STEPS_EACH = 10
LOOKS, QUICK_LOOKS = 50, 10
ROUNDS, QUICK_ROUNDS = 3, 1
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Moscow"))
CHUNK = 10_000


async def measure(quick: bool) -> list[Section]:
    """Every look on every database there is."""
    steps = QUICK_STEPS if quick else STEPS
    section = Section(
        "tick",
        f"The tick over {steps:,} open steps of {steps // STEPS_EACH:,} teachers",
        {"database": "Database", "due": "What is due", "reminders": "Reminders owed", "ms": "ms"},
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    for kind in databases():
        async with empty_database(kind) as database:
            desk = wiring.build(load_settings(bot_token="1:unused", database_url=database.url)).desk
            await _settle(database, steps // STEPS_EACH)
            rounds = QUICK_ROUNDS if quick else ROUNDS
            idle = await _idle(database, desk, QUICK_LOOKS if quick else LOOKS)
            few = await _few(database, desk, steps // 100, rounds)
            many = await _after_outage(database, desk, rounds)
            section.rows += [{"database": kind, **row} for row in (idle, few, many)]
    return [section]


async def _settle(database: Database, teachers: int) -> None:
    """Teachers with a route each, whose terms lie from a month ago to spring; all was told until today."""
    await found(database)
    desk_quiet = load_settings(bot_token="1:unused").quiet
    profile = {"full_name": "Иванова Мария Петровна", "position": "Учитель", "subject": "Физика"}
    facts = {"years_of_work": 12, "birth_year": 1980, "created_at": DAY, "registered_at": DAY}
    step = {"domain": "digital", "title": "Вебинар", "form": Form.WEBINAR.value, "agreed": True}
    following = {
        due_on: next_day(due_on, TODAY, desk_quiet)
        for due_on in (TODAY + timedelta(days=number) for number in range(-30, 200))
    }
    terms = list(following)
    for start in range(1, teachers + 1, CHUNK // STEPS_EACH):
        numbers = range(start, min(start + CHUNK // STEPS_EACH, teachers + 1))
        schools = {number: 2 + number % SCHOOLS for number in numbers}
        async with database.write() as connection:
            await connection.execute(insert(people), [{"id": n, **profile, **facts} for n in numbers])
            await connection.execute(
                insert(accounts),
                [{"id": n, "person_id": n, "channel": CHANNEL, "external_id": account_of(n)} for n in numbers],
            )
            version = load_consent().version
            await connection.execute(
                insert(consents), [{"person_id": n, "version": version, "given_at": DAY} for n in numbers]
            )
            teacher = {"role": Role.TEACHER.value, "granted_at": DAY}
            await connection.execute(
                insert(roles), [{"person_id": n, "organisation_id": schools[n], **teacher} for n in numbers]
            )
            route = {"kind": RouteKind.DEFICITS.value, "state": RouteState.ACTIVE.value, "deficits": []}
            route |= {"reflection": {}, "created_at": DAY, "submitted_at": DAY, "agreed_at": DAY}
            await connection.execute(
                insert(iom_routes),
                [{"id": n, "person_id": n, "school_id": schools[n], **route} for n in numbers],
            )
            rows = []
            for number in numbers:
                for place in range(STEPS_EACH):
                    due_on = terms[(number * 7 + place * 23) % len(terms)]
                    days = {"due_on": due_on, "remind_on": following[due_on], "reminded_on": TODAY}
                    rows.append({"route_id": number, "state": StepState.PLANNED.value, **step, **days})
            await connection.execute(insert(iom_steps), rows)
            await connection.commit()
    if database.dialect == "postgresql":
        # What PostgreSQL does by itself within a minute of such growth.
        async with database.write() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def _idle(database: Database, desk: Desk, looks: int) -> dict[str, Cell]:
    taken = [await _timed(database, desk) for _ in range(looks)]
    return {"due": "nothing", "reminders": await _owed(database), "ms": series(taken)}


async def _few(database: Database, desk: Desk, count: int, rounds: int) -> dict[str, Cell]:
    taken = []
    for _ in range(rounds):
        async with database.write() as connection:
            await connection.execute(outbox.delete())
            await connection.execute(update(iom_steps).where(iom_steps.c.id <= count).values(remind_on=TODAY))
            await connection.commit()
        taken.append(await _timed(database, desk))
    return {"due": "1 % of the steps", "reminders": await _owed(database), "ms": series(taken)}


async def _after_outage(database: Database, desk: Desk, rounds: int) -> dict[str, Cell]:
    """Nobody was told of anything for a week."""
    taken = []
    async with database.read() as connection:
        terms = (await connection.scalars(select(iom_steps.c.due_on).distinct())).all()
    missed = [{"term": due_on, "day": next_day(due_on, TODAY - timedelta(days=8), desk.quiet)} for due_on in terms]
    statement = update(iom_steps).where(iom_steps.c.due_on == bindparam("term")).values(remind_on=bindparam("day"))
    for _ in range(rounds):
        async with database.write() as connection:
            await connection.execute(outbox.delete())
            await connection.execute(statement, missed)
            due = await connection.scalar(
                select(func.count()).select_from(iom_steps).where(iom_steps.c.remind_on <= TODAY)
            )
            await connection.commit()
        taken.append(await _timed(database, desk))
    name = f"after a week's outage ({due:,} steps)"
    return {"due": name, "reminders": await _owed(database), "ms": series(taken)}


async def _timed(database: Database, desk: Desk) -> float:
    began = time.perf_counter()
    await tend_routes(database, desk, NOON)
    return 1000 * (time.perf_counter() - began)


async def _owed(database: Database) -> int:
    async with database.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(outbox)) or 0)
