"""Files with items of every kind: what a right one gives, and every way to get one wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.diagnostics.instrument import (
    Audience,
    Condition,
    CountBounds,
    DateBounds,
    ItemKind,
    Method,
    Missing,
    MissingRule,
    NumberBounds,
    Privacy,
    TextBounds,
)
from services.diagnostics.loading import InstrumentError, load_instrument
from tests.services.diagnostics.conftest import Write
from tests.services.diagnostics.forms import AGREEMENT, FORM, MEANS, spoilt
from tests.services.diagnostics.test_loading import Spoil, without


def test_a_form_without_scores(write: Write) -> None:
    form = load_instrument(write(spoilt(FORM)))
    assert (form.scales, form.factors, form.plain, form.chartable) == ((), (), False, False)
    assert (form.privacy, form.audience) == (Privacy.OFFICIAL, (Audience.CURATOR,))
    items = form.items
    assert [item.kind for item in items] == [
        ItemKind.CHOICE,
        ItemKind.SEVERAL,
        ItemKind.NUMBER,
        ItemKind.DATE,
        ItemKind.SHORT_TEXT,
        ItemKind.LONG_TEXT,
    ]
    assert items[1].bounds == CountBounds(1, 2)
    assert items[1].show_if == Condition(1, frozenset("y"))
    assert items[2].bounds == NumberBounds(18, 80, 1, "лет")
    assert items[3].bounds == DateBounds(date(2000, 1, 1), "today")
    assert (items[4].bounds, items[5].bounds) == (TextBounds(200), TextBounds(2000))
    assert [item.optional for item in items] == [False, False, False, False, True, True]
    assert items[4].hint == "Можно коротко."


def test_a_scale_of_means_with_reversed_items(write: Write) -> None:
    form = load_instrument(write(spoilt(MEANS)))
    [scale] = form.scales
    assert (scale.method, scale.missing) == (Method.MEAN, Missing(MissingRule.MEAN, 2))
    assert form.items[0].points == {"0": 0, "1": 1, "2": 2, "3": 3}
    assert form.items[1].points == {"0": 3, "1": 2, "2": 1, "3": 0}
    assert [band.low for band in form.scale_bands] == [0, 1.1, 2.1]
    assert form.scale_bands[2].deficit
    assert form.items[0].options == form.options
    assert (form.privacy, form.audience) == (Privacy.PSYCHOLOGICAL, (Audience.TEACHER,))


BROKEN: list[tuple[str, dict[str, Any], Spoil, str]] = [
    # the file
    ("privacy", FORM, lambda d: d.update(privacy="secret"), "file: privacy is 'secret'; it must be one of psych"),
    (
        "audience",
        FORM,
        lambda d: d.update(audience=["pupil"]),
        "file: audience is ['pupil']; it must be a list of",
    ),
    ("id too long", FORM, lambda d: d.update(id="f" * 25), "file: id is"),
    (
        "scales without bands",
        MEANS,
        lambda d: without(d, "scale_bands"),
        "file: there are scales, but no scale_bands",
    ),
    # kinds and options
    (
        "kind",
        FORM,
        lambda d: d["items"][0].update(kind="radio"),
        "item 1: kind is 'radio'; it must be one of choice",
    ),
    (
        "no options",
        FORM,
        lambda d: without(d["items"][0], "options"),
        "item 1: it has no options, nor has the file",
    ),
    ("one option", FORM, lambda d: d["items"][0]["options"].pop(), "item 1, options: there is only one"),
    (
        "option with a mark for its code",
        FORM,
        lambda d: d["items"][4].update(kind="several", options=[{"code": "~", "title": "А"}, AGREEMENT[0]]),
        "item 5, option ~: code is '~'",
    ),
    ("another kind's field", FORM, lambda d: d["items"][0].update(low=1), "item 1: unknown field 'low'"),
    # bounds
    ("no bound", FORM, lambda d: without(d["items"][2], "high"), "item 3: no field 'high'"),
    ("bounds upside down", FORM, lambda d: d["items"][2].update(low=90), "item 3: high 80 is below low 90"),
    ("decimals", FORM, lambda d: d["items"][2].update(decimals=3), "item 3: decimals is 3; it must be 0, 1 or 2"),
    (
        "too many of few",
        FORM,
        lambda d: d["items"][1].update(at_most=9),
        "item 2: at_least and at_most do not fit",
    ),
    ("day", FORM, lambda d: d["items"][3].update(earliest="вчера"), "item 4: earliest is 'вчера'"),
    ("days", FORM, lambda d: d["items"][3].update(latest="1999-01-01"), "item 4: latest 1999-01-01 is before"),
    ("long text", FORM, lambda d: d["items"][5].update(most=9000), "item 6: most is 9000; a message has room"),
    # conditions
    (
        "later item",
        FORM,
        lambda d: d["items"][1]["show_if"].update(item=2),
        "item 2, show_if: item 2 does not come",
    ),
    (
        "item without options",
        FORM,
        lambda d: d["items"][4].update(show_if={"item": 3, "is": ["1"]}),
        "item 5, show_if",
    ),
    (
        "option unknown",
        FORM,
        lambda d: d["items"][1]["show_if"].update({"is": ["z"]}),
        "item 2, show_if: item 1 has no",
    ),
    ("condition bad", FORM, lambda d: d["items"][1].update(show_if={"item": 1}), "item 2, show_if: no field 'is'"),
    # scales
    ("value", MEANS, lambda d: without(d["options"][2], "value"), "item 1: its option '2' has no value"),
    (
        "maximum",
        MEANS,
        lambda d: d["scales"][0].update(maximum=4),
        "scale ease: its highest answers come to 3, but",
    ),
    ("method", MEANS, lambda d: d["scales"][0].update(method="median"), "scale ease: method is 'median'"),
    (
        "rule",
        MEANS,
        lambda d: d["scales"][0]["missing"].update(rule="guess"),
        "scale ease, missing: rule is 'guess'; it must be one of refuse, zero, mean",
    ),
    (
        "least",
        MEANS,
        lambda d: d["scales"][0]["missing"].update(at_least=4),
        "scale ease, missing: at_least is more than its 3 items",
    ),
    ("band gap", MEANS, lambda d: d["scale_bands"][1].update(low=1.2), "scale band some: low 1.2 leaves a gap"),
    (
        "hundredths",
        MEANS,
        lambda d: d["scale_bands"][1].update(low=1.15),
        "scale band some: low is 1.15; it must be",
    ),
    (
        "reversed alone",
        MEANS,
        lambda d: without(d["items"][1], "scale"),
        "item 2: it has weight or reversed, but no",
    ),
]


@pytest.mark.parametrize(
    ("right", "spoil", "expected"),
    [pytest.param(right, spoil, expected, id=name) for name, right, spoil, expected in BROKEN],
)
def test_one_mistake_is_named_with_its_place(
    write: Write, right: dict[str, Any], spoil: Spoil, expected: str
) -> None:
    data = spoilt(right, spoil)
    with pytest.raises(InstrumentError) as caught:
        load_instrument(write(data))
    own = [problem for problem in caught.value.problems if problem.startswith(expected)]
    assert own, caught.value.problems


def test_mistakes_of_several_items_are_told_together(write: Write) -> None:
    data = spoilt(FORM, lambda d: (without(d["items"][2], "low"), d["items"][3].update(latest="никогда")))
    with pytest.raises(InstrumentError) as caught:
        load_instrument(write(data))
    assert [problem.partition(":")[0] for problem in caught.value.problems] == ["item 3", "item 4"]


def test_the_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(InstrumentError, match=r"odd\.yaml"):
        load_instrument(path)
