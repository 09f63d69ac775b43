"""The answers that a person gave to items which are not scored, page by page."""

from collections.abc import Mapping
from html import escape

from handlers.results.taps import GivenTap, ResultTap
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.answering import Value
from services.diagnostics.answers_in_words import in_words
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session

PAGE_LETTERS = 2_000
ANSWER_LETTERS = 800
"""A longer text is cut; the whole of it is in the export of one's data."""


def has_unscored(instrument: Instrument) -> bool:
    """Whether there are items that no scale counts."""
    return any(not item.points for item in instrument.items)


def form_lines(instrument: Instrument, answers: str, values: Mapping[int, Value]) -> list[list[str]]:
    """Pages of lines, as HTML: each item that is not scored with its answer."""
    pages: list[list[str]] = []
    letters = PAGE_LETTERS
    for item in instrument.items:
        words = None if item.points else in_words(item, answers[item.number - 1], values.get(item.number))
        if words is None:
            continue
        shown = words if len(words) <= ANSWER_LETTERS else words[:ANSWER_LETTERS] + "…"
        lines = [f"<b>{escape(item.text)}</b>", escape(shown), ""]
        length = sum(map(len, lines))
        if letters + length > PAGE_LETTERS:
            pages.append([])
            letters = 0
        pages[-1] += lines
        letters += length
    return pages


def given_screen(instrument: Instrument, session: Session, values: Mapping[int, Value], page: int) -> Screen:
    """One page of the answers; the last one for a page too far."""
    pages = form_lines(instrument, session.answers, values)
    page = min(page, len(pages) - 1)
    moves = []
    if page > 0:
        moves.append(button("‹ Назад", GivenTap(session=session.id, page=page - 1)))
    if page + 1 < len(pages):
        moves.append(button("Дальше ›", GivenTap(session=session.id, page=page + 1)))
    rows: list[Row] = [tuple(moves)] if moves else []
    rows.append((button("‹ К результату", ResultTap(session=session.id)),))
    head = f"<b>{escape(instrument.short_title)}</b>"
    if not pages:
        return Screen(f"{head}\n\nОтветов здесь нет.", tuple(rows))
    count = f", страница {page + 1} из {len(pages)}" if len(pages) > 1 else ""
    return Screen("\n".join([f"{head}: ваши ответы{count}", "", *pages[page]]).rstrip(), tuple(rows))
