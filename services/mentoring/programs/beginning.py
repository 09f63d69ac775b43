"""A pair that begins to work gets its program."""

from datetime import date, datetime

from services.mentoring.pair import Pair
from services.mentoring.programs.planning import WORKDAYS, end_of, stage_ends
from services.mentoring.programs.program import Program, Stage
from services.mentoring.programs.schedule import scheduled
from services.mentoring.programs.templates import Template, fitting, shipped
from services.people.model import Profile
from services.work import UnitOfWork


async def begin(work: UnitOfWork, pair: Pair, today: date, now: datetime) -> None:
    """Make the pair's program from the template that fits the mentee; one that is there stays as it is."""
    if await work.programs.get(pair.id) is not None:
        return
    template = fitting(shipped(), await _profile(work, pair), today)
    route = await work.iom.open_of(pair.mentee_id)
    route_id = route.id if route is not None and route.submitted_at is not None else None
    program, stages = made(pair.id, template, today, today, route_id)
    await work.programs.add(program, stages)


def made(
    pair_id: int, template: Template, starts_on: date, today: date, route_id: int | None
) -> tuple[Program, list[Stage]]:
    """A program that begins on that day, with nothing edited."""
    ends_on = end_of(template, starts_on)
    program = Program(
        pair_id,
        template.code,
        starts_on,
        ends_on,
        template.goal,
        template.tasks,
        template.directions,
        template.results,
        route_id,
    )
    ends = stage_ends(template, starts_on, ends_on)
    # Reminders on days that nobody's settings silence.
    stages = [scheduled(Stage(pair_id, number, end), today, WORKDAYS) for number, end in ends.items()]
    return program, stages


async def _profile(work: UnitOfWork, pair: Pair) -> Profile | None:
    member = await work.directory.member(pair.school_id, pair.mentee_id)
    return member.profile if member is not None else None
