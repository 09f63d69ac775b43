"""How a statement is put together: plans, changes, past periods, schools. Stores are plain values here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from services.mentoring.policy import MentoringPolicy
from services.people.model import Kind, Organisation
from services.reporting.facts import Basis, Facts, Taking
from services.reporting.periods import Period, half_of, previous, year_of
from services.reporting.statement.composing import compose
from services.reporting.statement.model import Amount, Silence, Statement
from services.reporting.target import Target

DISTRICT = Organisation(1, Kind.MUNICIPALITY, "Район")
SCHOOLS = [Organisation(10 + n, Kind.SCHOOL, name, 1) for n, name in enumerate(("Школа № 10", "Школа № 2"))]
TENTH, SECOND = SCHOOLS
TODAY = date(2026, 11, 24)
BASIS = Basis(
    consent="1",
    min_group=5,
    zone=ZoneInfo("Europe/Moscow"),
    library=None,  # type: ignore[arg-type]  # facts are counted already
    mentoring=MentoringPolicy(),
    now=datetime(2026, 11, 24, 7, tzinfo=UTC),
)
YEAR = year_of(TODAY)
TAKING = Taking("deficits", "Дефициты", "1", "y2026", "Вне кампаний", date(2026, 9, 1), None, 0)
RESULTS = {"deficits.invited": 20.0, "deficits.finished": 12.0, "deficits.counted": 10.0, "deficits.found": 4.0}


@dataclass
class Books:
    """What the stores know: facts by the key of the period, plans and amounts given by hand."""

    counted: dict[str, Facts]
    planned: dict[int, dict[str, Target]] = field(default_factory=dict)
    by_hand: dict[tuple[int, str, str], Amount] = field(default_factory=dict)
    plan_period: str = YEAR.key

    async def facts(self, place: Organisation, periods: Sequence[Period], basis: Basis) -> Mapping[str, Facts]:
        return {one.key: self.counted.get(one.key, Facts({}, {})) for one in periods}

    async def within(self, organisation_id: int, asked: Any) -> Any:
        if not isinstance(asked, str):
            return {key: amount for key, amount in self.by_hand.items() if key[1] in asked}
        return self.planned if asked == self.plan_period else {}

    async def of(self, organisation_id: int, period: str) -> Mapping[str, Target]:
        return self.planned.get(organisation_id, {}) if period == self.plan_period else {}

    async def children(self, organisation_id: int) -> Sequence[Organisation]:
        return SCHOOLS

    async def statement(
        self, place: Organisation = DISTRICT, period: Period = YEAR, dynamics: int = 0
    ) -> Statement:
        work: Any = SimpleNamespace(facts=self, plans=self, given=self, organisations=self)
        return await compose(work, BASIS, place, period, dynamics)


def books(now: Mapping[str, float], then: Mapping[str, float], **schools: Mapping[str, float]) -> Books:
    """Facts of this school year and of the year before, for which a day was kept."""
    return Books(
        {
            YEAR.key: Facts(dict(now), {TENTH.id: dict(schools.get("tenth", {}))}, kept_on=TODAY),
            previous(YEAR).key: Facts(dict(then), {TENTH.id: {"mentors": 1.0}}, kept_on=previous(YEAR).last_day),
        }
    )


async def test_a_figure_is_compared_with_the_period_before_in_each_place() -> None:
    statement = await books({"mentors": 4.0}, {"mentors": 3.0}, tenth={"mentors": 2.0}).statement()
    assert statement.whole.figures["mentors.count"].amount == Amount(4)
    assert statement.whole.figures["mentors.count"].before == Amount(3)
    assert [place.name for place in statement.schools] == ["Школа № 2", "Школа № 10"]
    second, tenth = statement.schools
    assert tenth.figures["mentors.count"].before == Amount(1)
    assert second.figures["mentors.count"].silence is Silence.NO_DATA
    assert "schools.count" in statement.whole.figures
    assert "schools.count" not in tenth.figures, "a school is not counted in schools"
    assert statement.previous == previous(YEAR)
    assert statement.kept_on == TODAY
    assert statement.dynamics == ()


async def test_a_share_planned_for_the_district_holds_in_its_schools_and_a_number_does_not() -> None:
    found = books({}, {})
    found.planned = {
        DISTRICT.id: {"iom.developed": Target(share=50), "pairs.worked": Target(number=20)},
        TENTH.id: {"iom.developed": Target(number=7)},
    }
    statement = await found.statement()
    second, tenth = statement.schools
    assert statement.whole.figures["pairs.worked"].plan == Target(number=20)
    assert tenth.figures["iom.developed"].plan == Target(number=7)
    assert second.figures["iom.developed"].plan == Target(share=50)
    assert second.figures["pairs.worked"].plan is None
    alone = await found.statement(SECOND)
    assert alone.whole.figures["iom.developed"].plan == Target(share=50)
    assert alone.whole.figures["pairs.worked"].plan is None
    half = await found.statement(period=half_of(TODAY))
    assert half.whole.figures["iom.developed"].plan is None, "the plan of a year is none of a half"


async def test_what_was_given_by_hand_is_what_there_was_before() -> None:
    found = books({"teachers": 150.0, "teachers.early": 23.0}, {})
    found.by_hand = {
        (DISTRICT.id, previous(YEAR).key, "teachers.early_share"): Amount(24, 153, given=True),
        (DISTRICT.id, previous(YEAR).key, "mentors.count"): Amount(3, given=True),
        (TENTH.id, YEAR.key, "mentors.count"): Amount(2, given=True),
    }
    statement = await found.statement(dynamics=2)
    assert statement.whole.figures["teachers.early_share"].before == Amount(24, 153, given=True)
    assert statement.dynamics[-1].amounts["mentors.count"] == Amount(3, given=True)
    assert statement.schools[1].figures["mentors.count"].amount == Amount(2, given=True)


async def test_noughts_of_a_time_that_nobody_kept_a_day_of_say_nothing() -> None:
    then = {"meetings.held": 0.0, "pairs.formed": 2.0, "pairs.worked": 2.0, "pairs.met": 0.0}
    found = books({"meetings.held": 5.0}, then)
    kept = found.counted[previous(YEAR).key]
    assert (await found.statement()).whole.figures["meetings.held"].before == Amount(0)
    found.counted[previous(YEAR).key] = replace(kept, kept_on=None)
    statement = await found.statement(dynamics=1)
    assert statement.whole.figures["meetings.held"].before is None
    told = statement.dynamics[-1].amounts
    assert (told["pairs.formed"], told["pairs.met"]) == (Amount(2), Amount(0, 2))
    assert "meetings.held" not in told


async def test_a_taking_is_never_compared_with_itself() -> None:
    found = books(RESULTS, {**RESULTS, "deficits.found": 3.0})
    of_year, of_then = found.counted[YEAR.key], found.counted[previous(YEAR).key]
    found.counted[YEAR.key] = replace(of_year, takings=[TAKING])
    found.counted[previous(YEAR).key] = replace(of_then, takings=[TAKING])
    statement = await found.statement(dynamics=1)
    for code in ("deficits.found", "deficits.coverage"):
        assert statement.whole.figures[code].amount is not None
        assert statement.whole.figures[code].before is None
        assert code not in statement.dynamics[-1].amounts
    found.counted[previous(YEAR).key] = replace(of_then, takings=[replace(TAKING, wave="y2025")])
    other = await found.statement(dynamics=1)
    assert other.whole.figures["deficits.found"].before == Amount(3, 10)
    assert other.dynamics[-1].amounts["deficits.found"] == Amount(3, 10)
