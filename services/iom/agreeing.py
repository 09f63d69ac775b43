"""What mentors, curators and methodists decide: they agree to routes, confirm steps, return both, set the mentor.

Nobody decides about a route of their own. Where somebody else was faster the answer is None, and nothing is
written.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from services.iom import rights
from services.iom.model import Event, Happening, Route, RouteState, Step, StepState
from services.iom.schedule import scheduled
from services.iom.versions import snapshot
from services.people.model import Organisation, Person, Role
from services.people.ports import Member
from services.people.rights import oversees
from services.privacy.ports import Action
from services.work import UnitOfWork


class OvertakenError(Exception):
    """Somebody has changed a step meanwhile: nothing of the decision is to be kept."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides about routes of the school, and when; `zone` is the school's."""

    person: Person
    school: Organisation
    now: datetime
    zone: ZoneInfo
    quiet: Quiet

    @property
    def today(self) -> date:
        """The day of the school's teachers."""
        return self.now.astimezone(self.zone).date()


async def agree(work: UnitOfWork, decider: Decider, route: Route, turn: int) -> Route | None:
    """The route as it is walked from now on; None when it is not the one that was looked at.

    Raises PermissionError, OvertakenError.
    """
    _admit(decider, route)
    if route.state is not RouteState.REVIEW or route.turn != turn:
        return None
    saved = await work.iom.save(
        replace(
            route,
            state=RouteState.ACTIVE,
            comment="",
            # The first agreement is when the route begins; later ones are in its history.
            agreed_at=route.agreed_at or decider.now,
            agreed_by=decider.person.id if route.agreed_at is None else route.agreed_by,
        )
    )
    if saved is None:
        return None
    yesterday = decider.today - timedelta(days=1)
    for step in await work.iom.steps(route.id):
        # What was agreed before goes on as it does: its reminders of today may have been sent.
        if step.state is not StepState.PLANNED or step.agreed:
            continue
        agreed = replace(step, agreed=True, first_due_on=step.first_due_on or step.plan.due_on)
        if await work.iom.save_step(scheduled(agreed, yesterday, decider.quiet)) is None:
            raise OvertakenError
    version = snapshot(await work.iom.steps(route.id))
    await work.iom.note(Event(route.id, decider.now, decider.person.id, Happening.AGREED, version=version))
    await _noted(work, decider, route, Action.IOM_AGREED)
    return saved


async def send_back(work: UnitOfWork, decider: Decider, route: Route, turn: int, comment: str) -> Route | None:
    """The route as its teacher's draft again, with the comment; None when it is not the one that was looked at.

    Raises PermissionError.
    """
    _admit(decider, route)
    if route.state is not RouteState.REVIEW or route.turn != turn:
        return None
    saved = await work.iom.save(replace(route, state=RouteState.DRAFT, comment=comment))
    if saved is None:
        return None
    await work.iom.note(Event(route.id, decider.now, decider.person.id, Happening.RETURNED, comment))
    await _noted(work, decider, route, Action.IOM_RETURNED)
    return saved


async def confirm(work: UnitOfWork, decider: Decider, route: Route, step: Step, turn: int) -> Step | None:
    """The step as it is finished; None when it is not the one that was looked at. Raises PermissionError."""
    _admit(decider, route)
    if not waits(route, step) or step.turn != turn:
        return None
    saved = await work.iom.save_step(
        replace(
            step,
            state=StepState.CONFIRMED,
            comment="",
            confirmed_at=decider.now,
            confirmed_by=decider.person.id,
            remind_on=None,
        )
    )
    if saved is not None:
        await work.iom.note(
            Event(route.id, decider.now, decider.person.id, Happening.STEP_CONFIRMED, step_id=step.id)
        )
    return saved


async def return_step(
    work: UnitOfWork, decider: Decider, route: Route, step: Step, turn: int, comment: str
) -> Step | None:
    """The step as it is to be done again, with the comment; None when it is not the one that was looked at.

    Raises PermissionError.
    """
    _admit(decider, route)
    if not waits(route, step) or step.turn != turn:
        return None
    planned = replace(step, state=StepState.PLANNED, comment=comment, done_at=None)
    saved = await work.iom.save_step(scheduled(planned, decider.today, decider.quiet))
    if saved is not None:
        await work.iom.note(
            Event(route.id, decider.now, decider.person.id, Happening.STEP_RETURNED, comment, step.id)
        )
    return saved


def waits(route: Route, step: Step) -> bool:
    """Whether the step waits to be confirmed."""
    return route.open and step.state is StepState.DONE


def may_set_mentor(person: Person, route: Route, school: Organisation) -> bool:
    """Whether the person says who the route's mentor is: whoever oversees the school, never about their own."""
    return route.open and rights.may_decide(person, route, school) and oversees(person, school)


async def mentors(work: UnitOfWork, route: Route) -> list[Member]:
    """Who may be the route's mentor: those of its school who write to the bot, by name.

    Not its teacher, nor whom the teacher shows a psychological result to: a mentor sees none.
    """
    shown = {share.viewer_id for share in await work.shares.given(route.person_id)}
    return [
        member
        for member in await work.directory.members(route.school_id)
        if Role.MENTOR in member.roles and member.joined and member.id not in {route.person_id, *shown}
    ]


async def set_mentor(work: UnitOfWork, decider: Decider, route: Route, mentor_id: int | None) -> Route | None:
    """The route with another mentor, with none for None; None when somebody was faster.

    Raises PermissionError, and ValueError for whoever is no mentor there.
    """
    if not may_set_mentor(decider.person, route, decider.school):
        raise PermissionError(f"person {decider.person.id} may not set the mentor of route {route.id}")
    if mentor_id is not None and mentor_id not in {member.id for member in await mentors(work, route)}:
        raise ValueError(f"person {mentor_id} may not be the mentor of route {route.id}")
    saved = await work.iom.save(replace(route, mentor_id=mentor_id))
    if saved is not None:
        await work.iom.note(Event(route.id, decider.now, decider.person.id, Happening.MENTOR_CHANGED))
        await _noted(work, decider, route, Action.IOM_MENTOR_SET)
    return saved


async def note_seen(work: UnitOfWork, decider: Decider, route: Route) -> None:
    """Note once a day that somebody who oversees the school, and is not the route's mentor, has opened it."""
    person = decider.person
    if person.id in (route.person_id, route.mentor_id):
        return
    midnight = datetime.combine(decider.today, datetime.min.time(), decider.zone)
    if not await work.audit.noted_since(person.id, Action.IOM_SEEN, midnight, person_id=route.person_id):
        await _noted(work, decider, route, Action.IOM_SEEN)


def _admit(decider: Decider, route: Route) -> None:
    if not rights.may_decide(decider.person, route, decider.school):
        raise PermissionError(f"person {decider.person.id} may not decide about route {route.id}")


async def _noted(work: UnitOfWork, decider: Decider, route: Route, action: Action) -> None:
    await work.audit.note(decider.now, decider.person.id, action, route.person_id, route.school_id, route=route.id)
