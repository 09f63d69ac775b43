"""A month of days to tap on, for any conversation that asks for a date."""

from calendar import Calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.blank import blank
from handlers.ui.screen import Button, Row, button

DayNumber = Annotated[int, Field(ge=1, le=date.max.toordinal())]
"""A day in callback data: `day.toordinal()`, and back by `date.fromordinal`."""

_MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
_WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
_CLOSED = "·"
_EMPTY = "\N{BRAILLE PATTERN BLANK}"
"""Looks like nothing; a button without any letter is refused, and so is one of spaces."""


def calendar(
    shown: date,
    today: date,
    earliest: date,
    latest: date,
    pick: Callable[[date], CallbackData],
    turn: Callable[[date], CallbackData],
    chosen: date | None = None,
) -> tuple[Row, ...]:
    """Rows of buttons for the month that holds the day `shown`, or the nearest month that has a day to choose.

    A day from `earliest` to `latest` is chosen by its `pick`, weeks without such a day are left out; `turn` is
    given the first day of the month to be shown instead. Today is in brackets, the day `chosen` before has a mark.
    """
    shown = min(max(shown, earliest), latest)
    first = shown.replace(day=1)
    before = first - timedelta(days=1)
    after = (first + timedelta(days=31)).replace(day=1)
    title = blank(f"{_MONTHS[first.month - 1]} {first.year}")
    months: Row = (
        button("‹", turn(before.replace(day=1))) if before >= earliest else blank(_EMPTY),
        title,
        button("›", turn(after)) if after <= latest else blank(_EMPTY),
    )

    def face(day: date) -> Button:
        if day.month != first.month:
            return blank(_EMPTY)
        if not earliest <= day <= latest:
            return blank(_CLOSED)
        mark = "✓" if day == chosen else ""
        return button(f"[{day.day}]" if day == today else f"{mark}{day.day}", pick(day))

    def open_in(week: list[date]) -> bool:
        return any(day.month == first.month and earliest <= day <= latest for day in week)

    weeks = filter(open_in, Calendar().monthdatescalendar(first.year, first.month))
    return (months, tuple(map(blank, _WEEKDAYS)), *(tuple(map(face, week)) for week in weeks))
