"""The last day of a campaign, as people write it."""

from datetime import date

import pytest

from services.campaigns.term import parsed_term
from services.diagnostics.answer_parsing import Unclear

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("до 15 декабря", date(2026, 12, 15)),
        ("До 15 декабря.", date(2026, 12, 15)),
        ("по 1 марта", date(2027, 3, 1)),
        ("15.12", date(2026, 12, 15)),
        ("15.12.2026", date(2026, 12, 15)),
        ("до 20.01.27", date(2027, 1, 20)),
        ("10 дней", date(2026, 12, 4)),
        ("на 1 день", date(2026, 11, 25)),
        ("сегодня", TODAY),
        ("завтра", date(2026, 11, 25)),
    ],
)
def test_days_are_understood(text: str, day: date) -> None:
    assert parsed_term(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("когда-нибудь", "15.12|например"),
        ("до 15 декабря 2025", "уже прошёл"),
        ("до 15 декабря 2031", "слишком далеко"),
        ("31.02", "календаре"),
        ("0 дней", "от 1"),
        ("999 дней", "366"),
        ("5000 дней", "366"),
        ("", "например"),
    ],
)
def test_what_cannot_be_a_term_is_explained(text: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        parsed_term(text, TODAY)
