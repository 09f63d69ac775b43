"""The list of pairs for an order as a director reads it: whole, in order, of one school on pages of its own."""

from io import BytesIO

import docx
import pytest

from services.mentoring.life.order import Order, OrderPair, OrderSchool, school_year
from services.mentoring.life.order_file import TEMPLATE, make_order
from services.mentoring.life.order_template import build
from tests.town import TUESDAY

PAIR = OrderPair(
    "1",
    "Опытова Вера Петровна",
    "учитель, физика, высшая категория",
    "Новикова Анна Ивановна",
    "учитель, химия, стаж 1\N{NO-BREAK SPACE}год",
    "педагог — педагог",
    "с даты приказа по\N{NO-BREAK SPACE}31.05.2027",
)


def words_of(content: bytes) -> str:
    paper = docx.Document(BytesIO(content))
    lines = [paragraph.text for paragraph in paper.paragraphs]
    lines += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def order(*schools: OrderSchool) -> Order:
    return Order(schools, "24.11.2026")


def school(name: str = "Школа № 1", curator: str = "Чуткова О. Ю.", pairs: int = 1) -> OrderSchool:
    return OrderSchool(name, "Сосновский район", "2026/2027", curator, (PAIR,) * pairs)


def test_all_that_a_director_needs_is_on_the_paper() -> None:
    words = words_of(make_order(order(school())))
    for told in (
        "Школа № 1",
        "2026/2027",
        "Приложение к приказу",
        "№ ________",
        "Основание",
        *(PAIR.mentor, PAIR.mentor_about, PAIR.mentee, PAIR.mentee_about, PAIR.form, PAIR.period),
        "Директор",
        "Чуткова О. Ю.",
    ):
        assert told in words, told
    assert "{" not in words


def test_each_school_begins_on_a_page_of_its_own() -> None:
    paper = docx.Document(BytesIO(make_order(order(school("Школа № 1"), school("Школа № 2", curator="")))))
    breaks = [each for each in paper.paragraphs if each.paragraph_format.page_break_before]
    assert len(breaks) == 2
    tables = [table for table in paper.tables if table.rows[0].cells[0].text == "№"]
    assert [len(table.rows) for table in tables] == [2, 2]


def test_what_people_have_written_stays_words() -> None:
    odd = OrderPair("1", "Иванова <b>& Ко", "{{ 7 * 7 }}", "Б\x0bв", "", "", "")
    words = words_of(make_order(order(OrderSchool("«Школа» & <лицей>", "", "2026/2027", "", (odd,)))))
    assert "Иванова <b>& Ко" in words
    assert "{{ 7 * 7 }}" in words
    assert "«Школа» & <лицей>" in words


def test_the_template_is_the_one_that_its_module_makes() -> None:
    kept, made = (docx.Document(BytesIO(content)) for content in (TEMPLATE.read_bytes(), build()))
    assert kept.element.xml == made.element.xml


@pytest.mark.parametrize(("month", "year"), [(9, "2026/2027"), (12, "2026/2027"), (6, "2025/2026")])
def test_a_school_year_begins_in_summer(month: int, year: str) -> None:
    assert school_year(TUESDAY.date().replace(month=month, day=1)) == year
