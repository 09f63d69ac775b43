"""Showing one result to one psychologist: who may be shown it, and the life of such a share.

The owner alone decides. Whoever has power over the owner's school, or mentors the owner, is no one to show a
result to.
"""

from collections.abc import Sequence
from datetime import datetime

from services.people import rights
from services.people.consent import Consent
from services.people.model import Kind, Organisation, Person
from services.privacy.ports import Action, Share
from services.work import UnitOfWork

PSYCHOLOGIST = "психолог"
"""What the position of a psychologist contains, in lower case."""


def may_be_shown(owner: Person, viewer: Person) -> bool:
    """Whether the owner may show a result to the viewer: a registered psychologist of the same municipality who
    neither oversees nor manages a place of the owner's."""
    if viewer.id == owner.id or viewer.profile is None:
        return False
    return (
        PSYCHOLOGIST in viewer.profile.position.casefold()
        and not municipalities(owner).isdisjoint(municipalities(viewer))
        and not any(rights.oversees(viewer, place) or rights.manages(viewer, place) for place in _places(owner))
    )


def municipalities(person: Person) -> frozenset[int]:
    """Ids of the municipalities where the person has a role."""
    found = (
        place.id if place.kind is Kind.MUNICIPALITY else place.parent_id
        for place in _places(person)
        if place.kind is not Kind.REGION
    )
    return frozenset(each for each in found if each is not None)


def _places(person: Person) -> Sequence[Organisation]:
    return [grant.organisation for grant in person.grants]


async def candidates(work: UnitOfWork, owner: Person, consent: Consent) -> Sequence[Person]:
    """The psychologists whom the owner may show a result to, by name."""
    near = await work.shares.psychologists(municipalities(owner))
    mentoring = await mentors_of(work, owner.id)
    return [
        viewer
        for viewer in near
        if consent.given_by(viewer) and may_be_shown(owner, viewer) and viewer.id not in mentoring
    ]


async def mentors_of(work: UnitOfWork, person_id: int) -> frozenset[int]:
    """Ids of those who mentor the person now, or are asked to: in an open pair, or of an open route."""
    pair = await work.pairs.open_of_mentee(person_id)
    route = await work.iom.open_of(person_id)
    found = (pair.mentor_id if pair is not None else None, route.mentor_id if route is not None else None)
    return frozenset(each for each in found if each is not None)


async def show(work: UnitOfWork, owner: Person, session_id: int, viewer: Person, now: datetime) -> int | None:
    """Show the owner's result to the viewer: the id of the share; None when it is shown to somebody already.

    The caller has checked whose the result is and who the viewer is.
    """
    share_id = await work.shares.add(session_id, owner.id, viewer.id, now)
    if share_id is not None:
        await work.audit.note(now, owner.id, Action.RESULT_SHARED, viewer.id)
    return share_id


async def in_force(work: UnitOfWork, viewer: Person, share_id: int, consent: Consent) -> Share | None:
    """The share if the viewer may look at the result now: it is not ended, and both still may."""
    share = await work.shares.get(share_id)
    if share is None or share.viewer_id != viewer.id or share.revoked_at is not None:
        return None
    owner = await work.shares.person(share.owner_id)
    if owner is None or not consent.given_by(viewer) or not may_be_shown(owner, viewer):
        return None
    return share if viewer.id not in await mentors_of(work, owner.id) else None


async def look(work: UnitOfWork, share: Share, now: datetime) -> None:
    """Note that the viewer looks at the result."""
    await work.shares.opened(share.id, now)
    await work.audit.note(now, share.viewer_id, Action.SHARE_OPENED, share.owner_id)


async def end(work: UnitOfWork, owner_id: int, share_id: int, now: datetime) -> bool:
    """End a share of the owner's; False when there is none in force."""
    share = await work.shares.get(share_id)
    if share is None or share.owner_id != owner_id or not await work.shares.end(share_id, now):
        return False
    await work.audit.note(now, owner_id, Action.SHARE_REVOKED, share.viewer_id)
    return True
