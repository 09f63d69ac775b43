"""What our Word templates are built of: runs of words, tables, fields that the reader's program counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

TEXT, SMALL = 12, 9
"""Sizes of letters in points."""


def new_table(document: "Document", widths: Sequence[int], rows: int) -> "Table":
    """A table of so many rows, with a column for each width."""
    made: Table = document.add_table(rows=rows, cols=len(widths))
    made.autofit = False
    return made


def sized(table: "Table", widths: Sequence[int]) -> None:
    """Give the columns these widths, in millimetres."""
    from docx.shared import Mm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def padded(table: "Table") -> None:
    """Room between the lines of the table and its words, in twentieths of a point."""
    from docx.oxml.ns import qn

    properties: Any = table._tbl.tblPr
    room = properties.makeelement(qn("w:tblCellMar"), {})
    for side, width in (("top", "40"), ("left", "85"), ("bottom", "40"), ("right", "85")):
        room.append(room.makeelement(qn(f"w:{side}"), {qn("w:w"): width, qn("w:type"): "dxa"}))
    # The schema wants the margins before the look.
    properties.find(qn("w:tblLook")).addprevious(room)


def line(document: "Document", words: str) -> None:
    """A paragraph of its own."""
    run(document.add_paragraph(), words, TEXT)


def put(cell: "_Cell", words: str, size: int, *, bold: bool = False) -> None:
    """Words in a cell."""
    run(cell.paragraphs[0], words, size, bold=bold)


def run(paragraph: "Paragraph", words: str, size: int, *, bold: bool = False) -> None:
    """Words in a paragraph."""
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.bold, run.font.size = bold or None, Pt(size)


def field(paragraph: "Paragraph", name: str) -> None:
    """A figure that the reader's program counts, with 1 in its place until then."""
    from docx.oxml.ns import qn

    field: Any = paragraph._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): name})
    paragraph._p.append(field)
    run(paragraph, "1", SMALL)
    field.append(paragraph.runs[-1]._r)


def row_flag(row: Any, name: str) -> None:
    """A property of a row that has no value, like `cantSplit`."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn(f"w:{name}"), {}))


def shade(cell: "_Cell") -> None:
    """A grey ground for a cell."""
    from docx.oxml.ns import qn

    properties: Any = cell._tc.get_or_add_tcPr()
    shade = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): "EDEDED"}
    properties.append(properties.makeelement(qn("w:shd"), shade))
