"""An answer: what it changes, and what a tap that does not fit must not change."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.diagnostics import survey
from services.diagnostics.session import Answer, State
from services.people.model import Account
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.tables import outbox, survey_sessions
from storage.unit_of_work import StoredWork
from tests.storage.breakage import commits_fail, without
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, Clock, newcomer, school, seat, settle, tap
from tests.storage.sitting import campaign_of


async def everything(witness: Witness) -> list[dict[str, Any]]:
    """All that an answer may change."""
    return await witness.rows(select(survey_sessions).order_by("id")) + await witness.rows(select(outbox))


async def test_answer_is_stored_and_the_next_item_shown(
    database: Database, book: GroupedAnswers, clock: Clock, witness: Witness, finished: list[str]
) -> None:
    person, session = await newcomer(database, "....")
    clock.pass_by(minutes=3)
    accepted = await book.accept(tap(person, session, "y"))
    [row] = await witness.rows(select(survey_sessions))
    assert (row["answers"], row["position"], row["turn"], row["state"]) == ("y...", 2, 1, "in_progress")
    assert (row["started_at"], row["updated_at"], row["finished_at"]) == (NOW, clock.now, None)
    assert accepted == replace(session, answers="y...", position=2, turn=1)
    assert not finished
    assert not await witness.rows(select(outbox))


async def test_answer_that_cannot_be_committed_is_not_accepted(
    database: Database, book: GroupedAnswers, witness: Witness, finished: list[str]
) -> None:
    person, session = await newcomer(database, ".")
    before = await everything(witness)
    async with commits_fail(witness):
        with pytest.raises(DBAPIError):
            await book.accept(tap(person, session, "y"))
        assert await everything(witness) == before
    assert not finished
    again = await book.accept(tap(person, session, "n"))
    assert again is not None
    assert again.answers == "n"
    assert await witness.one("SELECT answers FROM survey_sessions") == "n"


async def test_last_answer_finishes_and_owes_one_chart(
    database: Database, book: GroupedAnswers, clock: Clock, witness: Witness, finished: list[str]
) -> None:
    await newcomer(database, "....")
    person, session = await newcomer(database, ".y")
    clock.pass_by(hours=2)
    accepted = await book.accept(tap(person, session, "n"))
    [row] = await witness.rows(select(survey_sessions).where(survey_sessions.c.id == session.id))
    assert (row["answers"], row["position"], row["state"]) == ("ny", 0, "finished")
    assert row["finished_at"] == clock.now
    assert accepted is not None
    assert (accepted.state, accepted.finished_at, accepted.position) == (State.FINISHED, clock.now, 0)
    [parcel] = await witness.rows(select(outbox))
    assert parcel["kind"] == "result_chart"
    assert parcel["payload"] == {"session_id": session.id}
    assert (parcel["state"], parcel["not_before"]) == ("pending", clock.now)
    assert parcel["account_id"] == await witness.one(
        "SELECT id FROM accounts WHERE external_id = :user", user=person.account.external_id
    )
    assert finished == ["finished"]


async def test_no_test_is_finished_without_its_chart(
    database: Database, book: GroupedAnswers, witness: Witness, finished: list[str]
) -> None:
    person, session = await newcomer(database, ".y")
    async with without(witness, "outbox"):
        with pytest.raises(DBAPIError):
            await book.accept(tap(person, session, "n"))
        [row] = await witness.rows(select(survey_sessions))
        assert (row["answers"], row["state"], row["finished_at"]) == (".y", "in_progress", None)
    assert not finished
    assert await book.accept(tap(person, session, "n")) is not None
    assert await witness.one("SELECT count(*) FROM outbox") == 1


async def test_chart_goes_to_the_account_that_answered(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, session = await newcomer(database, ".")
    second = Account("max", person.account.external_id)
    await witness.change(
        "INSERT INTO accounts (person_id, channel, external_id) VALUES (:person, 'max', :user)",
        person=person.person_id,
        user=second.external_id,
    )
    assert await book.accept(replace(tap(person, session, "y"), account=second)) is not None
    owed = await witness.one("SELECT channel FROM accounts JOIN outbox ON outbox.account_id = accounts.id")
    assert owed == "max"


FORGED = {
    "a turn that was": {"turn": 0},
    "a turn to come": {"turn": 2},
    "an item that was": {"item": 1},
    "an item to come": {"item": 3},
    "no item": {"item": 0},
    "an item before the first": {"item": -1},
    "an item after the last": {"item": 5},
    "no such session": {"session_id": 999_999},
    "a stranger": {"account": Account("telegram", 1)},
}
OVERFLOWING = {
    "an item beyond 32 bits": {"item": 2**31},
    "a turn beyond 32 bits": {"turn": 2**31},
    "a session beyond 64 bits": {"session_id": 10**30},
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
async def test_forged_tap_changes_nothing(
    database: Database, book: GroupedAnswers, witness: Witness, change: dict[str, Any]
) -> None:
    person, session = await newcomer(database, "....")
    answered = await book.accept(tap(person, session, "y"))
    assert answered is not None
    before = await everything(witness)
    assert await book.accept(replace(tap(person, answered, "n"), **change)) is None
    assert await everything(witness) == before
    # The right tap is still welcome.
    assert await book.accept(tap(person, answered, "n")) is not None


@pytest.mark.parametrize("change", OVERFLOWING.values(), ids=OVERFLOWING)
async def test_forged_numbers_disturb_nobody_else(
    database: Database, book: GroupedAnswers, witness: Witness, change: dict[str, Any]
) -> None:
    """Callback data may be anything that a client cares to send."""
    people = await settle(database, 2)
    forger, victim = people
    own, session = await seat(database, people, "..")
    forged = replace(tap(forger, own, "y"), **change)
    results = await asyncio.gather(
        book.accept(forged), book.accept(tap(victim, session, "y")), return_exceptions=True
    )
    assert list(results) == [None, replace(session, answers="y.", position=2, turn=1)]
    assert [row["answers"] for row in await witness.rows(select(survey_sessions).order_by("id"))] == ["..", "y."]


async def test_somebody_elses_session_is_out_of_reach(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 2)
    mine, theirs = await seat(database, people, "..")
    before = await everything(witness)
    assert await book.accept(tap(people[0], theirs, "y")) is None
    assert await book.accept(tap(people[1], mine, "y")) is None
    # The same number in another messenger is another account.
    elsewhere = Account("max", people[0].account.external_id)
    assert await book.accept(replace(tap(people[0], mine, "y"), account=elsewhere)) is None
    assert await everything(witness) == before


@pytest.mark.parametrize("state", ["finished", "stopped"])
async def test_closed_session_takes_no_answer(
    database: Database, book: GroupedAnswers, witness: Witness, state: str
) -> None:
    person, session = await newcomer(database, "....")
    await witness.change("UPDATE survey_sessions SET state = :state", state=state)
    before = await everything(witness)
    assert await book.accept(tap(person, session, "y")) is None
    assert await everything(witness) == before


async def test_answer_without_consent_to_the_present_text_is_not_taken(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, session = await newcomer(database, "....")
    for version, accepted in (("an older text", False), (CONSENT, True)):
        async with database.write() as connection:
            work = StoredWork(connection)
            await work.people.welcome(person.account, version, NOW)
            await work.commit()
        assert (await book.accept(tap(person, session, "y")) is not None) == accepted
    assert await witness.one("SELECT answers FROM survey_sessions") == "y..."


async def test_two_taps_of_one_button_advance_once(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, session = await newcomer(database, "....")
    button = tap(person, session, "y")
    results = await asyncio.gather(*(book.accept(button) for _ in range(3)))
    assert sum(result is not None for result in results) == 1
    assert await witness.rows("SELECT answers, turn, position FROM survey_sessions") == [
        {"answers": "y...", "turn": 1, "position": 2}
    ]


async def test_yes_and_no_at_once_in_two_processes_count_once(
    database: Database, other_process: Database, clock: Clock, witness: Witness
) -> None:
    people = await settle(database, 10)
    sessions = await seat(database, people, "..")
    books = [GroupedAnswers(place, clock, lambda: None, CONSENT) for place in (database, other_process)]
    taps = [
        book.accept(tap(person, session, code))
        for person, session in zip(people, sessions, strict=True)
        for book, code in zip(books, "yn", strict=True)
    ]
    accepted = [session for session in await asyncio.gather(*taps) if session is not None]
    assert sorted(session.id for session in accepted) == [session.id for session in sessions]
    stored = {row["id"]: row for row in await witness.rows(select(survey_sessions))}
    assert {session.id: session.answers for session in accepted} == {
        key: row["answers"] for key, row in stored.items()
    }
    assert {row["turn"] for row in stored.values()} == {1}


async def test_written_answer_shares_its_transaction(database: Database, witness: Witness) -> None:
    """An answer given in words is accepted inside the visit's unit of work, and rolled back with it."""
    person, session = await newcomer(database, ".")
    async with database.write() as connection:
        work = StoredWork(connection)
        [accepted] = await work.surveys.accept([tap(person, session, "y")], NOW, CONSENT)
        assert accepted.state is State.FINISHED
    assert await witness.rows("SELECT answers, state FROM survey_sessions") == [
        {"answers": ".", "state": "in_progress"}
    ]
    assert await witness.one("SELECT count(*) FROM outbox") == 0


async def test_several_sessions_in_one_statement(database: Database, witness: Witness) -> None:
    people = await settle(database, 4)
    sessions = await seat(database, people, "..")
    taps = [tap(person, session, code) for person, session, code in zip(people, sessions, "ynyn", strict=True)]
    taps[2] = replace(taps[2], turn=5)
    async with database.write() as connection:
        work = StoredWork(connection)
        accepted = await work.surveys.accept(taps, NOW, CONSENT)
        await work.commit()
    assert {session.id for session in accepted} == {sessions[index].id for index in (0, 1, 3)}
    rows = await witness.rows("SELECT answers FROM survey_sessions ORDER BY id")
    assert [row["answers"] for row in rows] == ["y.", "n.", "..", "n."]


async def test_answer_of_any_letter(database: Database, book: GroupedAnswers, witness: Witness) -> None:
    """Codes are letters of the instrument's choice; places are counted in letters, not bytes."""
    person, session = await newcomer(database, "....")
    await witness.change("UPDATE survey_sessions SET alphabet = :codes", codes="5'ад")
    for code in "да'5":
        accepted = await book.accept(tap(person, session, code))
        assert accepted is not None
        session = accepted
    assert await witness.one("SELECT answers FROM survey_sessions") == "да'5"


@pytest.mark.parametrize(("alphabet", "code"), [("yn", "z"), ("yn", "yn"), ("yn", ""), ("", "y"), ("123", "n")])
async def test_code_of_another_instrument_is_not_taken(
    database: Database, book: GroupedAnswers, witness: Witness, alphabet: str, code: str
) -> None:
    """Nor any code by a session whose answers need more thought, which has no alphabet."""
    person, session = await newcomer(database, "....")
    await witness.change("UPDATE survey_sessions SET alphabet = :alphabet", alphabet=alphabet)
    before = await everything(witness)
    assert await book.accept(tap(person, session, code)) is None
    assert await everything(witness) == before


async def test_last_answer_counts_in_its_campaign_for_this_person_only(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 2)
    mine, _ = await seat(database, people, "y.")
    campaign = await campaign_of(database, people, school_id=await school(database))
    await witness.change("UPDATE survey_sessions SET campaign_id = :campaign, position = 2", campaign=campaign)
    assert await book.accept(replace(tap(people[0], mine, "n"), item=2)) is not None
    rows = await witness.rows("SELECT person_id, finished FROM campaign_people ORDER BY person_id")
    assert [(row["person_id"], bool(row["finished"])) for row in rows] == [
        (people[0].person_id, True),
        (people[1].person_id, False),
    ]


async def test_changed_answer_after_a_step_back(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, session = await newcomer(database, "...")
    for code in "yy":
        session = await book.accept(tap(person, session, code)) or session
    async with database.write() as connection:
        work = StoredWork(connection)
        for _ in range(2):
            moved = await survey.step_back(work, session, session.turn, NOW + timedelta(minutes=1))
            assert moved is not None
            session = moved
        await work.commit()
    late = Answer(person.account, session.id, 3, "n", 2)
    assert await book.accept(late) is None
    changed = await book.accept(tap(person, session, "n"))
    assert changed is not None
    assert (changed.answers, changed.position) == ("ny.", 3)
    assert await witness.one("SELECT answers FROM survey_sessions") == "ny."
