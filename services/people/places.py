"""Municipalities and schools: their names, and who may add and rename them."""

from collections.abc import Sequence
from datetime import datetime

from services.people import rights
from services.people.model import Kind, Organisation, Person, Role
from services.people.registration import Unclear
from services.people.roster.schools import school_key
from services.privacy.ports import Action
from services.work import UnitOfWork

NAME_LIMIT = 100


def place_name(text: str) -> str:
    """A name of a school or a municipality with single spaces. Raises Unclear."""
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        raise Unclear(f"Получилось длинно. Уместите, пожалуйста, в {NAME_LIMIT} знаков.")
    if not any(mark.isalpha() for mark in name):
        raise Unclear("В названии нужны слова, не только цифры и знаки.")
    return name


def same_named(name: str, places: Sequence[Organisation]) -> Organisation | None:
    """The place whose name differs from this one by spelling at most."""
    return next((place for place in places if school_key(place.name) == school_key(name)), None)


def may_rename(person: Person, place: Organisation) -> bool:
    """Whether the person keeps what the place lies in: a methodist renames schools, an administrator all."""
    return person.has(Role.ADMIN) or (place.kind is Kind.SCHOOL and rights.directs(person, place))


async def siblings(work: UnitOfWork, place: Organisation) -> Sequence[Organisation]:
    """The others of its kind in the same place above."""
    if place.parent_id is None:
        beside = [other for other in await work.organisations.all(place.kind) if other.parent_id is None]
    else:
        beside = list(await work.organisations.children(place.parent_id))
    return [other for other in beside if other.id != place.id]


async def add(
    work: UnitOfWork, actor: Person, kind: Kind, name: str, parent: Organisation | None, now: datetime
) -> Organisation:
    """The place of that name, made if new. Raises PermissionError."""
    allowed = actor.has(Role.ADMIN) if parent is None else rights.manages(actor, parent)
    if not allowed:
        raise PermissionError(f"person {actor.id} may not add a {kind} here")
    added = await work.organisations.add(kind, name, parent.id if parent is not None else None)
    await work.audit.note(now, actor.id, Action.SCHOOL_ADDED, organisation_id=added.id)
    return added


async def rename(work: UnitOfWork, actor: Person, place: Organisation, name: str, now: datetime) -> None:
    """Give the place another name, which none beside it may have. Raises PermissionError."""
    if not may_rename(actor, place):
        raise PermissionError(f"person {actor.id} may not rename organisation {place.id}")
    await work.directory.rename(place.id, name)
    await work.audit.note(now, actor.id, Action.SCHOOL_RENAMED, organisation_id=place.id)
