"""The whole job: a statement completed."""

from dataclasses import replace
from statistics import fmean, median

from services.reporting.analysis.job import complete
from services.reporting.analysis.rules import conclusions
from services.reporting.statement.codec import from_json
from services.reporting.statement.model import Analysis, Drafted, Statement
from tests.services.reporting.analysis.district import AFTER, figure, school, share, statement
from tests.services.reporting.sample import sample_school, sample_statement


def completed(made: Statement, earlier: Statement | None = None) -> Statement:
    return from_json(complete(made, earlier).decode())


def test_a_statement_is_completed_and_its_figures_stay() -> None:
    made = sample_statement()
    full = completed(made)
    assert replace(full, analysis=Analysis(), drafted=Drafted()) == made
    assert full.drafted.conclusions == conclusions(made)
    assert full.drafted.recommendations
    assert full.drafted.measures
    assert full.analysis.grouping
    assert full.analysis.factor_words
    assert complete(made, None) == complete(made, None)
    # The next one looks back on its measures.
    later = replace(made, made_at=AFTER.replace(year=2027))
    assert [each.measure for each in completed(later, full).drafted.effects] == [
        each.words for each in full.drafted.measures
    ]


def test_schools_are_ranked_from_the_best_to_the_worst_with_means_and_medians() -> None:
    values = {4: 0.5, 2: 0.9, 10: 0.1, 3: 0.5}
    schools = [
        school(number, {"pairs.met": share(each), "pairs.silent": share(each), "staffing.age": None})
        for number, each in values.items()
    ]
    found = completed(statement([figure("pairs.met", share(0.5))], [*schools, school(11, {})])).analysis
    assert [name for name, _ in found.ranking["pairs.met"]] == [
        "Школа № 2",
        "Школа № 3",
        "Школа № 4",
        "Школа № 10",
    ]
    assert [value for _, value in found.ranking["pairs.silent"]] == [0.1, 0.5, 0.5, 0.9]
    assert found.means["pairs.met"] == fmean(values.values())
    assert found.medians["pairs.met"] == median(values.values())
    assert "staffing.age" not in found.means


def test_a_school_alone_is_not_compared_but_gets_conclusions() -> None:
    full = completed(sample_school())
    assert full.analysis == Analysis()
    assert full.drafted.conclusions
