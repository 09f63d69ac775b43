"""The summary of a closed route as a picture: whose it is, what was done, the diagnosis before and after.

Only a worker process may import this module: it brings matplotlib.
"""

from services.charts.sheet import Sheet, plain
from services.charts.style import (
    ACCENT,
    BAR,
    BODY,
    INNER,
    MARGIN,
    MUTED,
    NBSP,
    PANEL,
    RAIL,
    SMALL,
    TITLE,
    WHITE,
    WIDTH,
    full_date,
    level_colors,
)
from services.diagnostics.answer_parsing import number_in_words
from services.iom.outcome import Change, Comparison, Summary
from services.iom.wording import FORM_TITLES, KIND_TITLES

_BAND = 18
_BIG = 76.0
_POINTS = 190  # room for «14 → 8» beside the longest bar
_BEFORE, _AFTER = level_colors(3)[0], BAR
_THANKS = "Спасибо за путь, который пройден, и за уроки, которые от него станут лучше."


def draw_summary(summary: Summary) -> bytes:
    """A PNG 1080 pixels wide."""
    sheet = Sheet()
    y = _head(sheet, summary)
    y = _done(sheet, y, summary)
    y = _forms(sheet, y + 20, summary)
    if summary.comparison is not None and summary.comparison.changes:
        y = _changes(sheet, y + 24, summary.comparison)
    return sheet.png(y + 10, _THANKS)


def _head(sheet: Sheet, summary: Summary) -> float:
    """A strip with the title; under it the name, the school, the days."""
    y = float(MARGIN + TITLE + 2)
    sheet.text(MARGIN, y, "Итоги маршрута", size=TITLE + 10, bold=True, color=WHITE)
    y += 48
    sheet.text(MARGIN, y, KIND_TITLES[summary.kind], size=BODY, color=WHITE)
    sheet.box(0, 0, WIDTH, y + 34, ACCENT, zorder=0)
    y += 34 + 62
    for line in sheet.wrap(plain(summary.name), INNER, TITLE, bold=True):
        sheet.text(MARGIN, y, line, size=TITLE, bold=True)
        y += TITLE * 1.25
    y = sheet.note(y - TITLE, plain(summary.school))
    return sheet.note(y - 18, f"{full_date(summary.begun_on)} – {full_date(summary.ended_on)}")


def _done(sheet: Sheet, top: float, summary: Summary) -> float:
    """How many steps are done, large, and the bar of them; nothing where all were cancelled."""
    if not summary.total:
        return top
    y = top + 84
    figure = str(summary.done)
    sheet.text(MARGIN, y, figure, size=_BIG, bold=True, color=ACCENT)
    x = MARGIN + sheet.width(figure, _BIG, bold=True) + 20
    one = summary.total % 10 == 1 and summary.total % 100 != 11
    sheet.text(x, y, f"из {summary.total} {'мероприятия' if one else 'мероприятий'} выполнено")
    sheet.box(MARGIN, y + 26, INNER, _BAND, RAIL)
    sheet.box(MARGIN, y + 26, INNER * summary.done / summary.total, _BAND, BAR)
    return y + 26 + _BAND


def _forms(sheet: Sheet, top: float, summary: Summary) -> float:
    """The forms of what was done with their counts."""
    y = top
    for form, count in summary.forms:
        y += 46
        sheet.text(MARGIN, y, FORM_TITLES[form])
        sheet.text(WIDTH - MARGIN, y, str(count), bold=True, align="right")
    return y + 16 if summary.forms else y


def _changes(sheet: Sheet, top: float, comparison: Comparison) -> float:
    """Before and after, two bars a domain."""
    bottom = sheet.part(top, "Диагностика до и после")
    sheet.box(0, top, WIDTH, bottom - top, PANEL, zorder=0)
    days = [
        (_BEFORE, f"было, {full_date(comparison.before_on)}"),
        (_AFTER, f"стало, {full_date(comparison.after_on)}"),
    ]
    y = sheet.legend(bottom + 16, days)
    y = sheet.note(y - 8, "Чем меньше баллов, тем меньше затруднений.")
    pixel = (INNER - _POINTS) / max(change.maximum for change in comparison.changes)
    for change in comparison.changes:
        y = _change(sheet, y, change, pixel)
    return y


def _change(sheet: Sheet, top: float, change: Change, pixel: float) -> float:
    y = top + 42
    for line in sheet.wrap(change.title, INNER, bold=True):
        sheet.text(MARGIN, y, line, bold=True)
        y += 42
    y -= 24
    for color, points in ((_BEFORE, change.before), (_AFTER, change.after)):
        sheet.box(MARGIN, y, change.maximum * pixel, _BAND, PANEL)
        sheet.box(MARGIN, y, points * pixel, _BAND, color)
        y += _BAND + 4
    words = f"{number_in_words(change.before)}{NBSP}→{NBSP}{number_in_words(change.after)}"
    sheet.text(WIDTH - MARGIN, y - 12, words, bold=True, align="right")
    same = change.before_level == change.after_level
    levels = change.after_level if same else f"{change.before_level} → {change.after_level}"
    for line in sheet.wrap(levels, INNER, SMALL):
        y += 36
        sheet.text(MARGIN, y, line, size=SMALL, color=MUTED)
    return y + 14
