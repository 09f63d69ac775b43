"""From a draft to whoever agrees to it, and back: sent, taken back, changed once more, put back as it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.iom.agreeing import mentors
from services.iom.model import Event, Form, Happening, Plan, Route, RouteState, Step, StepState
from services.iom.schedule import scheduled
from services.iom.versions import snapshot
from services.people.model import Role
from services.people.ports import Member
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may be asked to agree: `mentors` by name, and the `office`: curators of the school, or the methodists
    above where there are none; None where there are neither. `last` is who has agreed the last time.
    """

    mentors: tuple[Member, ...]
    office: Role | None
    last: int | None

    @property
    def choices(self) -> int:
        """How many there are to choose from."""
        return len(self.mentors) + (self.office is not None)

    def admits(self, mentor_id: int | None) -> bool:
        """Whether the route may be sent to this mentor, or for None to the office."""
        if mentor_id is None:
            return self.office is not None
        return any(mentor.id == mentor_id for mentor in self.mentors)


async def readers(work: UnitOfWork, route: Route) -> Readers:
    """Whom the route may be sent to; the mentor it has, of the teacher's pair, or of the last time comes first."""
    found = await mentors(work, route)
    last = await _last_agreed_by(work, route)
    pair = await work.pairs.open_of_mentee(route.person_id)
    first = route.mentor_id or (pair.mentor_id if pair is not None and pair.live else None) or last
    found.sort(key=lambda mentor: mentor.id != first)
    return Readers(tuple(found), await _office(work, route), last)


async def _last_agreed_by(work: UnitOfWork, route: Route) -> int | None:
    return next((each.agreed_by for each in await work.iom.all_of(route.person_id) if each.agreed_by), None)


async def _office(work: UnitOfWork, route: Route) -> Role | None:
    school = await work.organisations.get(route.school_id)
    above = school.parent_id if school is not None else None
    for role, place in ((Role.CURATOR, route.school_id), (Role.METHODIST, above)):
        members = await work.directory.members(place) if place is not None else ()
        if any(role in each.roles and each.joined and each.id != route.person_id for each in members):
            return role
    return None


def proposals(steps: Iterable[Step]) -> list[Step]:
    """The steps that wait to be agreed to."""
    return [step for step in steps if step.state is StepState.PLANNED and not step.agreed]


def late(steps: Iterable[Step], today: date) -> list[Step]:
    """The steps to be agreed to whose terms have passed: a draft with such is not sent."""
    return [step for step in proposals(steps) if step.plan.due_on < today]


def is_ready(route: Route, steps: Sequence[Step], today: date) -> bool:
    """Whether the draft may be sent: there is something to agree to, and nothing of it is late."""
    return route.state is RouteState.DRAFT and bool(proposals(steps)) and not late(steps, today)


async def submit(
    work: UnitOfWork, route: Route, mentor_id: int | None, found: Sequence[str], today: date, now: datetime
) -> Route | None:
    """The route as it waits to be agreed to, by the mentor or for None by the office; None when it may not be
    sent or somebody was faster.

    Of the deficits `found` it holds from now on only those that became steps: others see no more.
    """
    steps = await work.iom.steps(route.id)
    if not is_ready(route, steps, today):
        return None
    stepped = {step.plan.domain for step in steps if step.state is not StepState.CANCELLED}
    saved = await work.iom.save(
        replace(
            route,
            state=RouteState.REVIEW,
            deficits=tuple(domain for domain in found if domain in stepped),
            mentor_id=mentor_id,
            comment="",
            submitted_at=now,
        )
    )
    if saved is not None:
        version = snapshot(steps)
        await work.iom.note(Event(route.id, now, route.person_id, Happening.SUBMITTED, version=version))
    return saved


async def take_back(work: UnitOfWork, route: Route, now: datetime) -> Route | None:
    """The route as a draft again; None when nobody has it to agree to. One never agreed to is private again."""
    if route.state is not RouteState.REVIEW:
        return None
    submitted_at = route.submitted_at if route.agreed_at is not None else None
    saved = await work.iom.save(replace(route, state=RouteState.DRAFT, submitted_at=submitted_at))
    if saved is not None:
        await work.iom.note(Event(route.id, now, route.person_id, Happening.TAKEN_BACK))
    return saved


async def change(work: UnitOfWork, route: Route, now: datetime) -> Route | None:
    """The agreed route as a draft, its steps going on; None when it is not walked now."""
    if route.state is not RouteState.ACTIVE:
        return None
    saved = await work.iom.save(replace(route, state=RouteState.DRAFT, comment=""))
    if saved is not None:
        version = snapshot(await work.iom.steps(route.id))
        await work.iom.note(Event(route.id, now, route.person_id, Happening.CHANGED, version=version))
    return saved


async def restore(work: UnitOfWork, route: Route, today: date, now: datetime, quiet: Quiet) -> Route | None:
    """The route walked again as it was before it was changed; None when it is no draft of an agreed route.

    Raises RuntimeError when a step was changed by somebody at the same moment: nothing is to be kept then.
    """
    if route.state is not RouteState.DRAFT or route.agreed_at is None:
        return None
    before = await _before_change(work, route)
    for step in proposals(await work.iom.steps(route.id)):
        if not await _put_back(work, step, before.get(step.id), today, quiet):
            raise RuntimeError(f"step {step.id} was changed while its route was put back")
    saved = await work.iom.save(replace(route, state=RouteState.ACTIVE, comment=""))
    if saved is not None:
        await work.iom.note(Event(route.id, now, route.person_id, Happening.CHANGED, "Правки отменены"))
    return saved


def may_restore(route: Route, step: Step) -> bool:
    """Whether the step was agreed to and then edited, so that it can be put back."""
    return (
        route.state is RouteState.DRAFT
        and step.state is StepState.PLANNED
        and not step.agreed
        and step.first_due_on is not None
    )


async def restore_step(work: UnitOfWork, route: Route, step: Step, today: date, quiet: Quiet) -> bool:
    """Put an edited step back as it was before the route was changed; False when that may not be."""
    was = (await _before_change(work, route)).get(step.id)
    return may_restore(route, step) and was is not None and await _put_back(work, step, was, today, quiet)


async def _before_change(work: UnitOfWork, route: Route) -> Mapping[int, Mapping[str, str]]:
    """The steps by their ids as they were when their agreed route became a draft."""
    events = [event for event in await work.iom.history(route.id) if event.what is Happening.CHANGED]
    version = next((event.version for event in reversed(events) if event.version is not None), ())
    return {int(step["id"]): step for step in version}


async def _put_back(
    work: UnitOfWork, step: Step, was: Mapping[str, str] | None, today: date, quiet: Quiet
) -> bool:
    if was is None:
        return await work.iom.drop_step(step)
    yesterday = today - timedelta(days=1)
    agreed = replace(step, plan=_plan_of(was), agreed=True)
    dealt_with = max(step.reminded_on or yesterday, yesterday)
    return await work.iom.save_step(scheduled(agreed, dealt_with, quiet)) is not None


def _plan_of(step: Mapping[str, str]) -> Plan:
    return Plan(
        step["domain"],
        step["title"],
        Form(step["form"]),
        date.fromisoformat(step["due_on"]),
        step["responsible"],
        step["result"],
    )
