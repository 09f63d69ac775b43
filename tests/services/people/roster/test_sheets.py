"""Sheets of invites: a card each with a code that leads to the person's own link."""

import zipfile
from io import BytesIO

import docx
import fastexcel
import pytest

from services.people.roster.model import Card
from services.people.roster.sheets import make_all, make_cards, make_list

CARDS = [
    Card(1, "Школа № 1", "Иванова Мария Петровна", "учитель", "token-of-maria-000000"),
    Card(1, "Школа № 1", "=Серова Анна", "", "token-of-anna-0000000"),
    Card(1, "Школа № 1", "Жукова Ольга", "логопед", "token-of-olga-0000000"),
    Card(2, 'Школа "Радуга" / 2', "Лугин Андрей", "учитель", "token-of-andrey-00000"),
]


def link(token: str) -> str:
    return f"https://t.me/school_bot?start={token}"


def test_cards_name_everybody_with_a_code_and_a_link() -> None:
    document = docx.Document(BytesIO(make_cards(CARDS[:3], link)))
    assert document.paragraphs[0].text == "Школа № 1"
    assert "выдать каждому в руки" in document.paragraphs[1].text
    (table,) = document.tables
    words = [cell.text for row in table.rows for cell in row.cells]
    for card in CARDS[:3]:
        (own,) = [text for text in words if card.full_name in text]
        assert link(card.token) in own
    assert len(document.inline_shapes) == 3
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_the_table_has_texts_links_and_codes() -> None:
    content = make_list(CARDS[:3], link)
    book = fastexcel.read_excel(content)
    rows = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
    assert [row[:3] for row in rows[2:]] == [
        (card.full_name, card.position, link(card.token)) for card in CARDS[:3]
    ]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert sum(name.startswith("xl/media/") for name in archive.namelist()) == 3
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_an_archive_has_both_files_of_each_school() -> None:
    with zipfile.ZipFile(BytesIO(make_all(CARDS, link))) as archive:
        assert archive.namelist() == [
            "Школа 1.docx",
            "Школа 1.xlsx",
            "Школа Радуга 2.docx",
            "Школа Радуга 2.xlsx",
        ]
        second = docx.Document(BytesIO(archive.read("Школа Радуга 2.docx")))
    assert len(second.inline_shapes) == 1
