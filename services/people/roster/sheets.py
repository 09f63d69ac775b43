"""Invites to hand out: for each school a sheet of cards to print and cut, and the same people as a table."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from services.people.roster.model import Card

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row

Link = Callable[[str], str]
"""Makes the link of an invite's token."""

_HOW = "Приглашение в бот поддержки педагогов. Наведите камеру телефона на код, откройте ссылку, нажмите «Начать»."
_PERSONAL = "Личные приглашения: выдать каждому в руки. Кто откроет ссылку, войдёт под именем с карточки."
_CARDS_IN_ROW = 2
_QR_MM, _CARD_MM, _ROW_MM = 32, 95, 42
_MARGIN_MM = 10
_LONG_NAME = 40
_POSITION_LENGTH = 60
_QR_PIXELS = 150
"""The side of a QR code in the table."""
_SCALE, _BORDER = 5, 2
"""Pixels of a code's module, and modules of white around the code."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A card with its link and the PNG of its code, `pixels` to a side."""

    card: Card
    address: str
    picture: bytes
    pixels: int


def make_cards(cards: Sequence[Card], link: Link) -> bytes:
    """A .docx of one school: A4, two columns of cards along cut lines."""
    return _cards([_printed(card, link) for card in cards])


def make_list(cards: Sequence[Card], link: Link) -> bytes:
    """An .xlsx of one school: name, post, link, QR code."""
    return _list([_printed(card, link) for card in cards])


def make_all(cards: Sequence[Card], link: Link) -> bytes:
    """A .zip with both files of each school; `cards` stand by school."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in each_file(cards, link):
            archive.writestr(name, content)
    return file.getvalue()


def each_file(cards: Sequence[Card], link: Link) -> Iterator[tuple[str, bytes]]:
    """Names and contents of both files of each school; `cards` stand by school."""
    stems: set[str] = set()
    for _, group in groupby(cards, key=lambda card: card.school_id):
        printed = [_printed(card, link) for card in group]
        stem = file_stem(printed[0].card.school)
        while stem in stems:
            stem += "+"
        stems.add(stem)
        yield f"{stem}.docx", _cards(printed)
        yield f"{stem}.xlsx", _list(printed)


def _cards(printed: Sequence[_Printed]) -> bytes:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    section.header_distance = section.footer_distance = Mm(5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    style.paragraph_format.space_after = Pt(0)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(printed[0].card.school)
    run.bold, run.font.size = True, Pt(14)
    note = document.add_paragraph(_PERSONAL)
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    note.paragraph_format.space_after = Pt(6)
    _add_table(document, printed)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _list(printed: Sequence[_Printed]) -> bytes:
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    title = book.add_format({"bold": True})
    heading = book.add_format({"bold": True, "valign": "top", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "vcenter"})
    sheet = book.add_worksheet("Приглашения")
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    for column, width in enumerate((34, 26, 62, 22)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"{printed[0].card.school}. {_PERSONAL}", title)
    for column, name in enumerate(("ФИО", "Должность", "Ссылка", "QR-код")):
        sheet.write_string(1, column, name, heading)
    for row, each in enumerate(printed, start=2):
        sheet.set_row_pixels(row, _QR_PIXELS + 10)
        for column, value in enumerate((each.card.full_name, each.card.position, each.address)):
            sheet.write_string(row, column, value, text)
        scale = _QR_PIXELS / each.pixels
        sheet.insert_image(
            row,
            3,
            "qr.png",
            {
                "image_data": BytesIO(each.picture),
                "x_scale": scale,
                "y_scale": scale,
                "x_offset": 5,
                "y_offset": 5,
            },
        )
    book.close()
    return file.getvalue()


def file_stem(school: str) -> str:
    """The school's name as a file may be called everywhere; messengers drop «№»."""
    return " ".join(re.sub(r'[<>:"/\\|?*«»№\x00-\x1f]', " ", school).split())[:60].rstrip(". ") or "Школа"


def _printed(card: Card, link: Link) -> _Printed:
    import segno

    address = link(card.token)
    code = segno.make(address, error="m", micro=False)
    picture = BytesIO()
    code.save(picture, kind="png", scale=_SCALE, border=_BORDER)
    return _Printed(card, address, picture.getvalue(), int(code.symbol_size(_SCALE, _BORDER)[0]))


def _add_table(document: "Document", printed: Sequence[_Printed]) -> None:
    """A row of the table holds two cards, a card has a cell for its code and one for its words."""
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=2 * _CARDS_IN_ROW)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(_QR_MM + 4), Mm(_CARD_MM - _QR_MM - 4)] * _CARDS_IN_ROW
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for start in range(0, len(printed), _CARDS_IN_ROW):
        row = table.add_row()
        row.height, row.height_rule = Mm(_ROW_MM), WD_ROW_HEIGHT_RULE.EXACTLY
        _keep_whole(row)
        cells = row.cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for place, each in enumerate(printed[start : start + _CARDS_IN_ROW]):
            _fill(cells[2 * place], cells[2 * place + 1], each)


def _fill(code: "_Cell", words: "_Cell", each: _Printed) -> None:
    from docx.shared import Mm, Pt, RGBColor

    _cut_lines(code, ("top", "left", "bottom"))
    _cut_lines(words, ("top", "right", "bottom"))
    code.paragraphs[0].add_run().add_picture(BytesIO(each.picture), width=Mm(_QR_MM))
    name = words.paragraphs[0].add_run(each.card.full_name)
    name.bold, name.font.size = True, Pt(11 if len(each.card.full_name) <= _LONG_NAME else 8.5)
    if each.card.position:
        position = shorten(each.card.position, _POSITION_LENGTH, placeholder="…")
        words.add_paragraph().add_run(position).font.size = Pt(8)
    how = words.add_paragraph()
    how.paragraph_format.space_before = Pt(3)
    how.add_run(_HOW).font.size = Pt(7.5)
    small = words.add_paragraph()
    small.paragraph_format.space_before = Pt(3)
    run = small.add_run(each.address)
    run.font.size, run.font.color.rgb = Pt(6.5), RGBColor(0x59, 0x59, 0x59)


def _keep_whole(row: "_Row") -> None:
    """A card is never torn between two pages."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:cantSplit"), {}))


def _cut_lines(cell: "_Cell", sides: Sequence[str]) -> None:
    from docx.oxml.ns import qn

    properties: Any = cell._tc.get_or_add_tcPr()
    borders = properties.makeelement(qn("w:tcBorders"), {})
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            line = {qn("w:val"): "dashed", qn("w:sz"): "4", qn("w:space"): "0", qn("w:color"): "808080"}
            borders.append(borders.makeelement(qn(f"w:{side}"), line))
    # The schema wants the borders before the alignment, which is there already.
    alignment = properties.find(qn("w:vAlign"))
    if alignment is None:
        properties.append(borders)
    else:
        alignment.addprevious(borders)
