"""The chart of a group: how many people are at each level of the factors, and which symptoms are frequent."""

from collections.abc import Sequence

from services.charts.sheet import Sheet
from services.charts.style import (
    BAR,
    INNER,
    MARGIN,
    NOT_A_DIAGNOSIS,
    RAIL,
    WHITE,
    WIDTH,
    grouped,
    level_colors,
)
from services.reporting.groups.model import Distribution, Frequency, GroupResults
from services.reporting.shares import share

_STACK = 50
_PARTING = 4  # white between the parts of a stack, so that they differ without colour too
_LEAST = 8.0  # a part nobody would see is widened to this: one person is not nobody
_MARK = 26


def draw_group(title: str, results: GroupResults, frequency_title: str, frequency_note: str) -> bytes:
    """A PNG 1080 pixels wide with counts and shares of people by level and by symptom.

    `title` says which group and when; `frequency_note` what a symptom must be to be counted. Shares are of those
    who have a level at all; where nobody has, «нет данных» stands in their place.
    """
    sheet = Sheet()
    colors = level_colors(len(results.level_titles))
    y = sheet.heading(title, f"В расчёте: {grouped(results.people)} чел. В скобках доля.")
    y = sheet.legend(y + 14, list(zip(colors, results.level_titles, strict=True)))
    for factor in results.factors:
        y = _factor(sheet, y, factor, colors)
    if results.symptoms:
        y = sheet.part(y + 24, frequency_title)
        y = sheet.note(y - 16, frequency_note) + 8
        y = _frequencies(sheet, y, results.symptoms)
    # Deficits are about work: a word of diagnoses there would only frighten.
    about = "" if results.with_deficits else f" {NOT_A_DIAGNOSIS}"
    return sheet.png(y, f"Данные без имён.{about}")


def _frequencies(sheet: Sheet, top: float, symptoms: Sequence[Frequency]) -> float:
    """A bar each, the most frequent first."""
    y = top
    ranked = sorted(symptoms, key=lambda symptom: -symptom.count)
    words = [_figures(symptom.count, symptom.people) for symptom in ranked]
    longest = INNER - 24 - max(sheet.width(figures, bold=True) for figures in words)
    for symptom, figures in zip(ranked, words, strict=True):
        filled = symptom.count / symptom.people if symptom.people else 0
        length = max(longest * filled, _LEAST) if filled else 0
        baseline, y = sheet.bar(y, symptom.title, longest, length, BAR)
        sheet.text(WIDTH - MARGIN, baseline, figures, bold=True, align="right")
    return y


def _figures(count: int, people: int) -> str:
    return f"{grouped(count)} ({share(count, people)})"


def _factor(sheet: Sheet, top: float, factor: Distribution, colors: Sequence[str]) -> float:
    """The title, the stack of levels, and under it their figures in equal columns."""
    people = factor.people
    y = sheet.part(top, factor.title)
    widths = [max(INNER * count / people, _LEAST) if count else 0 for count in factor.counts]
    x = float(MARGIN)
    for width, color in zip(widths, colors, strict=True):
        scaled = width * INNER / sum(widths) if width else 0
        sheet.box(x, y, scaled, _STACK, color)
        if x > MARGIN and scaled:
            sheet.box(x - _PARTING / 2, y, _PARTING, _STACK, WHITE)
        x += scaled
    if not any(widths):
        sheet.box(MARGIN, y + _STACK / 2 - 2, INNER, 4, RAIL)
    step = INNER / len(colors)
    y += _STACK + 42
    for column, (count, color) in enumerate(zip(factor.counts, colors, strict=True)):
        x = MARGIN + column * step
        sheet.box(x, y - _MARK + 1, _MARK, _MARK, color)
        sheet.text(x + _MARK + 8, y, _figures(count, people))
    return y + 22
