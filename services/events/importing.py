"""Adding a sent plan to the one that there is: shown first, applied when it is confirmed."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.delivery.quiet import Quiet
from services.events.model import Plan
from services.events.plan_file import PlanFile, Problem, plan_key
from services.events.reminding import next_duty
from services.people.model import Organisation
from services.people.names import name_key
from services.privacy.ports import Action
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would do: events to be `added`, how many are `known` already, and what could not be read."""

    added: tuple[Plan, ...]
    known: int
    problems: tuple[Problem, ...]

    @property
    def wrong_rows(self) -> int:
        """Rows that are left out."""
        return len({problem.row for problem in self.problems})


def would_do(file: PlanFile, present: Collection[tuple[date, str]]) -> Import:
    """What importing would do beside the days and titles of the plan as it is."""
    keys = {plan_key(held_on, title) for held_on, title in present}
    added = tuple(plan for plan in file.plans if plan_key(plan.held_on, plan.title) not in keys)
    return Import(added, len(file.plans) - len(added), file.problems)


def fingerprint(content: bytes, would: Import) -> str:
    """Of a file and what it would do, to tell whether that is still what somebody was shown."""
    told = "|".join(f"{plan.held_on}{plan.title}" for plan in would.added)
    return hashlib.sha256(content + told.encode()).hexdigest()


async def apply(
    work: UnitOfWork,
    place: Organisation,
    would: Import,
    actor_id: int,
    today: date,
    quiet: Quiet,
    consent: str,
    now: datetime,
) -> None:
    """Add the events; a responsible whose whole name is somebody's of the place becomes that person."""
    people: dict[str, int | None] = {}
    for told in would.added:
        name = told.responsible
        if name not in people:
            people[name] = await _named(work, place, name, consent)
        known = people[name]
        plan = told if known is None else replace(told, responsible_id=known, responsible="")
        await work.events.add(place.id, plan, next_duty(plan.held_on, today, quiet), actor_id, now)
    await work.audit.note(now, actor_id, Action.EVENTS_IMPORTED, organisation_id=place.id, added=len(would.added))


async def _named(work: UnitOfWork, place: Organisation, name: str, consent: str) -> int | None:
    """The one person of this name; None when there is none, or several."""
    key = name_key(name)
    if len(key.split()) < 2:
        return None
    found = [
        each for each in await work.events.colleagues(place, key, consent, most=5) if name_key(each.name) == key
    ]
    return found[0].person_id if len(found) == 1 else None
