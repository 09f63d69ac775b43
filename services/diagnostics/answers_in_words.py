"""Answers as their person reads them back."""

from datetime import date

from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.answering import Value
from services.diagnostics.instrument import ANSWERED, HIDDEN, SKIPPED, UNANSWERED, Item, ItemKind, NumberBounds


def in_words(item: Item, mark: str, value: Value | None) -> str | None:
    """The answer to an item in words, plain text; None when there is none to be told."""
    if mark in (UNANSWERED, HIDDEN):
        return None
    if mark == SKIPPED:
        return "пропущено"
    titles = {option.code: option.title for option in item.options}
    if mark != ANSWERED:
        return titles.get(mark)
    if item.kind is ItemKind.SEVERAL:
        # Titles have commas of their own.
        return "; ".join(titles[code] for code in str(value) if code in titles)
    if item.kind is ItemKind.DATE:
        return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
    if isinstance(value, int | float):
        unit = item.bounds.unit if isinstance(item.bounds, NumberBounds) else ""
        return f"{number_in_words(value)} {unit}".rstrip()
    return None if value is None else str(value)
