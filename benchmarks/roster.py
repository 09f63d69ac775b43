"""Importing a roster of a district, each round in a process of its own, and printing its invites."""

import asyncio
import secrets
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.figures import Section, series
from benchmarks.places import VARIABLE, databases, empty_database
from benchmarks.population import MUNICIPALITY, SCHOOLS, found

PEOPLE, QUICK_PEOPLE = 3_000, 500
REPEATS = 3
INVITES = 300
HEADERS = "Школа;Фамилия;Имя;Отчество;Должность;Предмет;Стаж;Год рождения;Категория"


async def measure(quick: bool) -> list[Section]:
    """Both tables; fewer people if `quick`."""
    people, repeats = (QUICK_PEOPLE, 1) if quick else (PEOPLE, REPEATS)
    return [await asyncio.to_thread(_imports, people, repeats), await asyncio.to_thread(_sheets, repeats)]


def _imports(people: int, repeats: int) -> Section:
    section = Section(
        "roster",
        f"A roster of {people} people in {SCHOOLS} schools",
        {
            "database": "Database",
            "dry_run": "Dry run, s",
            "apply": "Import, s",
            "again": "Import again, s",
            "growth_mb": "Memory, MB",
        },
        notes=[
            "Each from the bytes of the file: reading, checking, finding people in the database.",
            "Memory: how far the peak of the process grows, imports of modules included.",
        ],
    )
    if len(databases()) == 1:
        section.notes.append(f"PostgreSQL is left out: {VARIABLE} is not set.")
    for kind in databases():
        rounds = [_apart(kind, people) for _ in range(repeats)]
        dry_run, apply, again, growth = zip(*rounds, strict=True)
        section.rows.append(
            {
                "database": kind,
                "dry_run": series(dry_run),
                "apply": series(apply),
                "again": series(again),
                "growth_mb": series(growth),
            }
        )
    return section


def _apart(kind: str, people: int) -> tuple[float, float, float, float]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_import_apart, args=(theirs, kind, people))
    process.start()
    # So that a process that dies ends the waiting.
    theirs.close()
    try:
        figures: tuple[float, float, float, float] = ours.recv()
    finally:
        process.join(60)
    return figures


def _import_apart(pipe: Connection, kind: str, people: int) -> None:
    pipe.send(asyncio.run(_import(kind, people)))


async def _import(kind: str, people: int) -> tuple[float, float, float, float]:
    import resource

    from bot.wiring import utc_now
    from services.people.roster import importing
    from services.people.roster.model import Scope
    from services.people.roster.reading import read_roster
    from storage.unit_of_work import StoredWork

    content = _roster(people)
    scope = Scope(MUNICIPALITY.id)
    today = utc_now().date()
    async with empty_database(kind) as database:
        await found(database)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        began = time.perf_counter()
        async with database.read() as connection:
            roster = read_roster("roster.csv", content, today)
            would = await importing.dry_run(StoredWork(connection), roster, scope, today)
        seconds = [time.perf_counter() - began]
        if len(would.whole.added) != people:
            raise RuntimeError(f"{len(would.whole.added)} of {people} people would be added")
        for expected in (people, 0):
            began = time.perf_counter()
            async with database.write() as connection:
                work = StoredWork(connection)
                roster = read_roster("roster.csv", content, today)
                outcome = await importing.apply(work, roster, scope, today, utc_now(), new_schools=False)
                await work.commit()
            seconds.append(time.perf_counter() - began)
            if outcome is None or (outcome.added, outcome.invited) != (expected, expected):
                raise RuntimeError("the import has not added everybody once")
        growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return seconds[0], seconds[1], seconds[2], growth


def _roster(people: int) -> bytes:
    rows = [
        f"Школа № {1 + number % SCHOOLS};Иванова;Мария{_word(number)};Петровна;учитель;математика;12;"
        f"{1960 + number % 30};первая"
        for number in range(people)
    ]
    return "\n".join([HEADERS, *rows]).encode()


def _word(number: int) -> str:
    """Names have no digits."""
    return "".join(chr(ord("а") + int(digit)) for digit in str(number))


def _sheets(repeats: int) -> Section:
    from services.people.roster.model import Card
    from services.people.roster.sheets import make_all

    section = Section(
        "invite_sheets",
        "Invites of one archive: cards to print and a table for each school",
        {"people": "People", "seconds": "Seconds", "size_mb": "Size, MB"},
    )
    cards = [
        Card(1 + number // 75, f"Школа № {1 + number // 75}", f"Иванова Мария{_word(number)}", "учитель", _token())
        for number in range(INVITES)
    ]
    seconds, size = [], 0
    for _ in range(repeats):
        began = time.perf_counter()
        size = len(make_all(cards, _link))
        seconds.append(time.perf_counter() - began)
    section.rows.append({"people": INVITES, "seconds": series(seconds), "size_mb": round(size / 2**20, 1)})
    return section


def _token() -> str:
    return secrets.token_urlsafe(16)


def _link(token: str) -> str:
    return f"https://t.me/school_bot?start={token}"
