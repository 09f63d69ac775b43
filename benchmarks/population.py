"""Invented teachers of one municipality, put into a database in bulk. Person, test and role n have the id n."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import insert, select, update

from bot.telegram import CHANNEL
from services.diagnostics.instrument import UNANSWERED, Instrument
from services.diagnostics.session import State
from services.people.consent import load_consent
from services.people.model import Kind, Organisation, Role
from storage.database import Database
from storage.tables import accounts, consents, organisations, people, roles, survey_sessions

SCHOOLS = 40
FIRST_ACCOUNT = 5_000_000_000
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MUNICIPALITY = Organisation(1, Kind.MUNICIPALITY, "Район")
CHUNK = 10_000


def account_of(person: int) -> int:
    """The messenger's id of a person."""
    return FIRST_ACCOUNT + person


def random_sheets(instrument: Instrument, count: int, seed: int) -> list[str]:
    """Finished sheets with answers by chance, packed."""
    codes = np.frombuffer(instrument.option_codes.encode(), dtype=np.uint8)
    width = len(instrument.items)
    drawn = np.random.default_rng(seed).choice(codes, size=(count, width)).tobytes().decode()
    return [drawn[start : start + width] for start in range(0, count * width, width)]


async def found(database: Database) -> None:
    """The municipality and its schools."""
    rows = [{"id": 1, "kind": Kind.MUNICIPALITY.value, "parent_id": None, "name": MUNICIPALITY.name}] + [
        {"id": 1 + number, "kind": Kind.SCHOOL.value, "parent_id": 1, "name": f"Школа № {number}"}
        for number in range(1, SCHOOLS + 1)
    ]
    async with database.write() as connection:
        await connection.execute(insert(organisations), rows)
        await connection.commit()


async def settle(database: Database, instrument: Instrument, first: int, sheets: Sequence[str]) -> None:
    """Registered teachers from the number `first` on, each with a test that has these packed answers."""
    for start in range(0, len(sheets), CHUNK):
        await _settle(database, instrument, first + start, sheets[start : start + CHUNK])


async def _settle(database: Database, instrument: Instrument, first: int, sheets: Sequence[str]) -> None:
    numbers = range(first, first + len(sheets))
    profile = {"full_name": "Иванова Мария Петровна", "position": "Учитель", "subject": "Физика"}
    facts = {"years_of_work": 12, "birth_year": 1980, "created_at": DAY, "registered_at": DAY}
    async with database.write() as connection:
        await connection.execute(insert(people), [{"id": n, **profile, **facts} for n in numbers])
        await connection.execute(
            insert(accounts),
            [{"id": n, "person_id": n, "channel": CHANNEL, "external_id": account_of(n)} for n in numbers],
        )
        consent = load_consent().version
        await connection.execute(
            insert(consents),
            [{"id": n, "person_id": n, "version": consent, "given_at": DAY} for n in numbers],
        )
        teacher = {"role": Role.TEACHER.value, "granted_at": DAY}
        await connection.execute(
            insert(roles),
            [{"id": n, "person_id": n, "organisation_id": 2 + n % SCHOOLS, **teacher} for n in numbers],
        )
        tests = [
            {"id": number, "person_id": number, **_test(instrument, sheet)}
            for number, sheet in zip(numbers, sheets, strict=True)
        ]
        await connection.execute(insert(survey_sessions), tests)
        await connection.commit()


def _test(instrument: Instrument, sheet: str) -> dict[str, object]:
    finished = UNANSWERED not in sheet
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "alphabet": instrument.option_codes,
        "answers": sheet,
        "turn": len(sheet) - sheet.count(UNANSWERED),
        "position": sheet.find(UNANSWERED) + 1,
        "state": (State.FINISHED if finished else State.IN_PROGRESS).value,
        "started_at": DAY,
        "updated_at": DAY,
        "finished_at": DAY if finished else None,
    }


async def begin_anew(database: Database, instrument: Instrument) -> None:
    """Take all answers back."""
    async with database.write() as connection:
        await connection.execute(update(survey_sessions).values(answers=instrument.blank, turn=0, position=1))
        await connection.commit()


async def stored_answers(database: Database) -> dict[int, tuple[str, int]]:
    """Packed answers and turn of every test, by its id."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(survey_sessions.c.id, survey_sessions.c.answers, survey_sessions.c.turn)
        )
        return {row[0]: (row[1], row[2]) for row in rows}
