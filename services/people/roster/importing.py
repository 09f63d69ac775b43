"""Importing a roster: shown first, and applied only as it was shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.natural_order import natural
from services.people.model import Kind, Person, Role
from services.people.roster.model import Applied, Base, Plan, Roster, Scope, Waiting
from services.people.roster.plan import make_plan
from services.work import UnitOfWork

INVITE_DAYS = 180
"""How long a personal invite of a roster holds."""


PART = 600
"""How many people's invites are made in one go: it takes some seconds of the worker that draws the charts, too."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do: with the roster's new schools, and without them and the people in them."""

    whole: Plan
    without_new: Plan


async def scopes_of(work: UnitOfWork, person: Person) -> Sequence[Scope]:
    """Where the person may import: a methodist's municipalities, a curator's schools, all for an administrator."""
    places = list(person.scopes(Role.METHODIST))
    if person.has(Role.ADMIN):
        places += await work.organisations.all(Kind.MUNICIPALITY)
    scopes = {place.id: Scope(place.id) for place in places}
    for school in person.scopes(Role.CURATOR):
        if school.kind is not Kind.SCHOOL or school.parent_id is None:
            continue
        scope = scopes.setdefault(school.parent_id, Scope(school.parent_id, frozenset()))
        if scope.schools is not None:
            scopes[school.parent_id] = replace(scope, schools=scope.schools | {school.id})
    return list(scopes.values())


async def dry_run(work: UnitOfWork, roster: Roster, scope: Scope, today: date) -> DryRun:
    """What importing the roster would do; nothing is done."""
    return _planned(roster, await work.roster.base(scope.municipality_id, today), scope)


def fingerprint(content: bytes, plan: Plan) -> str:
    """Equal only for the same file with the same plan; `plan` is the whole one."""
    return hashlib.sha256(hashlib.sha256(content).digest() + repr(plan).encode()).hexdigest()


async def apply(
    work: UnitOfWork,
    roster: Roster,
    scope: Scope,
    today: date,
    now: datetime,
    *,
    new_schools: bool,
    issued_by: int | None = None,
    shown: tuple[bytes, str] | None = None,
) -> Applied | None:
    """Import the roster, with its new schools or without the people in them.

    `shown` is the file and the fingerprint of the plan that was confirmed: when the plan is another one by now,
    nothing is done and None is returned.
    """
    base = await work.roster.base(scope.municipality_id, today, lock=True)
    planned = _planned(roster, base, scope)
    if shown is not None and fingerprint(shown[0], planned.whole) != shown[1]:
        return None
    plan = planned.whole if new_schools else planned.without_new
    expires_at = now + timedelta(days=INVITE_DAYS)
    return await work.roster.apply(scope.municipality_id, plan, today, expires_at, issued_by, now)


async def waiting(work: UnitOfWork, scopes: Sequence[Scope]) -> list[Waiting]:
    """Schools of the scopes where somebody of a roster has not joined, by name."""
    own = {scope.municipality_id: scope.schools for scope in scopes}
    found: list[Waiting] = []
    for each in await work.roster.waiting(list(own)):
        schools = own[each.school.parent_id] if each.school.parent_id is not None else None
        if each.people and (schools is None or each.school.id in schools):
            found.append(each)
    return sorted(found, key=lambda each: natural(each.school.name))


async def invite(work: UnitOfWork, school_ids: Sequence[int], issued_by: int | None, now: datetime) -> int:
    """See that everybody of the schools' rosters who has not joined has an invite in force; how many are new."""
    return await work.roster.invite(school_ids, now + timedelta(days=INVITE_DAYS), issued_by, now)


def in_parts(waiting: Sequence[Waiting]) -> list[tuple[int, int]]:
    """The schools in parts of some `PART` people: the least and the greatest id of a school in each part."""
    parts: list[tuple[int, int]] = []
    people = PART
    for each in sorted(waiting, key=lambda each: each.school.id):
        if people >= PART:
            parts.append((each.school.id, each.school.id))
            people = 0
        parts[-1] = (parts[-1][0], each.school.id)
        people += each.people
    return parts


def _planned(roster: Roster, base: Base, scope: Scope) -> DryRun:
    whole = make_plan(roster, base, scope, new_schools=True)
    return DryRun(whole, make_plan(roster, base, scope, new_schools=False) if whole.new_schools else whole)
