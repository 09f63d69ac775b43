"""Makes our template of the document of a route: `python -m services.iom.document_template`.

A4 across, a table of eight columns whose head is on every page, places for what `document.Document` holds.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from services.iom.document_file import OURS
from services.word_parts import SMALL, TEXT, field, line, new_table, padded, put, row_flag, run, shade, sized

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"
TABLE, TITLE = 10, 15
"""Sizes of letters in points."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 20, 10, 12, 12
_WIDTH = 297 - _LEFT - _RIGHT
_FIELDS = (
    (("Педагог", "teacher"), ("Школа", "school")),
    (("Должность", "position"), ("Муниципалитет", "municipality")),
    (("Предмет", "subject"), ("Период", "period")),
    (("Категория", "category"), ("Наставник", "mentor")),
    (("Стаж, полных лет", "years"), ("Куратор", "curator")),
)
_FIELD_WIDTHS = (40, 93, 36, 98)
_COLUMNS = (
    ("№", "number", 8),
    ("Дефицит, область", "domain", 34),
    ("Мероприятие", "title", 51),
    ("Форма", "form", 34),
    ("Срок", "due", 23),
    ("Ответственный", "responsible", 29),
    ("Ожидаемый результат", "result", 44),
    ("Отметка о выполнении, подтверждение", "mark", 44),
)
_SIGNATURE_WIDTHS = (89, 89, 89)
_SIGNERS = (
    ("Педагог", "teacher_short", ""),
    ("Куратор", "curator_short", ""),
    ("Наставник", "mentor_short", "mentor"),
)
"""Role, whose name, and without what there is no such signature."""


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
    section.top_margin, section.bottom_margin = Mm(_TOP + 5), Mm(_BOTTOM + 5)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    _styles(document)
    _edges(document)
    _head(document)
    _steps(document)
    _reflection(document)
    _signatures(document)
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
    # So that Word hyphenates by Russian rules: the columns are narrow.
    language = style.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "ru-RU"})
    style.element.rPr.append(language)
    stops: Any = document.settings.element.find(qn("w:defaultTabStop"))
    stops.addnext(stops.makeelement(qn("w:autoHyphenation"), {qn("w:val"): "true"}))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Индивидуальный образовательный маршрут", "", ""


def _edges(document: "Document") -> None:
    """The mark of what is not in force over each page, the name and the number of the page under it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = document.sections[0]
    over = section.header.paragraphs[0]
    over.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run(over, "{{ mark|upper }}", TEXT, bold=True)
    under = section.footer.paragraphs[0]
    under.style = document.styles["Normal"]  # a footer's own style has tabs in other places
    under.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run(under, "ИОМ · {{ teacher_short }} · напечатан {{ made_on }}\tСтраница ", SMALL)
    field(under, "PAGE")
    run(under, " из ", SMALL)
    field(under, "NUMPAGES")


def _head(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(title, "Индивидуальный образовательный маршрут", TITLE, bold=True)
    kind = document.add_paragraph()
    kind.alignment = WD_ALIGN_PARAGRAPH.CENTER
    kind.paragraph_format.space_after = Pt(6)
    run(kind, "{{ kind }}", TEXT)
    table = new_table(document, _FIELD_WIDTHS, len(_FIELDS))
    for row, pairs in zip(table.rows, _FIELDS, strict=True):
        cells = row.cells
        for place, (label, name) in enumerate(pairs):
            put(cells[2 * place], f"{label}:", TEXT)
            put(cells[2 * place + 1], f"{{{{ {name} or '—' }}}}", TEXT, bold=name == "teacher")
    sized(table, _FIELD_WIDTHS)
    basis = document.add_paragraph()
    basis.paragraph_format.space_before = basis.paragraph_format.space_after = Pt(5)
    run(basis, "Основание: {{ basis }}.{% if agreed %}{{ '\\n' }}Согласован: {{ agreed }}{% endif %}", TEXT)


def _steps(document: "Document") -> None:
    """The table: its head, and one row that is repeated for each step."""
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
    put(table.rows[1].cells[0], "{%tr for step in steps %}", TABLE)
    row = table.rows[2]
    for cell, (_, name, _) in zip(row.cells, _COLUMNS, strict=True):
        put(cell, f"{{{{ step.{name} }}}}", TABLE)
    row.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(table.rows[3].cells[0], "{%tr endfor %}", TABLE)
    for each in table.rows:
        row_flag(each, "cantSplit")
    padded(table)
    sized(table, widths)


def _reflection(document: "Document") -> None:
    from docx.shared import Pt

    line(document, "{%p if reflection or early_reason %}")
    heading = document.add_paragraph()
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(3)
    heading.paragraph_format.keep_with_next = True
    run(heading, "Рефлексивный анализ", TEXT + 1, bold=True)
    line(document, "{%p for answer in reflection %}")
    told = document.add_paragraph()
    told.paragraph_format.space_after = Pt(4)
    run(told, "{{ answer.title }}. ", TEXT, bold=True)
    run(told, "{{ answer.words }}", TEXT)
    line(document, "{%p endfor %}")
    line(document, "{%p if early_reason %}")
    early = document.add_paragraph()
    run(early, "Причина завершения раньше срока. ", TEXT, bold=True)
    run(early, "{{ early_reason }}", TEXT)
    line(document, "{%p endif %}")
    line(document, "{%p endif %}")


def _signatures(document: "Document") -> None:
    """Who signs, beside one another; they stay together on one page."""
    from docx.shared import Pt

    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    table = new_table(document, _SIGNATURE_WIDTHS, 1)
    row_flag(table.rows[0], "cantSplit")
    for cell, (role, name, condition) in zip(table.rows[0].cells, _SIGNERS, strict=True):
        put(cell, _if(condition, role), TEXT)
        for words in (
            f"______________ / {{{{ {name} or '______________' }}}} /",
            "«____» ______________ 20____ г.",
        ):
            line = cell.add_paragraph()
            line.paragraph_format.space_before = Pt(9)
            run(line, _if(condition, words), TEXT)
    sized(table, _SIGNATURE_WIDTHS)


def _if(condition: str, words: str) -> str:
    return f"{{% if {condition} %}}{words}{{% endif %}}" if condition else words


if __name__ == "__main__":
    OURS.parent.mkdir(exist_ok=True)
    OURS.write_bytes(build())
