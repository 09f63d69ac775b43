"""Figures of a group, counted by hand."""

from services.diagnostics.answering import Sheet
from services.diagnostics.instrument import Band, Instrument, Item, ItemKind, Option, Scale
from services.reporting.groups.figures import figures_of, results
from services.reporting.groups.model import Choice, Distribution, Frequency

YES_NO = (Option("y", "Да", 1), Option("n", "Нет", 0))
MANY = (Option("a", "Вебинар"), Option("b", "Курс"))
POINTS = {"y": 1, "n": 0}
FORM = Instrument(
    id="form",
    version="1",
    title="",
    short_title="",
    source="",
    wording="",
    instruction="",
    disclaimer="",
    minutes=1,
    options=YES_NO,
    items=(
        Item(1, "Методика?", "one", weight=1, kind=ItemKind.LIKERT, options=YES_NO, points=POINTS),
        Item(2, "Цифра?", "two", weight=1, kind=ItemKind.LIKERT, options=YES_NO, points=POINTS, optional=True),
        Item(3, "Нужны курсы?", options=YES_NO, optional=True),
        Item(4, "Какие?", kind=ItemKind.SEVERAL, options=MANY, optional=True),
    ),
    scales=(Scale("one", "Методика", "Методика", 1, {}), Scale("two", "Цифра", "Цифра", 1, {})),
    factors=(),
    scale_bands=(Band("low", "нет", 0, 0), Band("high", "есть", 1, None, deficit=True)),
    factor_bands=(),
)
SHEETS = [
    Sheet("yyy+", {4: "ab"}),
    Sheet("yny+", {4: "b"}),
    Sheet("n-n-"),
    # What was chosen before passing the question over is no answer.
    Sheet("nn--", {4: "a"}),
    Sheet("y-y+", {4: "b"}),
]


def test_levels_deficits_and_answers_are_counted_among_those_who_have_them() -> None:
    shown = results(FORM, figures_of(FORM, SHEETS))
    assert shown.people == 5
    assert shown.level_titles == ("нет", "есть")
    assert shown.factors == (Distribution("one", "Методика", (2, 3)), Distribution("two", "Цифра", (2, 1)))
    assert [one.people for one in shown.factors] == [5, 3]
    assert shown.symptoms == (Frequency("one", "Методика", 3, 5), Frequency("two", "Цифра", 1, 3))
    # Of the three whose both scales are known, two have a deficit.
    assert shown.with_deficits is not None
    assert (shown.with_deficits.count, shown.with_deficits.people) == (2, 3)
    assert shown.choices == (
        Choice("Нужны курсы?", 4, (("Да", 3), ("Нет", 1))),
        Choice("Какие?", 3, (("Вебинар", 1), ("Курс", 3))),
    )
