"""Routes that were agreed to, written straight into a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.iom.model import Form, Plan, Route, RouteKind, RouteState, Step
from services.iom.schedule import scheduled
from services.people.model import Account, Profile, Role
from services.work import UnitOfWork

QUIET = Quiet()


async def settled(
    work: UnitOfWork, account: Account, name: str, consent: str, now: datetime, *roles: tuple[Role, int]
) -> int:
    """A registered person with these roles; the id."""
    person_id = await work.people.welcome(account, consent, now)
    for role, place in roles:
        await work.people.grant(person_id, role, place, now)
    await work.people.save_profile(person_id, Profile(name, "Учитель", "Физика", 12, 1980), now)
    return person_id


async def agreed(
    work: UnitOfWork,
    person_id: int,
    school_id: int,
    terms: Sequence[date],
    dealt_with: date,
    now: datetime,
    mentor_id: int | None = None,
    titles: Sequence[str] = (),
) -> tuple[Route, list[Step]]:
    """A route of one step for each term, reminded of after the day `dealt_with`, agreed at `now`."""
    route = await work.iom.add(person_id, school_id, RouteKind.DEFICITS, ["digital"], None, now)
    assert route is not None
    submitted_at = now - timedelta(days=1)
    ready = replace(route, state=RouteState.ACTIVE, mentor_id=mentor_id, submitted_at=submitted_at, agreed_at=now)
    route = await work.iom.save(ready)
    assert route is not None
    steps = []
    for number, due_on in enumerate(terms, 1):
        title = titles[number - 1] if titles else f"Шаг {number}"
        made = await work.iom.add_step(route.id, Plan("digital", title, Form.WEBINAR, due_on))
        planned = scheduled(replace(made, agreed=True, first_due_on=due_on), dealt_with, QUIET)
        saved = await work.iom.save_step(planned)
        assert saved is not None
        steps.append(saved)
    return route, steps
