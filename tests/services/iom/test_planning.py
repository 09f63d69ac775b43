"""Plans of routes: what people write, and how the fact stands against it."""

from fractions import Fraction

import pytest

from services.diagnostics.answer_parsing import Unclear
from services.iom.counting import Counts, SchoolCounts, Tally
from services.iom.model import RouteKind
from services.iom.planning import (
    Planned,
    against_plan,
    by_need,
    completion,
    in_force,
    missing,
    parsed_target,
    target_words,
)
from services.reporting.target import Target


@pytest.mark.parametrize(
    ("target", "done", "teachers", "printed"),
    [
        (Target(number=36), 36, 450, "100\xa0% плана"),
        (Target(number=36), 18, 450, "50\xa0% плана"),
        (Target(number=36), 40, 450, "111,1\xa0% плана"),
        (Target(number=36), 0, 450, "0\xa0% плана"),
        (Target(share=50), 36, 450, "8,0\xa0%, выше плана"),
        (Target(share=80), 36, 450, "8,0\xa0%, план выполнен"),
        # 22 of 450 print as 4,9 %, and 22,5 would be needed.
        (Target(share=50), 22, 450, "4,9\xa0%, ниже плана"),
        # 5 % as it is printed, and yet below: the figures decide, not how they are rounded.
        (Target(share=50), 1001, 20_030, "5,0\xa0%, ниже плана"),
        (Target(share=50), 0, 0, "нет данных"),
    ],
)
def test_the_fact_against_the_plan(target: Target, done: int, teachers: int, printed: str) -> None:
    assert against_plan(target, done, teachers) == printed


@pytest.mark.parametrize(
    ("text", "target", "written"),
    [
        ("36", Target(number=36), "36"),
        ("36 маршрутов", Target(number=36), "36"),
        ("План: 36 ИОМ.", Target(number=36), "36"),
        ("5%", Target(share=50), "5\xa0%"),
        ("2,5 %", Target(share=25), "2,5\xa0%"),
        ("2.5 процента", Target(share=25), "2,5\xa0%"),
        ("5 процентов от всех педагогов", Target(share=50), "5\xa0%"),
        ("100 %", Target(share=1000), "100\xa0%"),
    ],
)
def test_a_plan_is_read_from_words(text: str, target: Target, written: str) -> None:
    assert parsed_target(text) == target
    assert target_words(target) == written


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("много", "Напишите число"),
        ("-5", "Напишите число"),
        ("0", "от 1 до"),
        ("999999", "от 1 до"),
        ("0 %", "от 0,1 до 100"),
        ("101 %", "от 0,1 до 100"),
        ("2,55 %", "одного знака"),
        ("2,5", "добавьте знак %"),
    ],
)
def test_what_cannot_be_planned_is_asked_again(text: str, hint: str) -> None:
    with pytest.raises(Unclear, match=hint):
        parsed_target(text)


def test_a_share_of_the_municipality_holds_in_its_schools_and_a_number_does_not() -> None:
    assert in_force(None, Target(share=50)) == Target(share=50)
    assert in_force(None, Target(number=36)) is None
    assert in_force(Target(number=3), Target(share=50)) == Target(number=3)


def test_all_of_a_plan_is_one() -> None:
    assert completion(Target(share=50), 36, 450) == Fraction(36 * 1000, 50 * 450)
    assert completion(Target(number=36), 36, 0) == 1


def school(
    name: str, teachers: int, developed: int, overdue: int = 0, target: Target | None = None, waiting: int = 0
) -> Planned:
    tally = Tally(overdue=overdue, waiting=waiting)
    return Planned(SchoolCounts(1, name, Counts(teachers, developed, kinds={RouteKind.GROWTH: tally})), target)


@pytest.mark.parametrize(
    ("target", "done", "left"),
    [
        (Target(number=36), 30, 6),
        (Target(number=36), 40, 0),
        # 22,5 routes cannot be done, 23 can.
        (Target(share=50), 20, 3),
        (Target(share=50), 23, 0),
    ],
)
def test_how_many_routes_more_a_plan_takes(target: Target, done: int, left: int) -> None:
    assert missing(target, done, 450) == left


def test_schools_with_what_is_overdue_or_waits_come_first_then_those_far_from_their_plan() -> None:
    ordered = by_need(
        [
            school("Пустая школа", 0, 0, target=Target(share=50)),
            school("Школа № 10", 100, 5, target=Target(share=50)),
            school("Школа № 2", 100, 5, target=Target(share=50)),
            school("Отстаёт", 100, 1, target=Target(share=50)),
            school("Ждёт решения", 100, 50, target=Target(share=50), waiting=1),
            school("Просрочено", 100, 50, overdue=1, target=Target(share=50)),
            school("Сильно просрочено", 100, 50, overdue=4),
        ]
    )
    assert [one.school.school for one in ordered] == [
        "Сильно просрочено",
        "Просрочено",
        "Ждёт решения",
        "Отстаёт",
        "Школа № 2",
        "Школа № 10",
        "Пустая школа",
    ]
