"""Screens of plans."""

from collections.abc import Mapping
from datetime import date
from html import escape

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import capital, numbers
from handlers.report.figures.taps import FiguresTap
from handlers.report.plans.period_rows import period_rows
from handlers.report.plans.taps import GivenListTap, PlanIndicatorTap, PlansTap
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.reporting.indicators.indicator import Form, Indicator
from services.reporting.periods import Period, present, previous, year_of
from services.reporting.planned import latest_planned, plannable
from services.reporting.statement.wording import target_words
from services.reporting.target import Target
from services.reporting.target_parsing import counted_by

SHOWN = 10


def plans(
    place: Organisation,
    period: Period,
    today: date,
    own: Mapping[str, Target],
    above: Mapping[str, Target],
    number: int,
    news: str,
) -> Screen:
    """A page of what can be planned; `above` are the plans of the municipality that hold in a school, too."""
    page = page_of(plannable(place), number, SHOWN)
    first = page.number * SHOWN + 1

    def turned(key: str = period.key, number: int = page.number) -> PlansTap:
        return PlansTap(organisation=place.id, period=key, page=number)

    def opened(at: int) -> PlanIndicatorTap:
        return PlanIndicatorTap(organisation=place.id, period=period.key, code=page.items[at].code)

    lines = [f"{escape(news)}\n"] if news else []
    lines += [f"<b>{escape(place.name)}: план</b>{page.heading}", escape(capital(period.title)), ""]
    for at, indicator in enumerate(page.items, start=first):
        told = _words(indicator, own.get(indicator.code), above.get(indicator.code))
        lines.append(f"{at}. {escape(indicator.short)}: {told}")
    lines += ["", "<i>Номер — задать, изменить или убрать план.</i>"]
    rows = list(numbers(len(page.items), first, opened))
    rows += page.turns(lambda number: turned(number=number))
    rows += period_rows(period, lambda kind: present(kind, today), latest_planned(today), turned)
    past = previous(year_of(today))
    rows.append((button("Факт прошлых лет", GivenListTap(organisation=place.id, period=past.key)),))
    # A period that is still to come has no figures.
    shown = period if period.begins <= today else year_of(today)
    back = button("‹ К отчёту", FiguresTap(organisation=place.id, period=shown.key))
    return Screen("\n".join(lines), (*rows, (back, button("Меню", MenuTap()))))


def plan(
    place: Organisation, period: Period, indicator: Indicator, own: Target | None, above: Target | None, note: str
) -> Screen:
    """The plan of one indicator, and how to set it."""
    many = counted_by(indicator).many
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>{escape(indicator.title)}</b>", f"{escape(place.name)}, план: {escape(period.title)}", ""]
    lines += [f"Сейчас: {_words(indicator, own, above)}.", ""]
    if indicator.form is Form.SHARE:
        lines.append(f"Напишите число {many} (36) или долю (5 %).")
        parts = f"{escape(indicator.numerator_words)} / {escape(indicator.denominator_words)}"
        lines.append(f"<i>Доля считается так: {parts}.</i>")
    else:
        lines.append(f"Напишите число {many}, например 36.")
    rows: list[Row] = []
    if own is not None:
        drop = PlanIndicatorTap(organisation=place.id, period=period.key, code=indicator.code, drop=True)
        rows.append((button("Убрать план", drop),))
    page = plannable(place).index(indicator) // SHOWN
    back = button("‹ К планам", PlansTap(organisation=place.id, period=period.key, page=page))
    rows.append((back, button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def _words(indicator: Indicator, own: Target | None, above: Target | None) -> str:
    if own is not None:
        return f"<b>{target_words(indicator, own)}</b>"
    if above is not None:
        return f"{target_words(indicator, above)} (план района)"
    return "не задан"
