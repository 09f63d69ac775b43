"""Groups of schools alike."""

from random import Random

import pytest

from services.reporting.analysis.groups import alike
from services.reporting.analysis.rule import features
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import PlaceFigures
from tests.services.reporting.analysis.district import school, share

FEATURES = [registry().of(code) for code in features()]
SHARES = [
    "teachers.early_share",
    "deficits.coverage",
    "iom.took_part",
    "steps.overdue",
    "pairs.met",
    "early.mentored",
    "boyko.exhaustion",
]


def of(number: int, centre: float, noise: Random) -> PlaceFigures:
    return school(number, {code: share(centre + noise.uniform(-0.05, 0.05)) for code in SHARES})


@pytest.fixture
def two_kinds() -> list[PlaceFigures]:
    """Odd schools have about a fifth of everything, even ones about two thirds; five and four of them."""
    noise = Random(3)
    return [of(number, 0.2 if number % 2 else 0.65, noise) for number in range(1, 10)]


def test_two_groups_are_found_and_told_apart_in_any_order_of_schools(
    two_kinds: list[PlaceFigures],
) -> None:
    found, how = alike(two_kinds, FEATURES)
    assert [group.schools for group in found] == [
        ("Школа № 1", "Школа № 3", "Школа № 5", "Школа № 7", "Школа № 9"),
        ("Школа № 2", "Школа № 4", "Школа № 6", "Школа № 8"),
    ]
    assert [group.title for group in found] == [
        "Группа 1: 5\N{NO-BREAK SPACE}школ",
        "Группа 2: 4\N{NO-BREAK SPACE}школы",
    ]
    assert all(words.startswith("ниже среднего: ") for words in found[0].features)
    assert all(words.startswith("выше среднего: ") for words in found[1].features)
    assert " при " in found[1].features[0]
    assert "Школ в сравнении: 9, показателей: 7" in how
    assert "силуэт" in how.casefold()
    turned = list(two_kinds)
    Random(5).shuffle(turned)
    assert alike(turned, FEATURES) == (found, how)


def test_what_says_little_is_left_out_and_named(two_kinds: list[PlaceFigures]) -> None:
    stranger = school(10, {"pairs.met": share(0.5)})
    # A figure that only two schools have is no feature.
    rare = [
        PlaceFigures(
            each.organisation_id, each.name, {**each.figures, **school(0, {"courses.done": share(0.9)}).figures}
        )
        for each in two_kinds[:2]
    ]
    found, how = alike([stranger, *rare, *two_kinds[2:]], FEATURES)
    assert "Не сравнивались, потому что о них мало данных: школа № 10." in how
    assert "показателей: 7" in how
    assert sum(len(group.schools) for group in found) == 9


@pytest.mark.parametrize("seed", range(4))
def test_there_are_no_groups_where_there_is_no_structure(seed: int) -> None:
    noise = Random(seed)
    schools = [
        school(number, {code: share(noise.uniform(0.2, 0.8)) for code in SHARES}) for number in range(1, 13)
    ]
    found, how = alike(schools, FEATURES)
    assert not found
    assert how.startswith("Выраженных групп нет")


def test_a_clear_division_that_chance_makes_as_well_is_none() -> None:
    # One number, told twice in the opposite order: each of two shares has two heaps, but not the same schools.
    firsts, seconds = (0.1, 0.12, 0.9, 0.92) * 2, (0.1, 0.9) * 4
    schools = [
        school(number, {"pairs.met": share(first), "early.mentored": share(second)})
        for number, (first, second) in enumerate(zip(firsts, seconds, strict=True), start=1)
    ]
    found, how = alike(schools, FEATURES)
    assert not found
    assert "при случайном перемешивании" in how


@pytest.mark.parametrize(
    ("schools", "words"),
    [
        ([of(number, 0.2, Random(number)) for number in (1, 2, 3)], "не меньше 4"),
        ([school(number, {"pairs.met": share(number / 10)}) for number in range(1, 7)], "мало показателей"),
        ([school(number, {code: share(0.5) for code in SHARES}) for number in range(1, 7)], "мало показателей"),
        ([], "не меньше 4"),
    ],
)
def test_too_little_to_compare_is_said(schools: list[PlaceFigures], words: str) -> None:
    found, how = alike(schools, FEATURES)
    assert not found
    assert words in how


def test_a_hidden_school_is_not_told_of_by_its_neighbours(two_kinds: list[PlaceFigures]) -> None:
    hidden = [
        each if each.name != "Школа № 4" else school(4, {**each.figures, "boyko.exhaustion": None})
        for each in two_kinds
    ]
    few = [each for each in FEATURES if each.code in ("iom.took_part", "pairs.met", "boyko.exhaustion")]
    found, _ = alike(hidden, few)
    title = "фазой истощения"
    assert "Школа № 4" in found[1].schools
    assert any(title in words for words in found[0].features)
    assert not any(title in words for words in found[1].features)
