"""The domain's table «Figures that reports are checked against»: rosters with these counts print these words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.people.model import Role
from services.reporting.indicators.registry import registry
from services.reporting.periods import previous
from services.reporting.statement.composing import compose
from services.reporting.statement.freezing import freeze_for
from services.reporting.statement.model import Amount
from services.reporting.target import Target
from storage.database import Database
from tests.storage.planted_roster import YEAR, YOUNG, basis, founded, told


async def test_young_teachers_and_mentors_against_the_year_before(database: Database) -> None:
    """24 of 153 and 3 mentors, kept on the last day of a year; then 23 of 150 and 4 mentors."""
    summer = replace(basis(), now=datetime(2026, 8, 31, 9, tzinfo=UTC))
    async with database.write() as connection:
        roster = await founded(connection, 9)
        young = await roster.settle(24, Role.TEACHER, YOUNG)
        older = await roster.settle(129, Role.TEACHER)
        await roster.settle(3, Role.MENTOR)
        then = await roster.work.facts.facts_now(summer)
        assert await roster.work.facts.keep_day(summer.today, then)
        await roster.leave([young[0], *older[:2]])
        await roster.settle(1, Role.MENTOR)
        statement = await roster.statement(basis())
        assert told(statement.whole, "teachers.early_share") == "15,3 % (23 из 150); −0,4 п. п."
        assert told(statement.whole, "teachers.early") == "23; −1"
        assert told(statement.whole, "mentors.count") == "4; +1"
        before = await compose(roster.work, basis(), roster.place, previous(YEAR))
        assert told(before.whole, "teachers.early_share") == "15,7 % (24 из 153)"
        assert told(before.whole, "mentors.count") == "3"


async def test_the_year_before_the_service_as_somebody_has_entered_it(database: Database) -> None:
    async with database.write() as connection:
        roster = await founded(connection, 9)
        await roster.settle(23, Role.TEACHER, YOUNG)
        [actor, *_] = await roster.settle(127, Role.TEACHER)
        await roster.settle(4, Role.MENTOR)
        for code, amount in (("teachers.early_share", Amount(24, 153)), ("mentors.count", Amount(3))):
            await roster.work.given.put(roster.place.id, previous(YEAR).key, code, amount, actor, basis().now)
        statement = await roster.statement(basis())
        assert told(statement.whole, "teachers.early_share") == "15,3 % (23 из 150); −0,4 п. п."
        assert told(statement.whole, "mentors.count") == "4; +1"


async def test_routes_courses_and_events_against_the_plan(database: Database) -> None:
    """36 routes planned and developed; 5 % planned of 450; courses 36 and 18; 4 events a year, held by 30 June."""
    july = replace(basis(), now=datetime(2027, 7, 1, 9, tzinfo=UTC))
    async with database.write() as connection:
        roster = await founded(connection, 12)
        walkers = (await roster.settle(450, Role.TEACHER))[:36]
        await roster.routes(walkers, datetime(2027, 2, 1, tzinfo=UTC), done=18)
        await roster.hold([date(2026, 10, 1), date(2026, 12, 10), date(2027, 3, 3), date(2027, 6, 30)])
        plans = roster.work.plans
        await plans.put(roster.place.id, YEAR.key, "iom.developed", Target(number=36))
        await plans.put(roster.place.id, YEAR.key, "events.held", Target(number=4))
        statement = await roster.statement(july)
        assert told(statement.whole, "iom.developed") == "8,0 % (36 из 450); план 36, 100 % плана"
        assert told(statement.whole, "courses.recommended") == "100 % (36 из 36)"
        assert told(statement.whole, "courses.done") == "50 % (18 из 36)"
        assert told(statement.whole, "events.held") == "4; план 4, 100 % плана"
        await plans.put(roster.place.id, YEAR.key, "iom.developed", Target(share=50))
        statement = await roster.statement(july)
        assert told(statement.whole, "iom.developed") == "8,0 % (36 из 450); план 5 %, выше плана"
        assert told(statement.schools[0], "iom.developed") == "7,9 % (3 из 38); план 5 %, выше плана"


async def test_all_schools_with_the_mentoring_model(database: Database) -> None:
    async with database.write() as connection:
        roster = await founded(connection, 7)
        await roster.pair_each_school()
        statement = await roster.statement(basis())
        assert told(statement.whole, "mentoring.schools") == "100 % (7 из 7)"
        assert told(statement.whole, "pairs.worked") == "7"


@pytest.mark.parametrize("schools", [0, 1])
async def test_an_empty_district_has_no_data_and_no_errors(database: Database, schools: int) -> None:
    async with database.write() as connection:
        statement = await (await founded(connection, schools)).statement(basis())
        of_schools = {one.code for one in registry().all if one.denominator == "schools"} if schools else set()
        for place in (statement.whole, *statement.schools):
            for code in set(place.figures) - of_schools:
                assert "%" not in told(place, code), code
            assert told(place, "teachers.early_share") == "нет данных"
            assert told(place, "deficits.found") == "нет данных"


async def test_a_diagnosis_is_told_of_whole_groups_and_a_small_school_is_hidden(database: Database) -> None:
    """Seven of one school and three of another have finished: five are published, the rest is not told of."""
    october, later = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)
    async with database.write() as connection:
        roster = await founded(connection, 2)
        teachers = await roster.settle(20, Role.TEACHER)
        first, second = teachers[::2], teachers[1::2]
        await roster.finish([*first[:4], *second[:3]], "deficits", "3" * 36, october)
        await roster.finish(first[4:7], "deficits", "0" * 36, later)
        before = await roster.statement(basis())
        assert told(before.whole, "deficits.found") == "скрыто, меньше 5 человек"
        await freeze_for(roster.work, basis(), roster.place, YEAR)
        statement = await roster.statement(basis())
        large, small = statement.schools
        assert told(statement.whole, "deficits.coverage") == "50 % (10 из 20)"
        for place in (statement.whole, large):
            assert told(place, "deficits.found") == "80 % (4 из 5)", "the five who finished first"
        assert told(small, "deficits.coverage") == "30 % (3 из 10)"
        assert told(small, "deficits.found") == "скрыто, меньше 5 человек"
        [uncounted] = statement.whole.figures["deficits.found"].left_out
        assert (uncounted.count, uncounted.words) == (5, "прошли, но ещё не вошли в группу от 5 человек")
        assert [taking.wave for taking in statement.takings] == ["y2026"]
