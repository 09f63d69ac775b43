"""What a tap is about, as the place in which its access rule must hold. None: there is no such thing there."""

from typing import Protocol

from handlers.people.taps import (
    GiveTap,
    LinkQrTap,
    LinkTap,
    RenameTap,
    RevokeTap,
    SetZoneTap,
    TakeTap,
    ZoneTap,
)
from handlers.visit import Visit
from handlers.within import OfOrganisation, of_organisation
from services.people import appointing, places, rights, zones
from services.people.model import Kind, Organisation


class OfMember(OfOrganisation, Protocol):
    """A tap that names a person in a place."""

    person: int


async def of_municipality(visit: Visit, tap: OfOrganisation) -> Organisation | None:
    place = await of_organisation(visit, tap)
    return place if place is not None and place.kind is Kind.MUNICIPALITY else None


async def of_renamed(visit: Visit, tap: RenameTap) -> Organisation | None:
    place = await of_organisation(visit, tap)
    return place if place is not None and places.may_rename(visit.member, place) else None


async def of_zoned(visit: Visit, tap: ZoneTap | SetZoneTap) -> Organisation | None:
    place = await of_organisation(visit, tap)
    return place if place is not None and zones.may_set(visit.member, place) else None


async def of_member(visit: Visit, tap: OfMember) -> Organisation | None:
    if await visit.work.directory.member(tap.organisation, tap.person) is None:
        return None
    return await of_organisation(visit, tap)


async def of_role(visit: Visit, tap: GiveTap | TakeTap) -> Organisation | None:
    place = await of_organisation(visit, tap)
    return place if place is not None and rights.may_give(visit.member, tap.role, place) else None


async def of_link(visit: Visit, tap: LinkTap | LinkQrTap | RevokeTap) -> Organisation | None:
    """Of a link for everybody: a personal one opens somebody's own door, and is shown with the person only."""
    link = await visit.work.invites.get(tap.invite)
    if link is None or link.person_id is not None or not await appointing.may_see(visit.work, visit.member, link):
        return None
    return link.organisation
