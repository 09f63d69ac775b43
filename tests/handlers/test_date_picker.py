"""A month of days to choose from, wherever a date is asked for."""

from datetime import date

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.ui.blank import BlankTap
from handlers.ui.date_picker import DayNumber, calendar
from handlers.ui.screen import Row

TODAY = date(2026, 11, 24)
LATEST = date(2027, 2, 10)


class PickTap(CallbackData, prefix="pick"):
    day: DayNumber


class TurnTap(CallbackData, prefix="turn"):
    day: DayNumber


def shown(month: date, chosen: date | None = None, earliest: date = TODAY) -> tuple[Row, ...]:
    return calendar(
        month,
        TODAY,
        earliest,
        LATEST,
        lambda day: PickTap(day=day.toordinal()),
        lambda day: TurnTap(day=day.toordinal()),
        chosen,
    )


def picks(rows: tuple[Row, ...]) -> dict[str, date]:
    """What stands on the buttons that choose a day, with the days."""
    found = {}
    for row in rows:
        for button in row:
            if button.data and button.data.startswith("pick:"):
                found[button.text] = date.fromordinal(PickTap.unpack(button.data).day)
    return found


def turns(rows: tuple[Row, ...]) -> list[date]:
    return [
        date.fromordinal(TurnTap.unpack(button.data).day)
        for button in rows[0]
        if button.data and button.data.startswith("turn:")
    ]


def test_days_before_the_earliest_cannot_be_chosen_and_today_is_marked() -> None:
    rows = shown(TODAY)
    assert [button.text for button in rows[0]][1] == "Ноябрь 2026"
    assert [button.text for button in rows[1]] == ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]
    assert picks(rows) == {
        "[24]": date(2026, 11, 24),
        **{str(day): date(2026, 11, day) for day in range(25, 31)},
    }
    assert turns(rows) == [date(2026, 12, 1)], "there is no way to a month before"


def test_weeks_without_a_day_to_choose_are_left_out() -> None:
    rows = shown(TODAY)
    assert [[button.text for button in row][:2] for row in rows[2:]] == [
        ["·", "[24]"],
        ["30", "\N{BRAILLE PATTERN BLANK}"],
    ]
    assert len(shown(date(2027, 2, 1))[2:]) == 2


def test_each_day_stands_under_its_weekday() -> None:
    for month in (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)):
        for row in shown(month)[2:]:
            for place, button in enumerate(row):
                if button.data and button.data.startswith("pick:"):
                    assert date.fromordinal(PickTap.unpack(button.data).day).weekday() == place


def test_the_last_month_ends_at_the_latest_day() -> None:
    rows = shown(date(2027, 2, 1), chosen=date(2027, 2, 3))
    assert max(picks(rows).values()) == LATEST
    assert picks(rows)["✓3"] == date(2027, 2, 3)
    assert turns(rows) == [date(2027, 1, 1)]


@pytest.mark.parametrize("month", [date(1, 1, 1), date(2020, 5, 5)])
def test_a_month_with_no_day_to_choose_gives_way_to_the_nearest(month: date) -> None:
    assert shown(month)[0][1].text == "Ноябрь 2026"
    assert shown(date.max)[0][1].text == "Февраль 2027"


def test_it_fits_a_messenger_and_what_only_shows_does_nothing() -> None:
    for month in (date(2026, 11, 1), date(2027, 1, 1)):
        rows = shown(month)
        assert len(rows) <= 8
        for row in rows:
            assert len(row) <= 7
            for button in row:
                assert button.text.strip()
                assert button.data is not None
                if not button.data.startswith(("pick:", "turn:")):
                    assert button.data == BlankTap().pack()
