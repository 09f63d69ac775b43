"""The program of a pair as its two people and those who look after them read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.iom.taps import RouteTap
from handlers.iom.words import cut, near_date
from handlers.mentoring.programs.taps import EditProgramTap, LinkRouteTap, StageEndTap, StageOverTap
from handlers.mentoring.taps import PairTap
from handlers.menu.taps import MenuTap
from handlers.ui.russian import long_date
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Route, RouteState, Step, StepState
from services.iom.wording import ROUTE_STATES
from services.mentoring.pair import Pair, PairState
from services.mentoring.programs.program import Program, Stage, present, starts_on
from services.mentoring.programs.wording import (
    DIRECTION_TITLES,
    STAGE_ABOUT,
    STAGE_TITLES,
    stage_name,
)

STEPS_SHOWN = 5
STEP_SHOWN = 70
NO_PROGRAM = (
    "<b>Программа пары</b>\n\nПрограммы ещё нет: она появится сама, когда пара начнёт работу. Пара начинает с "
    "первой записанной встречи или когда куратор отметит начало."
)
PAUSED = "Пара на паузе. Сроки этапов сдвинутся, когда пара вернётся к работе."
ALL_DONE = "Все этапы пройдены. Осталось оценить, насколько педагог готов работать самостоятельно."


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of a program shows. `names` are lines of who is in the pair, with markup escaped.

    `route` is the linked one with its agreed `steps`; `offered` the one that may be linked. `edits`: for the
    mentor of a live pair; `links`: for who may link a route; `opens_route`: for who may see it whole.
    """

    pair: Pair
    program: Program
    stages: Sequence[Stage]
    names: Sequence[str]
    today: date
    route: Route | None = None
    steps: Sequence[Step] = ()
    offered: Route | None = None
    edits: bool = False
    links: bool = False
    opens_route: bool = False


def no_program(pair_id: int) -> Screen:
    """There is none yet."""
    return Screen(NO_PROGRAM, (_back(pair_id),))


def card(shown: Card) -> Screen:
    """The whole program."""
    program = shown.program
    lines = ["<b>Программа пары</b>", *shown.names]
    lines.append(f"Период: с {long_date(program.starts_on)} по {long_date(program.ends_on)}")
    lines += ["", "<b>Этапы</b>", *_stages(shown)]
    if shown.pair.state is PairState.PAUSED:
        lines += ["", PAUSED]
    elif present(shown.stages) is None and shown.pair.live:
        lines += ["", ALL_DONE]
    lines += ["", "<b>Цель</b>", escape(program.goal)]
    lines += ["", "<b>Задачи</b>", *bullets(program.tasks)]
    lines += ["", "<b>Направления</b>", *(f"• {DIRECTION_TITLES[each]}" for each in program.directions)]
    lines += ["", "<b>Планируемые результаты</b>", *bullets(program.results)]
    if shown.route is not None:
        lines += ["", *_route(shown.route, shown.steps, shown.today)]
    return Screen("\n".join(lines), (*_buttons(shown), _back(shown.pair.id)))


def bullets(lines: Sequence[str]) -> list[str]:
    """Lines of a list, escaped."""
    return [f"• {escape(line)}" for line in lines]


def _stages(shown: Card) -> list[str]:
    at, lines = present(shown.stages), []
    for stage in shown.stages:
        mark = "✓" if stage.done_on is not None else "▶" if stage is at else "○"
        title = STAGE_TITLES[stage.number]
        if stage.done_on is not None:
            line = f"{mark} {title}: завершён {near_date(stage.done_on, shown.today)}"
            lines.append(line)
            if stage.summary:
                lines.append(f"   <i>{escape(stage.summary)}</i>")
            continue
        begins = starts_on(shown.program, shown.stages, stage.number)
        # The year is told once where both days are of it.
        year = shown.today if begins.year == shown.today.year else stage.ends_on
        line = f"{mark} {title}: {near_date(begins, year)} – {near_date(stage.ends_on, shown.today)}"
        if stage is at:
            line = f"<b>{line}</b>"
            if shown.pair.state is PairState.ACTIVE and stage.overdue(shown.today):
                line += "\n   Срок прошёл, этап ждёт подтверждения наставника"
            else:
                line += f"\n   <i>{STAGE_ABOUT[stage.number]}</i>"
        lines.append(line)
    return lines


def _route(route: Route, steps: Sequence[Step], today: date) -> list[str]:
    going = [step for step in steps if step.state is not StepState.CANCELLED]
    confirmed = sum(step.state is StepState.CONFIRMED for step in going)
    lines = ["<b>Маршрут (ИОМ)</b>"]
    if not route.open:
        lines.append(f"Маршрут {ROUTE_STATES[route.state]}.")
    if not going:
        if route.state is RouteState.REVIEW:
            lines.append("Маршрут на согласовании: шаги появятся, когда его согласуют.")
        return lines
    lines.append(f"Выполнено шагов: {confirmed} из {len(going)}")
    ahead = [step for step in going if step.state is not StepState.CONFIRMED]
    for step in ahead[:STEPS_SHOWN]:
        term = "на подтверждении" if step.state is StepState.DONE else f"до {near_date(step.plan.due_on, today)}"
        lines.append(f"• {escape(cut(step.plan.title, STEP_SHOWN))}: {term}")
    if len(ahead) > STEPS_SHOWN:
        lines.append(f"и ещё {len(ahead) - STEPS_SHOWN}")
    return lines


def _buttons(shown: Card) -> list[Row]:
    pair, at = shown.pair, present(shown.stages)
    rows: list[Row] = []
    if shown.edits and pair.state is PairState.ACTIVE:
        if at is None:
            rows.append((button("Оценить готовность", PairTap(pair=pair.id)),))
        elif at.waits(shown.today):
            done = button("Этап завершён", StageOverTap(pair=pair.id, stage=at.number))
            rows.append((done, button("Продлить этап", StageEndTap(pair=pair.id, stage=at.number))))
        else:
            rows.append((button("Завершить этап раньше", StageOverTap(pair=pair.id, stage=at.number)),))
    if shown.edits:
        rows.append((button("Изменить программу", EditProgramTap(pair=pair.id)),))
    if shown.opens_route and shown.route is not None:
        rows.append((button("Открыть маршрут", RouteTap(route=shown.route.id)),))
    if shown.links:
        turn = shown.program.turn
        if shown.offered is not None and shown.program.route_id != shown.offered.id:
            link = LinkRouteTap(pair=pair.id, turn=turn, route=shown.offered.id)
            rows.append((button("Привязать маршрут (ИОМ)", link),))
        if shown.route is not None:
            rows.append((button("Отвязать маршрут", LinkRouteTap(pair=pair.id, turn=turn, route=0)),))
    return rows


def whole_done(stage: Stage, pair_id: int) -> Screen:
    """The last stage is over."""
    name = stage_name(stage.number).capitalize()
    return Screen(
        f"{name} завершён. {ALL_DONE}\n\nОценка займёт пару минут, после неё программу можно закрыть.",
        ((button("Оценить готовность", PairTap(pair=pair_id)),), _back(pair_id)),
    )


def _back(pair_id: int) -> Row:
    return (button("‹ К паре", PairTap(pair=pair_id)), button("Меню", MenuTap()))
