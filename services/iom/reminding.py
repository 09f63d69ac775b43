"""Telling of terms: teachers first, then mentors, at hours that disturb nobody.

Nothing is remembered but in the tables, so doing it again, late, or in two processes at once doubles nothing.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.delivery.model import Kind
from services.delivery.quiet import Quiet
from services.iom import pausing
from services.iom.model import Pause, Step, StepState
from services.iom.reminding_ports import Moment, Reader
from services.iom.schedule import first_day, next_day
from services.people.zones import zone_at
from services.work import UnitOfWork

MENTOR_AFTER = 5
"""Days after the term when the mentor hears that a step is overdue."""
CURATOR_AFTER = 14
"""The same for the curators, in their weekly digest."""
WAITING = timedelta(days=3)
"""A decision that waits for longer is in the digest too."""
LOOK_BACK = timedelta(days=21)
"""How far back a reminder that did not arrive is made up for: by then its steps have another one."""


def moment_of(zone: str | None, default: ZoneInfo, now: datetime, consent: str, quiet: Quiet) -> Moment | None:
    """The moment for schools of this zone (None: of the default one); None when they are not to be disturbed."""
    local = now.astimezone(ZoneInfo(zone) if zone is not None else default)
    if not quiet.allows(local):
        return None
    began = datetime.combine(local.date(), time(), local.tzinfo)
    return Moment(zone, local.date(), began, quiet.preferred_until(local.hour), now, consent)


async def teachers(work: UnitOfWork, moment: Moment) -> Sequence[Reader]:
    """Teachers to be reminded now."""
    return await work.iom_reminders.teachers_due(moment, moment.now - LOOK_BACK)


async def remind(work: UnitOfWork, readers: Sequence[Reader], moment: Moment, quiet: Quiet) -> None:
    """Owe these teachers one reminder each of everything; it is dealt with until the next one of each step."""
    today = moment.today
    steps = await work.iom_reminders.steps_due([reader.person_id for reader in readers], today)
    await work.iom_reminders.owe(readers, Kind.IOM_REMINDER, today, moment.now)
    following = {due_on: next_day(due_on, today, quiet) for due_on in {step.due_on for step in steps}}
    await work.iom_reminders.reminded([(step, following[step.due_on]) for step in steps], today)


async def mentors(work: UnitOfWork, moment: Moment) -> Sequence[Reader]:
    """Mentors to be told now of steps that their teachers are late with."""
    return await work.iom_reminders.mentors_due(moment, due_before_mentor(moment.today), moment.now - LOOK_BACK)


async def escalate(work: UnitOfWork, readers: Sequence[Reader], moment: Moment) -> None:
    """Owe these mentors one message each of everything that is overdue."""
    await work.iom_reminders.owe(readers, Kind.IOM_OVERDUE, moment.today, moment.now)
    mentor_ids = [reader.person_id for reader in readers]
    due_before = due_before_mentor(moment.today)
    await work.iom_reminders.escalated(mentor_ids, due_before, moment.today, moment.consent)


async def end_pause(work: UnitOfWork, pause: Pause, default: ZoneInfo, now: datetime, quiet: Quiet) -> None:
    """End the pause when its last day has passed where the school lives."""
    route = await work.iom.get(pause.route_id)
    if route is None or pause.ends_on is None:
        return
    school = await work.organisations.get(route.school_id)
    if pause.ends_on < now.astimezone(zone_at(school, default)).date():
        await pausing.resume(work, route, pause, pause.ends_on, None, now, quiet)


def latest_day(now: datetime) -> date:
    """The day that it is where days begin first: no pause that ends on it or later is over anywhere."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def needs_attention(step: Step, today: date, quiet: Quiet) -> bool:
    """Whether a reminder of today speaks of the step: it is overdue, or due within a week.

    Rather earlier where the day a week before is one on which nothing is sent.
    """
    walked = step.agreed and step.state is StepState.PLANNED
    return walked and first_day(step.plan.due_on, quiet) <= today


def due_before_mentor(today: date) -> date:
    """The mentor hears of what was due before this day."""
    return today - timedelta(days=MENTOR_AFTER - 1)


def due_before_curator(today: date) -> date:
    """Curators hear of what was due before this day."""
    return today - timedelta(days=CURATOR_AFTER - 1)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
