"""Screens of amounts entered by hand."""

from collections.abc import Mapping
from datetime import date
from html import escape

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import capital, numbers
from handlers.report.figures.sections import page_with, pages, section_turns
from handlers.report.plans.period_rows import period_rows
from handlers.report.plans.taps import GivenListTap, GivenTap, PlansTap
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.reporting.given import givable
from services.reporting.indicators.indicator import Form, Indicator
from services.reporting.indicators.registry import SECTIONS, registry
from services.reporting.periods import Period, present, previous, year_of
from services.reporting.statement.model import Amount
from services.reporting.statement.wording import amount_words, number_words

SHOWN = 20
WHAT_FOR = (
    "Сюда вносят цифры из бумаг за время, когда сервиса ещё не было: с ними сравниваются нынешние. "
    "Там, где сервис считал сам, остаются его цифры. В отчёте будет пометка «введено вручную»."
)


def contents(place: Organisation, period: Period, today: date, given: Mapping[str, Amount]) -> Screen:
    """Sections of what can be entered for a period that is over, and what is entered already."""

    def turned(key: str = period.key, page: int = 0) -> GivenListTap:
        return GivenListTap(organisation=place.id, period=key, page=page)

    lines = [f"<b>{escape(place.name)}: факт прошлых лет</b>", escape(capital(period.title)), "", WHAT_FOR]
    entered = [indicator for indicator in registry().all if indicator.code in given]
    if entered:
        lines += ["", "<b>Введено</b>"]
        lines += [f"• {escape(one.short)}: {_words(one, given[one.code])}" for one in entered[:SHOWN]]
        lines += [f"и ещё {len(entered) - SHOWN}"] if len(entered) > SHOWN else []
    rows: list[Row] = [
        (button(SECTIONS[page.section], turned(page=number)),)
        for number, page in enumerate(pages(givable(place)), start=1)
        if page.number == 1
    ]
    newest = previous(present(period.kind, today))
    rows += period_rows(period, lambda kind: previous(present(kind, today)), newest.begins, turned)
    plans = PlansTap(organisation=place.id, period=year_of(today).key)
    rows.append((button("‹ К планам", plans), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def section(
    place: Organisation, period: Period, given: Mapping[str, Amount], number: int, news: str = ""
) -> Screen:
    """A page of indicators of a section with what is entered."""
    found = pages(givable(place))
    number = min(number, len(found))
    page = found[number - 1]

    def turned(page: int = 0) -> GivenListTap:
        return GivenListTap(organisation=place.id, period=period.key, page=page)

    def opened(at: int) -> GivenTap:
        return GivenTap(organisation=place.id, period=period.key, code=page.indicators[at].code)

    lines = [f"{escape(news)}\n"] if news else []
    lines += [f"<b>{escape(place.name)}: факт прошлых лет</b>", escape(capital(period.title)), "", page.heading]
    for at, indicator in enumerate(page.indicators, start=page.first):
        told = _words(indicator, given[indicator.code]) if indicator.code in given else "не введено"
        lines.append(f"{at}. {escape(indicator.short)}: {told}")
    lines += ["", "<i>Номер — ввести, изменить или убрать.</i>"]
    rows = [*numbers(len(page.indicators), page.first, opened), *section_turns(number, len(found), turned)]
    rows.append((button("‹ Разделы", turned()), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def amount(place: Organisation, period: Period, indicator: Indicator, entered: Amount | None, note: str) -> Screen:
    """What is entered for one indicator, and how to enter it."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>{escape(indicator.title)}</b>", f"{escape(place.name)}: {escape(period.title)}", ""]
    lines += [f"Сейчас: {_words(indicator, entered) if entered else 'не введено'}.", ""]
    if indicator.form is Form.SHARE:
        parts = f"{escape(indicator.numerator_words)} / {escape(indicator.denominator_words)}"
        lines.append(f"Напишите два числа: 24 из 153 ({parts}).")
    else:
        lines.append(f"Напишите число ({escape(indicator.numerator_words)}), например 3.")
    rows: list[Row] = []
    if entered is not None:
        drop = GivenTap(organisation=place.id, period=period.key, code=indicator.code, drop=True)
        rows.append((button("Убрать", drop),))
    page = page_with(pages(givable(place)), indicator.code)
    back = button("‹ К списку", GivenListTap(organisation=place.id, period=period.key, page=page))
    rows.append((back, button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def _words(indicator: Indicator, amount: Amount) -> str:
    told = f"<b>{amount_words(indicator, amount)}</b>"
    if amount.denominator is None:
        return told
    return f"{told} ({number_words(amount.numerator)} из {number_words(amount.denominator)})"
