"""Composing a route: what a diagnosis has found, the steps that are proposed, and the steps of a draft edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import SATURDAY, Quiet
from services.diagnostics.answer_parsing import Unclear, parsed_text
from services.diagnostics.instrument import Instrument, TextBounds
from services.diagnostics.library import Library
from services.diagnostics.scoring import score
from services.iom.catalogue import Measure, measures, shipped
from services.iom.model import (
    RESPONSIBLE_LIMIT,
    STEPS_LIMIT,
    Event,
    Happening,
    Plan,
    Route,
    RouteKind,
    RouteState,
    Step,
    StepState,
)
from services.iom.wording import DOMAIN_TITLES, GROWTH_DOMAIN
from services.people.model import Organisation, Person
from services.terms import LONGEST_DAYS
from services.work import UnitOfWork

DEFICITS_TEST = "deficits"
"""The instrument that routes are drafted from."""
FURTHEST = 2 * LONGEST_DAYS
"""Days ahead that the term of a step is at most."""
PROPOSED_DEFICITS = 3
PROPOSED_GROWTH = 2
USUAL_DAYS = 30
"""Until the term of a measure of one's own, before another day is chosen."""
APART = timedelta(days=7)
"""Between the terms of proposed steps, so that they are not all due at once."""
SUMMER = ((6, 16), (8, 31))
"""From month and day to month and day, when teachers are on leave: nothing is proposed to be due then."""
AFTER_SUMMER = (9, 15)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A finished deficits test; `deficits` are the scales in the deficit band, the strongest first."""

    session_id: int
    finished_at: datetime
    deficits: tuple[str, ...]


async def last_diagnosis(work: UnitOfWork, library: Library, person_id: int) -> Diagnosis | None:
    """The person's newest finished deficits test of the current version."""
    instrument = library.current(DEFICITS_TEST)
    finished = await work.surveys.finished(person_id, DEFICITS_TEST)
    for session in reversed(finished):
        if session.version == instrument.version and session.finished_at is not None:
            return Diagnosis(session.id, session.finished_at, deficits_of(instrument, session.answers))
    return None


async def found_deficits(work: UnitOfWork, library: Library, route: Route) -> tuple[str, ...]:
    """All that the diagnosis of the route has found, for its teacher alone: the route itself, once it was sent,
    holds only those that became steps."""
    if route.session_id is None:
        return route.deficits
    session = await work.surveys.get(route.session_id, route.person_id)
    instrument = library.current(DEFICITS_TEST)
    if session is None or session.version != instrument.version:
        return route.deficits
    return deficits_of(instrument, session.answers)


def deficits_of(instrument: Instrument, answers: str) -> tuple[str, ...]:
    """Codes of the scales in the deficit band, the strongest first. Raises Incomplete."""
    found = [
        one
        for one in score(instrument, answers).scales
        if one.band is not None and one.band.deficit and one.code in DOMAIN_TITLES
    ]
    return tuple(one.code for one in sorted(found, key=lambda one: -(one.points or 0) / one.maximum))


async def offered(work: UnitOfWork, school: Organisation, domain: str) -> list[Measure]:
    """The measures for a domain that the teachers of a school choose from."""
    own = await work.measures.of(school.parent_id) if school.parent_id is not None else ()
    return measures(shipped(), own, domain)


async def offered_one(work: UnitOfWork, school: Organisation, code: str) -> Measure | None:
    """The measure of that code, None when it is not offered."""
    own = await work.measures.of(school.parent_id) if school.parent_id is not None else ()
    for domain in DOMAIN_TITLES:
        found = next((each for each in measures(shipped(), own, domain) if each.code == code), None)
        if found is not None:
            return found
    return None


async def begin(
    work: UnitOfWork,
    person: Person,
    school: Organisation,
    diagnosis: Diagnosis | None,
    kind: RouteKind,
    today: date,
    now: datetime,
    quiet: Quiet,
) -> Route | None:
    """A draft with its proposed steps; None when the person has an open route already."""
    deficits = diagnosis.deficits if diagnosis is not None and kind is RouteKind.DEFICITS else ()
    session_id = diagnosis.session_id if diagnosis is not None else None
    route = await work.iom.add(person.id, school.id, kind, deficits, session_id, now)
    if route is None:
        return None
    await work.iom.note(Event(route.id, now, person.id, Happening.CREATED))
    shelf = {domain: await offered(work, school, domain) for domain in (*deficits, GROWTH_DOMAIN)}
    for measure in proposed(deficits, shelf):
        await add(work, route, measure, responsible_name(person), today, quiet)
    return route


def proposed(deficits: Sequence[str], shelf: Mapping[str, Sequence[Measure]]) -> list[Measure]:
    """The first measure of each of the strongest deficits, without any the first ones of growth."""
    if not deficits:
        return list(shelf[GROWTH_DOMAIN][:PROPOSED_GROWTH])
    return [each for domain in deficits[:PROPOSED_DEFICITS] for each in shelf[domain][:1]]


def term_for(days: int, today: date, quiet: Quiet, taken: Iterable[date] = ()) -> date:
    """The working day after so many days, out of the summer, a week apart from the terms `taken`."""
    others = list(taken)
    day = _working_day(today + timedelta(days=days), quiet)
    while any(abs(day - other) < APART for other in others):
        day = _working_day(day + APART, quiet)
    return day


def _working_day(day: date, quiet: Quiet) -> date:
    while day.weekday() >= SATURDAY or quiet.rests(day) or _in_summer(day):
        day = date(day.year, *AFTER_SUMMER) if _in_summer(day) else day + timedelta(days=1)
    return day


def _in_summer(day: date) -> bool:
    return SUMMER[0] <= (day.month, day.day) <= SUMMER[1]


def responsible_name(person: Person) -> str:
    """The person as somebody responsible for a step."""
    return person.profile.full_name[:RESPONSIBLE_LIMIT] if person.profile is not None else ""


def may_edit(route: Route, step: Step) -> bool:
    """Whether the step's plan may be changed by its teacher: in a draft, and not handed in or finished."""
    return route.state is RouteState.DRAFT and step.state is StepState.PLANNED


def has_room(route: Route, steps: Sequence[Step]) -> bool:
    """Whether a step may be added to the draft."""
    return route.state is RouteState.DRAFT and len(steps) < STEPS_LIMIT


def is_chosen(measure: Measure, steps: Iterable[Step]) -> bool:
    """Whether the route has a step made of the measure."""
    return any(
        step.plan.title == measure.title and step.plan.domain == measure.domain
        for step in steps
        if step.state is not StepState.CANCELLED
    )


async def add(
    work: UnitOfWork, route: Route, measure: Measure, responsible: str, today: date, quiet: Quiet
) -> Step | None:
    """A step made of the measure; None when it is in the route, or when there is no room for more."""
    steps = await work.iom.steps(route.id)
    if not has_room(route, steps) or is_chosen(measure, steps):
        return None
    due_on = term_for(measure.days, today, quiet, [step.plan.due_on for step in steps if not step.finished])
    plan = Plan(measure.domain, measure.title, measure.form, due_on, responsible, measure.result)
    return await work.iom.add_step(route.id, plan)


async def edit(work: UnitOfWork, route: Route, step: Step, plan: Plan) -> Step | None:
    """The step with another plan; None when it may not be edited or somebody was faster.

    What was agreed to is agreed no longer, and is not reminded of until it is agreed to again.
    """
    if not may_edit(route, step):
        return None
    if plan == step.plan:
        return step
    return await work.iom.save_step(replace(step, plan=plan, agreed=False, remind_on=None))


def may_remove(route: Route, step: Step) -> bool:
    """Whether the step may be taken out of the draft as if it had never been: nobody has agreed to it yet."""
    return may_edit(route, step) and not step.agreed and step.first_due_on is None


async def remove(work: UnitOfWork, route: Route, step: Step) -> bool:
    """Take the step out of the draft; False when that may not be, or somebody was faster."""
    return may_remove(route, step) and await work.iom.drop_step(step)


def parsed_words(text: str, most: int) -> str:
    """Words for a title, a name or a result within so many characters. Raises Unclear."""
    words = parsed_text(text, TextBounds(most))
    if not any(char.isalnum() for char in words):
        raise Unclear("Напишите, пожалуйста, словами.")
    return words


def parsed_line(text: str, most: int) -> str:
    """The same on a single line. Raises Unclear."""
    return " ".join(parsed_words(text, most).split())
