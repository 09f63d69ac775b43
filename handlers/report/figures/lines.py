"""Figures as lines of a message."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.ui.russian import long_date, plural
from handlers.ui.screen import Row, button
from services.reporting.indicators.indicator import Indicator
from services.reporting.indicators.registry import registry
from services.reporting.periods import Period
from services.reporting.statement.model import Figure, Statement
from services.reporting.statement.wording import arrow, change_words, figure_words, plan_words

IN_ROW = 5
"""Numbers in a row of buttons."""
MARKS = ("▲", "▼")


def figure_line(figure: Figure, min_group: int, *, number: int | None = None) -> str:
    """«1. Охват: 82,3 % (123 из 150), план 90 %, ниже плана ▲ +0,4 п. п.»"""
    indicator = registry().of(figure.code)
    place = f"{number}. " if number is not None else ""
    return f"{place}{escape(indicator.short)}: {value_words(figure, min_group)}"


def value_words(figure: Figure, min_group: int) -> str:
    """The value with the plan and the change, in HTML; why there is none."""
    indicator = registry().of(figure.code)
    words = f"<b>{escape(figure_words(indicator, figure, min_group))}</b>"
    if figure.amount is None:
        words = f"<i>{escape(figure_words(indicator, figure, min_group))}</i>"
    if figure.amount is not None and figure.amount.given:
        words += ", введено вручную"
    if plan := plan_words(indicator, figure):
        words += f", {escape(plan)}"
    return f"{words}{change(indicator, figure)}"


def change(indicator: Indicator, figure: Figure) -> str:
    """« ▲ +0,4 п. п.», «, без изменений», nothing where there is none to tell of."""
    words = change_words(indicator, figure)
    if words is None:
        return ""
    mark = arrow(indicator, figure)
    return f" {mark}\N{NO-BREAK SPACE}{escape(words)}" if mark in MARKS else f", {escape(words)}"


def heading(statement: Statement, today: date, title: str = "") -> list[str]:
    """Of what, of when, and that it is not over."""
    name = escape(statement.name)
    return [f"<b>{name}: {title}</b>" if title else f"<b>{name}</b>", moment(statement.period, today)]


def moment(period: Period, today: date) -> str:
    """«Первое полугодие 2026/27 учебного года, на 24 ноября 2026 г., период ещё идёт»"""
    title = capital(period.title)
    if period.last_day < today:
        return escape(title)
    going = ", период ещё идёт" if period.last_day > today else ""
    return f"{escape(title)}, на {long_date(today)}{going}"


def capital(title: str) -> str:
    """The title at the beginning of a line."""
    return title[:1].upper() + title[1:]


def numbers(count: int, first: int, tap: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    """Rows of numbered buttons; `tap` is given the place from 0."""
    buttons = [button(str(first + place), tap(place)) for place in range(count)]
    return tuple(tuple(buttons[place : place + IN_ROW]) for place in range(0, count, IN_ROW))


def hidden_words(figures: Sequence[Figure], min_group: int) -> str:
    """Why some figures are not told, in HTML; empty where all are."""
    if not any(figure.silence == "too_few" for figure in figures):
        return ""
    smallest = plural(min_group, "человека", "человек", "человек")
    return f"<i>Часть результатов скрыта: в группах меньше {smallest} цифры могли бы выдать чужие ответы.</i>"


def compared(statement: Statement, today: date) -> str:
    """What the arrows compare with."""
    whole = " целиком, а этот ещё идёт" if statement.period.last_day > today else ""
    return f"<i>▲▼ — по сравнению с периодом: {escape(statement.previous.title)}{whole}.</i>"
