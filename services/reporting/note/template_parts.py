"""What the template of a note is built of: headings, lines of text, tables with a row that is repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.word_parts import line, new_table, padded, put, row_flag, run, shade, sized

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

TEXT, TABLE, REMARK = 12, 10, 10
"""Sizes of letters in points."""
_HANG = 6
"""Millimetres from the mark of an item to its words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, what stands in it, its width in millimetres; `centred` for figures."""

    head: str
    mark: str
    width: int
    centred: bool = True


def heading(document: "Document", words: str, level: int = 1) -> None:
    """A heading of the document's own style: it is in the navigator of the reader's program."""
    document.add_paragraph(words, style=f"Heading {level}")


def text(document: "Document", words: str, *, after: int = 4, kept: bool = False) -> None:
    """A paragraph of running text; a `kept` one stays with what follows."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.keep_with_next = kept or None
    run(paragraph, words, TEXT)


def remark(document: "Document", words: str) -> None:
    """Small text under a table."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    run(paragraph, words, REMARK)


def draft(document: "Document", source: str = "") -> None:
    """The mark of what rules have drafted, which stands out so that it is not handed in by mistake. `source` says
    where the indicator behind it is named."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    run(paragraph, f"Черновик, проверьте и поправьте. {source}".strip(), REMARK)
    paragraph.runs[0].italic = True
    paragraph.runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


def item(document: "Document", mark: str, words: str, source: str = "") -> None:
    """An item of a list; `source` is small at its end."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent, shape.space_after = Mm(_HANG), Mm(-_HANG), Pt(3)
    shape.tab_stops.add_tab_stop(Mm(_HANG))
    run(paragraph, f"{mark}\t{words}", TEXT)
    if source:
        run(paragraph, f" {source}", REMARK)
        paragraph.runs[-1].italic = True


def table(document: "Document", each: str, columns: Sequence[Column], *, size: int = TABLE) -> "Table":
    """A table whose head is on every page and whose one row is repeated for `each` («line in part.lines»)."""
    widths = [column.width for column in columns]
    made = new_table(document, widths, 4)
    made.style = "Table Grid"
    for cell, column in zip(made.rows[0].cells, columns, strict=True):
        _head(cell, column.head, size)
    put(made.rows[1].cells[0], f"{{%tr for {each} %}}", size)
    for cell, column in zip(made.rows[2].cells, columns, strict=True):
        _cell(cell, column.mark, size, centred=column.centred)
    put(made.rows[3].cells[0], "{%tr endfor %}", size)
    _kept(made, widths)
    return made


def grid(document: "Document", source: str, head: str, widths: tuple[int, int], *, size: int = TABLE) -> None:
    """A table with as many columns as `source` has: widths of the first one and of three others together fill the
    page, more of them share it."""
    first, other = widths
    sizes = [first, other, other, other]
    made = new_table(document, sizes, 4)
    made.style = "Table Grid"
    for row, loop, words in (
        (made.rows[0], f"column in {source}.columns", "column"),
        (made.rows[2], "cell in row.cells", "cell"),
    ):
        cells = row.cells
        put(cells[1], f"{{%tc for {loop} %}}", size)
        put(cells[3], "{%tc endfor %}", size)
        if row is made.rows[0] or words == "column":
            _head(cells[0], head, size)
            _head(cells[2], f"{{{{ {words} }}}}", size)
        else:
            _cell(cells[0], "{{ row.name }}", size, centred=False)
            _cell(cells[2], f"{{{{ {words} }}}}", size, centred=True)
    put(made.rows[1].cells[0], f"{{%tr for row in {source}.rows %}}", size)
    put(made.rows[3].cells[0], "{%tr endfor %}", size)
    _kept(made, sizes)


def pictures(document: "Document", source: str) -> None:
    """Charts in the middle of the page, those of a row side by side."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    every(document, f"row in {source}")
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    run(paragraph, "{% for picture in row %}{{ picture }} {% endfor %}", TEXT)
    end(document, "for")


def when(document: "Document", condition: str) -> None:
    """What follows stands only under this condition, up to `otherwise` or `end`."""
    line(document, f"{{%p if {condition} %}}")


def otherwise(document: "Document") -> None:
    """What follows stands where the condition does not hold."""
    line(document, "{%p else %}")


def end(document: "Document", kind: str = "if") -> None:
    """The end of a condition («if») or of a repetition («for»)."""
    line(document, f"{{%p end{kind} %}}")


def every(document: "Document", each: str) -> None:
    """What follows is repeated for `each`, up to `end`."""
    line(document, f"{{%p for {each} %}}")


def _head(cell: "_Cell", words: str, size: int) -> None:
    put(cell, words, size, bold=True)
    _centred(cell.paragraphs[0])
    # A head is never the last line of a page.
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    shade(cell)


def _cell(cell: "_Cell", words: str, size: int, *, centred: bool) -> None:
    put(cell, words, size)
    if centred:
        _centred(cell.paragraphs[0])


def _centred(paragraph: "Paragraph") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _kept(made: "Table", widths: Sequence[int]) -> None:
    """The head on every page, no row on two of them."""
    row_flag(made.rows[0], "tblHeader")
    for row in made.rows:
        row_flag(row, "cantSplit")
    padded(made)
    sized(made, widths)
