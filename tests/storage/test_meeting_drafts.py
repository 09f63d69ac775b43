"""Drafts of meetings on both databases: an event begins one, a draft is saved once, nothing of it is forgotten."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.delivery.quiet import Quiet
from services.mentoring.meetings.draft import Draft, Field, Fields, Outcome, Purpose, from_plain, plain
from services.mentoring.meetings.logging import log
from services.mentoring.meetings.meeting import FileKind, Meeting, MeetingForm
from services.mentoring.messages.understood import Guess
from services.mentoring.pair import NewPair, Pair, PairForm, PairState
from services.people.model import Account, Kind, Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests import agreed_routes

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Moscow"))
TODAY = NOW.date()
LONG_AGO = NOW - timedelta(days=60)


@pytest.fixture
async def pair(database: Database) -> Pair:
    """A pair that waits for its first meeting."""
    async with database.write() as connection:
        work = StoredWork(connection)
        above = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
        school = await work.organisations.add(Kind.SCHOOL, "Школа № 1", above.id)
        mentor, mentee = [
            await agreed_routes.settled(
                work, Account("telegram", number), name, "v1", LONG_AGO, (Role.TEACHER, school.id)
            )
            for number, name in ((1, "Осипова Вера Павловна"), (2, "Петрова Анна Сергеевна"))
        ]
        await work.pairs.set_capacity(mentor, 1)
        made = await work.pairs.add(
            NewPair(mentor, mentee, school.id, PairForm.TEACHER_TEACHER, LONG_AGO, LONG_AGO)
        )
        assert made is not None
        saved = await work.pairs.save(replace(made, state=PairState.APPROVED, approved_at=LONG_AGO))
        assert saved is not None
        await work.commit()
    return saved


def whole(pair: Pair, held_on: date = TODAY) -> Fields:
    return Fields(Guess((pair.id,)), Guess(held_on), Guess(MeetingForm.CONSULTATION))


async def begun(database: Database, pair: Pair, cause: str, fields: Fields | None = None) -> Draft:
    async with database.write() as connection:
        work = StoredWork(connection)
        draft = await work.meeting_drafts.begin(pair.mentor_id, "слова", fields or whole(pair), cause, NOW)
        await work.commit()
    return draft


async def logged(database: Database, draft: Draft) -> Sequence[Meeting]:
    async with database.write() as connection:
        work = StoredWork(connection)
        made = await log(work, draft, draft.author_id, Quiet(), TODAY, NOW)
        await work.commit()
    return made


async def present(database: Database, pair: Pair) -> Pair:
    async with database.read() as connection:
        found = await StoredWork(connection).pairs.get(pair.id)
    assert found is not None
    return found


def test_everything_comes_back_from_json_as_it_was() -> None:
    fields = Fields(
        Guess((1, 2), ((1,), (2,))),
        Guess(None, (TODAY, TODAY - timedelta(days=7))),
        Guess(MeetingForm.OTHER),
        Guess(90, (80,)),
        Guess("Тема"),
        Guess(None, ("Договорённость",)),
        Guess(TODAY),
        Guess(None, ("03:00", "15:00")),
        Guess(None, (7,)),
        Field.MINUTES,
        True,
        "Кузнецова",
        Purpose.FILES,
        Outcome.DROPPED,
        3,
    )
    assert from_plain(plain(fields)) == fields
    assert from_plain(plain(Fields())) == Fields()


async def test_an_event_begins_one_draft(database: Database, pair: Pair) -> None:
    first = await begun(database, pair, "telegram:1")
    assert await begun(database, pair, "telegram:1", Fields()) == first
    assert (await begun(database, pair, "telegram:2")).id != first.id


async def test_two_taps_at_once_save_once(database: Database, pair: Pair) -> None:
    draft = await begun(database, pair, "telegram:1")
    both = await asyncio.gather(logged(database, draft), logged(database, draft))
    assert sorted(map(len, both)) == [0, 1]
    found = await present(database, pair)
    assert (found.state, found.last_met_on) == (PairState.ACTIVE, TODAY)
    async with database.read() as connection:
        assert len(await StoredWork(connection).meetings.of_pair(pair.id)) == 1


async def test_two_meetings_of_a_pair_at_once_are_both_logged(database: Database, pair: Pair) -> None:
    await logged(database, await begun(database, pair, "telegram:0", whole(pair, TODAY - timedelta(days=9))))
    drafts = [
        await begun(database, pair, f"telegram:{ago + 1}", whole(pair, TODAY - timedelta(days=ago)))
        for ago in (1, 5)
    ]
    both = await asyncio.gather(*(logged(database, draft) for draft in drafts))
    assert [len(each) for each in both] == [1, 1]
    assert (await present(database, pair)).last_met_on == TODAY - timedelta(days=1)


async def test_nobody_logs_a_meeting_of_anothers_pair(database: Database, pair: Pair) -> None:
    draft = replace(await begun(database, pair, "telegram:1"), author_id=pair.mentee_id)
    with pytest.raises(PermissionError):
        await logged(database, draft)


async def test_what_is_not_whole_is_not_logged(database: Database, pair: Pair) -> None:
    draft = await begun(database, pair, "telegram:1", replace(whole(pair), held_on=Guess(None, (TODAY,))))
    with pytest.raises(ValueError, match="not everything"):
        await logged(database, draft)


async def test_files_move_to_another_draft(database: Database, pair: Pair) -> None:
    first, second = [await begun(database, pair, f"telegram:{number}") for number in (1, 2)]
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.meetings.add_file(first.id, FileKind.PHOTO, "Фото.jpg", b"1", "telegram:3", NOW)
        [file] = await work.meetings.files(first.id)
        assert await work.meeting_drafts.draft_of_file(file.id) == first.id
        await work.meeting_drafts.move_files([file.id], second.id)
        assert await work.meetings.files(first.id) == []
        assert [each.id for each in await work.meetings.files(second.id)] == [file.id]
        await work.commit()


async def test_recent_drafts_are_those_begun_or_closed_since(database: Database, pair: Pair) -> None:
    old = await begun(database, pair, "telegram:1")
    async with database.write() as connection:
        work = StoredWork(connection)
        later = NOW + timedelta(hours=5)
        assert await work.meeting_drafts.recent(pair.mentor_id, later) == []
        assert await work.meeting_drafts.save(replace(old, closed_at=later)) is not None
        assert await work.meeting_drafts.save(old) is None
        assert [each.id for each in await work.meeting_drafts.recent(pair.mentor_id, later)] == [old.id]
