"""The cyclogram: the year's table, the offer of a month, its write-up."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from handlers.campaigns.taps import CampaignListTap
from handlers.cyclogram.taps import CyclogramTap, DeclineTap, PrepareTap
from handlers.iom.words import cut, near_date
from handlers.menu.screens import to_menu
from handlers.pushes.frame import pushed
from handlers.pushes.taps import PushesTap
from handlers.report.figures.lines import compared, figure_line
from handlers.report.figures.taps import FiguresTap
from handlers.report.files.taps import DocumentTap
from handlers.report.home.taps import PeriodsTap
from handlers.ui.screen import Button, Row, Screen, button
from services.diagnostics.library import Library
from services.people.model import Organisation
from services.pushes.cyclogram import Turn
from services.pushes.model import Stage
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Figure, Statement

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
STATES = {
    Stage.WRITTEN: "справка предложена",
    Stage.PREPARED: "кампания подготовлена",
    Stage.DECLINED: "не в этом году",
    Stage.OFFERED: "предложено",
}
"""The farthest stage first."""
FIGURES = 8
BUTTON = 56
DECLINED = "Хорошо, в этом году без него. Передумаете — он останется в циклограмме."


def year(
    place: Organisation,
    turns: Sequence[Turn],
    stages: Mapping[str, frozenset[Stage]],
    library: Library,
    today: date,
    note: str = "",
) -> Screen:
    """Every monitoring of the year with where it is, and ways to prepare those of this month and the next."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>Циклограмма: {escape(place.name)}</b>", ""]
    here = today.replace(day=1)
    for turn in turns:
        name = MONTHS[turn.month.month - 1].capitalize()
        marked = f"<b>{name}</b>" if turn.month == here else name
        lines.append(f"{marked}: {turn.monitoring.title}{_state(turn, stages.get(turn.key, frozenset()), here)}")
    lines += ["", "<i>В начале месяца бот предложит подготовить мониторинг, а в конце напомнит о справке.</i>"]
    rows: list[Row] = []
    for turn in turns:
        if turn.month == here:
            rows += [(each,) for each in _prepares(place, turn, library)]
            rows.append((_note(place, turn),))
    back = button("‹ Отчёт", PeriodsTap(organisation=place.id))
    rows.append((back, button("Сводки и сигналы", PushesTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def offer(place: Organisation, turn: Turn, library: Library, today: date) -> Screen:
    """What the month asks for: a campaign to be prepared, or that data gathers by itself."""
    title = f"<b>{MONTHS[turn.month.month - 1].capitalize()}: {escape(_lower(turn.monitoring.title))}</b>"
    lines = [title, f"{escape(place.name)}, мониторинг по циклограмме", ""]
    prepares = _prepares(place, turn, library)
    until = near_date(turn.last_day, today)
    if prepares:
        lines.append(
            "Подготовить кампанию? Инструмент, адресаты и срок уже будут заполнены "
            f"(до {until}), вы посмотрите и запустите."
        )
        month, code = turn.month.toordinal(), turn.monitoring.code
        decline = button("Не в этом году", DeclineTap(organisation=place.id, month=month, code=code))
        later = button("Позже", CyclogramTap(organisation=place.id, fresh=True))
        rows: list[Row] = [*((each,) for each in prepares), (decline, later)]
    else:
        lines.append(
            f"{turn.monitoring.source}: данные копятся сами, готовить ничего не нужно. "
            "В конце месяца бот предложит справку; посмотреть её можно и сейчас."
        )
        rows = [(_note(place, turn),), (button("Циклограмма", CyclogramTap(organisation=place.id, fresh=True)),)]
    return pushed(lambda _: lines, rows)


def write_up(statement: Statement, turn: Turn, today: date) -> Screen:
    """What the monitoring has shown, and its note."""
    figures = told(statement, turn)
    lines = [
        f"<b>Итоги мониторинга: {escape(_lower(turn.monitoring.title))}</b>",
        f"{escape(statement.name)}, {escape(statement.period.title)}",
        "",
        *(f"• {figure_line(figure, statement.min_group)}" for figure in figures),
    ]
    if any(figure.before is not None for figure in figures):
        lines += ["", compared(statement, today)]
    if not figures:
        lines.append("Данных пока нет. Справка всё равно соберётся: в ней будет видно, чего не хватает.")
    lines += ["", "Справка с черновиком выводов и рекомендаций соберётся по кнопке: проверьте и поправьте её."]
    place, period = statement.organisation_id, statement.period.key
    rows: list[Row] = [
        (button("Справка (Word)", DocumentTap(organisation=place, period=period)),),
        (
            button("Открыть отчёт", FiguresTap(organisation=place, period=period)),
            button("Циклограмма", CyclogramTap(organisation=place, fresh=True)),
        ),
    ]
    return pushed(lambda _: lines, rows)


def nothing_to_prepare(place: Organisation) -> Screen:
    """The monitoring has no campaign any more, or never had."""
    rows = (
        (button("‹ Циклограмма", CyclogramTap(organisation=place.id)),),
        (button("Кампании", CampaignListTap()), to_menu()),
    )
    return Screen("Для этого мониторинга кампании нет, или кнопка устарела.", rows)


def told(statement: Statement, turn: Turn) -> Sequence[Figure]:
    """Figures of the monitoring that there are."""
    of = [each for each in registry().all if each.monitoring == turn.monitoring.code]
    found = [statement.whole.figures[each.code] for each in of if each.code in statement.whole.figures]
    return [figure for figure in found if figure.amount is not None or figure.silence == "too_few"][:FIGURES]


def _prepares(place: Organisation, turn: Turn, library: Library) -> list[Button]:
    month, code = turn.month.toordinal(), turn.monitoring.code
    known = [each for each in enumerate(turn.monitoring.instruments) if each[1] in library]
    return [
        button(
            "Подготовить кампанию"
            if len(known) == 1
            else cut(f"Подготовить: {library.current(instrument).short_title}", BUTTON),
            PrepareTap(organisation=place.id, month=month, code=code, instrument=number),
        )
        for number, instrument in known
    ]


def _note(place: Organisation, turn: Turn) -> Button:
    return button(
        cut(f"Справка: {_lower(turn.monitoring.title)}", BUTTON),
        DocumentTap(organisation=place.id, period=turn.period().key),
    )


def _state(turn: Turn, stages: frozenset[Stage], here: date) -> str:
    found = next((words for stage, words in STATES.items() if stage in stages), "")
    if found:
        return f" — {found}"
    return " — сейчас" if turn.month == here else ""


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
