"""A plan of events as people keep it in a spreadsheet."""

from datetime import date, time
from io import BytesIO

import pytest
import xlsxwriter

from services.diagnostics.answer_parsing import Unclear
from services.events.importing import would_do
from services.events.model import Audience, EventKind, Plan
from services.events.moments import event_day, event_hour
from services.events.plan_file import read_plan
from services.events.plan_sheet import make_template
from services.spreadsheets.errors import SheetError
from tests.services.people.roster.files import csv

TODAY = date(2026, 11, 24)


def test_cells_of_dates_and_hours_are_read_as_excel_keeps_them() -> None:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day, hour = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["План мероприятий на год"])
    sheet.write_row(
        1, 0, ["№", "Дата проведения", "Время", "Мероприятие", "Форма", "Участники", "Ответственный", "Мест"]
    )
    sheet.write_row(2, 0, [1, "", "", "Первый урок", "Семинар-практикум", "молодые педагоги", "", 20])
    sheet.write_datetime(2, 1, date(2026, 12, 5), day)
    sheet.write_datetime(2, 2, time(14, 30), hour)
    sheet.write_row(3, 0, [2, "03.09.2026", 0.5, "Августовская встреча", "круглый стол", "", "Лугин О. И."])
    sheet.write_row(4, 0, [3, "15.01.2027", "10.00", "Методическая среда", "РМО учителей", "Наставники"])
    book.close()
    file = read_plan("План.xlsx", content.getvalue(), TODAY)
    assert file.problems == ()
    assert file.plans == (
        Plan(EventKind.SEMINAR, "Первый урок", date(2026, 12, 5), "14:30", audience=Audience.EARLY, seats=20),
        Plan(EventKind.ROUND_TABLE, "Августовская встреча", date(2026, 9, 3), "12:00", responsible="Лугин О. И."),
        Plan(EventKind.ASSOCIATION, "Методическая среда", date(2027, 1, 15), "10:00", audience=Audience.MENTORS),
    )
    # The same day and title, however written, is the same event.
    again = would_do(file, [(date(2026, 12, 5), "ПЕРВЫЙ  урок.")])
    assert (len(again.added), again.known) == (2, 1)


def test_what_is_wrong_is_told_by_row_and_the_rest_is_kept() -> None:
    content = csv(
        ["Дата", "Время", "Название", "Вид", "Аудитория", "Мест"],
        ["05.12.2026", "14:30", "Первый урок", "Семинар", "Все педагоги", ""],
        ["31.02.2027", "", "Нет такого дня", "", "", ""],
        ["06.12.2026", "25:00", "Поздно", "", "", ""],
        ["07.12.2026", "", "2027", "Посиделки", "Родители", "много"],
        ["05.12.2026", "", "первый урок", "", "", ""],
        ["", "", "Без дня", "", "", ""],
    )
    file = read_plan("План.csv", content, TODAY)
    assert [plan.title for plan in file.plans] == ["Первый урок"]
    assert [(problem.row, problem.column) for problem in file.problems] == [
        (3, "Дата"),
        (4, "Время"),
        (5, "Название"),
        (5, "Вид"),
        (5, "Аудитория"),
        (5, "Мест"),
        (6, "Название"),
        (7, "Дата"),
    ]
    assert file.problems[-1].text == f"впишите дату, например {TODAY:%d.%m.%Y}"
    with pytest.raises(SheetError, match="нет событий"):
        read_plan("Шаблон.xlsx", make_template(TODAY), TODAY)
    with pytest.raises(SheetError, match="Название"):
        read_plan("План.csv", csv(["Дата", "Что-то"], ["05.12.2026", "а"]), TODAY)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("15 декабря", date(2026, 12, 15)),
        ("в пятницу", date(2026, 11, 27)),
        ("5 сентября", date(2027, 9, 5)),
        ("05.09.2026", date(2026, 9, 5)),
        ("5.9.26", date(2026, 9, 5)),
        ("1 марта 2027 года", date(2027, 3, 1)),
    ],
)
def test_a_day_without_a_year_is_ahead_and_one_with_a_year_may_be_over(said: str, day: date) -> None:
    assert event_day(said, TODAY) == day


def test_hours() -> None:
    said = ("14:30", "14.30", "9", "в 15 часов", "14 ч 15 мин", "9-05")
    assert [event_hour(each) for each in said] == ["14:30", "14:30", "09:00", "15:00", "14:15", "09:05"]
    for wrong in ("25:00", "12:75", "после уроков", ""):
        with pytest.raises(Unclear):
            event_hour(wrong)
    for at_night, meant in (("в 3", "15:00"), ("4.30", "16:30")):
        with pytest.raises(Unclear, match=f"напишите {meant}"):
            event_hour(at_night)
