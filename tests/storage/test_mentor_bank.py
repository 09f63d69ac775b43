"""Cards and requests on both databases: of two who change one at once, one does nothing; who waits is in order."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from services.mentoring.bank import approving
from services.mentoring.bank.card import Card, CardState, MeetFormat
from services.mentoring.pair import EndReason, NewPair, PairForm, PairState
from services.mentoring.requests.request import Request, RequestState
from services.people.model import Kind, Organisation, Person, Role
from storage.database import Database
from storage.tables import consents, people
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, Resident, school, settle

LATER = NOW + timedelta(days=5)


async def person_of(work: StoredWork, resident: Resident) -> Person:
    person = (await work.people.visitor(resident.account)).person
    assert person is not None
    return person


async def opened(work: StoredWork, mentee: Resident, school_id: int, days: int = 0) -> Request:
    """The mentee has asked so many days after the beginning."""
    at = NOW + timedelta(days=days)
    await work.people.grant(mentee.person_id, Role.TEACHER, school_id, NOW)
    draft = await work.mentee_requests.add(mentee.person_id, school_id, None, at)
    assert draft is not None
    request = await work.mentee_requests.save(
        replace(
            draft,
            state=RequestState.OPEN,
            domains=("digital", "assessment"),
            purpose="Планирование",
            formats=(MeetFormat.ONLINE,),
            waits_since=at,
        )
    )
    assert request is not None
    return request


async def test_of_two_curators_who_approve_at_once_one_does(
    database: Database, other_process: Database, witness: Witness
) -> None:
    school_id = await school(database)
    owner, *curators = await settle(database, 3)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.grant(owner.person_id, Role.TEACHER, school_id, NOW)
        for curator in curators:
            await work.people.grant(curator.person_id, Role.CURATOR, school_id, NOW)
        card = Card(owner.person_id, school_id, CardState.OFFERED, NOW, capacity=3, offered_at=NOW)
        made = await work.mentor_cards.add(card)
        await work.commit()
    assert made is not None
    place = Organisation(school_id, Kind.SCHOOL, "Школа № 1")

    async def approves(process: Database, curator: Resident) -> bool:
        async with process.write() as connection:
            work = StoredWork(connection)
            actor = await person_of(work, curator)
            approved = await approving.approve(work, actor, made, place, made.turn, LATER)
            await work.commit()
        return approved is not None

    done = await asyncio.gather(approves(database, curators[0]), approves(other_process, curators[1]))
    assert sorted(done) == [False, True]
    assert await witness.one("SELECT count(*) FROM mentor_seats") == 3
    assert await witness.one("SELECT count(*) FROM audit WHERE action = 'mentor_card_approved'") == 1


async def test_a_card_comes_back_as_it_was_written(database: Database) -> None:
    school_id = await school(database)
    owner, curator = await settle(database, 2)
    card = Card(
        owner.person_id,
        school_id,
        CardState.APPROVED,
        NOW,
        strengths=("digital", "communication"),
        help_with="Уроки, «цифра»",
        formats=(MeetFormat.SCHOOL, MeetFormat.LESSONS),
        times="вторник",
        capacity=4,
        reaches_out=True,
        prefers_early=True,
        comment="…",
        proposed_by=curator.person_id,
        offered_at=NOW,
        approved_at=LATER,
        approved_by=curator.person_id,
    )
    async with database.write() as connection:
        work = StoredWork(connection)
        assert await work.mentor_cards.add(card) == card
        assert await work.mentor_cards.add(card) is None, "one card a person"
        assert await work.mentor_cards.drop(card) is False, "a mentor's card is not deleted"
        [place] = await work.organisations.all(Kind.MUNICIPALITY)
        assert await work.mentor_cards.approved(place.id) == [], "without the role nobody is in the bank"
        await work.people.grant(owner.person_id, Role.MENTOR, school_id, NOW)
        assert await work.mentor_cards.approved(place.id) == [card]
        [seen] = await work.mentor_cards.listed(place, (CardState.APPROVED,))
        assert (seen.card, seen.school.id, seen.taken, seen.free) == (card, school_id, 0, 4)
        await work.people.revoke_consent(owner.person_id, LATER)
        assert await work.mentor_cards.approved(place.id) == []
        assert await work.mentor_cards.seen(owner.person_id) is None


async def test_a_person_asks_once_however_often_they_tap(
    database: Database, other_process: Database, witness: Witness
) -> None:
    school_id = await school(database)
    [mentee] = await settle(database, 1)

    async def begins(process: Database) -> bool:
        async with process.write() as connection:
            work = StoredWork(connection)
            made = await work.mentee_requests.add(mentee.person_id, school_id, None, NOW)
            await work.commit()
        return made is not None

    made = await asyncio.gather(*(begins(process) for process in (database, other_process) * 3))
    assert sum(made) == 1
    assert await witness.one("SELECT count(*) FROM mentee_requests") == 1


async def test_whoever_waits_longest_is_first_and_keeps_their_place(database: Database) -> None:
    school_id = await school(database)
    first, second, third, gone, left, paired, mentor = await settle(database, 7)
    async with database.write() as connection:
        work = StoredWork(connection)
        place = await work.organisations.get(school_id)
        assert place is not None
        requests = {}
        for days, mentee in enumerate((second, first, third, gone, left, paired)):
            requests[mentee.person_id] = await opened(work, mentee, school_id, days)
        waits = replace(requests[first.person_id], waits_since=NOW - timedelta(days=9))
        assert await work.mentee_requests.save(waits) is not None
        await connection.execute(
            update(consents).where(consents.c.person_id == gone.person_id).values(revoked_at=LATER)
        )
        await work.people.revoke_role(left.person_id, Role.TEACHER, school_id)
        await work.pairs.set_capacity(mentor.person_id, 1)
        pair = await work.pairs.add(
            NewPair(
                mentor.person_id,
                paired.person_id,
                school_id,
                PairForm.TEACHER_TEACHER,
                NOW,
                LATER,
                request_id=requests[paired.person_id].id,
            )
        )
        assert pair is not None

        async def waiting(where: Organisation) -> list[int]:
            return [request.person_id for request in await work.mentee_requests.waiting(where)]

        in_order = [first.person_id, second.person_id, third.person_id]
        assert await waiting(place) == in_order
        [district] = await work.organisations.all(Kind.MUNICIPALITY)
        assert await waiting(district) == in_order

        # Paired the request is closed; a pair that fails gives it back with its waiting time.
        request = requests[paired.person_id]
        assert await work.mentee_requests.close(request.id, RequestState.PAIRED, LATER)
        assert not await work.mentee_requests.close(request.id, RequestState.PAIRED, LATER)
        over = replace(pair, state=PairState.CLOSED_EARLY, end_reason=EndReason.NO_FIT, ended_on=date(2026, 9, 9))
        assert await work.pairs.save(over) is not None
        assert await work.mentee_requests.reopen(request.id, LATER)
        assert not await work.mentee_requests.reopen(request.id, LATER)
        again = await work.mentee_requests.open_of(paired.person_id)
        assert again is not None
        assert (again.waits_since, again.domains, again.closed_at) == (request.waits_since, request.domains, None)
        assert await waiting(place) == [*in_order, paired.person_id]


async def test_a_closed_request_gives_way_to_a_newer_one_and_a_draft_gives_way_to_it(database: Database) -> None:
    school_id = await school(database)
    [mentee] = await settle(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        old = await opened(work, mentee, school_id)
        assert await work.mentee_requests.close(old.id, RequestState.PAIRED, LATER)
        new = await opened(work, mentee, school_id)
        assert not await work.mentee_requests.reopen(old.id, LATER), "another one is open"
        assert await work.mentee_requests.close(new.id, RequestState.WITHDRAWN, LATER)
        draft = await work.mentee_requests.add(mentee.person_id, school_id, None, LATER)
        assert draft is not None
        assert await work.mentee_requests.reopen(old.id, LATER)
        assert await work.mentee_requests.draft_of(mentee.person_id) is None
        assert not await work.mentee_requests.reopen(10**9, LATER)


@pytest.mark.parametrize("registered", [True, False])
async def test_unasked_are_registered_teachers_without_pair_and_open_request(
    database: Database, registered: bool
) -> None:
    school_id = await school(database)
    [mentee] = await settle(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        place = await work.organisations.get(school_id)
        assert place is not None
        await work.people.grant(mentee.person_id, Role.TEACHER, school_id, NOW)
        if registered:
            await connection.execute(update(people).values(registered_at=NOW, full_name="Лугин Олег"))
        # A draft is nobody's business yet.
        await work.mentee_requests.add(mentee.person_id, school_id, None, NOW)
        found = [one.person_id for one in await work.mentee_requests.unasked(place)]
        assert found == ([mentee.person_id] if registered else [])
        draft = await work.mentee_requests.draft_of(mentee.person_id)
        assert draft is not None
        await work.mentee_requests.save(replace(draft, state=RequestState.OPEN))
        assert await work.mentee_requests.unasked(place) == []
