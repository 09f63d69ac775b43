"""Makes the template of the list of pairs for an order: `python -m services.mentoring.life.order_template`.

A4 across, a table whose head is on every page, places for what `order.Order` holds.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from services.mentoring.life.order_file import TEMPLATE
from services.word_parts import SMALL, TEXT, field, line, new_table, padded, put, row_flag, run, shade, sized

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TABLE, TITLE = 11, 14
"""Sizes of letters in points."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 25, 10, 15, 15
_WIDTH = 297 - _LEFT - _RIGHT
_COLUMNS = (
    ("№", "number", 10),
    ("Наставник", "mentor", 80),
    ("Наставляемый", "mentee", 75),
    ("Форма наставничества", "form", 50),
    ("Период", "period", 47),
)
_HEAD_WIDTHS = (150, 112)
_SIGNATURE_WIDTHS = (84, 60, 118)


def build() -> bytes:
    """The template as a .docx; the same bytes of text and layout every time."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.footer_distance = Mm(8)
    _styles(document)
    _foot(document)
    line(document, "{%p for school in schools %}")
    _head(document)
    _pairs(document)
    _signatures(document)
    line(document, "{%p endfor %}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.paragraph_format.space_after = Pt(0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = style.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "ru-RU"})
    style.element.rPr.append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Список пар наставничества", "", ""


def _foot(document: "Document") -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    under = document.sections[0].footer.paragraphs[0]
    under.style = document.styles["Normal"]  # a footer's own style has tabs in other places
    under.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run(under, "Список пар наставничества · составлен {{ made_on }}\tСтраница ", SMALL)
    field(under, "PAGE")
    run(under, " из ", SMALL)
    field(under, "NUMPAGES")


def _head(document: "Document") -> None:
    """Whose paper it is, the place for its number and date, the title, the basis."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    over = _centred(document, "{{ school.municipality }}", TEXT)
    # The first one is on the first page anyway.
    properties: Any = over._p.get_or_add_pPr()
    properties.append(_page_break(properties))
    _centred(document, "{{ school.school }}", TEXT, bold=True)
    table = new_table(document, _HEAD_WIDTHS, 1)
    left, right = table.rows[0].cells
    put(left, "", TEXT)
    put(right, "Приложение к приказу", TEXT)
    right.paragraphs[0].paragraph_format.space_before = Pt(6)
    number = right.add_paragraph()
    number.paragraph_format.space_before = Pt(4)
    run(number, "от «____» ______________ 20____ г. № ________", TEXT)
    sized(table, _HEAD_WIDTHS)
    title = _centred(document, "Список пар наставничества", TITLE, bold=True)
    title.paragraph_format.space_before = Pt(12)
    year = _centred(document, "на {{ school.school_year }} учебный год", TEXT)
    year.paragraph_format.space_after = Pt(8)
    basis = document.add_paragraph()
    basis.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    basis.paragraph_format.space_after = Pt(6)
    run(
        basis,
        "Основание: положение о наставничестве, согласие наставника и наставляемого в каждой паре.",
        TEXT,
    )


def _page_break(properties: Any) -> Any:
    from docx.oxml.ns import qn

    return properties.makeelement(qn("w:pageBreakBefore"), {})


def _pairs(document: "Document") -> None:
    """The table: its head, and one row that is repeated for each pair."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    widths = [width for _, _, width in _COLUMNS]
    table = new_table(document, widths, 4)
    table.style = "Table Grid"
    head = table.rows[0]
    row_flag(head, "tblHeader")
    for cell, (label, _, _) in zip(head.cells, _COLUMNS, strict=True):
        put(cell, label, TABLE, bold=True)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        shade(cell)
    put(table.rows[1].cells[0], "{%tr for pair in school.pairs %}", TABLE)
    row = table.rows[2]
    for cell, (_, name, _) in zip(row.cells, _COLUMNS, strict=True):
        put(cell, f"{{{{ pair.{name} }}}}", TABLE, bold=name in ("mentor", "mentee"))
        if name in ("mentor", "mentee"):
            run(cell.add_paragraph(), f"{{{{ pair.{name}_about }}}}", TABLE - 1)
    row.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(table.rows[3].cells[0], "{%tr endfor %}", TABLE)
    for each in table.rows:
        row_flag(each, "cantSplit")
    padded(table)
    sized(table, widths)


def _signatures(document: "Document") -> None:
    """Who answers for it and who signs; they stay together on one page."""
    from docx.shared import Pt

    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    gap.paragraph_format.space_before = Pt(6)
    table = new_table(document, _SIGNATURE_WIDTHS, 2)
    lines = (
        ("Директор", "__________________", "/ ______________________________ /"),
        (
            "Ответственный за наставничество",
            "__________________",
            "/ {{ school.curator_short or '______________________________' }} /",
        ),
    )
    for row, words in zip(table.rows, lines, strict=True):
        row_flag(row, "cantSplit")
        for cell, text in zip(row.cells, words, strict=True):
            put(cell, text, TEXT)
            cell.paragraphs[0].paragraph_format.space_before = Pt(12)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    sized(table, _SIGNATURE_WIDTHS)


def _centred(document: "Document", words: str, size: int, *, bold: bool = False) -> "Paragraph":
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(paragraph, words, size, bold=bold)
    return paragraph


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(build())
