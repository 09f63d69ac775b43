"""Counts and lists of routes are what plain Python finds over the same people, on both databases."""

from random import Random

import pytest

from services.iom.counting import Counts, Period
from services.iom.overview_ports import Filter
from services.reporting.target import Target
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.routed_district import (
    AS_OF,
    OPEN,
    SCHOOLS_EACH,
    YEAR,
    District,
    Route,
    random_district,
    stored,
)

OCTOBER = Period(YEAR.begins.replace(month=10), YEAR.begins.replace(month=11))


@pytest.mark.parametrize("seed", range(6))
async def test_the_database_counts_what_python_counts(database: Database, seed: int) -> None:
    district = random_district(Random(seed))
    async with database.write() as connection:
        above, schools = await stored(connection, district, "Район")
        counts = StoredWork(connection).iom_counts
        for period in (YEAR, OCTOBER):
            for number, municipality in enumerate(above):
                own = range(number * SCHOOLS_EACH, (number + 1) * SCHOOLS_EACH)
                assert await counts.counts(municipality, period, AS_OF) == district.counts(own, period)
                apart = await counts.by_school(municipality, period, AS_OF)
                assert {one.school_id: one.counts for one in apart} == {
                    schools[school]: district.counts([school], period) for school in own
                }
            assert await counts.counts(schools[0], period, AS_OF) == district.counts([0], period)


async def test_an_empty_school_has_nothing_but_zeros(database: Database) -> None:
    async with database.write() as connection:
        district = random_district(Random(1), inhabitants=0)
        above, schools = await stored(connection, district, "Пустой район")
        counts = StoredWork(connection).iom_counts
        assert await counts.counts(above[0], YEAR, AS_OF) == Counts()
        assert [one.counts for one in await counts.by_school(above[0], YEAR, AS_OF)] == [Counts()] * 3
        assert await counts.by_school(schools[0], YEAR, AS_OF) != []


def shown(district: District, route: Route, chosen: Filter) -> bool:
    """Whether a list with this filter has the route: a draft that was never sent is its teacher's own."""
    if route.submitted_at is None or district.consents[route.person] != "in force":
        return False
    return {
        Filter.ALL: True,
        Filter.WAITING: route.state == "review",
        Filter.ACTIVE: route.state in OPEN and route.agreed_at is not None,
        Filter.OVERDUE: bool(district.late(route)),
        Filter.CLOSED: route.state == "closed",
    }[chosen]


@pytest.mark.parametrize("chosen", list(Filter))
async def test_lists_hold_the_routes_that_may_be_seen_in_pages(database: Database, chosen: Filter) -> None:
    district = random_district(Random(7))
    async with database.write() as connection:
        above, _ = await stored(connection, district, "Район")
        counts = StoredWork(connection).iom_counts
        expected = {
            route.id: route for route in district.routes if route.school < 3 and shown(district, route, chosen)
        }
        assert expected
        assert await counts.line_count(above[0], chosen, AS_OF) == len(expected)
        lines = [
            line
            for skip in range(0, len(expected), 4)
            for line in await counts.lines(above[0], chosen, AS_OF, most=4, skip=skip)
        ]
    assert sorted(line.route_id for line in lines) == sorted(expected)
    assert [line.teacher for line in lines] == sorted(line.teacher for line in lines)
    for line in lines:
        route = expected[line.route_id]
        waiting = [step for step in route.steps if step.agreed and step.state in ("planned", "done")]
        assert (line.teacher, line.school) == (district.names[route.person], f"Школа {route.school}")
        assert (line.kind, line.state) == (route.kind, route.state)
        assert line.overdue == len(district.late(route))
        assert line.open_steps == (len(waiting) if route.state in OPEN else 0)


async def test_a_plan_is_of_one_place_and_one_school_year(database: Database) -> None:
    async with database.write() as connection:
        above, schools = await stored(connection, random_district(Random(1), inhabitants=0), "Район")
        plans = StoredWork(connection).iom_plans
        await plans.put(above[0], 2026, Target(share=50))
        await plans.put(above[0], 2025, Target(number=9))
        await plans.put(schools[1], 2026, Target(number=3))
        await plans.put(above[1], 2026, Target(number=36))
        assert await plans.get(above[0], 2026) == Target(share=50)
        assert await plans.within(above[0], 2026) == {above[0]: Target(share=50), schools[1]: Target(number=3)}
        await plans.put(above[0], 2026, Target(number=36))
        assert await plans.get(above[0], 2026) == Target(number=36)
        await plans.drop(above[0], 2026)
        assert await plans.get(above[0], 2026) is None
        assert await plans.get(above[0], 2025) == Target(number=9)
