"""The document of a route as Word and a methodist read it: our template, and an operator's."""

import logging
import zipfile
from collections.abc import Sequence
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from services.iom.document import Answer, StepLine
from services.iom.document_file import OURS, SAMPLE, make_document, tried
from services.iom.document_template import build
from services.word_template import TemplateError, looked_at

LINE = SAMPLE.steps[0]
WIDE = 267
"""Millimetres between the margins."""


def paper(content: bytes) -> "docx.document.Document":
    return docx.Document(BytesIO(content))


def words(content: bytes) -> str:
    """Everything that stands on the page, the edges too."""
    read = paper(content)
    section = read.sections[0]
    lines = [line.text for part in (section.header, read, section.footer) for line in part.paragraphs]
    return "\n".join(lines + [cell.text for table in read.tables for row in table.rows for cell in row.cells])


def steps_of(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in paper(content).tables[1].rows]


def operators(folder: Path, lines: Sequence[str]) -> Path:
    """A template that an operator has written."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_everything_known_is_in_the_document() -> None:
    made = words(make_document(SAMPLE))
    for field in fields(SAMPLE):
        value = getattr(SAMPLE, field.name)
        if isinstance(value, str) and field.name != "mark":
            assert value in made, field.name
    assert "ЧЕРНОВИК" in made
    assert "Рефлексивный анализ" in made
    assert "Что получилось. Многое" in made
    assert "{" not in made


def test_the_table_has_a_line_a_step_under_a_head_that_is_on_every_page() -> None:
    lines = tuple(replace(LINE, number=str(number), title=f"Мероприятие {number}") for number in range(1, 21))
    made = make_document(replace(SAMPLE, steps=lines))
    table = steps_of(made)
    assert len(table) == 21
    assert len(table[0]) == 8
    assert [row[2] for row in table[1:]] == [line.title for line in lines]
    [row, *_] = paper(made).tables[1].rows
    assert row._tr.trPr.find(qn("w:tblHeader")) is not None


def test_it_is_a4_across_and_nothing_is_wider_than_the_page() -> None:
    read = paper(make_document(SAMPLE))
    section = read.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    for table in read.tables:
        assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(WIDE, abs=0.5)
        assert not table.autofit


def test_what_nobody_has_told_is_a_dash_and_no_mentor_signs_where_there_is_none() -> None:
    bare = replace(
        SAMPLE, mark="", category="", mentor="", mentor_short="", curator="", curator_short="", steps=()
    )
    made = make_document(replace(bare, reflection=(), early_reason="", agreed=""))
    text = words(made)
    assert "—" in text
    assert "ЧЕРНОВИК" not in text
    assert "Рефлексивный анализ" not in text
    assert "Согласован" not in text
    signatures = paper(made).tables[2].rows[0].cells
    assert [cell.paragraphs[0].text for cell in signatures] == ["Педагог", "Куратор", ""]
    assert "Наставник" not in signatures[2].text
    assert len(steps_of(made)) == 1


@pytest.mark.parametrize(
    "title",
    [
        "<b>Не тег</b> & </w:t>",
        "{{ 7 * 7 }} {% for x in y %}",
        "“Кавычки” 'и' \"другие\"",
        "😀 эмодзи",
        "Ы" * 300,
        "две\nстроки",
    ],
)
def test_words_stay_words(title: str) -> None:
    made = make_document(replace(SAMPLE, teacher=title, steps=(replace(LINE, title=title),)))
    assert steps_of(made)[1][2] == title
    assert title in words(made)


def test_characters_that_no_document_may_hold_are_left_out() -> None:
    made = make_document(replace(SAMPLE, steps=(replace(LINE, title="до\x00\x07\x0b\x0c\ud800после"),)))
    assert steps_of(made)[1][2] == "допосле"


def test_the_shipped_template_is_what_the_script_makes() -> None:
    def inside(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name.startswith("word/")}

    assert inside(OURS.read_bytes()) == inside(build())


def test_an_operators_template_is_filled(tmp_path: Path) -> None:
    own = operators(
        tmp_path, ["Наш бланк: {{ teacher }}", "{%p for step in steps %}", "{{ step.title }}", "{%p endfor %}"]
    )
    tried(own)
    made = words(make_document(SAMPLE, own))
    assert "Наш бланк: Образцова Анна Ивановна" in made
    assert "Индивидуальный" not in made


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["{{ teecher }}"], "'teecher' is undefined"),
        (["{{ teacher "], "метках"),
        (["{%p for step in steps %}", "{{ step.titel }}", "{%p endfor %}"], "titel"),
        (["{% if mark %}"], "метках"),
        (["{{ ''.__class__.__mro__[1].__subclasses__() }}"], "неизвестная метка|не удалось"),
    ],
)
def test_a_faulty_template_is_told_of_and_ours_is_used(
    tmp_path: Path, lines: list[str], fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    own = operators(tmp_path, lines)
    with pytest.raises(TemplateError, match=fault):
        tried(own)
    with caplog.at_level(logging.ERROR):
        made = words(make_document(SAMPLE, own))
    assert "Индивидуальный образовательный маршрут" in made
    assert "IOM_TEMPLATE" in caplog.text
    assert "Образцова" not in caplog.text, "no names in the log"


def test_a_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="нет файла"):
        looked_at(tmp_path / "none.docx")
    text = tmp_path / "text.docx"
    text.write_text("Это не документ", encoding="utf-8")
    sheet = tmp_path / "sheet.docx"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    for wrong in (text, sheet, tmp_path):
        with pytest.raises(TemplateError, match="не документ Word"):
            looked_at(wrong)
        assert b"word/document.xml" in make_document(SAMPLE, wrong)


def test_an_answer_of_many_lines_keeps_them() -> None:
    made = make_document(replace(SAMPLE, reflection=(Answer("Что дальше", "Первое\nВторое"),)))
    assert "Что дальше. Первое\nВторое" in words(made)


def test_a_line_of_the_table_has_a_column_for_each_of_its_words() -> None:
    told = StepLine(*(field.name for field in fields(StepLine)))
    assert sorted(steps_of(make_document(replace(SAMPLE, steps=(told,))))[1]) == sorted(
        field.name for field in fields(StepLine)
    )
