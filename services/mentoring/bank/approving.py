"""Whoever looks after a school proposes mentors there, and decides about the cards that are offered."""

from dataclasses import replace
from datetime import datetime, tzinfo

from services.mentoring.bank.card import Card, CardState
from services.people import appointing, rights
from services.people.model import Organisation, Person, Role
from services.privacy.ports import Action
from services.work import UnitOfWork

OPEN_TO_PROPOSAL = (CardState.DRAFT, CardState.RETURNED)
"""Cards that their owners have not finished."""


def may_decide(person: Person, card: Card, school: Organisation) -> bool:
    """Whether the person decides about the card: who oversees its school, never about their own."""
    return card.person_id != person.id and rights.oversees(person, school)


async def propose(
    work: UnitOfWork, actor: Person, person_id: int, school: Organisation, now: datetime
) -> Card | None:
    """Ask somebody of the school to become a mentor; None when they have a card that says more already.

    A draft of theirs stays as they have written it. Raises PermissionError.
    """
    card = Card(person_id, school.id, CardState.PROPOSED, now, proposed_by=actor.id)
    _demand(may_decide(actor, card, school), actor)
    present = await work.mentor_cards.get(person_id)
    if present is None:
        proposed = await work.mentor_cards.add(card)
    elif present.state in OPEN_TO_PROPOSAL:
        asked = replace(present, school_id=school.id, state=CardState.PROPOSED, proposed_by=actor.id)
        proposed = await work.mentor_cards.save(asked)
    else:
        return None
    if proposed is not None:
        await work.audit.note(now, actor.id, Action.MENTOR_PROPOSED, person_id, school.id)
    return proposed


async def approve(
    work: UnitOfWork, actor: Person, card: Card, school: Organisation, turn: int, now: datetime
) -> Card | None:
    """The card in the bank: its owner is a mentor of the school, with a seat for each mentee.

    None when it is not as it was shown, or its owner has left the school. Raises PermissionError.
    """
    _demand(may_decide(actor, card, school), actor)
    if card.turn != turn or card.state is not CardState.OFFERED:
        return None
    if await work.directory.member(school.id, card.person_id) is None:
        return None
    _, taken = await work.pairs.seats(card.person_id)
    capacity = max(card.capacity, taken)
    approved = await work.mentor_cards.save(
        replace(
            card,
            state=CardState.APPROVED,
            capacity=capacity,
            comment="",
            approved_at=now,
            approved_by=actor.id,
        )
    )
    if approved is None:
        return None
    await work.pairs.set_capacity(card.person_id, capacity)
    await appointing.give(work, actor, card.person_id, Role.MENTOR, school, now)
    await work.audit.note(now, actor.id, Action.MENTOR_CARD_APPROVED, card.person_id, school.id)
    return approved


async def send_back(
    work: UnitOfWork, actor: Person, card: Card, school: Organisation, turn: int, comment: str, now: datetime
) -> Card | None:
    """The card as its owner is to mend it; None when it is not as it was shown. Raises PermissionError."""
    _demand(may_decide(actor, card, school), actor)
    if card.turn != turn or card.state is not CardState.OFFERED:
        return None
    returned = await work.mentor_cards.save(replace(card, state=CardState.RETURNED, comment=comment))
    if returned is not None:
        await work.audit.note(now, actor.id, Action.MENTOR_CARD_RETURNED, card.person_id, school.id)
    return returned


async def note_seen(
    work: UnitOfWork, actor: Person, card: Card, school: Organisation, now: datetime, zone: tzinfo
) -> None:
    """Note once a day that somebody who oversees the school has opened the card of a person there."""
    if not may_decide(actor, card, school):
        return
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if not await work.audit.noted_since(actor.id, Action.MENTOR_CARD_SEEN, midnight, person_id=card.person_id):
        await work.audit.note(now, actor.id, Action.MENTOR_CARD_SEEN, card.person_id, school.id)


def _demand(allowed: bool, actor: Person) -> None:
    if not allowed:
        raise PermissionError(f"person {actor.id} has no right to this")
