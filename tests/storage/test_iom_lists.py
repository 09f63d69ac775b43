"""Lists for mentors, curators and methodists hold what the rules about rights say, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import insert

from services.iom import recipients, rights
from services.iom.model import (
    OPEN_ROUTE,
    Form,
    PauseReason,
    Plan,
    Route,
    RouteKind,
    RouteState,
    Step,
    StepState,
)
from services.people.model import Kind, Organisation, Person, Profile, Role
from storage.database import Database
from storage.tables import people
from storage.unit_of_work import StoredWork
from tests.storage.residents import NOW, PROFILE, Resident, settle

TODAY = date(2026, 11, 24)
ROLES = {
    Role.TEACHER: 0.4,
    Role.MENTOR: 0.4,
    Role.CURATOR: 0.25,
}


class Village:
    """Two municipalities with three schools, people with random roles, and their routes."""

    def __init__(self, work: StoredWork, random: Random) -> None:
        self.work = work
        self.random = random
        self.schools: list[Organisation] = []
        self.people: list[Resident] = []
        self.routes: list[Route] = []

    async def settle(self, people: list[Resident]) -> None:
        self.people = people
        above = [await self.work.organisations.add(Kind.MUNICIPALITY, name, None) for name in ("Север", "Юг")]
        for number, municipality in enumerate((above[0], above[0], above[1])):
            self.schools.append(await self.work.organisations.add(Kind.SCHOOL, f"Школа {number}", municipality.id))
        for number, one in enumerate(people):
            profile = replace(PROFILE, full_name=f"Житель {number:02} Петрович")
            await self.work.people.save_profile(one.person_id, profile, NOW)
            for school in self.schools:
                for role, chance in ROLES.items():
                    if self.random.random() < chance / 2:
                        await self.work.people.grant(one.person_id, role, school.id, NOW)
            if self.random.random() < 0.15:
                place = self.random.choice(above)
                await self.work.people.grant(one.person_id, Role.METHODIST, place.id, NOW)

    async def draw_up(self) -> None:
        """A route each, in a random state, some with a mentor who is one there and some with one who is not."""
        for one in self.people:
            school = self.random.choice(self.schools)
            made = await self.work.iom.add(one.person_id, school.id, RouteKind.GROWTH, (), None, NOW)
            assert made is not None
            mentor = self.random.choice([None, *(other.person_id for other in self.people)])
            submitted = self.random.choice([None, *[NOW + timedelta(minutes=self.random.randrange(999))] * 4])
            state = self.random.choice(list(RouteState)) if submitted else RouteState.DRAFT
            route = await self.work.iom.save(replace(made, state=state, mentor_id=mentor, submitted_at=submitted))
            assert route is not None
            self.routes.append(route)
            for number in range(self.random.randrange(4)):
                due_on = TODAY + timedelta(days=self.random.randrange(-20, 20))
                step = await self.work.iom.add_step(route.id, Plan("", f"Шаг {number}", Form.COURSE, due_on))
                await self.work.iom.save_step(
                    replace(
                        step,
                        state=self.random.choice(list(StepState)),
                        agreed=self.random.random() < 0.8,
                        done_at=NOW + timedelta(minutes=self.random.randrange(999)),
                    )
                )
            if self.random.random() < 0.3:
                starts_on = TODAY - timedelta(days=self.random.randrange(20))
                await self.work.iom.add_pause(route.id, PauseReason.SICK, starts_on, None)

    async def person(self, one: Resident) -> Person:
        found = (await self.work.people.visitor(one.account)).person
        assert found is not None
        return found

    def school(self, route: Route) -> Organisation:
        return next(school for school in self.schools if school.id == route.school_id)

    async def steps(self, route: Route, *states: StepState) -> list[Step]:
        return [step for step in await self.work.iom.steps(route.id) if step.state in states]


@pytest.mark.parametrize("seed", range(5))
async def test_everybody_gets_what_waits_for_them(database: Database, seed: int) -> None:
    residents = await settle(database, 12)
    async with database.write() as connection:
        village = Village(StoredWork(connection), Random(seed))
        await village.settle(residents)
        await village.draw_up()
        for one in residents:
            reader = await village.person(one)
            expected = set()
            for route in village.routes:
                school = village.school(route)
                told = reader.account_id in await recipients.deciders(village.work, route)
                in_place = rights.may_decide(reader, route, school) and reader.holds(Role.CURATOR, school.id)
                if route.submitted_at is None or not (told or in_place):
                    continue
                if route.state is RouteState.REVIEW:
                    expected.add((route.id, None, route.turn, told))
                if route.state in OPEN_ROUTE:
                    handed_in = await village.steps(route, StepState.DONE)
                    expected |= {(route.id, step.id, step.turn, told) for step in handed_in}
            found = await village.work.iom_lists.waiting(reader)
            assert {(each.route_id, each.step_id, each.turn, each.mine) for each in found} == expected
            assert len(found) == len(expected)
            assert [(not each.mine, each.since) for each in found] == sorted(
                (not each.mine, each.since) for each in found
            ), "one's own first, the oldest first"


@pytest.mark.parametrize("seed", range(3))
async def test_mentors_get_their_routes_with_counts(database: Database, seed: int) -> None:
    residents = await settle(database, 12)
    async with database.write() as connection:
        village = Village(StoredWork(connection), Random(seed))
        await village.settle(residents)
        # One mentor has many, so that there is an order to look at.
        busy = residents[0]
        for school in village.schools:
            await village.work.people.grant(busy.person_id, Role.MENTOR, school.id, NOW)
        await village.draw_up()
        for route in village.routes[6:]:
            assert await village.work.iom.save(replace(route, mentor_id=busy.person_id))
        reader = await village.person(busy)
        expected = {}
        for route in [await village.work.iom.get(route.id) for route in village.routes]:
            assert route is not None
            mine = route.mentor_id == reader.id and route.state in OPEN_ROUTE
            if not mine or not rights.may_decide(reader, route, village.school(route)):
                continue
            steps = await village.steps(route, *StepState)
            pause = await village.work.iom.pause(route.id)
            expected[route.id] = (
                sum(step.state is not StepState.CANCELLED for step in steps),
                sum(step.state is StepState.CONFIRMED for step in steps),
                sum(step.state is StepState.DONE for step in steps),
                sum(step.overdue(TODAY, pause) for step in steps),
            )
        found = await village.work.iom_lists.looked_after(reader, TODAY)
        assert {
            each.route_id: (each.steps, each.confirmed, each.waiting, each.overdue) for each in found
        } == expected
        assert [(-each.overdue, each.teacher) for each in found] == sorted(
            (-each.overdue, each.teacher) for each in found
        )


async def test_a_mentor_of_a_roster_who_has_not_joined_keeps_nothing_waiting(database: Database) -> None:
    teacher, curator = await settle(database, 2)
    async with database.write() as connection:
        work = StoredWork(connection)
        parent = await work.organisations.add(Kind.MUNICIPALITY, "Север", None)
        school = await work.organisations.add(Kind.SCHOOL, "Школа", parent.id)
        await work.people.grant(curator.person_id, Role.CURATOR, school.id, NOW)
        await work.people.save_profile(teacher.person_id, Profile("Лугин Олег", "Учитель"), NOW)
        made = await work.iom.add(teacher.person_id, school.id, RouteKind.GROWTH, (), None, NOW)
        assert made is not None
        brought = insert(people).values(
            full_name="Быков Пётр Ильич", position="Учитель", subject="", origin="roster", created_at=NOW
        )
        absent = (await connection.execute(brought.returning(people.c.id))).scalar_one()
        await work.people.grant(absent, Role.MENTOR, school.id, NOW)
        await work.iom.save(replace(made, state=RouteState.REVIEW, submitted_at=NOW, mentor_id=absent))
        reader = (await work.people.visitor(curator.account)).person
        assert reader is not None
        [item] = await work.iom_lists.waiting(reader)
        assert (item.mine, item.awaits) == (True, Role.CURATOR)
        await work.people.revoke_consent(teacher.person_id, NOW)
        assert await work.iom_lists.waiting(reader) == []
