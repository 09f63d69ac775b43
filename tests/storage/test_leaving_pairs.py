"""Somebody of a pair deletes their data, moves to another school, or is written to at that moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from handlers.visit import Desk
from services.delivery.quiet import Quiet
from services.mentoring.life.ending import end
from services.mentoring.meetings.draft import Fields
from services.mentoring.meetings.logging import log
from services.mentoring.meetings.meeting import FileKind, Meeting, MeetingForm
from services.mentoring.messages.understood import Guess
from services.mentoring.pair import EndReason, Pair
from services.mentoring.requests.request import RequestState
from services.people import membership
from services.people.model import Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.paired_service import MENTOR, Paired
from tests.storage.test_iom_reminders import TODAY, TUESDAY, desk

__all__ = ["desk"]


@pytest.fixture
async def service(database: Database, desk: Desk, witness: Witness) -> Paired:
    made = Paired(database, desk, witness)
    made.school = await made.place()
    return made


async def two_pairs(service: Paired) -> tuple[Pair, Pair]:
    """Of one mentor."""
    mentor = await service.person(Role.MENTOR, school=service.school, name=MENTOR)
    return await service.pair(mentor=mentor), await service.pair(mentor=mentor, name="Второв Пётр Ильич")


async def tells(work: StoredWork, words: str, cause: str, *pairs: Pair) -> int:
    """The mentor writes of a meeting with these; the draft's number."""
    about = tuple(pair.id for pair in pairs)
    fields = Fields(Guess(about), Guess(TODAY), Guess(MeetingForm.CONSULTATION))
    return (await work.meeting_drafts.begin(pairs[0].mentor_id, words, fields, cause, TUESDAY)).id


async def logs(work: StoredWork, draft_id: int, author_id: int) -> Sequence[Meeting]:
    draft = await work.meeting_drafts.get(draft_id)
    assert draft is not None
    return await log(work, draft, author_id, Quiet(), TODAY, TUESDAY)


async def rows(service: Paired, query: str) -> list[tuple[Any, ...]]:
    async with service.database.read() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def test_of_a_meeting_of_three_the_other_two_keep_theirs_without_words_about_the_third(
    service: Paired,
) -> None:
    gone, stays = await two_pairs(service)
    async with service.database.write() as connection:
        work = StoredWork(connection)
        joint = await tells(work, "Консультация с Новиковой и Второвым", "1", gone, stays)
        await work.meetings.add_file(joint, FileKind.PHOTO, "Фото.jpg", b"-", "1", TUESDAY)
        assert len(await logs(work, joint, gone.mentor_id)) == 2
        await tells(work, "Вчера с Новиковой Анной полчаса", "2", gone)
        await tells(work, "Вчера с Новиковой и Второвым", "3", gone, stays)
        await tells(work, "Вчера со Второвым", "4", stays)
        await work.commit()
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.personal.erase(gone.mentee_id)
        await work.commit()
    assert await rows(service, "SELECT pair_id, words FROM meetings") == [(stays.id, "")]
    assert await rows(service, "SELECT draft_id FROM meeting_files") == [(joint,)]
    assert await rows(service, "SELECT words FROM meeting_drafts ORDER BY id") == [
        ("",),
        ("",),
        ("Вчера со Второвым",),
    ]


@pytest.mark.postgres
async def test_who_deletes_their_data_while_a_meeting_is_logged_is_deleted(
    service: Paired, other_process: Database
) -> None:
    pair, _ = await two_pairs(service)
    written, told = asyncio.Event(), asyncio.Event()

    async def writes() -> None:
        async with service.database.write() as connection:
            work = StoredWork(connection)
            await logs(work, await tells(work, "", "1", pair), pair.mentor_id)
            written.set()
            await told.wait()
            await work.commit()

    async def erases() -> None:
        await written.wait()
        asyncio.get_running_loop().call_later(0.3, told.set)
        async with other_process.write() as connection:
            work = StoredWork(connection)
            await work.personal.erase(pair.mentee_id)
            await work.commit()

    await asyncio.gather(writes(), erases())
    assert await rows(service, f"SELECT id FROM people WHERE id = {pair.mentee_id}") == []
    assert await rows(service, f"SELECT id FROM meetings WHERE pair_id = {pair.id}") == []


async def test_who_has_moved_waits_in_the_new_school_when_their_pair_ends(service: Paired) -> None:
    other = await service.place("Вторая школа")
    mentee = await service.person(Role.TEACHER, school=service.school, name="Переехавшая Анна Ивановна")
    async with service.database.write() as connection:
        work = StoredWork(connection)
        draft = await work.mentee_requests.add(mentee, service.school, None, TUESDAY)
        assert draft is not None
        request = await work.mentee_requests.save(replace(draft, state=RequestState.OPEN))
        assert request is not None
        assert await work.mentee_requests.close(request.id, RequestState.PAIRED, TUESDAY)
        await work.commit()
    pair = await service.pair(mentee=mentee, request=request.id)
    async with service.database.write() as connection:
        work = StoredWork(connection)
        person = await work.shares.person(mentee)
        left, to = [await work.organisations.get(each) for each in (service.school, other)]
        assert person is not None
        assert left is not None
        assert to is not None
        await membership.change_school(work, person, left, to, TUESDAY)
        moved = await work.pairs.get(pair.id)
        assert moved is not None
        assert await end(work, moved, EndReason.MENTOR_CHANGED, "", None, TODAY, TUESDAY)
        assert [each.id for each in await work.mentee_requests.waiting(to)] == [request.id]
        assert await work.mentee_requests.waiting(left) == []
