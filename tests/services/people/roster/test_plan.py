"""Whom an import would add, change and move, told from the names, the schools and the years of birth."""

from dataclasses import replace

import pytest

from services.people.roster.model import (
    Base,
    Entry,
    FieldChange,
    Known,
    Plan,
    Roster,
    School,
    Scope,
)
from services.people.roster.plan import make_plan

from .files import TODAY

FIRST, SECOND = School(1, "Школа № 1"), School(2, "Школа № 2")
MARIA = Entry(2, "Школа № 1", "Иванова Мария", "учитель", "физика", 12, 1980, "первая")
KNOWN = Known(10, "Иванова Мария", "учитель", "физика", 12, 1980, "первая", False, False, (1,), (1,))
EVERYWHERE = Scope(100)


def planned(
    *entries: Entry, known: tuple[Known, ...] = (), scope: Scope = EVERYWHERE, new_schools: bool = True
) -> Plan:
    numbered = tuple(replace(each, row=number) for number, each in enumerate(entries, start=2))
    return make_plan(Roster(numbered, ()), Base([FIRST, SECOND], known, TODAY), scope, new_schools=new_schools)


def said(plan: Plan) -> str:
    return " ".join(str(problem) for problem in plan.problems)


def test_somebody_new_is_added() -> None:
    plan = planned(MARIA)
    assert [(each.entry, each.schools) for each in plan.added] == [(MARIA, (FIRST,))]


@pytest.mark.parametrize("name", ["иванова  МАРИЯ", "Ива\u0301нова Мария".replace("\u0301", ""), "Иванова Мария"])
@pytest.mark.parametrize("school", ["Школа №1", "школа  N 1", "ШКОЛА №  1", "«Школа № 1»"])
def test_names_and_schools_match_in_any_spelling(name: str, school: str) -> None:
    plan = planned(replace(MARIA, full_name=name, school=school), known=(replace(KNOWN, registered=True),))
    assert plan.unchanged == (10,)
    assert plan.people == 0


def test_yo_is_ye() -> None:
    plan = planned(replace(MARIA, full_name="Семёнова Анна"), known=(replace(KNOWN, full_name="Семенова Анна"),))
    (change,) = plan.changed
    assert change.fields == (FieldChange("full_name", "Семенова Анна", "Семёнова Анна"),)


def test_the_name_of_somebody_registered_stays_as_they_spell_it() -> None:
    known = replace(KNOWN, full_name="Семенова Анна", registered=True)
    assert planned(replace(MARIA, full_name="Семёнова Анна"), known=(known,)).unchanged == (10,)


def test_what_differs_is_told_and_what_is_not_said_stays() -> None:
    plan = planned(replace(MARIA, position="завуч", subject="", years_of_work=13), known=(KNOWN,))
    (change,) = plan.changed
    assert change.fields == (FieldChange("position", "учитель", "завуч"), FieldChange("years_of_work", 12, 13))
    assert not change.told


def test_a_change_of_what_somebody_told_in_chat_is_marked() -> None:
    (change,) = planned(replace(MARIA, category="высшая"), known=(replace(KNOWN, registered=True),)).changed
    assert change.told
    (change,) = planned(MARIA, known=(replace(KNOWN, registered=True, category=""),)).changed
    assert not change.told


def test_the_year_of_birth_tells_namesakes_apart() -> None:
    plan = planned(MARIA, replace(MARIA, birth_year=1999, years_of_work=1), known=(KNOWN,))
    assert plan.unchanged == (10,)
    (addition,) = plan.added
    assert (addition.entry.birth_year, addition.namesake) == (1999, 1980)


def test_a_namesake_without_a_year_is_a_problem() -> None:
    plan = planned(MARIA, replace(MARIA, birth_year=None))
    assert len(plan.added) == 1
    assert "строка 3, «Год рождения»: в этой школе несколько человек с таким именем" in said(plan)
    both = (KNOWN, replace(KNOWN, id=11, birth_year=1999))
    assert "несколько человек с таким именем" in said(planned(replace(MARIA, birth_year=None), known=both))


def test_a_missing_year_of_birth_is_filled_in() -> None:
    (change,) = planned(MARIA, known=(replace(KNOWN, birth_year=None),)).changed
    assert change.fields == (FieldChange("birth_year", None, 1980),)


def test_two_namesakes_never_take_the_record_of_one() -> None:
    plan = planned(MARIA, replace(MARIA, birth_year=1990), known=(replace(KNOWN, birth_year=None),))
    assert plan.people == 0
    assert said(plan).count("который из двух") == 2


def test_the_same_person_in_another_school_moves() -> None:
    plan = planned(replace(MARIA, school="Школа № 2"), known=(KNOWN,))
    (move,) = plan.moved
    assert (move.person_id, move.left, move.to) == (10, (FIRST,), (SECOND,))
    assert plan.added == ()


def test_a_name_of_another_school_without_a_year_is_a_problem() -> None:
    plan = planned(replace(MARIA, school="Школа № 2", birth_year=None), known=(KNOWN,))
    assert plan.people == 0
    assert "есть в другой школе. Укажите год рождения" in said(plan)


def test_somebody_in_two_schools_is_one_person() -> None:
    both = (MARIA, replace(MARIA, school="Школа № 2"))
    (addition,) = planned(*both).added
    assert addition.schools == (FIRST, SECOND)
    (move,) = planned(*both, known=(KNOWN,)).moved
    assert (move.left, move.to) == ((), (SECOND,))
    assert planned(*both, known=(replace(KNOWN, teaches_in=(1, 2), attached_to=(1, 2)),)).unchanged == (10,)


def test_a_curator_of_the_school_who_teaches_is_found() -> None:
    curator = replace(KNOWN, teaches_in=(), registered=True)
    (move,) = planned(MARIA, known=(curator,)).moved
    assert (move.left, move.to) == ((), (FIRST,))


def test_a_repeated_row_is_left_out() -> None:
    plan = planned(MARIA, replace(MARIA, full_name="ИВАНОВА МАРИЯ"))
    assert len(plan.added) == 1
    assert [(each.row, each.first_row) for each in plan.doubles] == [(3, 2)]


def test_whoever_is_not_in_the_file_is_only_listed_and_only_of_its_schools() -> None:
    gone = replace(KNOWN, id=11, full_name="Серова Анна")
    elsewhere = replace(KNOWN, id=12, full_name="Жукова Анна", teaches_in=(2,), attached_to=(2,))
    plan = planned(MARIA, known=(KNOWN, gone, elsewhere))
    assert [(each.person_id, each.school) for each in plan.absent] == [(11, "Школа № 1")]


def test_whoever_has_a_mistake_in_their_row_is_not_absent() -> None:
    roster = Roster((replace(MARIA, full_name="Серова Анна"),), (), unclear=frozenset({"иванова МАРИЯ"}))
    plan = make_plan(roster, Base([FIRST], [KNOWN], TODAY), EVERYWHERE, new_schools=True)
    assert plan.absent == ()


def test_unknown_schools_are_told_apart_with_the_one_they_resemble() -> None:
    far = replace(MARIA, school="Шкала № 2")
    odd = replace(MARIA, school="Гимназия", full_name="Серова Анна")
    plan = planned(MARIA, far, odd, known=(KNOWN,), new_schools=False)
    assert [(each.name, each.people, each.like) for each in plan.new_schools] == [
        ("Шкала № 2", 1, "Школа № 2"),
        ("Гимназия", 1, None),
    ]
    assert plan.people == 0
    whole = planned(MARIA, far, odd, known=(KNOWN,))
    assert [each.entry.full_name for each in whole.added] == ["Серова Анна"]


def test_a_curator_imports_only_the_own_school() -> None:
    own = Scope(100, frozenset({1}))
    plan = planned(MARIA, replace(MARIA, school="Школа № 2"), replace(MARIA, school="Новая"), scope=own)
    assert [each.schools for each in plan.added] == [(FIRST,)]
    assert plan.new_schools == ()
    assert said(plan).count("не ваша школа. Ваша: «Школа № 1»") == 2


def test_a_curator_takes_nobody_from_another_school() -> None:
    stranger = replace(KNOWN, teaches_in=(2,), attached_to=(2,))
    plan = planned(MARIA, known=(stranger,), scope=Scope(100, frozenset({1})))
    assert plan.people == 0
    assert "«Школа»: этот человек числится в другой школе района: перевод загружает методист" in said(plan)


def test_the_plan_of_what_was_imported_is_empty() -> None:
    crowd = [replace(MARIA, full_name=f"Иванова {'А' * number}") for number in range(1, 40)]
    known = tuple(
        replace(KNOWN, id=number, full_name=each.full_name) for number, each in enumerate(crowd, start=1)
    )
    plan = planned(*crowd, known=known)
    assert (plan.people, len(plan.unchanged), plan.absent, plan.problems) == (0, 39, (), ())
