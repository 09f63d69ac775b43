"""Rests of a route: while one lasts nothing is reminded of, and its days are added to the terms after it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.iom.model import Event, Happening, Pause, PauseReason, Route, Step
from services.iom.schedule import scheduled
from services.iom.wording import PAUSE_REASONS
from services.work import UnitOfWork

LONGEST = 366
"""Days that a pause lasts at most when its last day is told, and that it may begin ahead."""
OPEN_ENDED = (PauseReason.SICK,)
"""Reasons with which the last day need not be known."""
AHEAD = (PauseReason.HOLIDAYS, PauseReason.LEAVE)
"""Reasons with which a pause may begin on a later day."""


def may_pause(route: Route) -> bool:
    """Whether there is anything to let rest: agreed steps of a route that goes on."""
    return route.open and route.agreed_at is not None


async def pause(
    work: UnitOfWork,
    route: Route,
    reason: PauseReason,
    starts_on: date,
    ends_on: date | None,
    actor_id: int,
    today: date,
    now: datetime,
) -> Pause | None:
    """Let the route rest from `starts_on` to `ends_on`, the last day; None when it rests or may not rest.

    Raises ValueError for days that no pause may have.
    """
    if not may_begin(reason, starts_on, today) or not may_end(reason, starts_on, ends_on):
        raise ValueError("no such pause")
    if not may_pause(route):
        return None
    made = await work.iom.add_pause(route.id, reason, starts_on, ends_on)
    if made is not None:
        words = _days_words(reason, starts_on, ends_on)
        await work.iom.note(Event(route.id, now, actor_id, Happening.PAUSED, words))
    return made


def may_begin(reason: PauseReason, starts_on: date, today: date) -> bool:
    """Whether a pause may begin then: today, or with some reasons later."""
    latest = today + timedelta(days=LONGEST) if reason in AHEAD else today
    return today <= starts_on <= latest


def may_end(reason: PauseReason, starts_on: date, ends_on: date | None) -> bool:
    """Whether that may be its last day; None: not known yet."""
    if ends_on is None:
        return reason in OPEN_ENDED
    return starts_on <= ends_on < starts_on + timedelta(days=LONGEST)


async def resume(
    work: UnitOfWork,
    route: Route,
    pause: Pause,
    last_day: date,
    actor_id: int | None,
    now: datetime,
    quiet: Quiet,
) -> bool:
    """End the pause with its last day: planned steps due in it or after it are due as many days later.

    A last day before the first means that the pause has not been one. False when it was over already.
    """
    if not await work.iom.end_pause(pause.id, last_day):
        return False
    days = max(0, (last_day - pause.starts_on).days + 1)
    for step in await work.iom.steps(route.id):
        await _shift(work, step, pause, days, last_day, quiet)
    await work.iom.note(Event(route.id, now, actor_id, Happening.RESUMED))
    return True


async def _shift(work: UnitOfWork, step: Step, pause: Pause, days: int, last_day: date, quiet: Quiet) -> None:
    present: Step | None = step
    while present is not None and days and pause.moves(present):
        due_on = present.plan.due_on + timedelta(days=days)
        # Reminders of the pause itself are over with it; those of the day after it are not.
        moved = scheduled(replace(present, plan=replace(present.plan, due_on=due_on)), last_day, quiet)
        if await work.iom.save_step(moved) is not None:
            return
        # Somebody was faster with the step: what it is now is moved.
        present = await work.iom.step(step.id)


def _days_words(reason: PauseReason, starts_on: date, ends_on: date | None) -> str:
    until = f" по {ends_on:%d.%m.%Y}" if ends_on is not None else ""
    return f"{PAUSE_REASONS[reason]}, с {starts_on:%d.%m.%Y}{until}"
