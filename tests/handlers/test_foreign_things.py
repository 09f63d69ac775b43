"""Buttons about somebody else's tests and shares, forged by everybody else: nothing is shown or changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aiogram.filters.callback_data import CallbackData
from sqlalchemy import insert, select

from bot.visits import Incoming, Visits
from handlers.table import all_routes
from services.diagnostics.session import State
from services.people.model import Profile
from storage.database import Database
from storage.tables import (
    accounts,
    consents,
    outbox,
    people,
    roles,
    shares,
    survey_sessions,
    survey_values,
    uploads,
)
from storage.unit_of_work import StoredWork
from tests.handlers.test_access_matrix import REGISTERED, World, anything, world_in

OWNER = "teacher a1"
SURNAME = "Берендеева"
SECRETS = (SURNAME, "Ваш результат", "моя тайна", "из 84", "из 36")
KEPT = (people, accounts, consents, roles, survey_sessions, survey_values, shares, uploads, outbox)


async def test_buttons_about_other_peoples_things_show_and_change_nothing(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        database, desk = world.visits._database, world.visits._desk
        things = await belongings(database, world)
        visits = Visits(database, desk, all_routes(), lambda: None)
        before = await everything_of(database, world.ids[OWNER])
        number = 1_000_000
        tapped = 0
        for name in sorted(REGISTERED - {OWNER}):
            for data in forged(things):
                number += 1
                reply = await visits.receive(
                    Incoming(world.accounts[name], number, "Кто-то", data=data), lambda: None
                )
                tapped += 1
                shown = f"{reply.screen.text if reply and reply.screen else ''} {reply.toast if reply else ''}"
                assert not any(secret in shown for secret in SECRETS), f"{name} tapped {data}: {shown}"
        assert tapped > 100
        assert await everything_of(database, world.ids[OWNER]) == before


def forged(things: dict[str, list[int]]) -> Iterator[str]:
    """Every tap that names a session or a share, about the owner's."""
    for route in all_routes().taps.values():
        kind = route.tap
        assert kind is not None
        for field in ("session", "share"):
            if field in kind.model_fields:
                for thing in things[field]:
                    yield from variants(kind, {field: thing})


def variants(kind: type[CallbackData], about: dict[str, int]) -> Iterator[str]:
    required = {
        name: anything(field.annotation)
        for name, field in kind.model_fields.items()
        if name not in about and field.is_required()
    }
    yield kind(**required, **about).pack()
    if "sure" in kind.model_fields:
        yield kind(**required, **about, sure=True).pack()


async def belongings(database: Database, world: World) -> dict[str, list[int]]:
    """A finished test, an open one, a form with words, and a share, all of one teacher."""
    owner, now = world.ids[OWNER], world.visits._desk.clock()
    async with database.write() as connection:
        work = StoredWork(connection)
        named = Profile(f"{SURNAME} Лада Ильинична", "Педагог-психолог", "Химия", 5, 1990)
        await work.people.save_profile(owner, named, now)
        sessions = []
        for instrument, answers, state in (
            ("boyko", "y" * 84, State.FINISHED),
            ("boyko", "y" * 40 + "." * 44, State.IN_PROGRESS),
            ("courses", "r" + "." * 9, State.IN_PROGRESS),
        ):
            made = await connection.execute(
                insert(survey_sessions)
                .values(
                    person_id=owner,
                    instrument=instrument,
                    version="1",
                    answers=answers,
                    turn=1,
                    position=0 if state is State.FINISHED else answers.index(".") + 1,
                    state=state.value,
                    alphabet="yn" if instrument == "boyko" else "",
                    started_at=now,
                    updated_at=now,
                    finished_at=now if state is State.FINISHED else None,
                )
                .returning(survey_sessions.c.id)
            )
            sessions.append(int(made.scalar_one()))
        await connection.execute(insert(survey_values).values(session_id=sessions[2], item=9, value="моя тайна"))
        shared = await connection.execute(
            insert(shares)
            .values(
                session_id=sessions[0],
                owner_id=owner,
                viewer_id=world.ids["mentor a1"],
                shared_at=now,
                revoked_at=now,
            )
            .returning(shares.c.id)
        )
        share = int(shared.scalar_one())
        await work.commit()
    return {"session": sessions, "share": [share]}


async def everything_of(database: Database, person: int) -> dict[str, list[Any]]:
    """All rows of the tables where a person's things are."""
    found = {}
    async with database.read() as connection:
        for table in KEPT:
            query = select(table).order_by(*table.primary_key.columns)
            if "person_id" in table.c:
                query = query.where(table.c.person_id == person)
            if table is outbox:
                query = query.join(accounts).where(accounts.c.person_id == person)
            found[table.name] = [tuple(row) for row in await connection.execute(query)]
    assert found["survey_sessions"]
    assert found["shares"]
    return found
