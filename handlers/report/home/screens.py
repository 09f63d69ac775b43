"""Screens that ask whose report and of which period."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.cyclogram.taps import CyclogramTap
from handlers.iom.words import cut
from handlers.menu.taps import MenuTap
from handlers.report.figures.taps import FiguresTap
from handlers.report.groups.taps import ReportTap
from handlers.report.home.taps import OwnDatesTap, PeriodsTap, WhereTap
from handlers.ui.date_picker import calendar
from handlers.ui.pages import page_of
from handlers.ui.russian import long_date
from handlers.ui.screen import Button, Row, Screen, button
from services.people.model import Kind, Organisation
from services.reporting.own_dates import ASK, earliest
from services.reporting.periods import Period, PeriodKind, present, previous

SHOWN = 8
NAME = 40
"""Characters of a place's name on a button."""
USUAL_NAME = 28
KINDS = {
    PeriodKind.YEAR: "Учебный год",
    PeriodKind.HALF: "Полугодие",
    PeriodKind.QUARTER: "Квартал",
    PeriodKind.MONTH: "Месяц",
}

Usual = tuple[Organisation, Period]
"""What somebody has asked for last."""


def nothing_to_report() -> Screen:
    return Screen(
        "Отчёты видят куратор школы и методист района. Если это ваша роль, попросите приглашение у методиста.",
        ((button("Меню", MenuTap()),),),
    )


def places(found: Sequence[Organisation], number: int, usual: Usual | None, today: date) -> Screen:
    """Where somebody with several places begins."""
    page = page_of(found, number, SHOWN)
    rows = _usual(usual, today)
    rows += [(button(cut(place.name, NAME), PeriodsTap(organisation=place.id)),) for place in page.items]
    rows += page.turns(lambda number: WhereTap(page=number))
    rows.append((button("Меню", MenuTap()),))
    return Screen(f"<b>Отчёт</b>{page.heading}\n\nПо какой школе или району?", tuple(rows))


def periods(
    place: Organisation, today: date, *, several: bool, usual: Usual | None = None, note: str = ""
) -> Screen:
    """Which period; with `several` places there is a way back to them."""
    kinds = [_of_kind(place, kind, today) for kind in KINDS]
    last = previous(present(PeriodKind.YEAR, today))
    rows = _usual(usual, today)
    rows += [tuple(kinds[:2]), tuple(kinds[2:])]
    rows.append(
        (
            button("Прошлый учебный год", FiguresTap(organisation=place.id, period=last.key, keep=True)),
            button("Свои даты", OwnDatesTap(organisation=place.id)),
        )
    )
    rows.append((button("Диагностики: результаты", ReportTap(organisation=place.id)),))
    if place.kind is Kind.MUNICIPALITY:
        rows.append((button("Циклограмма", CyclogramTap(organisation=place.id)),))
    back = (button("‹ Другая школа или район", WhereTap()),) if several else ()
    rows.append((*back, button("Меню", MenuTap())))
    return Screen(f"<b>Отчёт: {escape(place.name)}</b>\n\nЗа какой период?", tuple(rows))


def own_dates(place: Organisation, today: date, first: date | None, shown: date | None, note: str = "") -> Screen:
    """Asks for the first day, or with it for the last one."""
    lines = [f"{escape(note)}\n"] if note else []
    lines.append(f"<b>Отчёт: {escape(place.name)}</b>\n")
    if first is None:
        lines += ["С какого дня? Выберите день или напишите сразу оба.", "", f"<i>{ASK}</i>"]
    else:
        lines += [f"С <b>{long_date(first)}</b> и по какой день? Выберите или напишите."]
    number = first.toordinal() if first else 0

    def pick(day: date) -> OwnDatesTap:
        return OwnDatesTap(organisation=place.id, first=number, day=day.toordinal())

    def turn(day: date) -> OwnDatesTap:
        return OwnDatesTap(organisation=place.id, first=number, day=day.toordinal(), turn=True)

    rows = list(calendar(shown or today, today, first or earliest(today), today, pick, turn))
    if first is None:
        rows.append((button("‹ К выбору периода", PeriodsTap(organisation=place.id)), button("Меню", MenuTap())))
    else:
        rows.append(
            (button("‹ Другой первый день", OwnDatesTap(organisation=place.id)), button("Меню", MenuTap()))
        )
    return Screen("\n".join(lines), tuple(rows))


def _usual(usual: Usual | None, today: date) -> list[Row]:
    if usual is None:
        return []
    place, period = usual
    title = f"Как обычно: {cut(place.name, USUAL_NAME)}, {_kind_words(period, today)}"
    return [(button(title, FiguresTap(organisation=place.id, period=period.key)),)]


def _kind_words(period: Period, today: date) -> str:
    """«учебный год» for the present one, a past one and days by their title."""
    if period.kind in KINDS and present(period.kind, today) == period:
        return KINDS[period.kind].lower()
    return period.title


def _of_kind(place: Organisation, kind: PeriodKind, today: date) -> Button:
    period = present(kind, today)
    return button(KINDS[kind], FiguresTap(organisation=place.id, period=period.key, keep=True))
