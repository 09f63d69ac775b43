"""From facts to figures: what is counted, what is not, and why there is no value."""

from services.reporting.indicators.indicator import Form
from services.reporting.indicators.registry import registry
from services.reporting.statement.codec import from_json, to_json
from services.reporting.statement.computing import figures_of, with_sums
from services.reporting.statement.model import Amount, Figure, Silence
from services.reporting.target import Target
from tests.services.reporting.sample import sample_school, sample_statement


def figure(code: str, facts: dict[str, float], given: Amount | None = None, plan: Target | None = None) -> Figure:
    by_hand, plans = {code: given} if given else {}, {code: plan} if plan else {}
    return figures_of([registry().of(code)], facts, {code: Amount(1, 2)}, plans, by_hand, 5)[code]


def test_an_empty_group_has_no_share_and_an_unknown_one_no_data() -> None:
    assert figure("iom.overdue", {"iom.overdue": 0, "iom.in_progress": 0}).silence is Silence.EMPTY
    assert figure("iom.overdue", {"iom.overdue": 0}).silence is Silence.NO_DATA
    assert figure("iom.overdue", {}) == Figure("iom.overdue", None, Silence.NO_DATA)
    assert figure("iom.overdue", {"iom.overdue": 0, "iom.in_progress": 3}).amount == Amount(0, 3)
    assert figure("mentors.count", {"mentors": 0}).amount == Amount(0), "looked for, and there is none"


def test_a_group_that_is_too_small_is_hidden_and_one_that_nobody_is_in_is_not_there() -> None:
    assert figure("deficits.found", {"deficits.finished": 4}).silence is Silence.TOO_FEW
    assert figure("deficits.found", {"deficits.finished": 0}).silence is Silence.NO_DATA
    assert (
        figure("boyko.high", {"boyko.high": 0, "boyko.schools": 0, "boyko.finished": 4}).silence is Silence.TOO_FEW
    )
    told = figure("deficits.found", {"deficits.finished": 13, "deficits.counted": 10, "deficits.found": 4})
    assert told.amount == Amount(4, 10)
    assert [(out.count, out.words) for out in told.left_out] == [
        (3, "прошли, но ещё не вошли в группу от 5 человек")
    ]


def test_a_large_group_of_an_anonymous_test_is_not_called_small() -> None:
    def silence(finished: int) -> Silence | None:
        facts = {"boyko.finished": finished, "deficits.finished": finished}
        codes = ("boyko.tension", "deficits.found")
        found = figures_of([registry().of(code) for code in codes], facts, {}, {}, {}, 5, {"boyko"})
        assert found["deficits.found"].silence is Silence.TOO_FEW
        assert found["boyko.tension"].hidden
        return found["boyko.tension"].silence

    assert silence(4) is Silence.TOO_FEW
    assert silence(40) is Silence.ANONYMOUS


def test_what_was_given_by_hand_stands_where_nothing_was_counted() -> None:
    by_hand = Amount(24, 153, given=True)
    assert figure("teachers.early_share", {}, by_hand).amount == by_hand
    assert figure("teachers.early_share", {"teachers": 150, "teachers.early": 0}, by_hand).amount == by_hand
    counted = figure("teachers.early_share", {"teachers": 150, "teachers.early": 23}, by_hand)
    assert counted.amount == Amount(23, 150)
    assert figure("teachers.early_share", {}, Amount(0, 0, given=True)).silence is Silence.EMPTY
    assert figure("deficits.found", {}, by_hand).amount is None, "nobody knows how many are behind it"


def test_only_what_can_be_planned_has_a_plan() -> None:
    assert figure("iom.developed", {}, plan=Target(number=36)).plan == Target(number=36)
    assert figure("iom.cancelled", {}, plan=Target(number=36)).plan is None


def test_people_of_two_schools_are_told_as_counted_once() -> None:
    schools = [{"teachers": 10.0, "teachers.joined": 4.0}, {"teachers": 7.0}]
    facts = with_sums({"teachers": 15, "teachers.joined": 4}, schools, registry().all)
    assert [out.count for out in figure("teachers.joined", facts).left_out] == [2]


def test_a_statement_comes_back_from_what_was_kept() -> None:
    for statement in (sample_statement(), sample_statement(7, schools=2), sample_school()):
        assert from_json(to_json(statement)) == statement


def test_the_sample_has_everything() -> None:
    """Tests of the note, of the table and of charts look at it."""
    statement = sample_statement()
    assert all(one.amount is not None for one in statement.whole.figures.values())
    hidden = {one.code for one in statement.schools[-1].figures.values() if one.silence is Silence.TOO_FEW}
    assert {"boyko.tension", "deficits.found", "adaptation.team", "pair_comfort.high"} <= hidden
    shares = [one for one in statement.whole.figures.values() if registry().of(one.code).form is Form.SHARE]
    assert all(one.amount is not None and 0 <= one.amount.value <= 1 for one in shares)
