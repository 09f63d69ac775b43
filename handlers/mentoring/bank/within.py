"""Where a tap about an info card belongs: the edge lets nobody in whom these find no place for."""

from typing import Protocol

from handlers.visit import Visit
from services.mentoring.bank import approving, searching
from services.mentoring.bank.card import BankCard, CardState
from services.people import rights
from services.people.model import Organisation, Role


class OfPerson(Protocol):
    """A tap that names the owner of a card."""

    person: int


class OfSchoolPerson(OfPerson, Protocol):
    """A tap that names somebody in a school."""

    organisation: int


async def seen_card(visit: Visit, tap: OfPerson) -> Organisation | None:
    """The school of a card that the visitor may see: their own, one of the bank, one they decide about."""
    seen = await visit.work.mentor_cards.seen(tap.person)
    if seen is None or visit.person is None:
        return None
    if seen.card.person_id == visit.person.id:
        return seen.school
    told = seen.card.state is not CardState.DRAFT
    if told and await decided_card(visit, tap) is not None:
        return seen.school
    held = await visit.work.people.holds(tap.person, Role.MENTOR, seen.school.id)
    return seen.school if seen.card.in_bank and held and searching.may_see(visit.person, seen) else None


async def decided_card(visit: Visit, tap: OfPerson) -> Organisation | None:
    """The school of a card that the visitor decides about."""
    seen = await visit.work.mentor_cards.seen(tap.person)
    if seen is None or visit.person is None or not approving.may_decide(visit.person, seen.card, seen.school):
        return None
    # Whoever has left the school is nobody's to decide about there.
    return seen.school if await visit.work.directory.member(seen.school.id, tap.person) is not None else None


async def school_person(visit: Visit, tap: OfSchoolPerson) -> Organisation | None:
    """The school of somebody else who has agreed to data processing, and whom the visitor looks after there."""
    place = await visit.work.organisations.get(tap.organisation)
    if place is None or visit.person is None or visit.person.id == tap.person:
        return None
    if await visit.work.directory.member(place.id, tap.person) is None or not rights.oversees(visit.person, place):
        return None
    return place if await visit.work.people.agrees(tap.person, visit.desk.consent.version) else None


async def card_of(visit: Visit, tap: OfPerson) -> BankCard:
    """The card of a tap that the edge has let in. Raises LookupError when it is gone."""
    seen = await visit.work.mentor_cards.seen(tap.person)
    if seen is None:
        raise LookupError("no such card")
    return seen
