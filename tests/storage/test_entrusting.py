"""What a pair means for the mentee's school and route, and for results that are shown to a psychologist."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.iom import agreeing, submitting
from services.iom.model import RouteKind
from services.mentoring.bank.card import Card, CardState
from services.mentoring.life.ending import end
from services.mentoring.life.entrusting import entrust, release
from services.mentoring.pair import EndReason, NewPair, Pair, PairForm, PairState
from services.people.consent import Consent
from services.people.model import Kind, Person, Profile, Role
from services.privacy import sharing
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.residents import CONSENT, NOW, TEST, stranger


class Village:
    """Two schools; a mentor of the other one, a psychologist of the first, and a teacher there."""

    def __init__(self, work: StoredWork, school: int, other: int, mentor: int, helper: int, teacher: int) -> None:
        self.work, self.school, self.other = work, school, other
        self.mentor, self.helper, self.teacher = mentor, helper, teacher

    async def pair(self, mentor: int, state: PairState = PairState.ACTIVE) -> Pair:
        await self.work.pairs.set_capacity(mentor, 1)
        answer_by = NOW + timedelta(days=3)
        new = NewPair(mentor, self.teacher, self.school, PairForm.TEACHER_TEACHER, NOW, answer_by)
        made = await self.work.pairs.add(new)
        assert made is not None
        saved = await self.work.pairs.save(replace(made, state=state))
        assert saved is not None
        return saved

    async def route(self) -> int:
        made = await self.work.iom.add(self.teacher, self.school, RouteKind.GROWTH, (), None, NOW)
        assert made is not None
        return made.id

    async def mentor_of(self, route_id: int) -> int | None:
        route = await self.work.iom.get(route_id)
        assert route is not None
        return route.mentor_id


async def village(work: StoredWork) -> Village:
    district = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
    school, other = [
        (await work.organisations.add(Kind.SCHOOL, name, district.id)).id for name in ("Первая", "Вторая")
    ]
    people = []
    for name, position, place in (
        ("Наставник Вера", "Учитель", other),
        ("Психолог Анна", "Педагог-психолог", school),
        ("Учитель Пётр", "Учитель", school),
    ):
        person = await work.people.welcome(stranger(), CONSENT, NOW)
        await work.people.grant(person, Role.TEACHER, place, NOW)
        await work.people.save_profile(person, Profile(name, position, "Физика", 12, 1976), NOW)
        people.append(person)
    await work.people.grant(people[0], Role.MENTOR, other, NOW)
    return Village(work, school, other, *people)


async def person_of(here: Village, person_id: int) -> Person:
    found = await here.work.shares.person(person_id)
    assert found is not None
    return found


async def finished_test(here: Village) -> int:
    session = await here.work.surveys.start(here.teacher, TEST, "1", None, "y" * 84, NOW, alphabet="yn")
    return session.id


async def test_a_mentor_of_another_school_is_one_here_while_the_pair_lasts(database: Database) -> None:
    async with database.write() as connection:
        here = await village(StoredWork(connection))
        route = await here.route()
        pair = await here.pair(here.mentor)
        await entrust(here.work, pair, NOW)
        assert await here.work.people.holds(here.mentor, Role.MENTOR, here.school)
        assert await here.mentor_of(route) == here.mentor

        ended = await here.work.pairs.save(replace(pair, state=PairState.COMPLETED))
        assert ended is not None
        await release(here.work, ended, NOW)
        assert await here.mentor_of(route) is None
        assert await here.work.people.holds(here.mentor, Role.MENTOR, here.other)


async def test_the_role_that_a_pair_has_given_goes_with_it(database: Database) -> None:
    async with database.write() as connection:
        here = await village(StoredWork(connection))
        assert await here.work.mentor_cards.add(Card(here.mentor, here.other, CardState.APPROVED, NOW))
        pair = await here.pair(here.mentor)
        await entrust(here.work, pair, NOW)
        # Another one here is only proposed: it has given no role and keeps none.
        await here.work.pairs.set_capacity(here.mentor, 2)
        proposed = NewPair(here.mentor, here.helper, here.school, PairForm.TEACHER_TEACHER, NOW, NOW)
        assert await here.work.pairs.add(proposed) is not None
        assert await end(here.work, pair, EndReason.OTHER, "", None, NOW.date(), NOW)
        assert not await here.work.people.holds(here.mentor, Role.MENTOR, here.school)


async def test_a_role_that_was_given_by_hand_stays_after_the_pair(database: Database) -> None:
    async with database.write() as connection:
        here = await village(StoredWork(connection))
        assert await here.work.mentor_cards.add(Card(here.mentor, here.other, CardState.APPROVED, NOW))
        # A first pair gives and takes it; then a curator gives it.
        first = await here.pair(here.mentor)
        await entrust(here.work, first, NOW)
        assert await end(here.work, first, EndReason.OTHER, "", None, NOW.date(), NOW)
        assert await here.work.people.grant(here.mentor, Role.MENTOR, here.school, NOW)
        pair = await here.pair(here.mentor)
        await entrust(here.work, pair, NOW)
        assert await end(here.work, pair, EndReason.OTHER, "", None, NOW.date(), NOW)
        assert await here.work.people.holds(here.mentor, Role.MENTOR, here.school)


async def test_a_route_is_sent_to_the_mentor_of_the_pair_first(database: Database) -> None:
    async with database.write() as connection:
        here = await village(StoredWork(connection))
        await here.work.people.grant(here.helper, Role.MENTOR, here.school, NOW)
        await here.work.people.grant(here.mentor, Role.MENTOR, here.school, NOW)
        await here.pair(here.helper)
        route = await here.work.iom.get(await here.route())
        assert route is not None
        found = await submitting.readers(here.work, route)
        assert [mentor.id for mentor in found.mentors] == [here.helper, here.mentor]


async def test_whoever_is_shown_a_result_cannot_become_the_mentor_of_a_route(database: Database) -> None:
    async with database.write() as connection:
        here = await village(StoredWork(connection))
        await here.work.people.grant(here.helper, Role.MENTOR, here.school, NOW)
        route = await here.work.iom.get(await here.route())
        assert route is not None
        assert [each.id for each in await agreeing.mentors(here.work, route)] == [here.helper]
        session = await finished_test(here)
        assert await sharing.show(
            here.work, await person_of(here, here.teacher), session, await person_of(here, here.helper), NOW
        )
        assert await agreeing.mentors(here.work, route) == []


@pytest.mark.parametrize("state", [PairState.PROPOSED, PairState.ACTIVE])
async def test_a_mentor_is_shown_no_psychological_result(database: Database, state: PairState) -> None:
    consent = Consent(CONSENT, (), "", "")
    async with database.write() as connection:
        here = await village(StoredWork(connection))
        owner, viewer = await person_of(here, here.teacher), await person_of(here, here.helper)
        assert [each.id for each in await sharing.candidates(here.work, owner, consent)] == [here.helper]
        share = await sharing.show(here.work, owner, await finished_test(here), viewer, NOW)
        assert share is not None
        assert await sharing.in_force(here.work, viewer, share, consent) is not None

        await here.pair(here.helper, state)
        assert await sharing.candidates(here.work, owner, consent) == []
        assert await sharing.in_force(here.work, viewer, share, consent) is None
