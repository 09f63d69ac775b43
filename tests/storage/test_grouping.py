"""Many people at once share commits, and nobody pays for it: not an answer lost, no error kept back."""

import asyncio
import random

from sqlalchemy.exc import DBAPIError

from services.diagnostics.session import Answer, Session
from storage.answers import GroupedAnswers
from storage.database import Database
from tests.storage.breakage import commits_fail, without
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, Clock, Resident, newcomer, seat, settle, tap

PEOPLE = 200
LENGTH = 12


async def test_two_hundred_people_lose_nothing(
    database: Database, book: GroupedAnswers, witness: Witness, finished: list[str]
) -> None:
    chance = random.Random(7)
    people = await settle(database, PEOPLE)
    sessions = await seat(database, people, "." * LENGTH)
    chosen = {session.id: "".join(chance.choices("yn", k=LENGTH)) for session in sessions}

    async def take(person: Resident, session: Session, wanted: str, impatient: bool) -> None:
        for code in wanted:
            button = tap(person, session, code)
            results = await asyncio.gather(*(book.accept(button) for _ in range(2 if impatient else 1)))
            [session] = [result for result in results if result is not None]

    await asyncio.gather(
        *(
            take(person, session, chosen[session.id], impatient=index % 10 == 0)
            for index, (person, session) in enumerate(zip(people, sessions, strict=True))
        )
    )
    rows = await witness.rows("SELECT id, answers, turn, state FROM survey_sessions")
    assert {row["id"]: row["answers"] for row in rows} == chosen
    assert {(row["turn"], row["state"]) for row in rows} == {(LENGTH, "finished")}
    charts = await witness.rows(
        "SELECT outbox.key, accounts.person_id FROM outbox JOIN accounts ON accounts.id = outbox.account_id"
    )
    assert {(row["key"], row["person_id"]) for row in charts} == {
        (f"result:{session.id}:finished", session.person_id) for session in sessions
    }
    assert len(charts) == PEOPLE
    assert finished


async def test_two_answers_of_one_session_in_one_group(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 3)
    sessions = await seat(database, people, "..")
    taps = []
    for person, session in zip(people, sessions, strict=True):
        taps += [tap(person, session, "y"), Answer(person.account, session.id, 2, "n", 1)]
    accepted = await asyncio.gather(*(book.accept(answer) for answer in taps))
    assert [session and session.answers for session in accepted] == ["y.", "yn"] * 3
    rows = await witness.rows("SELECT answers, state FROM survey_sessions")
    assert rows == [{"answers": "yn", "state": "finished"}] * 3


async def test_forged_tap_first_does_not_push_out_the_right_one(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 2)
    session, _ = await seat(database, people, "..")
    forged = tap(people[1], session, "n")
    results = await asyncio.gather(book.accept(forged), book.accept(tap(people[0], session, "y")))
    assert results[0] is None
    assert results[1] is not None
    assert await witness.one("SELECT answers FROM survey_sessions WHERE id = :id", id=session.id) == "y."


async def test_failing_database_tells_every_waiter(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 8)
    sessions = await seat(database, people, ".")
    taps = [tap(person, session, "y") for person, session in zip(people, sessions, strict=True)]
    for failing in (without(witness, "survey_sessions"), commits_fail(witness)):
        async with failing, asyncio.timeout(20):
            # Each person's second tap waits for a group after the one that fails.
            results = await asyncio.gather(*(book.accept(answer) for answer in taps * 2), return_exceptions=True)
            assert all(isinstance(result, DBAPIError) for result in results), results
        rows = await witness.rows("SELECT answers, state FROM survey_sessions")
        assert rows == [{"answers": ".", "state": "in_progress"}] * 8
        assert await witness.one("SELECT count(*) FROM outbox") == 0
    assert all(await asyncio.gather(*(book.accept(answer) for answer in taps)))
    assert await witness.one("SELECT count(*) FROM survey_sessions WHERE answers = 'y'") == 8


async def test_writer_goes_on_behind_a_failed_group(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 2)
    sessions = await seat(database, people, "..")
    doomed, well = (tap(person, session, "y") for person, session in zip(people, sessions, strict=True))
    async with commits_fail(witness, session_id=sessions[0].id), asyncio.timeout(20):
        # Whoever shares a group with the doomed one is written alone; the same tap again changes nothing.
        results = await asyncio.gather(*map(book.accept, (doomed, well, well)), return_exceptions=True)
    assert isinstance(results[0], DBAPIError)
    assert isinstance(results[1], Session)
    assert results[2] is None
    rows = await witness.rows("SELECT answers FROM survey_sessions ORDER BY id")
    assert [row["answers"] for row in rows] == ["..", "y."]


async def test_whoever_stops_waiting_disturbs_nobody(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 3)
    sessions = await seat(database, people, "..")
    waiting = [
        asyncio.create_task(book.accept(tap(person, session, "y")))
        for person, session in zip(people, sessions, strict=True)
    ]
    await asyncio.sleep(0)
    waiting[1].cancel()
    first, gone, last = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(gone, asyncio.CancelledError)
    assert isinstance(first, Session)
    assert isinstance(last, Session)
    # Given is given: the tap was made, whoever waited for the reply.
    rows = await witness.rows("SELECT answers FROM survey_sessions ORDER BY id")
    assert [row["answers"] for row in rows] == ["y.", "y.", "y."]


async def test_close_waits_for_what_was_handed_in(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, session = await newcomer(database, "..")
    waiting = asyncio.create_task(book.accept(tap(person, session, "y")))
    await asyncio.sleep(0)
    await book.close()
    assert await witness.one("SELECT answers FROM survey_sessions") == "y."
    assert await waiting is not None


async def test_one_persons_taps_through_two_processes(
    database: Database, other_process: Database, book: GroupedAnswers, clock: Clock, witness: Witness
) -> None:
    """Two processes answer the same people, who tap every button in both."""
    other_book = GroupedAnswers(other_process, clock, lambda: None, CONSENT)
    people = await settle(database, 40)
    sessions = await seat(database, people, "......")

    async def take(person: Resident, session: Session) -> str:
        for code in "ynynyn":
            button = tap(person, session, code)
            results = await asyncio.gather(book.accept(button), other_book.accept(button))
            [session] = [result for result in results if result is not None]
        return session.answers

    assert await asyncio.gather(*map(take, people, sessions)) == ["ynynyn"] * 40
    rows = await witness.rows("SELECT answers, turn FROM survey_sessions")
    assert rows == [{"answers": "ynynyn", "turn": 6}] * 40
    assert await witness.one("SELECT count(*) FROM outbox") == 40
