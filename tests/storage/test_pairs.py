"""Seats of mentors: however many propose at once, nobody has more pairs than seats, and no mentee two mentors."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from services.delivery.model import Kind
from services.mentoring.life.news import pair_news
from services.mentoring.pair import EndReason, NewPair, Pair, PairEvent, PairForm, PairHappening, PairState
from storage.database import Database
from storage.tables import outbox
from storage.unit_of_work import StoredWork
from tests.storage.databases import Places, Witness
from tests.storage.residents import NOW, Resident, school, settle

TERM = NOW + timedelta(days=3)


def new_pair(mentor: Resident, mentee: Resident, school_id: int) -> NewPair:
    return NewPair(mentor.person_id, mentee.person_id, school_id, PairForm.TEACHER_TEACHER, NOW, TERM)


async def seated(database: Database, mentor: Resident, capacity: int) -> bool:
    async with database.write() as connection:
        work = StoredWork(connection)
        done = await work.pairs.set_capacity(mentor.person_id, capacity)
        await work.commit()
    return done


async def proposed(database: Database, new: NewPair) -> Pair | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        pair = await work.pairs.add(new)
        await work.commit()
    return pair


async def open_pairs(witness: Witness, mentor: Resident) -> int:
    return int(
        await witness.one(
            "SELECT count(*) FROM pairs WHERE mentor_id = :id AND seat IS NOT NULL", id=mentor.person_id
        )
    )


async def test_of_twenty_proposals_at_once_a_mentor_of_two_seats_gets_two(
    database: Database, other_process: Database, witness: Witness
) -> None:
    place = await school(database)
    mentor, *mentees = await settle(database, 21)
    assert await seated(database, mentor, 2)
    at_once = [
        proposed(process, new_pair(mentor, mentee, place))
        for mentee, process in zip(mentees, [database, other_process] * 10, strict=True)
    ]
    made = await asyncio.gather(*at_once)
    assert sum(pair is not None for pair in made) == 2
    assert await open_pairs(witness, mentor) == 2


async def test_a_mentee_whom_many_want_at_once_has_one_mentor(
    database: Database, other_process: Database, witness: Witness
) -> None:
    place = await school(database)
    mentee, *mentors = await settle(database, 11)
    for mentor in mentors:
        await seated(database, mentor, 1)
    made = await asyncio.gather(
        *(
            proposed(process, new_pair(mentor, mentee, place))
            for mentor, process in zip(mentors, [database, other_process] * 5, strict=True)
        )
    )
    assert sum(pair is not None for pair in made) == 1
    assert await witness.one("SELECT count(*) FROM pairs WHERE seat IS NOT NULL") == 1


@pytest.mark.parametrize("seed", range(5))
async def test_capacity_made_smaller_while_pairs_are_proposed_is_never_exceeded(
    database: Database, other_process: Database, witness: Witness, seed: int
) -> None:
    place = await school(database)
    mentor, *mentees = await settle(database, 7)
    await seated(database, mentor, 4)

    async def smaller() -> bool:
        await asyncio.sleep(0.002 * seed)
        return await seated(other_process, mentor, 2)

    narrowed, *made = await asyncio.gather(
        smaller(), *(proposed(database, new_pair(mentor, mentee, place)) for mentee in mentees)
    )
    capacity = await witness.one("SELECT count(*) FROM mentor_seats WHERE mentor_id = :id", id=mentor.person_id)
    taken = await open_pairs(witness, mentor)
    assert capacity == (2 if narrowed else 4)
    assert taken == sum(pair is not None for pair in made) == capacity


async def test_capacity_made_larger_while_pairs_are_proposed_gives_each_a_seat_of_their_own(
    database: Database, other_process: Database, witness: Witness
) -> None:
    place = await school(database)
    mentor, *mentees = await settle(database, 7)
    await seated(database, mentor, 1)
    await asyncio.gather(
        seated(other_process, mentor, 3),
        *(proposed(database, new_pair(mentor, mentee, place)) for mentee in mentees),
    )
    assert 1 <= await open_pairs(witness, mentor) <= 3
    await proposed(database, new_pair(mentor, mentees[-1], place))
    seats = await witness.rows("SELECT seat FROM pairs WHERE seat IS NOT NULL")
    assert len({row["seat"] for row in seats}) == len(seats) <= 3


async def test_a_declined_pair_gives_its_seat_to_the_next(database: Database) -> None:
    place = await school(database)
    mentor, first, second = await settle(database, 3)
    await seated(database, mentor, 1)
    pair = await proposed(database, new_pair(mentor, first, place))
    assert pair is not None
    assert await proposed(database, new_pair(mentor, second, place)) is None
    async with database.write() as connection:
        work = StoredWork(connection)
        ended = replace(pair, state=PairState.DECLINED, end_reason=EndReason.MENTOR_DECLINED, ended_on=NOW.date())
        assert await work.pairs.save(ended) is not None
        await work.commit()
    assert await proposed(database, new_pair(mentor, second, place)) is not None


@pytest.mark.postgres
async def test_news_tell_of_their_own_event_whatever_else_happens_at_that_moment(postgres_places: Places) -> None:
    url = await postgres_places.migrated()
    database = Database(url)
    place = await school(database)
    mentor, mentee = await settle(database, 2)
    assert await seated(database, mentor, 1)
    pair = await proposed(database, new_pair(mentor, mentee, place))
    assert pair is not None
    async with database.write() as first, database.write() as second, asyncio.timeout(5):
        slow, quick = StoredWork(first), StoredWork(second)
        await slow.pairs.note(PairEvent(pair.id, NOW, mentee.person_id, PairHappening.MEETING_CONFIRMED))
        done = await quick.pairs.note(PairEvent(pair.id, NOW, mentor.person_id, PairHappening.STAGE_DONE))
        async with database.write() as third:
            later = StoredWork(third)
            for _ in range(2):
                await later.pairs.note(PairEvent(pair.id, NOW, None, PairHappening.PROGRAM_CHANGED))
            await later.commit()
        await pair_news(quick, pair, mentor.person_id, NOW, done)
        await quick.commit()
        await slow.commit()
    async with database.read() as connection:
        [payload] = await connection.scalars(select(outbox.c.payload).where(outbox.c.kind == Kind.PAIR_NEWS.value))
        history = await StoredWork(connection).pairs.history(pair.id)
    assert [event.what for event in history if event.id == payload["event"]] == [PairHappening.STAGE_DONE]
    await database.close()
    await postgres_places.remove(url)
