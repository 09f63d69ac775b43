"""Sessions of tests: begun once, shown to their owner, moved one step at a time."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from services.diagnostics import survey
from services.diagnostics.answering import Sheet, Value
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instruments
from services.diagnostics.session import Session, State
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.tables import anonymous_sheets
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, TEST, Clock, Resident, newcomer, school, seat, settle, tap
from tests.storage.sitting import campaign_of


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


VALUES = {1: "ac", 2: 12.5, 3: "2026-10-12", 4: "Слишком «много» бумаг\nи <b>отчётов</b>"}


async def record(
    database: Database, session: Session, sheet: Sheet, position: int, now: datetime = NOW
) -> Session | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        recorded = await work.surveys.record(session, sheet, position, now)
        await work.commit()
    return recorded


async def values_of(database: Database, session: Session) -> dict[int, Value]:
    async with database.read() as connection:
        return await StoredWork(connection).surveys.values(session.id)


async def test_values_come_back_as_they_were_given(database: Database) -> None:
    _, session = await newcomer(database, "....")
    recorded = await record(database, session, Sheet("+++.", VALUES), 4)
    assert recorded is not None
    assert (recorded.answers, recorded.turn, recorded.position) == ("+++.", 1, 4)
    assert recorded.state is State.IN_PROGRESS
    assert await values_of(database, session) == VALUES
    again = await record(database, recorded, Sheet("-++~", {2: 0, 3: "2026-10-13"}), 0)
    assert again is not None
    assert (again.state, again.finished_at) == (State.FINISHED, NOW)
    assert await values_of(database, session) == {2: 0, 3: "2026-10-13"}


async def test_an_answer_to_what_is_shown_no_more_leaves_everything(database: Database, witness: Witness) -> None:
    _, session = await newcomer(database, "....")
    first = await record(database, session, Sheet("+...", {1: "a"}), 2)
    assert first is not None
    for stale in (session, replace(first, position=3), replace(first, turn=5), replace(first, id=999_999)):
        assert await record(database, stale, Sheet("++..", {1: "b", 2: 5}), 3) is None
    assert await values_of(database, session) == {1: "a"}
    assert await witness.one("SELECT answers FROM survey_sessions") == "+..."


async def test_two_written_answers_at_once_count_once(
    database: Database, other_process: Database, witness: Witness
) -> None:
    people = await settle(database, 10)
    for session in await seat(database, people, "...."):
        results = await asyncio.gather(
            *(
                record(place, session, Sheet("+...", {1: text}), 2)
                for place, text in zip((database, other_process), "ab", strict=True)
            )
        )
        assert sum(result is not None for result in results) == 1
        [value] = (await values_of(database, session)).values()
        assert value == "ab"[0 if results[0] is not None else 1]


async def test_a_finished_anonymous_sheet_leads_to_nobody(database: Database, witness: Witness) -> None:
    """Whoever holds the whole database cannot tell whose the sheet is."""
    people = await settle(database, 3)
    place = await school(database)
    campaign = await campaign_of(database, people, place, anonymous=True)
    for person in people[:2]:
        async with database.write() as connection:
            work = StoredWork(connection)
            session = await work.surveys.start(
                person.person_id, TEST, "1", None, "y.", NOW, campaign_id=campaign, anonymous=True
            )
            shown = await work.surveys.move(session.id, 0, 2, NOW)
            await work.commit()
        assert shown is not None
        assert await record(database, shown, Sheet("y+", {2: "только мои слова"}), 0, NOW) is not None
    assert await witness.rows("SELECT * FROM survey_sessions") == []
    assert await witness.rows("SELECT * FROM survey_values") == []
    assert await witness.rows("SELECT * FROM outbox") == []
    sheets = await witness.rows(select(anonymous_sheets))
    assert len(sheets) == 2
    for sheet in sheets:
        assert sheet["answers"] == "y+"
        assert sheet["given"] == {"2": "только мои слова"}
        assert sheet["campaign_id"] == campaign
    ids = [sheet["id"] for sheet in sheets]
    assert all(number > 1_000_000 for number in ids), "numbers in a row would tell the order of finishing"
    columns = set(anonymous_sheets.c.keys())
    assert columns == {"id", "campaign_id", "instrument", "version", "answers", "given", "portion_id"}
    left = await witness.rows("SELECT finished, opened_at FROM campaign_people ORDER BY person_id")
    assert [(bool(row["finished"]), row["opened_at"]) for row in left] == [
        (True, None),
        (True, None),
        (False, None),
    ]


async def test_a_named_and_an_anonymous_test_may_be_open_side_by_side(database: Database) -> None:
    [person] = await settle(database, 1)
    boyko = load_instruments()[TEST]
    campaign = await campaign_of(database, [person], await school(database), anonymous=True)
    async with database.write() as connection:
        work = StoredWork(connection)
        named = await survey.begin(work, person.person_id, boyko, None, NOW)
        hidden = await survey.begin(work, person.person_id, boyko, None, NOW, campaign_id=campaign, anonymous=True)
        assert named.id != hidden.id
        again = await survey.begin(work, person.person_id, boyko, None, NOW, campaign_id=campaign)
        assert again == replace(named, campaign_id=campaign), "what is begun goes on inside the campaign"
        await work.commit()
        found = await work.surveys.open_sessions(person.person_id)
        assert {session.id for session in found} == {named.id, hidden.id}


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
