"""Makes our template of the analytical note: `python -m services.reporting.note.note_template`.

A4 upright with the margins of Russian papers, places for what `model.Note` holds.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from services.reporting.note.note_file import OURS
from services.reporting.note.template_page import WIDTH, set_up
from services.reporting.note.template_parts import (
    TABLE,
    TEXT,
    Column,
    draft,
    end,
    every,
    grid,
    heading,
    item,
    otherwise,
    pictures,
    remark,
    table,
    text,
    when,
)
from services.word_parts import new_table, put, row_flag, run, sized

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TITLE = 16
"""The size of its letters in points."""
_PLANNED = (
    Column("Показатель", "{{ line.name }}", 48, centred=False),
    Column("План", "{{ line.plan }}", 14),
    Column("Факт", "{{ line.fact }}", 34),
    Column("Выполнение", "{{ line.percent }}", 25),
    Column("Было", "{{ line.before }}", 22),
    Column("Изменение", "{{ line.change }}", 27),
)
_UNPLANNED = (
    Column("Показатель", "{{ line.name }}", 84, centred=False),
    Column("Значение", "{{ line.fact }}", 34),
    Column("Было", "{{ line.before }}", 26),
    Column("Изменение", "{{ line.change }}", 26),
)
_PLANNED_ONLY = (
    Column("Показатель", "{{ line.name }}", 78, centred=False),
    Column("План", "{{ line.plan }}", 20),
    Column("Факт", "{{ line.fact }}", 40),
    Column("Выполнение", "{{ line.percent }}", 32),
)
_ALONE = (
    Column("Показатель", "{{ line.name }}", 120, centred=False),
    Column("Значение", "{{ line.fact }}", 50),
)
_COUNTED = (110, 30, 30)
_IN_BRACKETS = "В скобках назван показатель, из которого следует текст."
_SOURCE = "(показатель «{{ each.indicator }}»)"


def build() -> bytes:
    """The template as a .docx; the same bytes of text and layout every time."""
    import docx

    document = docx.Document()
    set_up(document)
    _title(document)
    _basis(document)
    _figures(document)
    _diagnostics(document)
    _work(document)
    _analysis(document)
    _drafted(document)
    _signatures(document)
    _appendices(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _title(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    _centred(document, "{{ place }}", TEXT + 1, bold=True)
    title = _centred(document, "АНАЛИТИЧЕСКАЯ СПРАВКА", TITLE, bold=True)
    title.paragraph_format.space_before = Pt(18)
    _centred(document, "о методической поддержке педагогов", TEXT)
    _centred(document, "{{ period }}", TEXT).paragraph_format.space_after = Pt(10)
    widths = (WIDTH // 2, WIDTH // 2)
    dated = new_table(document, widths, 1)
    left, right = dated.rows[0].cells
    put(left, "{{ made_on }}", TEXT)
    put(right, "№ {{ number or '________' }}", TEXT)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    sized(dated, widths)


def _basis(document: "Document") -> None:
    heading(document, "1. Основание и период")
    every(document, "line in basis")
    item(document, "–", "{{ line }}")
    end(document, "for")
    text(
        document,
        "Период: {{ period }} ({{ days }}). Для сравнения взят предыдущий период: {{ previous }}. "
        "Данные приведены по состоянию на {{ made_on_short }}.",
    )


def _figures(document: "Document") -> None:
    heading(document, "2. Участники")
    _part(document, "participants")
    heading(document, "3. Показатели: план и факт")
    _part(document, "plan")
    pictures(document, "charts.plan")


def _diagnostics(document: "Document") -> None:
    heading(document, "4. Результаты диагностик")
    text(document, "Результаты приводятся только по группам, без имён.")
    _part(document, "diagnostics")
    heading(document, "Профессиональное выгорание", 2)
    _part(document, "burnout")
    every(document, "test in tests")
    heading(document, "{{ test.title }}", 2)
    text(document, "{{ test.about }}")
    when(document, "test.silence")
    text(document, "{{ test.silence }}")
    end(document)
    when(document, "test.levels.rows")
    grid(document, "test.levels", "Фактор", (62, 36))
    end(document)
    when(document, "test.symptoms")
    _spaced(document, "{{ test.symptoms_title }}")
    _counted(document, "test.symptoms", "Шкала", "Педагогов")
    end(document)
    when(document, "test.questions")
    _spaced(document, "Ответы на вопросы")
    table(
        document,
        "each in test.questions",
        (
            Column("Вопрос", "{{ each.name }}", 70, centred=False),
            Column("Ответы", "{{ each.answers }}", 100, centred=False),
        ),
    )
    end(document)
    end(document, "for")
    pictures(document, "charts.diagnostics")


def _work(document: "Document") -> None:
    heading(document, "5. Наставничество")
    _part(document, "mentoring")
    heading(document, "Пары по формам наставничества", 2)
    _part(document, "forms")
    heading(document, "Пары по этапам программы", 2)
    _part(document, "stages")
    when(document, "funnel")
    heading(document, "Путь от заявки до завершённой программы", 2)
    _counted(document, "funnel", "Шаг", "Всего")
    end(document)
    pictures(document, "charts.mentoring")
    heading(document, "Молодые педагоги", 2)
    _part(document, "early")
    heading(document, "6. Индивидуальные образовательные маршруты (ИОМ)")
    _part(document, "iom")
    heading(document, "7. Мероприятия и сетевое взаимодействие")
    heading(document, "Мероприятия", 2)
    _part(document, "events")
    heading(document, "Сетевое взаимодействие", 2)
    _part(document, "network")
    heading(document, "8. Кадры и документы")
    heading(document, "Кадры", 2)
    _part(document, "staffing")
    heading(document, "Документы о наставничестве", 2)
    _part(document, "documents")


def _analysis(document: "Document") -> None:
    heading(document, "9. Анализ")
    heading(document, "Динамика", 2)
    when(document, "dynamics.rows")
    grid(document, "dynamics", "Показатель", (62, 36))
    remark(document, "{{ dynamics_more }}")
    otherwise(document)
    text(document, "{{ dynamics.empty }}")
    end(document)
    pictures(document, "charts.dynamics")
    when(document, "municipal")
    heading(document, "Группы похожих школ", 2)
    text(document, "{{ grouping or 'Нет данных.' }}")
    when(document, "groups")
    table(
        document,
        "group in groups",
        (
            Column("Группа", "{{ group.title }}", 34, centred=False),
            Column("Школы", "{{ group.schools }}", 58, centred=False),
            Column("Чем отличается", "{{ group.features }}", 78, centred=False),
        ),
    )
    end(document)
    heading(document, "Что связано с результатом", 2)
    text(document, "{{ factor_words or 'Нет данных.' }}")
    every(document, "factor in factors")
    item(document, "–", "{{ factor }}")
    end(document, "for")
    heading(document, "Сравнение школ", 2)
    when(document, "ranking")
    table(
        document,
        "each in ranking",
        (
            Column("Показатель", "{{ each.name }}", 50, centred=False),
            Column("Среднее", "{{ each.mean }}", 22),
            Column("Медиана", "{{ each.median }}", 22),
            Column("Лучшие значения", "{{ each.best }}", 38, centred=False),
            Column("Нужна поддержка", "{{ each.worst }}", 38, centred=False),
        ),
    )
    otherwise(document)
    text(document, "Нет данных.")
    end(document)
    pictures(document, "charts.comparison")
    end(document)


def _drafted(document: "Document") -> None:
    heading(document, "10. Выводы")
    when(document, "achieved or attention")
    draft(document, _IN_BRACKETS)
    when(document, "achieved")
    heading(document, "Что удалось", 2)
    every(document, "each in achieved")
    item(document, "{{ loop.index }}.", "{{ each.words }}", _SOURCE)
    end(document, "for")
    end(document)
    when(document, "attention")
    heading(document, "Что требует внимания", 2)
    every(document, "each in attention")
    item(document, "{{ loop.index }}.", "{{ each.words }}", _SOURCE)
    end(document, "for")
    when(document, "attention_more")
    text(document, "{{ attention_more }}")
    end(document)
    end(document)
    otherwise(document)
    text(document, "Для выводов пока нет данных.")
    end(document)

    heading(document, "11. Адресные рекомендации")
    when(document, "recommendations")
    draft(document, _IN_BRACKETS)
    every(document, "one in recommendations")
    heading(document, "{{ one.addressee }}", 2)
    every(document, "each in one.advice")
    item(document, "–", "{{ each.words }}", _SOURCE)
    end(document, "for")
    end(document, "for")
    otherwise(document)
    text(document, "По имеющимся данным рекомендаций нет.")
    end(document)

    heading(document, "12. Управленческие решения и мероприятия")
    when(document, "measures")
    draft(document)
    table(
        document,
        "each in measures",
        (
            Column("№", "{{ each.number }}", 10),
            Column("Мероприятие", "{{ each.words }}", 74, centred=False),
            Column("Срок", "{{ each.due }}", 24),
            Column("Ответственный", "{{ each.responsible }}", 32, centred=False),
            Column("Показатель", "{{ each.indicator }}", 30, centred=False),
        ),
    )
    otherwise(document)
    text(document, "По имеющимся данным решений не требуется.")
    end(document)

    heading(document, "13. Эффект мер прошлой справки")
    when(document, "effects")
    draft(document)
    table(
        document,
        "each in effects",
        (
            Column("Мера", "{{ each.measure }}", 62, centred=False),
            Column("Показатель", "{{ each.indicator }}", 40, centred=False),
            Column("Было", "{{ each.then }}", 24),
            Column("Стало", "{{ each.now }}", 20),
            Column("Изменение", "{{ each.change }}", 24),
        ),
    )
    otherwise(document)
    # The signatures do not stand on a page of their own.
    text(document, "Прошлой справки, с мерами которой можно сравнить, нет.", kept=True)
    end(document)


def _signatures(document: "Document") -> None:
    """Who has drawn it up and who signs; they stay together on one page."""
    from docx.shared import Pt

    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    widths = (62, 46, 62)
    signed = new_table(document, widths, 2)
    for row, who in zip(signed.rows, ("Составитель справки", "Руководитель"), strict=True):
        row_flag(row, "cantSplit")
        for cell, words in zip(row.cells, (who, "_________________", "/ _______________________ /"), strict=True):
            put(cell, words, TEXT)
            cell.paragraphs[0].paragraph_format.space_before = Pt(14)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    sized(signed, widths)


def _appendices(document: "Document") -> None:
    _appendix(document, "Приложение 1. Из чего сложились показатели")
    every(document, "section in origins")
    heading(document, "{{ section.title }}", 2)
    when(document, "section.lines")
    made = table(
        document,
        "each in section.lines",
        (
            Column("Показатель и что он значит", "{{ each.name }}", 72, centred=False),
            Column("Значение", "{{ each.value }}", 32),
            Column("Из чего", "{{ each.origin }}", 66, centred=False),
        ),
        size=TABLE - 1,
    )
    meant = made.rows[2].cells[0].add_paragraph()
    run(meant, "{{ each.definition }}", TABLE - 2)
    meant.runs[0].italic = True
    end(document)
    when(document, "section.missing")
    remark(document, "{{ section.missing }}")
    end(document)
    end(document, "for")
    when(document, "municipal")
    _appendix(document, "Приложение 2. Показатели по школам")
    when(document, "schools.rows")
    grid(document, "schools", "Школа", (44, 42), size=TABLE - 1)
    otherwise(document)
    text(document, "{{ schools.empty }}")
    end(document)
    end(document)


def _appendix(document: "Document", words: str) -> None:
    document.add_paragraph(words, style="Heading 1").paragraph_format.page_break_before = True


def _part(document: "Document", name: str) -> None:
    """A table of indicators, with plans and what was before where there are any; one line where there is nothing
    to show."""
    when(document, f"{name}.lines")
    for condition, compared, alone in (
        (f"{name}.planned", _PLANNED, _PLANNED_ONLY),
        (f"not {name}.planned", _UNPLANNED, _ALONE),
    ):
        when(document, condition)
        when(document, f"{name}.compared")
        table(document, f"line in {name}.lines", compared)
        otherwise(document)
        table(document, f"line in {name}.lines", alone)
        end(document)
        end(document)
    otherwise(document)
    text(document, f"{{{{ {name}.empty }}}}")
    end(document)
    every(document, f"remark in {name}.remarks")
    remark(document, "{{ remark }}")
    end(document, "for")


def _counted(document: "Document", source: str, name: str, count: str) -> None:
    first, second, third = _COUNTED
    table(
        document,
        f"each in {source}",
        (
            Column(name, "{{ each.name }}", first, centred=False),
            Column(count, "{{ each.count }}", second),
            Column("Доля", "{{ each.share }}", third),
        ),
    )


def _spaced(document: "Document", words: str) -> None:
    """A line over a table that stays with it."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    run(paragraph, words, TEXT)


def _centred(document: "Document", words: str, size: int, *, bold: bool = False) -> "Paragraph":
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(paragraph, words, size, bold=bold)
    return paragraph


if __name__ == "__main__":
    OURS.parent.mkdir(exist_ok=True)
    OURS.write_bytes(build())
