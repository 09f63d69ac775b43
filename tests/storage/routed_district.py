"""A random district with routes, and the same counts found in plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.counting import AsOf, Counts, Period, StepTally, Tally
from services.iom.model import Form, RouteKind, RouteState, StepState
from services.people.model import Kind, Role
from storage.tables import consents, iom_pauses, iom_routes, iom_steps, organisations, people, roles
from tests.storage.residents import CONSENT

TODAY = date(2026, 11, 24)
YEAR = Period(datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC))
SCHOOLS_EACH = 3
AS_OF = AsOf(TODAY, CONSENT)
OPEN = {"draft", "review", "active"}


@dataclass
class Step:
    state: str
    agreed: bool
    due_on: date
    done_at: datetime | None
    confirmed_at: datetime | None


@dataclass
class Route:
    person: int
    school: int
    kind: RouteKind
    state: str
    created_at: datetime
    submitted_at: datetime | None
    agreed_at: datetime | None
    closed_at: datetime | None
    steps: list[Step]
    pauses: list[tuple[date, bool]]
    """The first day of each, and whether it is over."""
    id: int = 0

    def late(self) -> list[Step]:
        resting_from = [starts for starts, over in self.pauses if not over]
        return [
            step
            for step in self.steps
            if step.agreed and step.state == "planned" and step.due_on < TODAY and self.state in OPEN
            if not any(starts <= step.due_on for starts in resting_from)
        ]


@dataclass
class District:
    """People by number, with the schools they teach in; three schools in each of two municipalities."""

    names: list[str] = field(default_factory=list)
    teaches_in: list[set[int]] = field(default_factory=list)
    consents: list[str] = field(default_factory=list)
    """`in force`, `revoked`, `older` (an earlier version) or `none`."""
    routes: list[Route] = field(default_factory=list)

    def stands(self, route: Route) -> bool:
        """Whether the route is open and its teacher may be named."""
        return route.state in OPEN and self.consents[route.person] == "in force"

    def late(self, route: Route) -> list[Step]:
        return route.late() if self.stands(route) else []

    def counts(self, schools: Iterable[int], period: Period) -> Counts:
        """What the database should count over these schools."""
        wanted = set(schools)
        mine = [route for route in self.routes if route.school in wanted]
        in_force = [
            route
            for route in mine
            if route.state != "cancelled"
            and route.submitted_at is not None
            and self.teaches_in[route.person] & wanted
            and route.created_at < period.ends
            and (route.closed_at is None or route.closed_at >= period.begins)
        ]
        took_part = {
            route.person
            for route in in_force
            for step in route.steps
            if step.agreed and step.state in ("done", "confirmed") and inside(period, step.done_at)
        }
        agreed_steps = [(route, step) for route in mine for step in route.steps if step.agreed]
        return Counts(
            teachers=sum(bool(places & wanted) for places in self.teaches_in),
            developed=len(
                {
                    route.person
                    for route in in_force
                    if inside(period, route.created_at) or inside(period, route.agreed_at)
                }
            ),
            with_route=len({route.person for route in in_force}),
            with_kind={
                kind: len({route.person for route in in_force if route.kind is kind})
                for kind in RouteKind
                if any(route.kind is kind for route in in_force)
            },
            took_part=len(took_part),
            kinds={
                kind: self.tally([route for route in mine if route.kind is kind], period)
                for kind in RouteKind
                if any(route.kind is kind for route in mine)
            },
            steps=StepTally(
                planned=sum(step.state == "planned" and self.stands(route) for route, step in agreed_steps),
                overdue=sum(len(self.late(route)) for route in mine),
                handed_in=sum(step.state == "done" and self.stands(route) for route, step in agreed_steps),
                confirmed=sum(
                    step.state == "confirmed" and inside(period, step.confirmed_at) for _, step in agreed_steps
                ),
            ),
        )

    def tally(self, routes: list[Route], period: Period) -> Tally:
        return Tally(
            drafted=sum(inside(period, route.created_at) for route in routes),
            agreed=sum(inside(period, route.agreed_at) for route in routes),
            finished=sum(route.state == "closed" and inside(period, route.closed_at) for route in routes),
            cancelled=sum(route.state == "cancelled" and inside(period, route.closed_at) for route in routes),
            in_progress=sum(self.stands(route) and route.agreed_at is not None for route in routes),
            waiting=sum(route.state == "review" and self.stands(route) for route in routes),
            overdue=sum(bool(self.late(route)) for route in routes),
        )


def inside(period: Period, moment: datetime | None) -> bool:
    return moment is not None and period.begins <= moment < period.ends


def random_district(chance: Random, inhabitants: int = 40) -> District:
    district = District()
    for person in range(inhabitants):
        district.names.append(f"Педагог {chance.randrange(20)}")
        district.consents.append(chance.choice(("in force", "in force", "in force", "revoked", "older", "none")))
        district.teaches_in.append(set(chance.sample(range(6), chance.choice((0, 1, 1, 1, 2)))))
        states = [chance.choice(("closed", "cancelled")) for _ in range(chance.choice((0, 0, 1, 2)))]
        states += chance.choice(([], ["draft"], ["review"], ["active"], ["active"]))
        district.routes += [_route(chance, person, state) for state in states]
    return district


def _moment(chance: Random, after: datetime) -> datetime:
    # A moment just on the border of the year comes now and then.
    edges = [edge for edge in (YEAR.begins, YEAR.ends) if edge >= after]
    return chance.choice([after + timedelta(minutes=chance.randrange(500_000)), *edges[:1]])


def _route(chance: Random, person: int, state: str) -> Route:
    created = _moment(chance, datetime(2025, 3, 1, tzinfo=UTC))
    agreed = (
        _moment(chance, created) if state != "review" and (state == "active" or chance.random() < 0.6) else None
    )
    closed = _moment(chance, agreed or created) if state not in OPEN else None
    submitted = created if state != "draft" or agreed or chance.random() < 0.3 else None
    route = Route(
        person,
        chance.randrange(6),
        chance.choice(list(RouteKind)),
        state,
        created,
        submitted,
        agreed,
        closed,
        [],
        [],
    )
    for _ in range(chance.randrange(5)):
        step_state = chance.choice(("planned", "planned", "done", "confirmed", "cancelled"))
        done = _moment(chance, created) if step_state in ("done", "confirmed") else None
        confirmed = _moment(chance, done) if done and step_state == "confirmed" else None
        due = TODAY + timedelta(days=chance.choice((-30, -1, 0, 1, 40)))
        route.steps.append(Step(step_state, chance.random() < 0.8, due, done, confirmed))
    if chance.random() < 0.3:
        route.pauses.append((TODAY - timedelta(days=chance.choice((31, 30, 20, 1, 0))), False))
    if chance.random() < 0.3:
        route.pauses.append((TODAY - timedelta(days=60), True))
    return route


async def stored(connection: AsyncConnection, district: District, name: str) -> tuple[list[int], list[int]]:
    """The ids of its two municipalities and of its six schools."""

    async def put(table: object, **values: object) -> int:
        made = await connection.execute(insert(table).values(**values).returning(table.c.id))  # type: ignore[arg-type, attr-defined]
        return int(made.scalar_one())

    above = [
        await put(organisations, kind=Kind.MUNICIPALITY.value, name=f"{name} {number}") for number in range(2)
    ]
    schools = [
        await put(
            organisations, kind=Kind.SCHOOL.value, name=f"Школа {number}", parent_id=above[number // SCHOOLS_EACH]
        )
        for number in range(6)
    ]
    now = datetime(2025, 1, 1, tzinfo=UTC)
    ids = []
    settlers = zip(district.names, district.teaches_in, district.consents, strict=True)
    for full_name, places, consent in settlers:
        person = await put(
            people, full_name=full_name, name_key=full_name.casefold(), position="", subject="", created_at=now
        )
        ids.append(person)
        if consent != "none":
            version = "0" if consent == "older" else CONSENT
            revoked_at = now if consent == "revoked" else None
            await put(consents, person_id=person, version=version, given_at=now, revoked_at=revoked_at)
        for place in places:
            await put(
                roles, person_id=person, role=Role.TEACHER.value, organisation_id=schools[place], granted_at=now
            )
        if not places:
            await put(roles, person_id=person, role=Role.MENTOR.value, organisation_id=schools[0], granted_at=now)
    for route in district.routes:
        route.id = await put(
            iom_routes,
            person_id=ids[route.person],
            school_id=schools[route.school],
            kind=route.kind.value,
            state=RouteState(route.state).value,
            deficits=[],
            reflection={},
            created_at=route.created_at,
            submitted_at=route.submitted_at,
            agreed_at=route.agreed_at,
            closed_at=route.closed_at,
        )
        for step in route.steps:
            await put(
                iom_steps,
                route_id=route.id,
                domain="digital",
                title="Курс",
                form=Form.COURSE.value,
                due_on=step.due_on,
                state=StepState(step.state).value,
                agreed=step.agreed,
                done_at=step.done_at,
                confirmed_at=step.confirmed_at,
            )
        for starts_on, over in route.pauses:
            await put(
                iom_pauses,
                route_id=route.id,
                reason="sick",
                starts_on=starts_on,
                ends_on=TODAY if over else None,
                over=over,
            )
    return above, schools
