"""The charts of a statement: what each shows, and when there is none."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest

from services.charts import drawable, funnel, heat_map, over_periods, plan_and_fact, ranking
from services.charts.of_statement import CHARTS, Chart
from services.charts.school_names import short_name
from services.charts.style import BAR, NBSP, PANEL
from services.reporting.periods import before, days
from services.reporting.statement.model import Amount, Point, Statement
from services.reporting.target import Target
from tests.services.charts import drawn
from tests.services.reporting.sample import sample_school, sample_statement

OFFICIAL = (
    "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № {} имени Героя "
    "Советского Союза Ивана Петровича Сидорова-Заречного»"
)
TRIED_ELSEWHERE = (
    "services.charts.ranking:draw_routes",
    "services.charts.ranking:draw_mentored",
    "services.charts.levels:draw_burnout",
)
"""Drawn by the same lines as another chart of the list."""
OWN_DAYS = days(date(2026, 9, 1), date(2026, 11, 15))


@pytest.fixture(scope="module")
def statement() -> Statement:
    return sample_statement()


def draw(chart: Chart, statement: Statement) -> bytes:
    module, _, name = chart.function.partition(":")
    png: bytes = getattr(import_module(module), name)(statement)
    return png


def told() -> list[str]:
    return [word.replace(NBSP, " ") for word in drawn.words()]


def crowded() -> Statement:
    """Schools with official names, own dates, a period without data, plans far over and under the fact."""
    many = sample_statement(2, 6)
    schools = tuple(
        replace(school, name=OFFICIAL.format(number)) for number, school in enumerate(many.schools, start=1)
    )
    figures = {
        code: replace(figure, plan=Target(number=1 if number % 2 else 10_000))
        for number, (code, figure) in enumerate(many.whole.figures.items())
    }
    points = [
        Point(period, {} if number == 1 else many.dynamics[0].amounts)
        for number, period in enumerate(before(OWN_DAYS, 5))
    ]
    return replace(
        many,
        name=OFFICIAL.format("всех школ"),
        period=OWN_DAYS,
        schools=schools,
        whole=replace(many.whole, figures=figures),
        dynamics=tuple(points),
    )


def test_nothing_overlaps_or_leaves_the_picture() -> None:
    place = crowded()
    assert all(chart.available(place) for chart in CHARTS)
    for chart in CHARTS:
        if chart.function not in TRIED_ELSEWHERE:
            assert drawn.faults(draw(chart, place)) == [], chart.title


def test_without_data_there_is_no_chart_and_a_school_has_its_own(statement: Statement) -> None:
    empty = replace(
        statement, whole=replace(statement.whole, figures={}), schools=(), takings=(), facts={}, dynamics=()
    )
    for chart in CHARTS:
        assert not chart.available(empty), chart.title
    with pytest.raises(ValueError, match="published"):
        heat_map.draw(empty)
    alone = [chart.title for chart in CHARTS if chart.available(sample_school())]
    assert alone == ["План и факт", "Профессиональные дефициты", "Выгорание: фазы и симптомы", "Другие опросы"]


def test_schools_stand_from_the_best_with_shares_and_counts(statement: Statement) -> None:
    ranking.draw_coverage(statement)
    words = told()
    places = sorted((drawable.valued(statement, "deficits.coverage")), key=lambda place: -place[1].value)
    names = [word for word in words if word.startswith("Школа №")]
    assert names == [school.name for school, _ in places]
    counts = [word for word in words if " из " in word]
    assert counts == [f"{amount.numerator:.0f} из {amount.denominator:.0f}" for _, amount in places]
    widths = [width for _, _, width in drawn.boxes(BAR)]
    values = [amount.value for _, amount in places]
    assert [width / widths[0] for width in widths] == pytest.approx([value / values[0] for value in values])


def test_a_school_too_small_for_results_is_hatched_and_has_no_figures(statement: Statement) -> None:
    heat_map.draw(statement)
    words = told()
    small = statement.schools[-1]
    at = words.index(small.name)
    assert words[at + 1] == "скрыто: меньше 5 чел."
    taking = drawable.symptoms_by_school(statement)
    assert taking is not None
    shown = taking.schools[statement.schools[0].organisation_id]
    first = words.index(statement.schools[0].name)
    assert words[first + 1 : first + 13] == [
        str(round(100 * symptom.count / symptom.people)) for symptom in shown.symptoms
    ]
    assert len(drawn.boxes(PANEL)) == 1


def test_plans_end_at_one_mark_and_what_is_over_is_marked(statement: Statement) -> None:
    figures = statement.whole.figures
    chosen = {
        "mentors.count": replace(figures["mentors.count"], amount=Amount(10), plan=Target(number=20)),
        "events.held": replace(figures["events.held"], amount=Amount(9), plan=Target(number=3)),
        "iom.developed": replace(figures["iom.developed"], amount=Amount(36, 450), plan=Target(share=50)),
    }
    plan_and_fact.draw(replace(statement, whole=replace(statement.whole, figures=chosen)))
    words = told()
    assert {"план 20, 50 % плана", "план 3, 300 % плана", "план 5 %, выше плана", "8,0 %"} <= set(words)
    assert words.count("»") == 2
    half, *over = (width for _, _, width in drawn.boxes(BAR))
    assert over == [984, 984]
    assert half == pytest.approx(984 * 0.72 / 2)


def test_periods_follow_each_other_and_a_gap_says_so(statement: Statement) -> None:
    first, *rest = statement.dynamics
    over_periods.draw(replace(statement, dynamics=(replace(first, amounts={}), *rest)))
    words = told()
    periods = [word for word in words if "п/г" in word]
    assert len(periods) == 5
    assert words.count("данных") == drawable.MOST_MOVING
    at = words.index("Наставники")
    present = statement.whole.figures["mentors.count"].amount
    assert present is not None
    assert f"{present.numerator:.0f}" in words[at + 1 : at + 8]


def test_the_funnel_tells_how_many_came_further(statement: Statement) -> None:
    facts = {"funnel.requests": 30.0, "funnel.proposed": 40.0, "funnel.approved": 20.0, "funnel.met": 5.0}
    funnel.draw(replace(statement, facts=facts))
    words = told()
    assert words[words.index("Пары с согласием обеих сторон") + 1 :][:2] == ["20", "50 % от предыдущего шага"]
    assert words[words.index("Предложенные пары") + 1 :][:1] == ["40"]
    assert "133,3 % от предыдущего шага" not in words


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Школа № 3", "Школа № 3"),
        ("МБОУ «Средняя общеобразовательная школа № 12»", "МБОУ «СОШ № 12»"),
        (OFFICIAL.format(5), "СОШ № 5 имени Героя Советского Союза Ивана Петровича Сидорова-Заречного"),
        ("Гимназия искусств при Дворце творчества", "Гимназия искусств при Дворце творчества"),
    ],
)
def test_long_names_of_schools_lose_what_all_have(name: str, short: str) -> None:
    assert short_name(name) == short
