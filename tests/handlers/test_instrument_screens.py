"""Every screen of every instrument fits a message, whatever its person answers."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.results.details import details_of, part_screen
from handlers.results.given import given_screen
from handlers.results.screens import result_screen
from handlers.survey.offer_screens import introduction
from handlers.survey.screens import question
from handlers.ui.screen import Screen
from services.diagnostics.answering import Given, Sheet, settled
from services.diagnostics.instrument import ANSWERED, ONE_OPTION, SKIPPED, Instrument, Item, ItemKind, NumberBounds
from services.diagnostics.loading import load_versions
from services.diagnostics.offering import Offer
from services.diagnostics.session import Session, State

NOW = datetime(2026, 9, 1, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
MESSAGE = 4_000
PHONE = 42
"""Letters on the buttons of a row that a narrow phone still shows, or tells apart."""


def given(chance: random.Random, item: Item) -> Given:
    """Some answer to the item, texts as long as they may be."""
    if item.optional and chance.random() < 0.2:
        return Given(SKIPPED)
    if item.kind in ONE_OPTION:
        return Given(chance.choice(item.option_codes))
    if item.kind is ItemKind.SEVERAL:
        return Given(ANSWERED, item.option_codes)
    if item.kind is ItemKind.DATE:
        return Given(ANSWERED, date(2026, 2, 3).isoformat())
    if isinstance(item.bounds, NumberBounds):
        return Given(ANSWERED, item.bounds.high)
    return Given(ANSWERED, "<&" * 1_000)


def sitting(chance: random.Random, instrument: Instrument) -> Iterator[tuple[Session, Sheet]]:
    """A session at every question, and finished at last."""
    session = Session(
        2**40, 1, instrument.id, instrument.version, None, instrument.blank, 300, 1, State.IN_PROGRESS, NOW, None
    )
    sheet = Sheet(instrument.blank)
    while session.position:
        yield session, sheet
        sheet = settled(instrument, sheet, session.position, given(chance, instrument.items[session.position - 1]))
        yield replace(session, answers=sheet.answers), sheet
        session = replace(session, answers=sheet.answers, position=sheet.first_unanswered)
    yield replace(session, state=State.FINISHED, finished_at=NOW), sheet


def screens(chance: random.Random, instrument: Instrument) -> Iterator[Screen]:
    yield introduction(Offer(instrument), instrument, 5, MOSCOW)
    for session, sheet in sitting(chance, instrument):
        if session.position and session.first_unanswered:
            yield question(instrument, session, values=sheet.values)
        if session.state is State.FINISHED:
            yield result_screen(instrument, session, MOSCOW, "Готово!", sheet.values)
            for page in range(5):
                yield given_screen(instrument, session, sheet.values, page)
            if instrument.scales:
                for index in range(len(details_of(instrument))):
                    yield part_screen(instrument, session, index)


@pytest.mark.parametrize(
    "instrument", load_versions(), ids=lambda instrument: f"{instrument.id}-{instrument.version}"
)
def test_every_screen_fits_a_message(instrument: Instrument) -> None:
    chance = random.Random(1)
    for _ in range(5):
        for screen in screens(chance, instrument):
            assert len(screen.text) <= MESSAGE
            assert len(screen.rows) <= 30
            for row in screen.rows:
                assert 1 <= len(row) <= 7
                assert all(button.text.strip() and len((button.data or "").encode()) <= 64 for button in row)
                letters = max(len(button.text) for button in row)
                assert letters * len(row) <= PHONE, f"a phone cuts {row}"
