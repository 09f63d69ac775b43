"""The outbox: a thing is owed once, given to one taker at a time, and never forgotten."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from services.delivery.model import MASS, Failure, Kind, Parcel, Traffic
from storage.database import Database
from storage.outbox import REASON_LIMIT, begin, mark_sent
from storage.tables import accounts, outbox
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, Resident, settle

LEASE = timedelta(minutes=2)


async def owe(
    database: Database, person: Resident, *keys: str, at: datetime = NOW, kind: Kind = Kind.RESULT_CHART
) -> list[bool]:
    async with database.write() as connection:
        work = StoredWork(connection)
        visitor = await work.people.visitor(person.account)
        assert visitor.person is not None
        owed = [
            await work.outbox.owe(visitor.person.account_id, kind, key, {"session_id": number}, at)
            for number, key in enumerate(keys, 1)
        ]
        await work.commit()
    return owed


async def take(database: Database, now: datetime, most: int = 10) -> list[Parcel]:
    async with database.write() as connection:
        work = StoredWork(connection)
        parcels = await work.outbox.take(now, LEASE, most)
        await work.commit()
    return list(parcels)


async def is_due(database: Database, now: datetime) -> bool:
    async with database.read() as connection:
        return await StoredWork(connection).outbox.is_due(now)


async def test_key_is_owed_once(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    assert await owe(database, person, "a", "b", "a") == [True, True, False]
    assert await owe(database, person, "b", at=NOW + LEASE) == [False]
    rows = await witness.rows(select(outbox).order_by("id"))
    assert [(row["key"], row["not_before"], row["payload"]) for row in rows] == [
        ("a", NOW, {"session_id": 1}),
        ("b", NOW, {"session_id": 2}),
    ]


async def test_key_owed_twice_at_once(database: Database, other_process: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    owed = await asyncio.gather(*(owe(place, person, "a") for place in (database, other_process) * 3))
    assert sorted(owed) == [[False]] * 5 + [[True]]
    assert await witness.one("SELECT count(*) FROM outbox") == 1


async def test_what_somebody_waits_for_goes_before_a_mass_send(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, *(f"invite:{number}" for number in range(20)), kind=Kind.CAMPAIGN_INVITE)
    await owe(database, person, "chart")
    assert [parcel.kind for parcel in await take(database, NOW, most=2)] == [
        Kind.RESULT_CHART,
        Kind.CAMPAIGN_INVITE,
    ]


async def test_delivered_key_is_not_owed_again(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a")
    [parcel] = await take(database, NOW)
    assert await database.write_at_once(partial(mark_sent, parcel=parcel, now=NOW + timedelta(seconds=1)))
    assert await owe(database, person, "a") == [False]
    assert await take(database, NOW + timedelta(days=1)) == []
    assert not await is_due(database, NOW + timedelta(days=1))
    [row] = await witness.rows(select(outbox))
    assert (row["state"], row["sent_at"]) == ("sent", NOW + timedelta(seconds=1))


async def test_taken_parcel_says_whose_and_what(database: Database, witness: Witness) -> None:
    people = await settle(database, 2)
    await owe(database, people[1], "a")
    [parcel] = await take(database, NOW)
    assert (parcel.account, parcel.kind, parcel.attempts) == (people[1].account, Kind.RESULT_CHART, 1)
    assert parcel.payload == {"session_id": 1}
    [row] = await witness.rows(select(outbox))
    assert (row["state"], row["attempts"], row["held_until"]) == ("pending", 1, NOW + LEASE)
    # Marked before the send: a process that dies now leaves a trace.
    assert await database.write_at_once(partial(begin, parcel=parcel))
    assert await witness.one("SELECT state FROM outbox") == "sending"


async def test_who_has_lost_the_hold_changes_nothing(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a")
    [lost] = await take(database, NOW)
    [held] = await take(database, NOW + LEASE)
    assert held.id == lost.id
    assert not await database.write_at_once(partial(begin, parcel=lost))
    assert not await database.write_at_once(partial(mark_sent, parcel=lost, now=NOW))
    async with database.write() as connection:
        table = StoredWork(connection).outbox
        assert not await table.postpone(lost, NOW + timedelta(days=1))
        assert not await table.give_up(lost, "blocked", NOW)
        await connection.commit()
    assert await witness.rows("SELECT state, reason FROM outbox") == [{"state": "pending", "reason": None}]
    assert await database.write_at_once(partial(begin, parcel=held))
    assert await database.write_at_once(partial(mark_sent, parcel=held, now=NOW + LEASE))
    assert not await database.write_at_once(partial(begin, parcel=held))


async def test_whoever_takes_over_ends_all_holds(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a", "b")
    held, sending = await take(database, NOW)
    assert await database.write_at_once(partial(begin, parcel=sending))
    async with database.write() as connection:
        await StoredWork(connection).outbox.release_all()
        await connection.commit()
    assert not await database.write_at_once(partial(begin, parcel=held))
    assert [parcel.id for parcel in await take(database, NOW)] == [held.id, sending.id]


async def test_rows_in_hand_and_other_kinds_are_left_alone(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "invite", kind=Kind.CAMPAIGN_INVITE)
    await owe(database, person, "a", "b")
    async with database.write() as connection:
        table = StoredWork(connection).outbox
        [first, _] = await table.take(NOW, LEASE, 10, [Kind.RESULT_CHART])
        assert not await table.is_due(NOW, [Kind.RESULT_CHART])
        assert await table.is_due(NOW, MASS)
        # A clock that was moved ends holds of rows that are still in hand.
        assert [p.id for p in await table.take(NOW + LEASE, LEASE, 10, [Kind.RESULT_CHART], [first.id])] != [
            first.id
        ]
        await connection.rollback()


async def test_the_next_moment_is_that_of_the_first_postponed_row(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "now")
    await owe(database, person, "later", at=NOW + timedelta(hours=2))
    await owe(database, person, "soon", at=NOW + timedelta(hours=1))
    async with database.read() as connection:
        table = StoredWork(connection).outbox
        assert await table.next_due(NOW) == NOW + timedelta(hours=1)
        assert await table.next_due(NOW + timedelta(hours=2)) is None


async def test_traffic_is_counted_and_what_may_go_well_is_sent_again(database: Database) -> None:
    [person, other] = await settle(database, 2)
    await owe(database, person, "old", at=NOW - timedelta(days=8))
    [old] = await take(database, NOW - timedelta(days=8))
    week, day = NOW - timedelta(days=7), NOW - timedelta(days=1)
    await owe(database, person, "sent", "unreachable", "unmade", "blocked", "refused", "stale", "waits")
    await owe(database, person, "later", at=NOW + timedelta(hours=1))
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.outbox.give_up(old, "unreachable: TelegramNetworkError", NOW - timedelta(days=8))
        await work.people.set_blocked(other.account, NOW)
        await work.commit()
    sent, unreachable, unmade, blocked, refused, stale = await take(database, NOW, 6)
    await database.write_at_once(partial(mark_sent, parcel=sent, now=NOW))
    async with database.write() as connection:
        table = StoredWork(connection).outbox
        await table.give_up(unreachable, "unreachable: TelegramNetworkError", NOW)
        await table.give_up(unmade, "unmade: KeyError", NOW)
        await table.give_up(blocked, "blocked", NOW)
        await table.give_up(refused, "refused: Bad Request: chat not found", NOW)
        await table.give_up(stale, "the campaign does not run", NOW)
        traffic = await table.traffic(NOW, day, week)
        assert await table.send_again(NOW, week) == 2
        after = await table.traffic(NOW, day, week)
        await connection.commit()
    assert traffic == Traffic(
        waiting=1,
        postponed=1,
        next_at=NOW + timedelta(hours=1),
        sent=1,
        failed=dict.fromkeys(Failure, 1),
        blocked=1,
    )
    assert (after.waiting, set(after.failed)) == (3, {Failure.BLOCKED, Failure.REFUSED, Failure.NOT_DUE})
    assert [parcel.id for parcel in await take(database, NOW, 2)] == [unreachable.id, unmade.id]


async def test_oldest_first_and_no_more_than_asked(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, *"abcde")
    taken = [[parcel.payload["session_id"] for parcel in await take(database, NOW, 2)] for _ in range(4)]
    assert taken == [[1, 2], [3, 4], [5], []]


async def test_nothing_is_due_before_its_time(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "later", at=NOW + timedelta(seconds=1))
    assert not await is_due(database, NOW)
    assert await take(database, NOW) == []
    assert await is_due(database, NOW + timedelta(seconds=1))
    assert len(await take(database, NOW + timedelta(seconds=1))) == 1


async def test_takers_at_once_never_share_a_parcel(database: Database, other_process: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, *(str(number) for number in range(60)))

    async def taker(place: Database) -> list[int]:
        mine: list[int] = []
        while parcels := await take(place, NOW, 3):
            mine += [parcel.payload["session_id"] for parcel in parcels]
        return mine

    async with asyncio.timeout(20):
        hands = await asyncio.gather(*(taker(place) for place in (database, other_process) * 2))
        # A taker may find nothing while others hold the rest, so whatever is left is asked for once more.
        everything = [number for hand in hands for number in hand] + await taker(database)
    assert sorted(everything) == list(range(1, 61))


async def test_hold_ends_and_the_parcel_is_given_again(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a")
    [first] = await take(database, NOW)
    assert await take(database, NOW + LEASE - timedelta(seconds=1)) == []
    assert not await is_due(database, NOW + LEASE - timedelta(seconds=1))
    assert await is_due(database, NOW + LEASE)
    [again] = await take(database, NOW + LEASE)
    assert (again.id, again.attempts) == (first.id, 2)
    assert await take(database, NOW + LEASE) == []


async def test_taker_that_dies_before_its_commit_held_nothing(database: Database) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a")
    async with database.write() as connection:
        assert len(await StoredWork(connection).outbox.take(NOW, LEASE, 10)) == 1
    [parcel] = await take(database, NOW)
    assert parcel.attempts == 1


async def test_postponed_parcel_comes_back(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a")
    [parcel] = await take(database, NOW)
    until = NOW + timedelta(seconds=31)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.outbox.postpone(parcel, until, "f" * 1000)
        await work.commit()
    assert await take(database, until - timedelta(seconds=1)) == []
    [row] = await witness.rows(select(outbox))
    assert (row["state"], row["reason"]) == ("pending", "f" * REASON_LIMIT)
    [again] = await take(database, until)
    assert (again.id, again.attempts) == (parcel.id, 2)


async def test_given_up_parcel_is_never_taken_again(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    await owe(database, person, "a", "b")
    refused, _ = await take(database, NOW)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.outbox.give_up(refused, "ы" * 1000, NOW)
        await work.commit()
    later = await take(database, NOW + timedelta(days=30))
    assert [parcel.payload["session_id"] for parcel in later] == [2]
    assert await witness.rows("SELECT key, reason FROM outbox WHERE state = 'failed'") == [
        {"key": "a", "reason": "ы" * REASON_LIMIT}
    ]


async def test_whoever_blocked_the_bot_is_remembered(database: Database, witness: Witness) -> None:
    people = await settle(database, 2)
    for person, key in zip(people, "ab", strict=True):
        await owe(database, person, key)
    parcel, _ = await take(database, NOW)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_blocked(parcel.account, NOW)
        await work.outbox.give_up(parcel, "blocked", NOW)
        await work.commit()
    blocked = select(accounts.c.external_id, accounts.c.blocked_at).order_by("id")
    user, neighbour = (person.account.external_id for person in people)
    assert await witness.rows(blocked) == [
        {"external_id": user, "blocked_at": NOW},
        {"external_id": neighbour, "blocked_at": None},
    ]
    assert [parcel.account for parcel in await take(database, NOW + LEASE)] == [people[1].account]
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_blocked(people[0].account, None)
        await work.commit()
    assert [row["blocked_at"] for row in await witness.rows(blocked)] == [None, None]
