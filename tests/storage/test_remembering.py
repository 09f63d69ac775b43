"""Conversations, wordings, organisations and moments come back as they were put in."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from services.diagnostics.wording import Wording
from services.people.model import Account, Conversation, Kind, Value
from storage.database import Database
from storage.tables import handled_updates
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, school, stranger


async def standing(database: Database, account: Account) -> Conversation | None:
    async with database.read() as connection:
        return (await StoredWork(connection).people.visitor(account)).conversation


async def test_conversation_is_replaced_and_ended(database: Database, witness: Witness) -> None:
    account, neighbour = stranger(), stranger()
    data: dict[str, Value] = {"name": "Ёлкина «Анна» 👩‍🏫 'x\\", "years": 12, "ready": True, "subject": None}
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.conversations.put(account, Conversation("consent", {"token": "abc"}), NOW)
        await work.conversations.put(account, Conversation("registration", data), NOW)
        await work.conversations.put(neighbour, Conversation("invite", {}), NOW)
        await work.commit()
    assert await standing(database, account) == Conversation("registration", data)
    assert await witness.one("SELECT count(*) FROM conversations") == 2
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.conversations.end(account)
        await work.conversations.end(stranger())
        await work.commit()
    assert await standing(database, account) is None
    assert await standing(database, neighbour) == Conversation("invite", {})


async def test_those_who_stood_too_long_are_forgotten(database: Database, witness: Witness) -> None:
    early, late, elsewhere = stranger(), stranger(), stranger()
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.conversations.put(early, Conversation("consent", {}), NOW - timedelta(seconds=1))
        await work.conversations.put(late, Conversation("consent", {}), NOW)
        await work.conversations.put(elsewhere, Conversation("survey", {}), NOW - timedelta(days=9))
        await work.conversations.forget("consent", NOW)
        await work.commit()
    left = await witness.rows("SELECT external_id FROM conversations ORDER BY external_id")
    assert [row["external_id"] for row in left] == [late.external_id, elsewhere.external_id]


async def test_newest_wording_of_a_version(database: Database) -> None:
    first = Wording("boyko", "1", "Издание 1996 года", ("Первое.", "Второе «в кавычках»."))
    second = Wording("boyko", "1", "Издание 2002 года", ("Иначе.", "Ещё иначе."))
    async with database.write() as connection:
        work = StoredWork(connection)
        assert await work.wordings.newest("boyko", "1") is None
        ids = [await work.wordings.add(wording, NOW) for wording in (first, second)]
        await work.wordings.add(Wording("boyko", "2", "Другая версия", ("Одно.",)), NOW)
        await work.commit()
    async with database.read() as connection:
        work = StoredWork(connection)
        assert await work.wordings.newest("boyko", "1") == ids[1]
        assert [await work.wordings.get(wording_id) for wording_id in ids] == [first, second]


async def test_organisation_of_a_name_is_made_once(database: Database, witness: Witness) -> None:
    first, again = await school(database), await school(database)
    other = await school(database, "Гимназия")
    assert first == again != other
    async with database.write() as connection:
        work = StoredWork(connection)
        far = await work.organisations.add(Kind.MUNICIPALITY, "Берёзовский район", None)
        namesake = await work.organisations.add(Kind.SCHOOL, "Школа № 1", far.id)
        await work.commit()
    assert namesake.id != first
    async with database.read() as connection:
        organisations = StoredWork(connection).organisations
        near = await organisations.get(first)
        assert near is not None
        assert near.parent_id is not None
        assert [child.name for child in await organisations.children(near.parent_id)] == ["Гимназия", "Школа № 1"]
        assert await organisations.children(far.id) == [namesake]
        assert {found.id for found in await organisations.all(Kind.SCHOOL)} == {first, other, namesake.id}
        assert [found.name for found in await organisations.all(Kind.MUNICIPALITY)] == [
            "Сосновский район",
            "Берёзовский район",
        ]
        assert await organisations.get(999) is None


async def test_moment_comes_back_in_utc(database: Database, witness: Witness) -> None:
    moscow = timezone(timedelta(hours=3))
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.updates.mark("telegram", 1, datetime(2026, 1, 1, 1, 30, 0, 5, tzinfo=moscow))
        await work.commit()
    [row] = await witness.rows(select(handled_updates))
    assert row["handled_at"].isoformat() == "2025-12-31T22:30:00.000005+00:00"


async def test_moment_without_a_zone_is_refused(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(StatementError, match="time zone"):
            await StoredWork(connection).updates.mark("telegram", 1, datetime(2026, 1, 1))  # noqa: DTZ001


async def test_work_that_fails_leaves_nothing(database: Database, witness: Witness) -> None:
    async def half_done() -> None:
        async with database.write() as connection:
            await StoredWork(connection).organisations.add(Kind.REGION, "Область", None)
            raise ZeroDivisionError

    async with asyncio.timeout(10):
        with pytest.raises(ZeroDivisionError):
            await half_done()
        assert await witness.one("SELECT count(*) FROM organisations") == 0
        await school(database)
    assert await witness.one("SELECT count(*) FROM organisations") == 2


async def test_cancelled_work_leaves_nothing_and_holds_nobody(database: Database, witness: Witness) -> None:
    """Work given up at any moment, in the middle of a statement too, lets the next one in at once."""

    async def pair(number: int) -> None:
        async with database.write() as connection:
            work = StoredWork(connection)
            for kind in (Kind.MUNICIPALITY, Kind.SCHOOL):
                await work.organisations.add(kind, f"{kind} {number}", None)
            await work.commit()

    for number in range(30):
        tasks = [asyncio.create_task(pair(number)), asyncio.create_task(pair(number + 100))]
        await asyncio.sleep(number * 0.0004)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(10):
            await pair(number + 200)
    counts = await witness.rows("SELECT kind, count(*) AS number FROM organisations GROUP BY kind")
    assert len({row["number"] for row in counts}) == 1
    assert counts[0]["number"] >= 30


async def test_reader_sees_one_moment(database: Database, other_process: Database) -> None:
    """A report counts people and reads their answers in two statements: both must be of the same moment."""
    async with database.read() as connection:
        organisations = StoredWork(connection).organisations
        assert await organisations.all(Kind.SCHOOL) == []
        await school(other_process)
        assert await organisations.all(Kind.SCHOOL) == []
