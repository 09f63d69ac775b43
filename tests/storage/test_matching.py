"""Runs of matching and offers under two processes at once: nothing is doubled, nobody is seated twice."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from services.mentoring.bank.card import Card, CardState
from services.mentoring.pair import Pair, PairHappening, PairState
from services.mentoring.pairing import answering, deciding, sending
from services.mentoring.pairing import task as tasks
from services.mentoring.pairing.run import Choice, Decision, NewProposal, Run
from services.mentoring.pairing.sending import Sent, Terms
from services.mentoring.proposals import Matching
from services.mentoring.requests.request import RequestState
from services.mentoring.sides import Aim, Bar
from services.people.model import Organisation, Person, Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, PROFILE, school, settle

TERMS = Terms(3, CONSENT, ZoneInfo("Europe/Moscow"), Quiet(), NOW)
CONDITIONS = tasks.Conditions(CONSENT, chief_may_mentor=True, now=NOW, today=NOW.date(), zone=TERMS.zone)


@dataclass
class Bench:
    """A school with mentors of some seats and people who wait; ids of people and of their requests."""

    school: Organisation
    mentors: list[int]
    mentees: list[int]
    requests: list[int]

    def proposals(self, mentors: Sequence[int]) -> list[NewProposal]:
        """Agreed pairs: the mentees in their order with these mentors."""
        return [
            NewProposal(request, mentee, mentor, 50, ("причина",), decision=Decision.AGREED)
            for request, mentee, mentor in zip(self.requests, self.mentees, mentors, strict=True)
        ]


async def founded(database: Database, mentors: int, mentees: int, capacity: int = 1) -> Bench:
    place_id = await school(database)
    people = [one.person_id for one in await settle(database, mentors + mentees)]
    requests = []
    async with database.write() as connection:
        work = StoredWork(connection)
        for number, person in enumerate(people):
            await work.people.save_profile(person, PROFILE, NOW)
            await work.people.grant(person, Role.TEACHER, place_id, NOW)
            if number < mentors:
                await work.people.grant(person, Role.MENTOR, place_id, NOW)
                await work.mentor_cards.add(
                    Card(person, place_id, CardState.APPROVED, NOW, capacity=capacity, approved_at=NOW)
                )
                await work.pairs.set_capacity(person, capacity)
            else:
                draft = await work.mentee_requests.add(person, place_id, None, NOW)
                assert draft is not None
                await work.mentee_requests.save(replace(draft, state=RequestState.OPEN))
                requests.append(draft.id)
        place = await work.organisations.get(place_id)
        await work.commit()
    assert place is not None
    return Bench(place, people[:mentors], people[mentors:], requests)


async def run_of(
    database: Database, place_id: int, bench: Bench, proposals: Sequence[NewProposal], cause: str
) -> Run | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        run = await work.matching.add(place_id, Aim.TOTAL, 0, bench.mentors[0], cause, proposals, NOW)
        await work.commit()
    return run


async def sent(database: Database, run: Run, place: Organisation, actor_id: int) -> Sent | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        found = await sending.send(work, run, place, run.turn, actor_id, TERMS)
        await work.commit()
    return found


async def municipality_of(database: Database, bench: Bench) -> Organisation:
    async with database.read() as connection:
        municipality = await StoredWork(connection).organisations.get(bench.school.parent_id or 0)
    assert municipality is not None
    return municipality


async def test_two_runs_over_the_same_people_sent_at_once_seat_everybody_once(
    database: Database, other_process: Database, witness: Witness
) -> None:
    bench = await founded(database, mentors=4, mentees=8, capacity=2)
    municipality = await municipality_of(database, bench)
    ahead = [bench.mentors[at % 4] for at in range(8)]
    first = await run_of(database, bench.school.id, bench, bench.proposals(ahead), "school")
    second = await run_of(database, municipality.id, bench, bench.proposals(ahead[::-1]), "municipality")
    assert first is not None
    assert second is not None
    done = await asyncio.gather(
        sent(database, first, bench.school, bench.mentors[0]),
        sent(other_process, second, municipality, bench.mentors[1]),
    )
    rows = await witness.rows("SELECT mentor_id, mentee_id FROM pairs WHERE seat IS NOT NULL")
    assert max(Counter(row["mentor_id"] for row in rows).values()) <= 2
    assert set(Counter(row["mentee_id"] for row in rows).values()) == {1}
    assert sum(one.sent for one in done if one is not None) == len(rows) == 8


async def test_one_run_sent_twice_at_once_is_sent_once(
    database: Database, other_process: Database, witness: Witness
) -> None:
    bench = await founded(database, mentors=2, mentees=2)
    run = await run_of(database, bench.school.id, bench, bench.proposals(bench.mentors), "run")
    assert run is not None
    done = await asyncio.gather(
        *(sent(process, run, bench.school, bench.mentors[0]) for process in (database, other_process))
    )
    assert [one.sent for one in done if one is not None] == [2]
    assert await witness.one("SELECT count(*) FROM pairs") == 2
    assert await witness.one("SELECT state FROM matching_runs") == "sent"


async def test_the_same_event_makes_one_run(database: Database, other_process: Database, witness: Witness) -> None:
    bench = await founded(database, mentors=1, mentees=1)
    made = await asyncio.gather(
        *(run_of(process, bench.school.id, bench, [], "same") for process in [database, other_process] * 5)
    )
    assert sum(run is not None for run in made) == 1
    assert await witness.one("SELECT count(*) FROM matching_runs") == 1


async def test_what_was_computed_before_a_decision_is_not_kept_over_it(database: Database) -> None:
    bench = await founded(database, mentors=2, mentees=2)
    proposals = [replace(one, decision=Decision.OPEN) for one in bench.proposals(bench.mentors)]
    run = await run_of(database, bench.school.id, bench, proposals, "first")
    assert run is not None
    curator = Person(bench.mentors[0], 0, CONSENT, PROFILE, ())
    async with database.write() as connection:
        work = StoredWork(connection)
        task = await tasks.task_of(work, bench.school, Aim.TOTAL, CONDITIONS, left_out=True)
        [proposal, _] = await work.matching.proposals(run.id)
        decided = await deciding.decide(work, run, proposal, run.turn, curator, Decision.AGREED)
        assert decided is not None
        assert await tasks.store(work, task, Matching(0, ()), curator.id, "second", NOW) is None
        assert await work.matching.open_of(bench.school.id) == decided
        # Made anew it keeps the decision, and the seat that goes with it.
        task = await tasks.task_of(work, bench.school, Aim.TOTAL, CONDITIONS, left_out=True)
        assert [one.id for one in task.mentees] == [bench.mentees[1]]
        assert {mentor.id: mentor.free_seats for mentor in task.mentors} == {
            bench.mentors[0]: 0,
            bench.mentors[1]: 1,
        }
        again = await tasks.store(work, task, Matching(0, ()), curator.id, "second", NOW)
        assert again is not None
        [kept] = await work.matching.proposals(again.id)
        assert (kept.mentor_id, kept.decision) == (bench.mentors[0], Decision.AGREED)
        # The same event once more finds what it has made.
        assert await tasks.store(work, task, Matching(0, ()), curator.id, "second", NOW) == again
        await work.commit()


async def proposed(database: Database, bench: Bench, alternatives: tuple[Choice, ...] = ()) -> Pair:
    [proposal] = bench.proposals(bench.mentors[:1])
    run = await run_of(
        database, bench.school.id, bench, [replace(proposal, alternatives=alternatives)], "proposed"
    )
    assert run is not None
    assert await sent(database, run, bench.school, bench.mentors[0]) is not None
    async with database.read() as connection:
        pair = await StoredWork(connection).pairs.open_of_mentee(bench.mentees[0])
    assert pair is not None
    return pair


async def agreed(database: Database, pair: Pair, person_id: int) -> Pair | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        found = await answering.agree(work, pair.id, person_id, TERMS)
        await work.commit()
    return found


async def declined(database: Database, pair: Pair, person_id: int) -> Pair | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        found = await answering.decline(work, pair.id, person_id, "", TERMS)
        await work.commit()
    return found


async def test_two_who_agree_at_the_same_moment_are_one_approved_pair(
    database: Database, other_process: Database
) -> None:
    bench = await founded(database, mentors=1, mentees=1)
    pair = await proposed(database, bench)
    await asyncio.gather(agreed(database, pair, pair.mentor_id), agreed(other_process, pair, pair.mentee_id))
    async with database.read() as connection:
        work = StoredWork(connection)
        found = await work.pairs.get(pair.id)
        events = [event.what for event in await work.pairs.history(pair.id)]
        request = await work.mentee_requests.get(bench.requests[0])
    assert found is not None
    assert found.state is PairState.APPROVED
    assert events.count(PairHappening.APPROVED) == 1
    assert request is not None
    assert request.state is RequestState.PAIRED


async def test_a_refusal_at_the_moment_of_an_agreement_leaves_no_pair_and_one_next_choice(
    database: Database, other_process: Database, witness: Witness
) -> None:
    bench = await founded(database, mentors=2, mentees=1)
    pair = await proposed(database, bench, (Choice(bench.mentors[1], 40, ("другая причина",)),))
    await asyncio.gather(
        agreed(database, pair, pair.mentee_id),
        declined(other_process, pair, pair.mentor_id),
        declined(database, pair, pair.mentor_id),
    )
    rows = await witness.rows("SELECT mentor_id, state FROM pairs ORDER BY id")
    assert [(row["mentor_id"], row["state"]) for row in rows] == [
        (bench.mentors[0], "declined"),
        (bench.mentors[1], "proposed"),
    ]


async def test_a_curator_is_no_next_choice_where_the_chief_may_not_mentor(
    database: Database, witness: Witness
) -> None:
    bench = await founded(database, mentors=2, mentees=1)
    pair = await proposed(database, bench, (Choice(bench.mentors[1], 40, ("причина",)),))
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.grant(bench.mentors[1], Role.CURATOR, bench.school.id, NOW)
        terms = replace(TERMS, chief_may_mentor=False)
        assert await answering.decline(work, pair.id, pair.mentor_id, "", terms) is not None
        await work.commit()
    assert await witness.one("SELECT count(*) FROM pairs") == 1


async def test_a_decision_made_while_a_run_takes_its_place_is_not_lost(
    database: Database, other_process: Database
) -> None:
    """Whichever comes first, what the curator was told is what stands afterwards."""
    bench = await founded(database, mentors=1, mentees=1)
    [proposal] = [replace(one, decision=Decision.OPEN) for one in bench.proposals(bench.mentors)]
    run = await run_of(database, bench.school.id, bench, [proposal], "first")
    assert run is not None
    curator = Person(bench.mentors[0], 0, CONSENT, PROFILE, ())
    async with database.read() as connection:
        task = await tasks.task_of(StoredWork(connection), bench.school, Aim.TOTAL, CONDITIONS, left_out=True)

    async def decide() -> Run | None:
        async with other_process.write() as connection:
            work = StoredWork(connection)
            [one] = await work.matching.proposals(run.id)
            decided = await deciding.decide(work, run, one, run.turn, curator, Decision.AGREED)
            await asyncio.sleep(0.05)
            await work.commit()
        return decided

    async def keep() -> Run | None:
        async with database.write() as connection:
            work = StoredWork(connection)
            await asyncio.sleep(0.02)
            kept = await tasks.store(work, task, Matching(0, ()), curator.id, "second", NOW)
            await work.commit()
        return kept

    decided, kept = await asyncio.gather(decide(), keep())
    assert (decided is None) != (kept is None)


async def test_who_is_kept_apart_and_why(database: Database, witness: Witness) -> None:
    bench = await founded(database, mentors=3, mentees=1)
    [mentee] = bench.mentees
    pair = await proposed(database, bench)
    await declined(database, pair, pair.mentor_id)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.matching.bar(bench.mentors[1], mentee, bench.mentors[0], NOW)
        session = await work.surveys.start(mentee, "boyko", "1", None, "yn", NOW, alphabet="yn")
        await work.shares.add(session.id, mentee, bench.mentors[2], NOW)
        assert await work.matching.bars([mentee]) == {
            (bench.mentors[0], mentee): Bar.REFUSED,
            (bench.mentors[1], mentee): Bar.EXCLUDED,
            (bench.mentors[2], mentee): Bar.CONFLICT,
            (mentee, bench.mentors[2]): Bar.CONFLICT,
        }
        share = await work.shares.of_session(session.id)
        assert share is not None
        await work.shares.end(share.id, NOW)
        assert (bench.mentors[2], mentee) not in await work.matching.bars([mentee])
        await work.commit()
