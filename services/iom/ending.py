"""What ends with a route, however it ends: its reminders and its pause."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.iom.model import Step
from services.work import UnitOfWork


async def silence(work: UnitOfWork, route_id: int, steps: Sequence[Step], today: date) -> None:
    """The route's steps are not reminded of any more; its pause ends and moves nothing."""
    for step in steps:
        await _silence(work, step)
    pause = await work.iom.pause(route_id)
    if pause is not None:
        await work.iom.end_pause(pause.id, today)


async def _silence(work: UnitOfWork, step: Step) -> None:
    present: Step | None = step
    while present is not None and present.remind_on is not None:
        if await work.iom.save_step(replace(present, remind_on=None)) is not None:
            return
        present = await work.iom.step(step.id)
