"""Stages of a program: they end when the mentor says so, last longer, and move with a pause."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.mentoring.life.news import pair_news
from services.mentoring.pair import Pair, PairEvent, PairHappening, PairState
from services.mentoring.programs.planning import WORKDAYS
from services.mentoring.programs.program import Program, Stage, StageNumber, present, starts_on
from services.mentoring.programs.schedule import first_day, scheduled
from services.mentoring.programs.wording import STAGE_TITLES
from services.work import UnitOfWork

SHORTEST = timedelta(days=7)
"""A stage that has to make room for the one before it keeps so much."""
FURTHEST = timedelta(days=730)
"""So far ahead a stage may end."""
PROLONGED = (7, 14, 30)
"""Days that a stage is usually prolonged by."""


def may_complete(pair: Pair, stages: Sequence[Stage], number: StageNumber) -> bool:
    """Whether the mentor may say that the stage is over: the pair works, and is at this stage."""
    at = present(stages)
    return pair.state is PairState.ACTIVE and at is not None and at.number is number


async def complete(
    work: UnitOfWork,
    pair: Pair,
    number: StageNumber,
    turn: int,
    summary: str,
    actor_id: int,
    today: date,
    now: datetime,
    quiet: Quiet,
) -> Program | None:
    """The program with the stage over since today; None when it is not the one that was looked at."""
    program, stages = await work.programs.get(pair.id), await work.programs.stages(pair.id)
    if program is None or program.turn != turn or not may_complete(pair, stages, number):
        return None
    saved = await work.programs.save(program)
    if saved is None:
        return None
    for stage in stages:
        if stage.number is number:
            await work.programs.save_stage(replace(stage, done_on=today, summary=summary, remind_on=None))
        elif stage.number == number + 1:
            # While the one before it was not over, its own reminders spoke of that one.
            await work.programs.save_stage(scheduled(stage, today, quiet))
    words = ". ".join(filter(None, (STAGE_TITLES[number], summary)))
    noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.STAGE_DONE, words))
    await pair_news(work, pair, actor_id, now, noted)
    return saved


def earliest_end(program: Program, stages: Sequence[Stage], number: StageNumber, today: date) -> date:
    """The first day that the stage may be set to end on: not in the past, after the end of the stage before it."""
    return max(today, starts_on(program, stages, number))


def latest_end(today: date) -> date:
    """The last day that a stage may be set to end on."""
    return today + FURTHEST


def prolonged_to(stage: Stage, days: int, today: date) -> date:
    """A working day about so many days after the end of the stage; after today for an overdue one."""
    return WORKDAYS.open_day(max(stage.ends_on, today) + timedelta(days=days))


def moved(stages: Sequence[Stage], number: StageNumber, ends_on: date) -> list[Stage]:
    """The stages with this one ending then; those after it make room where their order asks for that."""
    made: list[Stage] = []
    for stage in stages:
        end = ends_on if stage.number is number else stage.ends_on
        if stage.number > number and end <= made[-1].ends_on:
            end = made[-1].ends_on + SHORTEST
        made.append(replace(stage, ends_on=end))
    return made


async def set_end(
    work: UnitOfWork,
    pair: Pair,
    number: StageNumber,
    ends_on: date,
    turn: int,
    actor_id: int,
    today: date,
    now: datetime,
    quiet: Quiet,
) -> Program | None:
    """The program with the stage ending then; None when it is not the one that was looked at, the stage is over,
    or the day is none that it may end on.
    """
    program, stages = await work.programs.get(pair.id), await work.programs.stages(pair.id)
    if not pair.live or program is None or program.turn != turn:
        return None
    stage = next(each for each in stages if each.number is number)
    if stage.done_on is not None:
        return None
    if not earliest_end(program, stages, number, today) <= ends_on <= latest_end(today):
        return None
    later = moved(stages, number, ends_on)
    saved = await work.programs.save(replace(program, ends_on=later[-1].ends_on))
    if saved is None:
        return None
    yesterday = today - timedelta(days=1)
    for old, new in zip(stages, later, strict=True):
        if old.ends_on != new.ends_on:
            # One that ends today is asked about today.
            await work.programs.save_stage(scheduled(new, today if new.ends_on > today else yesterday, quiet))
    words = f"{STAGE_TITLES[number]} этап: {stage.ends_on:%d.%m.%Y} → {ends_on:%d.%m.%Y}"
    await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.PROGRAM_CHANGED, words))
    return saved


async def shift(work: UnitOfWork, pair_id: int, days: int, quiet: Quiet) -> None:
    """Move the ends of the stages that are not over by so many days: the pair has rested for so long."""
    while days > 0 and (program := await work.programs.get(pair_id)) is not None:
        before: date | None = None
        made = []
        for stage in await work.programs.stages(pair_id):
            if stage.done_on is None:
                end = quiet.open_day(stage.ends_on + timedelta(days=days))
                end = end if before is None else max(end, before + timedelta(days=1))
                # What the pause has silenced is told after it.
                made.append(replace(stage, ends_on=end, remind_on=first_day(end, quiet)))
                before = end
        if not made:
            return
        if await work.programs.save(replace(program, ends_on=made[-1].ends_on)) is not None:
            for stage in made:
                await work.programs.save_stage(stage)
            return
