"""The note as a chief reads it: our template, an operator's, and what stands in them."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from services.charts.of_statement import CHARTS
from services.reporting.analysis.job import complete
from services.reporting.indicators.indicator import Level
from services.reporting.indicators.registry import registry
from services.reporting.note import job
from services.reporting.note.composing import compose
from services.reporting.note.note_file import OURS, make_note, tried
from services.reporting.note.note_template import build
from services.reporting.note.sample import SAMPLE
from services.reporting.statement.codec import from_json
from services.reporting.statement.computing import figures_of
from services.reporting.statement.model import Drafted, Measure, Silence, Statement
from services.reporting.statement.wording import (
    amount_words,
    change_words,
    figure_words,
    number_words,
    target_words,
)
from services.word_template import TemplateError
from tests.services.reporting.sample import sample_school, sample_statement

WIDE = 170
"""Millimetres between the margins."""


@cache
def municipal() -> Statement:
    """A whole statement with an earlier one behind it."""
    promised = Measure("iom.developed", "Составить маршруты", date(2026, 9, 1), "кураторы школ")
    made_at = sample_statement().made_at.replace(month=6)
    earlier = replace(sample_statement(3), made_at=made_at, drafted=Drafted(measures=(promised,)))
    return from_json(complete(sample_statement(), earlier).decode())


def paper(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


@cache
def made() -> Document:
    return paper(make_note(compose(municipal(), 12)))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def words(document: Document) -> str:
    """Everything on the page but for its edges."""
    rows = [row for table in document.tables for row in table.rows]
    lines = [paragraph.text for paragraph in document.paragraphs]
    return plain("\n".join([*lines, *("\t".join(cell.text for cell in row.cells) for row in rows)]))


def rows(document: Document, head: str, *seconds: str) -> dict[str, list[str]]:
    """Rows of all tables whose columns begin so, by their first words."""
    tables = [
        table
        for table in document.tables
        if table.rows[0].cells[0].text == head and (not seconds or table.rows[0].cells[1].text in seconds)
    ]
    found = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    return {cells[0].split("\n")[0]: cells[1:] for cells in found}


def test_every_figure_stands_as_it_is_worded_with_its_plan_and_change_and_with_what_it_is_made_of() -> None:
    statement = municipal()
    shown, traced = rows(made(), "Показатель", "План", "Значение"), rows(made(), "Показатель и что он значит")
    for indicator in registry().at(Level.MUNICIPALITY):
        figure = statement.whole.figures[indicator.code]
        value, origin = traced[indicator.title]
        assert value == figure_words(indicator, figure, statement.min_group)
        assert figure.amount is not None
        for number in (figure.amount.numerator, figure.amount.denominator):
            assert number is None or f": {number_words(number)}." in origin, indicator.code
        assert all(f"Не учтены: {one.words} — {number_words(one.count)}." in origin for one in figure.left_out)
        if indicator.code.startswith("funnel."):
            continue
        cells = shown[indicator.title]
        assert value in cells
        assert figure.before is None or amount_words(indicator, figure.before) in cells
        assert (change_words(indicator, figure) or "—") == cells[-1]
        assert figure.plan is None or cells[0] == target_words(indicator, figure.plan)


def test_it_has_all_sections_numbered_pages_and_places_to_sign() -> None:
    headings = [line.text for line in made().paragraphs if line.style and line.style.name == "Heading 1"]
    assert [heading.split(".")[0] for heading in headings] == [
        *map(str, range(1, 14)),
        "Приложение 1",
        "Приложение 2",
    ]
    section = made().sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [30, 10, 20, 20]
    assert section.header.paragraphs[0].text == (
        "Приозёрный район · первое полугодие 2026/27 учебного года · справка № 12 от 24.11.2026"
    )
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    text = words(made())
    assert "Составитель справки" in text
    assert "{" not in text


def test_tables_are_as_wide_as_the_page_and_their_heads_are_on_every_page() -> None:
    for table in made().tables:
        assert sum(cell.width.mm for cell in table.rows[-1].cells) == pytest.approx(WIDE, abs=0.6)
        assert sum(column.width.mm for column in table.columns) == pytest.approx(WIDE, abs=0.6)
        flags = [row._tr.trPr for row in table.rows if row._tr.trPr is not None]
        if table.style is not None and table.style.name == "Table Grid":
            assert flags[0].find(qn("w:tblHeader")) is not None
            assert all(flag.find(qn("w:cantSplit")) is not None for flag in flags)
            assert len(flags) == len(table.rows) > 1


def test_what_is_drafted_is_marked_and_names_its_indicator() -> None:
    statement = municipal()
    text = words(made())
    drafted = statement.drafted
    assert text.count("Черновик, проверьте и поправьте.") == 4
    short = {code: registry().of(code).short for code in {each.indicator for each in drafted.recommendations}}
    for each in drafted.recommendations:
        assert plain(f"{each.words} (показатель «{short[each.indicator]}»)") in text
        assert plain(each.addressee[1:]) in text
    measures = rows(made(), "№")
    for number, measure in enumerate(drafted.measures, start=1):
        assert measures[str(number)][:3] == [measure.words, f"{measure.due_on:%d.%m.%Y}", measure.responsible]
    assert rows(made(), "Мера")["Составить маршруты"][0] == "Разработаны ИОМ"

    unknown = replace(drafted.measures[0], responsible="")
    assert isinstance(unknown, Measure)
    bare = replace(statement, drafted=replace(drafted, measures=(unknown,)))
    assert set(compose(bare).measures[0].responsible) == {"_"}


def test_small_groups_are_left_out_with_the_number_and_the_reason() -> None:
    text = words(made())
    hidden = municipal().schools[-1]
    assert hidden.figures["boyko.tension"].silence is Silence.TOO_FEW
    assert "прошли, но ещё не вошли в группу от 5 человек" in text
    school = replace(
        municipal(),
        whole=hidden,
        takings=tuple(replace(taking, results=None, withheld=3) for taking in municipal().takings),
    )
    note = compose(school)
    assert note.burnout.remarks[0].startswith("Скрыто, потому что посчитанных результатов меньше 5")
    assert all("прошли 3" in test.silence for test in note.tests)
    assert all(not test.levels.rows and not test.symptoms for test in note.tests)


def test_pairs_without_requests_make_no_share_above_all_of_them() -> None:
    facts = {"funnel.requests": 13.0, "funnel.proposed": 18.0, "funnel.met": 9.0}
    told = compose(replace(municipal(), facts=facts)).funnel
    assert [plain(each.share) for each in told] == ["—", "100 %", "50 %"]


def test_columns_of_what_was_before_stand_only_where_something_was() -> None:
    whole = municipal().whole
    new = replace(whole, figures={code: replace(each, before=None) for code, each in whole.figures.items()})
    note = paper(make_note(compose(replace(municipal(), whole=new, dynamics=()))))
    heads = [[cell.text for cell in table.rows[0].cells] for table in note.tables]
    assert ["Показатель", "План", "Факт", "Выполнение"] in heads
    assert ["Показатель", "Значение"] in heads
    assert not any("Было" in head for head in heads if head[0] == "Показатель")


def test_a_statement_of_nothing_says_so_in_one_line_a_section() -> None:
    statement = sample_statement()
    nothing = figures_of(registry().at(Level.MUNICIPALITY), {}, {}, {}, {}, statement.min_group)
    empty = replace(
        statement,
        whole=replace(statement.whole, figures=nothing),
        schools=(),
        takings=(),
        facts={},
        dynamics=(),
    )
    document = paper(make_note(compose(empty)))
    assert all(len(table.rows) > 1 for table in document.tables if table.style and "Grid" in str(table.style.name))
    text = words(document)
    assert text.count("\nНет данных.\n") >= 10
    assert "№ ________" in text
    assert "0 %" not in text


def test_charts_stand_in_the_note_and_fit_the_page() -> None:
    statement = sample_school()
    document = paper(job.write(statement, None, 1))
    charts = [chart for chart in CHARTS if chart.available(statement)]
    assert charts
    assert len(document.inline_shapes) == len(charts)
    assert all(shape.width.mm <= WIDE and shape.height.mm <= 230 for shape in document.inline_shapes)
    assert "Приложение 2" not in words(document)


def test_an_operators_letterhead_is_used_and_a_broken_one_is_told_of(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    letterhead = docx.Document(str(OURS))
    letterhead.paragraphs[0].insert_paragraph_before("Наш бланк: {{ place }}")
    letterhead.save(str(own))
    tried(own)
    assert "Наш бланк: Образцовый район" in words(paper(make_note(SAMPLE, own)))

    letterhead.add_paragraph("{{ plaice }}")
    letterhead.save(str(own))
    with pytest.raises(TemplateError, match="неизвестная метка: 'plaice' is undefined"):
        tried(own)
    assert "Наш бланк" not in words(paper(make_note(SAMPLE, own)))
    own.write_text("Это не документ", encoding="utf-8")
    with pytest.raises(TemplateError, match="не документ Word"):
        tried(own)


def test_our_template_is_what_the_code_builds() -> None:
    assert paper(build()).element.xml == paper(OURS.read_bytes()).element.xml
