"""Buttons that change the period of a plan."""

from collections.abc import Callable
from datetime import date

from aiogram.filters.callback_data import CallbackData

from handlers.report.home.screens import KINDS
from handlers.ui.screen import Row, button
from services.reporting.period_names import briefly
from services.reporting.periods import Period, PeriodKind, present, previous


def period_rows(
    period: Period,
    of_kind: Callable[[PeriodKind], Period],
    latest: date,
    tap: Callable[[str], CallbackData],
) -> tuple[Row, ...]:
    """The kinds of periods, each with the one that `of_kind` names, and the periods beside this one that begin by
    the day `latest`."""
    kinds = tuple(
        button(f"✓ {title}" if kind is period.kind else title, tap(of_kind(kind).key))
        for kind, title in KINDS.items()
    )
    following = present(period.kind, period.ends)
    before = previous(period)
    turns: Row = (button(f"‹ {briefly(before)}", tap(before.key)),)
    if following.begins <= latest:
        turns += (button(f"{briefly(following)} ›", tap(following.key)),)
    return (kinds[:2], kinds[2:], turns)
