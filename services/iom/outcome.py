"""What came of a route: its steps in figures, and the diagnosis before and after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.diagnostics.instrument import Instrument
from services.diagnostics.library import Library
from services.diagnostics.scoring import Measured, score
from services.diagnostics.session import Session, State
from services.iom.model import Event, Form, Happening, Route, RouteKind, Step, StepState
from services.iom.progress import Progress, progress
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Change:
    """A domain before and after: points, and levels in words."""

    domain: str
    title: str
    before: float
    after: float
    maximum: float
    before_level: str
    after_level: str

    @property
    def difference(self) -> float:
        """Points gained; fewer points mean fewer difficulties."""
        return round(self.after - self.before, 1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two takings of one version of the diagnosis; the domains of the route come first."""

    before_on: date
    after_on: date
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a route. `comparison` is None while the diagnosis is not taken again.

    `comparable`: whether taking it now would give a comparison.
    """

    route: Route
    steps: tuple[Step, ...]
    comparison: Comparison | None
    comparable: bool

    @property
    def progress(self) -> Progress:
        """How far the route has come."""
        return progress(self.route, self.steps, own=True)

    @property
    def forms(self) -> list[tuple[Form, int]]:
        """Forms of the confirmed steps with their counts, the most frequent first."""
        counts = Counter(step.plan.form for step in self.steps if step.state is StepState.CONFIRMED)
        return sorted(counts.items(), key=lambda one: (-one[1], list(Form).index(one[0])))


@dataclass(frozen=True, slots=True)
class Summary:
    """What the picture of a closed route shows: `done` steps of all but those cancelled, and their forms."""

    name: str
    school: str
    kind: RouteKind
    begun_on: date
    ended_on: date
    done: int
    total: int
    forms: tuple[tuple[Form, int], ...]
    comparison: Comparison | None


def summary(found: Outcome, name: str, school: str, zone: ZoneInfo) -> Summary:
    """The picture's words and figures. Raises ValueError for a route that is not closed."""
    route = found.route
    if route.closed_at is None:
        raise ValueError(f"route {route.id} is not closed")
    return Summary(
        name=name,
        school=school,
        kind=route.kind,
        begun_on=(route.agreed_at or route.created_at).astimezone(zone).date(),
        ended_on=route.closed_at.astimezone(zone).date(),
        done=found.progress.confirmed,
        total=found.progress.total,
        forms=tuple(found.forms),
        comparison=found.comparison,
    )


async def look(work: UnitOfWork, library: Library, route: Route, zone: ZoneInfo) -> Outcome:
    """What came of the route by now. Scores are in it: it is for the route's teacher alone."""
    steps = tuple(await work.iom.steps(route.id))
    before = await _finished(work, route.session_id, route.person_id)
    after = await repeat_of(work, route)
    try:
        instrument = await library.of(before) if before is not None else None
    except KeyError:
        instrument = None
    if before is None or instrument is None:
        return Outcome(route, steps, None, False)
    comparison = None if after is None else compare(instrument, before, after, route.deficits, zone)
    comparable = library.current(before.instrument).version == before.version
    return Outcome(route, steps, comparison, comparable)


async def repeat_of(work: UnitOfWork, route: Route) -> Session | None:
    """The diagnosis taken again by the same version after the route was agreed to.

    The first one after the close counts, before there is one the last during the route.
    """
    before = await _finished(work, route.session_id, route.person_id)
    if before is None or route.agreed_at is None:
        return None
    taken = [
        (session.finished_at, session)
        for session in await work.surveys.finished(route.person_id, before.instrument)
        if session.finished_at is not None
        and session.finished_at > route.agreed_at
        and session.version == before.version
        and session.id != before.id
    ]
    if route.closed_at is not None:
        for finished_at, session in taken:
            if finished_at >= route.closed_at:
                return session
    return taken[-1][1] if taken else None


async def note_repeat(work: UnitOfWork, route: Route, actor_id: int, now: datetime) -> Route:
    """The route with its repeat diagnosis remembered, if one has been found that is not yet."""
    session = await repeat_of(work, route)
    if session is None or session.id == route.repeat_session_id:
        return route
    noted = await work.iom.save(replace(route, repeat_session_id=session.id))
    if noted is None:
        return await work.iom.get(route.id) or route
    await work.iom.note(Event(route.id, now, actor_id, Happening.REPEATED))
    return noted


def compare(
    instrument: Instrument, before: Session, after: Session, first: Sequence[str], zone: ZoneInfo
) -> Comparison:
    """Both takings by domain, those in `first` at the beginning; domains without a score are left out."""
    was = {scale.code: scale for scale in score(instrument, before.answers).scales}
    is_now = {scale.code: scale for scale in score(instrument, after.answers).scales}
    order = [code for code in first if code in was] + [code for code in was if code not in first]
    changes = [_change(was[code], is_now[code]) for code in order]
    return Comparison(
        _day(before, zone), _day(after, zone), tuple(change for change in changes if change is not None)
    )


def _change(was: Measured, is_now: Measured) -> Change | None:
    if was.points is None or is_now.points is None or was.band is None or is_now.band is None:
        return None
    return Change(was.code, was.title, was.points, is_now.points, was.maximum, was.band.title, is_now.band.title)


async def _finished(work: UnitOfWork, session_id: int | None, person_id: int) -> Session | None:
    session = await work.surveys.get(session_id, person_id) if session_id is not None else None
    return session if session is not None and session.state is State.FINISHED else None


def _day(session: Session, zone: ZoneInfo) -> date:
    return (session.finished_at or session.started_at).astimezone(zone).date()
