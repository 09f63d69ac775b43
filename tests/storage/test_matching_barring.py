"""What has come between two people since they were matched keeps them from being proposed to each other."""

from dataclasses import replace

import pytest

from services.mentoring.pairing import deciding
from services.mentoring.pairing import task as tasks
from services.mentoring.pairing.run import Choice, Decision
from services.mentoring.sides import Aim
from services.people.model import Kind, Person
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, PROFILE
from tests.storage.test_matching import CONDITIONS, declined, founded, municipality_of, proposed, run_of, sent


async def test_whom_a_school_excludes_the_municipality_neither_keeps_nor_proposes(database: Database) -> None:
    bench = await founded(database, mentors=1, mentees=1)
    municipality = await municipality_of(database, bench)
    large = await run_of(database, municipality.id, bench, bench.proposals(bench.mentors), "municipality")
    small = await run_of(database, bench.school.id, bench, bench.proposals(bench.mentors), "school")
    assert large is not None
    assert small is not None
    curator = Person(bench.mentors[0], 0, CONSENT, PROFILE, ())
    async with database.write() as connection:
        work = StoredWork(connection)
        [proposal] = await work.matching.proposals(small.id)
        assert await deciding.exclude(work, small, proposal, small.turn, curator, "", NOW) is not None
        await work.commit()
        task = await tasks.task_of(work, municipality, Aim.TOTAL, CONDITIONS, left_out=True)
    assert task.kept == ()
    assert [one.id for one in task.mentees] == bench.mentees
    done = await sent(database, large, municipality, curator.id)
    assert done is not None
    assert (done.sent, done.stayed) == (0, 1)


@pytest.mark.parametrize(("decision", "proposed_again"), [(Decision.AGREED, 0), (Decision.BY_HAND, 1)])
async def test_after_a_refusal_the_two_are_proposed_again_only_by_hand(
    database: Database, decision: Decision, proposed_again: int
) -> None:
    bench = await founded(database, mentors=1, mentees=1)
    municipality = await municipality_of(database, bench)
    [agreed_to] = bench.proposals(bench.mentors)
    run = await run_of(database, municipality.id, bench, [replace(agreed_to, decision=decision)], "municipality")
    assert run is not None
    pair = await proposed(database, bench)
    await declined(database, pair, pair.mentee_id)
    async with database.read() as connection:
        task = await tasks.task_of(StoredWork(connection), municipality, Aim.TOTAL, CONDITIONS, left_out=True)
    assert len(task.kept) == proposed_again
    done = await sent(database, run, municipality, bench.mentors[0])
    assert done is not None
    assert done.sent == proposed_again


@pytest.mark.parametrize(("reaches_out", "pairs"), [(True, 2), (False, 1)])
async def test_a_mentor_of_another_school_is_the_next_choice_only_while_they_reach_out(
    database: Database, witness: Witness, reaches_out: bool, pairs: int
) -> None:
    bench = await founded(database, mentors=2, mentees=1)
    pair = await proposed(database, bench, (Choice(bench.mentors[1], 40, ("причина",)),))
    async with database.write() as connection:
        work = StoredWork(connection)
        far = await work.organisations.add(Kind.SCHOOL, "Школа № 2", bench.school.parent_id)
        card = await work.mentor_cards.get(bench.mentors[1])
        assert card is not None
        moved = replace(card, school_id=far.id, reaches_out=reaches_out)
        assert await work.mentor_cards.save(moved) == replace(moved, turn=card.turn + 1)
        await work.commit()
    await declined(database, pair, pair.mentor_id)
    assert await witness.one("SELECT count(*) FROM pairs") == pairs
