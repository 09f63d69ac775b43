"""The short form of a report: what tells most, what to attend to first, and where to go deeper."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import compared, figure_line, heading, hidden_words, numbers
from handlers.report.figures.taps import AllTap, ChartsTap, DynamicsTap, FiguresTap, OriginTap, SchoolsTap
from handlers.report.files.taps import DocumentTap, HandedOutTap, TableTap
from handlers.report.groups.taps import ReportTap
from handlers.report.home.taps import PeriodsTap
from handlers.report.plans.taps import PlansTap
from handlers.ui.screen import Row, Screen, button
from services.people.model import Kind, Organisation
from services.reporting.periods import PeriodKind, present
from services.reporting.statement.headline import attention, headline
from services.reporting.statement.model import Conclusion, Figure, Statement

ATTENTION = 3
"""Conclusions that call for attention, at most."""
NOTHING_YET = (
    "Цифр за этот период пока нет. Они появятся, когда в сервисе будут списки педагогов (/people) "
    "и первые ответы на опросы (/campaigns)."
)
NOTHING_KEPT = (
    "Цифр за этот период в сервисе нет. Если они есть на бумаге, методист может ввести их вручную: "
    "«План и прошлые годы»."
)


def short_form(
    statement: Statement,
    today: date,
    conclusions: Sequence[Conclusion],
    *,
    above: int | None,
    directs: bool,
) -> Screen:
    """The headline with its buttons; `above` is the district of a school whose reports the reader gets, too;
    `directs`: the reader sets plans here."""
    figures = headline(statement.whole)
    lines = [*heading(statement, today), ""]
    lines += [figure_line(each, statement.min_group, number=place) for place, each in enumerate(figures, start=1)]
    if not figures:
        lines.append(NOTHING_KEPT if statement.period.last_day < today else NOTHING_YET)
    if found := attention(statement, conclusions, ATTENTION):
        lines += ["", "<b>Сначала обратите внимание</b>", *(f"• {escape(each.words)}" for each in found)]
    lines += _notes(statement, figures, today)
    return Screen("\n".join(lines), _rows(statement, figures, today, above, directs=directs))


def no_such_period(place: Organisation) -> Screen:
    """The button was about a period that is none."""
    rows = ((button("‹ Выбрать период", PeriodsTap(organisation=place.id)), button("Меню", MenuTap())),)
    told = "За этот период отчёта нет: он ещё не начался, или кнопка устарела."
    return Screen(f"<b>Отчёт: {escape(place.name)}</b>\n\n{told}", rows)


def _notes(statement: Statement, figures: Sequence[Figure], today: date) -> list[str]:
    notes = []
    if any(each.before is not None for each in figures):
        notes.append(compared(statement, today))
    if hidden := hidden_words(list(statement.whole.figures.values()), statement.min_group):
        notes.append(hidden)
    if figures:
        notes.append("<i>Номер — из чего сложилась цифра и кто в неё не вошёл.</i>")
    return ["", *notes] if notes else []


def _rows(
    statement: Statement, figures: Sequence[Figure], today: date, above: int | None, *, directs: bool
) -> tuple[Row, ...]:
    place, period = statement.organisation_id, statement.period.key
    rows: list[Row] = list(
        numbers(
            len(figures), 1, lambda index: OriginTap(organisation=place, period=period, code=figures[index].code)
        )
    )
    of_all = button("Все показатели", AllTap(organisation=place, period=period))
    moving = button("Динамика", DynamicsTap(organisation=place, period=period))
    drawn = button("Графики", ChartsTap(organisation=place, period=period))
    if statement.kind is Kind.MUNICIPALITY:
        rows += [(button("По школам", SchoolsTap(organisation=place, period=period)), of_all), (moving, drawn)]
    else:
        rows += [(of_all,), (moving, drawn)]
    rows += [
        (
            button("Справка (Word)", DocumentTap(organisation=place, period=period)),
            button("Таблица (Excel)", TableTap(organisation=place, period=period)),
        ),
        (
            button("Готовые справки", HandedOutTap(organisation=place, period=period)),
            button("Диагностики", ReportTap(organisation=place)),
        ),
    ]
    if directs:
        # Days of one's own are planned for by nobody.
        planned = present(PeriodKind.YEAR, today) if statement.period.kind is PeriodKind.DAYS else statement.period
        rows.append((button("План и прошлые годы", PlansTap(organisation=place, period=planned.key)),))
    if above is not None:
        schools = SchoolsTap(organisation=above, period=period)
        whole = FiguresTap(organisation=above, period=period)
        rows.append((button("‹ По школам", schools), button("‹ Весь район", whole)))
    rows.append((button("Другой период", PeriodsTap(organisation=place)), button("Меню", MenuTap())))
    return tuple(rows)
