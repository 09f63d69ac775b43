"""A teacher fills in their info card and offers themselves as a mentor; a mentor edits it and rests."""

from dataclasses import replace
from datetime import datetime

from services.mentoring.bank.card import Card, CardState
from services.people.membership import schools_of
from services.people.model import Organisation, Person, Role
from services.work import UnitOfWork

_UNOFFERED = (CardState.PROPOSED, CardState.DRAFT, CardState.RETURNED)


class FewSeatsError(Exception):
    """So many seats of the mentor are taken that the capacity cannot be less."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} seats are taken")
        self.taken = taken


def schools(person: Person) -> tuple[Organisation, ...]:
    """The schools in whose bank the person may be: where they teach first."""
    found = {each.id: each for each in (*schools_of(person, Role.TEACHER), *schools_of(person))}
    return tuple(found.values())


def in_force(card: Card, person: Person) -> bool:
    """Whether the card is in the bank: its owner may have lost the role since it was approved."""
    return card.in_bank and person.holds(Role.MENTOR, card.school_id)


def may_offer(card: Card, person: Person) -> bool:
    """Whether the card waits for its owner to offer it."""
    return card.state in _UNOFFERED or (card.in_bank and not in_force(card, person))


def missing(card: Card) -> tuple[str, ...]:
    """Fields without which nobody can be offered."""
    return tuple(
        name for name, given in (("strengths", card.strengths), ("help", card.help_with.strip())) if not given
    )


async def begin(work: UnitOfWork, person: Person, school: Organisation, now: datetime) -> Card:
    """The person's card: the one they have, or a new draft."""
    made = await work.mentor_cards.add(Card(person.id, school.id, CardState.DRAFT, now))
    present = made or await work.mentor_cards.get(person.id)
    if present is None:
        raise LookupError("a card just made is not there")
    return present


async def edit(work: UnitOfWork, changed: Card) -> Card | None:
    """Keep what its owner has changed; None when the card is not as it was read.

    In the bank the mentor has as many seats as the card says. Raises FewSeatsError.
    """
    seats, taken = await work.pairs.seats(changed.person_id)
    if changed.capacity < taken:
        raise FewSeatsError(taken)
    saved = await work.mentor_cards.save(changed)
    if saved is not None and saved.in_bank and seats != saved.capacity:
        await work.pairs.set_capacity(saved.person_id, saved.capacity)
    return saved


async def offer(work: UnitOfWork, person: Person, card: Card, turn: int, now: datetime) -> Card | None:
    """The card as it waits for whoever approves it; None when it is not as it was shown, or not complete."""
    if card.turn != turn or not may_offer(card, person) or missing(card):
        return None
    theirs = [school.id for school in schools(person)]
    if not theirs:
        return None
    school_id = card.school_id if card.school_id in theirs else theirs[0]
    return await work.mentor_cards.save(
        replace(card, state=CardState.OFFERED, school_id=school_id, offered_at=now, comment="")
    )


async def take_back(work: UnitOfWork, card: Card, turn: int) -> Card | None:
    """An offered card as a draft again; None when it is not as it was shown."""
    if card.turn != turn or card.state is not CardState.OFFERED:
        return None
    return await work.mentor_cards.save(replace(card, state=CardState.DRAFT))


async def rest(work: UnitOfWork, card: Card, turn: int, *, resting: bool) -> Card | None:
    """Take no new mentees from now on, or take them again; None when the card is not as it was shown."""
    before, after = (CardState.APPROVED, CardState.RESTING)[:: 1 if resting else -1]
    if card.turn != turn or card.state is not before:
        return None
    return await work.mentor_cards.save(replace(card, state=after))


async def give_up(work: UnitOfWork, card: Card, turn: int) -> bool:
    """Decline a proposal, or delete what was never in the bank; False when the card is not as it was shown."""
    return card.turn == turn and await work.mentor_cards.drop(card)
