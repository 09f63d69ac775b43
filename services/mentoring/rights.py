"""Who may see a pair, who leads it, who looks after it."""

from collections.abc import Callable

from services.mentoring.pair import Pair
from services.people import rights
from services.people.model import Organisation, Person

Rule = Callable[[Person, Pair, Organisation], bool]
"""Whether something about a pair of a school's mentee is for the person."""


def is_party(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person is one of the two."""
    return pair.holds(person.id)


def leads(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person is the pair's mentor."""
    return pair.mentor_id == person.id


def is_led(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person is the pair's mentee."""
    return pair.mentee_id == person.id


def looks_after(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person decides about the pair: a curator of the mentee's school, or a methodist above it.

    Nobody looks after a pair that they are the mentee of; a mentor who is the school's curator does.
    """
    return pair.mentee_id != person.id and rights.oversees(person, school)


def hears_both(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person hears what one of the two says of the other: looks after the pair, and is not of it."""
    return not pair.holds(person.id) and rights.oversees(person, school)


def steers(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person lets the pair rest and go on: its mentor, or whoever looks after it."""
    return leads(person, pair, school) or looks_after(person, pair, school)


def may_see(person: Person, pair: Pair, school: Organisation) -> bool:
    """Whether the person is one of the two or looks after the pair."""
    return is_party(person, pair, school) or looks_after(person, pair, school)
