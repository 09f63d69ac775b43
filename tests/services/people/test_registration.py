"""What people write about themselves."""

import pytest

from services.people.registration import Unclear, birth_year, full_name, short_field, years_of_work


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Иванова   Мария Петровна", "Иванова Мария Петровна"),
        ("Салтыкова-Щедрина Анна", "Салтыкова-Щедрина Анна"),
        ("Мамедова Лейла Ахмед кызы", "Мамедова Лейла Ахмед кызы"),
        ("O'Brien Mary", "O'Brien Mary"),
    ],
)
def test_names_are_taken_as_written(written: str, name: str) -> None:
    assert full_name(written) == name


@pytest.mark.parametrize("written", ["", "Мария", "Мария 2", "😀 😀", "<b>Мария Иванова</b>", "а" * 300, "- -"])
def test_what_is_no_name_is_asked_again(written: str) -> None:
    with pytest.raises(Unclear):
        full_name(written)


@pytest.mark.parametrize(("written", "years"), [("0", 0), ("12", 12), ("12 лет", 12), ("около 7 лет", 7)])
def test_years_of_work_are_read(written: str, years: int) -> None:
    assert years_of_work(written) == years


@pytest.mark.parametrize("written", ["", "много", "-5", "12-13", "71", "5 6"])
def test_years_that_are_unclear_are_asked_again(written: str) -> None:
    with pytest.raises(Unclear):
        years_of_work(written)


def test_years_of_work_and_of_birth_must_agree() -> None:
    assert birth_year("1976", 2026, 30) == 1976
    with pytest.raises(Unclear, match="стаж"):
        birth_year("2000", 2026, 30)
    with pytest.raises(Unclear, match="год"):
        years_of_work("30", 2000, 2026)


@pytest.mark.parametrize("written", ["1976", "1976 г.", "22.05.1976", "5/3/1976 г.", "1976-05-22"])
def test_a_birth_year_may_come_in_a_whole_date(written: str) -> None:
    assert birth_year(written, 2026) == 1976


@pytest.mark.parametrize("written", ["76", "22.05.76", "1900", "2020", "нет", "в 1976 или 1977"])
def test_a_birth_year_that_cannot_be_is_asked_again(written: str) -> None:
    with pytest.raises(Unclear):
        birth_year(written, 2026)


def test_a_field_is_kept_short() -> None:
    assert short_field(" Тьютор,  логопед ") == "Тьютор, логопед"
    for written in ("", "...", "я" * 81):
        with pytest.raises(Unclear):
            short_field(written)
