"""What a campaign begins with, for every instrument of the service."""

from datetime import date

import pytest

from services.campaigns import wording
from services.campaigns.model import WORDS_LIMIT
from services.diagnostics.loading import load_instruments

INSTRUMENTS = load_instruments()


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_every_instrument_has_words_of_its_own(name: str) -> None:
    instrument = INSTRUMENTS[name]
    others = [wording.invitation(other) for other in INSTRUMENTS.values() if other.id != name]
    words = wording.invitation(instrument)
    assert words not in others
    assert len(words) <= WORDS_LIMIT
    assert wording.title(instrument, date(2026, 11, 24)) == f"{instrument.short_title}, ноябрь 2026"
