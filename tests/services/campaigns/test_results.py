"""Changes of shares, sums of official forms, the list of names."""

from io import BytesIO
from zipfile import ZipFile

import fastexcel
import pytest

from services.campaigns.model import OfficialAnswer, Unfinished
from services.campaigns.official import summary
from services.campaigns.results import change
from services.campaigns.sheet import unfinished_sheet
from services.diagnostics.instrument import ANSWERED, Instrument, Item, ItemKind, NumberBounds, Option, Privacy

YES_NO = (Option("y", "Да"), Option("n", "Нет"))
SEVERAL = (Option("a", "Положение"), Option("b", "Приказ"))
BOUNDS = NumberBounds(0, 1000, 2)


def form() -> Instrument:
    items = (
        Item(1, "Сколько ставок?", kind=ItemKind.NUMBER, bounds=BOUNDS),
        Item(2, "Каков средний возраст?", kind=ItemKind.NUMBER, bounds=BOUNDS),
        Item(3, "Есть ли вакансии?", kind=ItemKind.CHOICE, options=YES_NO),
        Item(4, "Какие документы есть?", kind=ItemKind.SEVERAL, options=SEVERAL),
        Item(5, "Что ещё сказать?", kind=ItemKind.LONG_TEXT),
    )
    return Instrument(
        "card", "2", "Карта", "Карта", "", "", "", "", 5, (), items, (), (), (), (), privacy=Privacy.OFFICIAL
    )


def answer(school: int, marks: str, version: str = "2", **values: object) -> OfficialAnswer:
    given = {int(name[1:]): value for name, value in values.items()}
    return OfficialAnswer(school, f"Школа № {school}", version, marks, given)


@pytest.mark.parametrize(
    ("now", "before", "printed"),
    [
        ((23, 150), (24, 153), "−0,4"),
        ((24, 153), (23, 150), "+0,4"),
        ((5, 10), (5, 10), "0,0"),
        ((10, 10), (0, 10), "+100,0"),
    ],
)
def test_change_is_in_percentage_points(now: tuple[int, int], before: tuple[int, int], printed: str) -> None:
    assert change(*now, *before) == f"{printed}\N{NO-BREAK SPACE}п.\N{NO-BREAK SPACE}п."


def test_change_of_nobodys_share_is_not_told() -> None:
    assert change(0, 0, 1, 10) == change(1, 10, 0, 0) == ""


def test_official_forms_are_summed_means_are_averaged_and_options_counted() -> None:
    found = summary(
        form(),
        [
            answer(1, f"{ANSWERED}{ANSWERED}y{ANSWERED}-", _1=32.5, _2=44.7, _4="ab"),
            answer(2, f"{ANSWERED}-n{ANSWERED}-", _1=10, _4="b"),
            answer(3, f"{ANSWERED}{ANSWERED}y--", _1=0, _2=40.1),
            answer(4, f"{ANSWERED}{ANSWERED}y{ANSWERED}-", version="1", _1=500, _2=90, _4="a"),
        ],
    )
    assert found.forms == 3
    assert [(total.question, total.schools, total.value, total.is_mean) for total in found.totals] == [
        ("Сколько ставок?", 3, 42.5, False),
        ("Каков средний возраст?", 2, 42.4, True),
    ]
    assert [(count.schools, dict(count.options)) for count in found.counts] == [
        (3, {"Да": 2, "Нет": 1}),
        (2, {"Положение": 1, "Приказ": 2}),
    ]
    assert [(school.school, dict(school.numbers)) for school in found.schools] == [
        ("Школа № 1", {"Сколько ставок?": 32.5, "Каков средний возраст?": 44.7}),
        ("Школа № 2", {"Сколько ставок?": 10.0}),
        ("Школа № 3", {"Сколько ставок?": 0.0, "Каков средний возраст?": 40.1}),
    ]


def test_what_a_school_wrote_in_words_is_read_by_whom_it_was_written_for() -> None:
    found = summary(form(), [answer(1, f"{ANSWERED}---{ANSWERED}", _1=10, _5="Нужен физик")])
    assert found.schools[0].texts == (("Что ещё сказать?", "Нужен физик"),)


def test_sheet_has_schools_and_names_and_never_a_formula() -> None:
    people = [
        Unfinished("=HYPERLINK(A1)", "+Школа № 1", reachable=True),
        Unfinished("http://example.org", "@cmd", reachable=False),
    ]
    content = unfinished_sheet(people)
    sheet = fastexcel.read_excel(content).load_sheet(0, dtypes="string").to_polars()
    assert [column.to_list() for column in sheet] == [
        ["+Школа № 1", "@cmd"],
        ["=HYPERLINK(A1)", "http://example.org"],
    ]
    with ZipFile(BytesIO(content)) as archive:
        written = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets"))
    assert b"<f>" not in written
    assert b"hyperlink" not in written
