"""Sessions of tests: begun once, shown to their owner, moved one step at a time."""

import asyncio
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from services.diagnostics import survey
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instruments
from services.diagnostics.session import Session, State
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, TEST, Clock, Resident, newcomer, seat, settle, tap


async def begin(database: Database, person: Resident, instrument: Instrument) -> Session:
    async with database.write() as connection:
        work = StoredWork(connection)
        session = await survey.begin(work, person.person_id, instrument, None, NOW)
        await work.commit()
    return session


async def step_back(database: Database, session: Session) -> Session | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        moved = await survey.step_back(work, session, session.turn, NOW)
        await work.commit()
    return moved


async def test_test_begins_with_nothing_answered(database: Database, witness: Witness) -> None:
    boyko = load_instruments()[TEST]
    [person] = await settle(database, 1)
    session = await begin(database, person, boyko)
    assert await begin(database, person, boyko) == session
    assert (session.instrument, session.version, session.wording_id) == (TEST, boyko.version, None)
    assert (session.position, session.turn, session.started_at) == (1, 0, NOW)
    assert await witness.rows("SELECT person_id, answers, state FROM survey_sessions") == [
        {"person_id": person.person_id, "answers": "." * 84, "state": "in_progress"}
    ]


async def test_one_open_test_even_when_many_begin_at_once(
    database: Database, other_process: Database, witness: Witness
) -> None:
    boyko = load_instruments()[TEST]
    [person] = await settle(database, 1)
    results = await asyncio.gather(
        *(begin(place, person, boyko) for place in (database, other_process) * 5), return_exceptions=True
    )
    stored = await witness.one("SELECT id FROM survey_sessions")
    assert {result.id for result in results if isinstance(result, Session)} == {stored}
    assert all(isinstance(result, Session | IntegrityError) for result in results), results


async def test_several_instruments_may_be_open(database: Database) -> None:
    [person] = await settle(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        for instrument in (TEST, "other"):
            await work.surveys.start(person.person_id, instrument, "1", None, "..", NOW)
        await work.commit()
        found = [await work.surveys.open_session(person.person_id, name) for name in (TEST, "other", "third")]
    assert [session and session.instrument for session in found] == [TEST, "other", None]


async def test_session_is_its_owners(database: Database) -> None:
    _, session = await newcomer(database)
    [another] = await settle(database, 1)
    async with database.read() as connection:
        work = StoredWork(connection)
        assert await work.surveys.get(session.id, session.person_id) == session
        assert await work.surveys.get(session.id, another.person_id) is None
        assert await work.surveys.find(session.id) == session
        assert await work.surveys.find(session.id + 1000) is None


async def test_finished_tests_in_the_order_of_finishing(
    database: Database, book: GroupedAnswers, clock: Clock
) -> None:
    [person] = await settle(database, 1)
    for code in "yny":
        clock.pass_by(days=90)
        [session] = await seat(database, [person], ".y")
        await book.accept(tap(person, session, code))
    await seat(database, [person], "..")
    async with database.read() as connection:
        found = await StoredWork(connection).surveys.finished(person.person_id, TEST)
    assert [session.answers for session in found] == ["yy", "ny", "yy"]
    assert [session.finished_at for session in found] == [NOW + timedelta(days=90 * n) for n in (1, 2, 3)]
    assert {session.state for session in found} == {State.FINISHED}


async def test_two_taps_on_back_step_once(
    database: Database, other_process: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, session = await newcomer(database, "....")
    for code in "yyy":
        session = await book.accept(tap(person, session, code)) or session
    moved = await asyncio.gather(*(step_back(place, session) for place in (database, other_process)))
    assert sum(result is not None for result in moved) == 1
    assert await witness.rows("SELECT position, turn, answers FROM survey_sessions") == [
        {"position": 3, "turn": 4, "answers": "yyy."}
    ]


async def test_back_and_an_answer_at_once_count_once(
    database: Database, other_process: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 10)
    for person, session in zip(people, await seat(database, people, "...."), strict=True):
        second = await book.accept(tap(person, session, "y"))
        assert second is not None
        results = await asyncio.gather(book.accept(tap(person, second, "n")), step_back(other_process, second))
        [counted] = [result for result in results if result is not None]
        [row] = await witness.rows(
            "SELECT answers, position, turn FROM survey_sessions WHERE id = :id", id=second.id
        )
        assert row == {"answers": counted.answers, "position": counted.position, "turn": 2}
