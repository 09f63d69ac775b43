"""An indicator over earlier periods."""

from datetime import date
from html import escape

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import capital, heading
from handlers.report.figures.taps import ChooseTap, FiguresTap, OriginTap, Use
from handlers.ui.bar import bar
from handlers.ui.screen import Screen, button
from services.reporting.indicators.indicator import Form, Indicator
from services.reporting.shares import NO_DATA
from services.reporting.statement.model import Amount, Statement
from services.reporting.statement.wording import amount_words, silence_words

POINTS = 4
"""Earlier periods that are shown."""
_SCALE = 1000
"""Parts of the longest bar."""
_LARGE = 0.2
"""Shares from here on are shown on the whole; smaller ones beside the largest of them, to be told apart."""


def dynamics(statement: Statement, indicator: Indicator, today: date) -> Screen:
    """The earlier periods with bars, the present one last."""
    of, period = statement.organisation_id, statement.period.key
    now = statement.whole.figures.get(indicator.code)
    points = [(point.period.title, point.amounts.get(indicator.code)) for point in statement.dynamics]
    known = [_value(amount) for _, amount in points]
    longest = max([*known, _value(now.amount if now else None)], default=0.0)
    if indicator.form is Form.SHARE and longest > _LARGE:
        # A full bar would read as all of them.
        longest = 1.0
    lines = [*heading(statement, today, "динамика"), f"<b>{escape(indicator.title)}</b>", ""]
    for title, amount in points:
        lines += _point(title, indicator, amount, longest)
    if now is not None and now.amount is None:
        lines += [f"{escape(capital(statement.period.title))}: {escape(silence_words(now, statement.min_group))}"]
    else:
        lines += _point(statement.period.title, indicator, now.amount if now else None, longest)
    if not any(known):
        lines += [
            "",
            "<i>Прошлых цифр нет. Методист может ввести их вручную: «План и прошлые годы».</i>",
        ]
    rows = (
        (
            button("Другой показатель", ChooseTap(organisation=of, period=period, use=Use.DYNAMICS)),
            button("Из чего", OriginTap(organisation=of, period=period, code=indicator.code)),
        ),
        (button("‹ К отчёту", FiguresTap(organisation=of, period=period)), button("Меню", MenuTap())),
    )
    return Screen("\n".join(lines), rows)


def _point(title: str, indicator: Indicator, amount: Amount | None, longest: float) -> list[str]:
    if amount is None or amount.denominator == 0:
        return [f"{escape(capital(title))}: {NO_DATA}"]
    by_hand = " (введено вручную)" if amount.given else ""
    scaled = round(_value(amount) / longest * _SCALE) if longest else 0
    return [
        f"{escape(capital(title))}: <b>{escape(amount_words(indicator, amount))}</b>{by_hand}",
        f"<code>{bar(scaled, _SCALE)}</code>",
    ]


def _value(amount: Amount | None) -> float:
    return amount.value if amount is not None and amount.denominator != 0 else 0.0
