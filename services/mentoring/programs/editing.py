"""What the mentor changes in a program: its words, directions, template; and the route that it goes along with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from services.iom.model import Route
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.mentoring.programs.beginning import made
from services.mentoring.programs.planning import stage_ends
from services.mentoring.programs.program import Direction, Program, Stage
from services.mentoring.programs.templates import Template, template_of
from services.mentoring.programs.wording import DIRECTION_TITLES
from services.work import UnitOfWork


class Part(StrEnum):
    """What is written in words."""

    GOAL = "goal"
    TASKS = "tasks"
    RESULTS = "results"


_CHANGED = {
    Part.GOAL: "изменена цель",
    Part.TASKS: "изменены задачи",
    Part.RESULTS: "изменены планируемые результаты",
}


async def rewrite(
    work: UnitOfWork, pair: Pair, part: Part, lines: Sequence[str], actor_id: int, now: datetime
) -> Program | None:
    """The program with these words, whatever else has changed in it meanwhile; None when there is none to change.

    `lines` are tasks or results, or the one line of a goal.
    """
    while pair.live and (program := await work.programs.get(pair.id)) is not None:
        match part:
            case Part.GOAL:
                changed = replace(program, goal=lines[0])
            case Part.TASKS:
                changed = replace(program, tasks=tuple(lines))
            case Part.RESULTS:
                changed = replace(program, results=tuple(lines))
        saved = await work.programs.save(changed)
        if saved is not None:
            await _note(work, pair, actor_id, _CHANGED[part], now)
            return saved
    return None


async def set_direction(
    work: UnitOfWork, pair: Pair, direction: Direction, turn: int, actor_id: int, now: datetime
) -> Program | None:
    """The program with the direction where it was none of its, without it where it was.

    None when it is not the program that was looked at, or the direction is its last one.
    """
    program = await _seen(work, pair, turn)
    if program is None or program.directions == (direction,):
        return None
    held = direction in program.directions
    chosen = set(program.directions) ^ {direction}
    saved = await work.programs.save(
        replace(program, directions=tuple(each for each in Direction if each in chosen))
    )
    if saved is not None:
        verb = "убрано" if held else "добавлено"
        await _note(work, pair, actor_id, f"{verb} направление «{DIRECTION_TITLES[direction]}»", now)
    return saved


def untouched(program: Program, stages: Sequence[Stage]) -> bool:
    """Whether the program is as its template has it: another one may take its place, and nothing is lost."""
    template = template_of(program.template)
    if template is None or any(stage.done_on is not None for stage in stages):
        return False
    words = (program.goal, program.tasks, program.directions, program.results)
    if words != (template.goal, template.tasks, template.directions, template.results):
        return False
    planned = stage_ends(template, program.starts_on, program.ends_on)
    return planned == {stage.number: stage.ends_on for stage in stages}


async def set_template(
    work: UnitOfWork, pair: Pair, template: Template, turn: int, actor_id: int, today: date, now: datetime
) -> Program | None:
    """The program as another template has it; None when it is not the one that was looked at, or was edited."""
    program, stages = await _seen(work, pair, turn), await work.programs.stages(pair.id)
    if program is None or not untouched(program, stages):
        return None
    planned, planned_stages = made(pair.id, template, program.starts_on, today, program.route_id)
    saved = await work.programs.save(replace(planned, turn=turn))
    if saved is None:
        return None
    for stage in planned_stages:
        await work.programs.save_stage(stage)
    await _note(work, pair, actor_id, f"выбран шаблон «{template.title}»", now)
    return saved


async def linkable(work: UnitOfWork, pair: Pair) -> Route | None:
    """The mentee's open route that was handed in: a draft is its teacher's alone."""
    route = await work.iom.open_of(pair.mentee_id)
    return route if route is not None and route.submitted_at is not None else None


async def link_route(
    work: UnitOfWork, pair: Pair, route_id: int | None, turn: int, actor_id: int, now: datetime
) -> Program | None:
    """The program along with this route, with none for None.

    None when it is not the program that was looked at, or the route is not one to be linked.
    """
    program = await _seen(work, pair, turn)
    if program is None or program.route_id == route_id:
        return None
    if route_id is not None:
        route = await linkable(work, pair)
        if route is None or route.id != route_id:
            return None
    saved = await work.programs.save(replace(program, route_id=route_id))
    if saved is not None:
        words = "маршрут (ИОМ) отвязан" if route_id is None else "привязан маршрут (ИОМ)"
        await _note(work, pair, actor_id, words, now)
    return saved


async def _seen(work: UnitOfWork, pair: Pair, turn: int) -> Program | None:
    """The program of a live pair if it is the one that was looked at."""
    program = await work.programs.get(pair.id) if pair.live else None
    return program if program is not None and program.turn == turn else None


async def _note(work: UnitOfWork, pair: Pair, actor_id: int, words: str, now: datetime) -> None:
    await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.PROGRAM_CHANGED, words))
