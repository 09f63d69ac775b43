"""Lists of pairs with names, whom the clock finds among them, and two who decide about one pair at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from services.mentoring.life.asking import ask_to_end, keep_on
from services.mentoring.life.ending import end
from services.mentoring.life.starting import start
from services.mentoring.pair import EndReason, NewPair, Pair, PairEvent, PairForm, PairHappening, PairState
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, Resident, school, settle

TODAY = NOW.date()


async def made(database: Database, mentor: Resident, mentee: Resident, place: int, state: PairState) -> Pair:
    """A new pair in that state."""
    async with database.write() as connection:
        work = StoredWork(connection)
        assert await work.pairs.set_capacity(mentor.person_id, 5)
        new = NewPair(mentor.person_id, mentee.person_id, place, PairForm.TEACHER_TEACHER, NOW, NOW)
        pair = await work.pairs.add(new)
        assert pair is not None
        saved = await work.pairs.save(replace(pair, state=state))
        assert saved is not None
        await work.commit()
    return saved


async def test_both_see_their_pairs_and_the_school_sees_all(database: Database) -> None:
    place = await school(database)
    mentor, first, second = await settle(database, 3)
    await made(database, mentor, first, place, PairState.CLOSED_EARLY)
    active = await made(database, mentor, second, place, PairState.ACTIVE)
    async with database.read() as connection:
        work = StoredWork(connection)
        of_mentor = await work.pair_lists.of_person(mentor.person_id)
        assert of_mentor[0].id == active.id, "those that are open come first"
        assert len(of_mentor) == 2
        assert [line.id for line in await work.pair_lists.of_person(second.person_id)] == [active.id]
        organisation = await work.organisations.get(place)
        assert organisation is not None
        assert organisation.parent_id is not None
        district = await work.organisations.get(organisation.parent_id)
        assert district is not None
        for seen in (organisation, district):
            assert {line.mentee_id for line in await work.pair_lists.of_place(seen)} == {
                first.person_id,
                second.person_id,
            }


async def test_whoever_took_their_consent_back_is_in_no_list_and_found_later(database: Database) -> None:
    place = await school(database)
    mentor, mentee = await settle(database, 2)
    pair = await made(database, mentor, mentee, place, PairState.ACTIVE)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.revoke_consent(mentor.person_id, NOW)
        await work.commit()
    async with database.read() as connection:
        work = StoredWork(connection)
        assert await work.pair_lists.of_person(mentee.person_id) == []
        assert await work.pair_lists.forsaken(NOW) == []
        [found] = await work.pair_lists.forsaken(NOW + timedelta(days=1))
    assert (found.pair.id, found.mentor_gone) == (pair.id, True)


async def test_a_line_tells_when_the_last_pause_was_over(database: Database) -> None:
    place = await school(database)
    mentor, mentee = await settle(database, 2)
    pair = await made(database, mentor, mentee, place, PairState.ACTIVE)
    async with database.write() as connection:
        work = StoredWork(connection)
        for days in (1, 3, 2):
            event = PairEvent(pair.id, NOW + timedelta(days=days), None, PairHappening.RESUMED)
            await work.pairs.note(event)
        [line] = await work.pair_lists.of_person(mentor.person_id)
    assert line.resumed_at == NOW + timedelta(days=3)


async def test_a_request_to_end_waits_until_it_is_answered(database: Database) -> None:
    place = await school(database)
    mentor, mentee = await settle(database, 2)
    pair = await made(database, mentor, mentee, place, PairState.ACTIVE)

    async def waits() -> bool:
        async with database.read() as connection:
            [line] = await StoredWork(connection).pair_lists.of_person(mentor.person_id)
        return line.end_asked

    assert not await waits()
    for _ in range(2):
        async with database.write() as connection:
            work = StoredWork(connection)
            asked = await ask_to_end(work, pair, mentee.person_id, "", NOW)
            assert asked is not None
            assert await ask_to_end(work, asked, mentee.person_id, "", NOW) is None, "once is enough"
            await work.commit()
        assert await waits()
        async with database.write() as connection:
            work = StoredWork(connection)
            kept = await keep_on(work, asked, 99, NOW)
            assert kept is not None
            await work.commit()
        assert not await waits()
        pair = kept


async def test_of_many_who_decide_at_once_one_does(
    database: Database, other_process: Database, witness: Witness
) -> None:
    place = await school(database)
    mentor, mentee = await settle(database, 2)
    pair = await made(database, mentor, mentee, place, PairState.APPROVED)

    async def decide(process: Database, number: int) -> Pair | None:
        async with process.write() as connection:
            work = StoredWork(connection)
            if number % 2:
                done = await start(work, pair, None, TODAY, NOW)
            else:
                done = await end(work, pair, EndReason.OTHER, "", None, TODAY, NOW)
            await work.commit()
        return done

    done = await asyncio.gather(
        *(decide(process, number) for number, process in enumerate([database, other_process] * 4))
    )
    assert sum(each is not None for each in done) == 1
    told = (PairHappening.STARTED.value, PairHappening.CLOSED_EARLY.value)
    assert await witness.one(f"SELECT count(*) FROM pair_history WHERE what IN {told}") == 1
