"""Which cards of the bank somebody may see, and finding one of them."""

from collections.abc import Iterable, Sequence

from services.mentoring.bank.card import DOMAINS, IN_BANK, BankCard, CardState
from services.people import rights
from services.people.model import Kind, Organisation, Person
from services.people.names import name_key
from services.work import UnitOfWork


async def bank_of(work: UnitOfWork, person: Person) -> list[BankCard]:
    """The bank as the person may see it: cards of their own schools first, then those with free seats, by name."""
    found = {}
    for municipality_id in _municipalities(person):
        place = Organisation(municipality_id, Kind.MUNICIPALITY, "")
        for card in await work.mentor_cards.listed(place, IN_BANK):
            if may_see(person, card):
                found[card.card.person_id] = card
    own = _own_schools(person)

    def order(card: BankCard) -> tuple[bool, bool, str]:
        return card.school.id not in own, not card.free, name_key(card.profile.full_name)

    return sorted(found.values(), key=order)


def may_see(person: Person, seen: BankCard) -> bool:
    """Whether a card of the bank is for the person.

    Of one's own school all who take mentees, of other schools of the municipality those who take mentees from
    there; whoever oversees a school sees those who rest, too.
    """
    if rights.oversees(person, seen.school):
        return True
    if seen.card.state is not CardState.APPROVED:
        return False
    if seen.school.id in _own_schools(person):
        return True
    return seen.card.reaches_out and seen.school.parent_id in _municipalities(person)


def choosable(cards: Iterable[BankCard], mentee_id: int, school_id: int) -> list[BankCard]:
    """Those of the cards that a mentee of the school may wish for."""
    return [
        each
        for each in cards
        if each.card.state is CardState.APPROVED
        and each.card.person_id != mentee_id
        and (each.school.id == school_id or each.card.reaches_out)
    ]


def strong_in(cards: Iterable[BankCard], domain: str) -> list[BankCard]:
    """Those who are strong in the domain."""
    return [each for each in cards if domain in each.card.strengths]


def matching(cards: Sequence[BankCard], query: str) -> list[BankCard]:
    """Those whose name, subject, or a domain that they are strong in holds what was written."""
    key = name_key(query)
    return [each for each in cards if key and any(key in name_key(words) for words in _words(each))]


def _words(seen: BankCard) -> list[str]:
    domains = [DOMAINS[code] for code in seen.card.strengths if code in DOMAINS]
    return [seen.profile.full_name, seen.profile.subject, *domains]


def _own_schools(person: Person) -> set[int]:
    return {grant.organisation.id for grant in person.grants if grant.organisation.kind is Kind.SCHOOL}


def _municipalities(person: Person) -> list[int]:
    places = [
        grant.organisation.id if grant.organisation.kind is Kind.MUNICIPALITY else grant.organisation.parent_id
        for grant in person.grants
        if grant.organisation.kind is not Kind.REGION
    ]
    return [place for place in dict.fromkeys(places) if place is not None]
