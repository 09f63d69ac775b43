"""The chart of a group: how many people are at each level of the factors, and which symptoms are frequent."""

from collections.abc import Sequence

from services.charts.sheet import Sheet
from services.charts.stack import LEAST, counted, stack
from services.charts.style import (
    BAR,
    INNER,
    MARGIN,
    NOT_A_DIAGNOSIS,
    WIDTH,
    grouped,
    level_colors,
)
from services.reporting.groups.model import Frequency, GroupResults


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
        y = stack(sheet, y, factor, colors)
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
    words = [counted(symptom.count, symptom.people) for symptom in ranked]
    longest = INNER - 24 - max(sheet.width(figures, bold=True) for figures in words)
    for symptom, figures in zip(ranked, words, strict=True):
        filled = symptom.count / symptom.people if symptom.people else 0
        length = max(longest * filled, LEAST) if filled else 0
        baseline, y = sheet.bar(y, symptom.title, longest, length, BAR)
        sheet.text(WIDTH - MARGIN, baseline, figures, bold=True, align="right")
    return y
