"""The page of our note: its size and margins, styles of text, what stands over and under every page."""

from typing import TYPE_CHECKING, Any

from services.reporting.note.template_parts import TEXT
from services.word_parts import SMALL, field, run

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"
HEADING = 13
"""The size of letters in points."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 10, 20, 20
WIDTH = 210 - _LEFT - _RIGHT
"""Millimetres between the margins."""


def set_up(document: "Document") -> None:
    """A4 upright with the margins of Russian papers."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    _styles(document)
    _edges(document)


def _styles(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Normal", TEXT), ("Heading 1", HEADING), ("Heading 2", TEXT), ("Heading 3", TEXT)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            # The theme's font would win over the one that is named.
            theme = qn(f"w:{kind}Theme") if kind != "cs" else qn("w:cstheme")
            fonts.attrib.pop(theme, None)
            fonts.set(qn(f"w:{kind}"), FONT)
        if name == "Normal":
            style.paragraph_format.space_after = Pt(0)
            style.element.rPr.append(style.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "ru-RU"}))
            continue
        style.font.bold, style.font.italic = True, name == "Heading 3"
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 9)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    # Narrow columns hold long Russian words.
    stops: Any = document.settings.element.find(qn("w:defaultTabStop"))
    stops.addnext(stops.makeelement(qn("w:autoHyphenation"), {qn("w:val"): "true"}))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Аналитическая справка", "", ""


def _edges(document: "Document") -> None:
    """The place, the period and the number over every page but the first, pages counted under each."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section = document.sections[0]
    section.different_first_page_header_footer = True
    over = section.header.paragraphs[0]
    over.style = document.styles["Normal"]  # a header's own style has tabs in other places
    over.alignment = WD_ALIGN_PARAGRAPH.CENTER
    over.paragraph_format.space_after = Pt(6)
    run(
        over,
        "{{ place }} · {{ period }} · справка{% if number %} № {{ number }}{% endif %} от {{ made_on_short }}",
        SMALL,
    )
    for footer in (section.footer, section.first_page_footer):
        under = footer.paragraphs[0]
        under.style = document.styles["Normal"]
        under.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run(under, "Страница ", SMALL)
        field(under, "PAGE")
        run(under, " из ", SMALL)
        field(under, "NUMPAGES")
