"""«Из чего»: what a figure is made of, as of when, and who is left out."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import change, moment, value_words
from handlers.report.figures.sections import page_with, pages_of
from handlers.report.figures.taps import AllTap, DynamicsTap, FiguresTap, OriginTap, SchoolsTap
from handlers.ui.russian import long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.people.model import Kind
from services.reporting.facts import STATE, Taking
from services.reporting.indicators.fact_codes import test_of
from services.reporting.indicators.indicator import Form, Indicator, Level, Privacy, Rule
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Silence, Statement
from services.reporting.statement.wording import amount_words, number_words


def origin(statement: Statement, figure: Figure, today: date, tap: OriginTap, names: Row) -> Screen:
    """Everything about one figure; `names` leads to the list behind it, where there is one."""
    indicator = registry().of(figure.code)
    lines = [
        f"<b>{escape(indicator.title)}</b>",
        f"{escape(statement.name)}, {moment(statement.period, today)}",
        "",
        value_words(figure, statement.min_group),
        "",
        f"<i>{escape(indicator.definition)}</i>",
        "",
        "<b>Из чего</b>",
        *_parts(indicator, figure.amount),
        *_when(statement, indicator, today),
        *_before(statement, indicator, figure),
        *_left_out(figure),
        *_privacy(statement, indicator),
    ]
    return Screen("\n".join(lines), _rows(statement, indicator, tap, names))


def taking_of(statement: Statement, indicator: Indicator) -> Taking | None:
    """The taking that the figure is from."""
    if indicator.rule is not Rule.TAKING:
        return None
    instrument = test_of(indicator.numerator)
    return next((each for each in statement.takings if each.instrument == instrument), None)


def _parts(indicator: Indicator, amount: Amount | None) -> list[str]:
    if amount is None:
        found = [f"• {escape(indicator.numerator_words)}"]
        return found + ([f"• от чего: {escape(indicator.denominator_words)}"] if indicator.denominator else [])
    lines = [f"• {escape(indicator.numerator_words)}: {number_words(amount.numerator)}"]
    if amount.denominator is not None:
        of = "на сколько делится" if indicator.form is Form.MEAN else "из них считается доля"
        lines.append(f"• {escape(indicator.denominator_words)}: {number_words(amount.denominator)} ({of})")
    if amount.given:
        lines.append("• числа введены вручную: в сервисе этих данных нет")
    return lines


def _when(statement: Statement, indicator: Indicator, today: date) -> list[str]:
    period = statement.period
    lines = []
    if indicator.rule is Rule.DURING:
        until = min(period.last_day, today)
        lines.append(f"• за дни с {period.begins:%d.%m.%Y} по {until:%d.%m.%Y}")
    taking = taking_of(statement, indicator)
    if taking is not None:
        lines.append(f"• {escape(taking.title)}: {escape(taking.wave_title)}, с {taking.began_on:%d.%m.%Y}")
    elif indicator.rule is Rule.TAKING:
        lines.append("• в этом периоде диагностику или опрос никто не начинал")
    if indicator.rule is Rule.AT_END or indicator.denominator in STATE:
        lines.append(f"• {_day(statement, indicator, today)}")
    return lines


def _day(statement: Statement, indicator: Indicator, today: date) -> str:
    """The day that the figure, or what it is a share of, is as of."""
    what = "по состоянию" if indicator.rule is Rule.AT_END else escape(indicator.denominator_words)
    if not {indicator.numerator, indicator.denominator} & STATE:
        return f"{what} на {long_date(min(statement.period.last_day, today))}"
    if statement.kept_on is not None:
        return f"{what} на {long_date(statement.kept_on)}"
    return "численность за те дни сервис не сохранил: её можно ввести вручную («План и прошлые годы»)"


def _before(statement: Statement, indicator: Indicator, figure: Figure) -> list[str]:
    if figure.before is None:
        return ["", f"Сравнить не с чем: за период «{escape(statement.previous.title)}» данных нет."]
    by_hand = ", введено вручную" if figure.before.given else ""
    told = f"{escape(amount_words(indicator, figure.before))}{by_hand}"
    return ["", f"<b>Было</b> ({escape(statement.previous.title)}): {told}{change(indicator, figure)}"]


def _left_out(figure: Figure) -> list[str]:
    found = [each for each in figure.left_out if each.count]
    if not found:
        return []
    return ["", "<b>Не вошли</b>", *(f"• {number_words(each.count)}: {escape(each.words)}" for each in found)]


def _privacy(statement: Statement, indicator: Indicator) -> list[str]:
    if indicator.privacy is not Privacy.GROUP:
        return []
    smallest = plural(statement.min_group, "человека", "человек", "человек")
    lines = [
        "",
        f"<b>Почему без имён.</b> Ответы принадлежат тем, кто отвечал. Видны только группы от {smallest}, и новые "
        "ответы добавляются такими же группами: иначе по разнице можно узнать, кто как ответил.",
    ]
    hidden = _hidden_schools(statement.schools, indicator.code)
    if hidden:
        lines.append(f"Школ, где группа мала и цифра скрыта: {hidden}.")
    return lines


def _hidden_schools(schools: Sequence[PlaceFigures], code: str) -> int:
    found = (school.figures.get(code) for school in schools)
    return sum(figure is not None and figure.silence is Silence.TOO_FEW for figure in found)


def _rows(statement: Statement, indicator: Indicator, tap: OriginTap, names: Row) -> tuple[Row, ...]:
    of, period = statement.organisation_id, statement.period.key
    deeper: Row = (button("Динамика", DynamicsTap(organisation=of, period=period, code=indicator.code)),)
    if statement.kind is Kind.MUNICIPALITY and Level.SCHOOL in indicator.levels:
        deeper = (
            button("По школам", SchoolsTap(organisation=of, period=period, code=indicator.code, view=1)),
            *deeper,
        )
    page = page_with(pages_of(statement), indicator.code)
    back = (
        button("‹ Все показатели", AllTap(organisation=of, period=period, page=page))
        if tap.listed
        else button("‹ К отчёту", FiguresTap(organisation=of, period=period))
    )
    return (*((names,) if names else ()), deeper, (back, button("Меню", MenuTap())))
