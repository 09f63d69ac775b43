"""Who plans an event, who looks after it, who may see it."""

from services.events.model import Event
from services.people import rights
from services.people.model import Organisation, Person, Role


def plans(person: Person, place: Organisation) -> bool:
    """Whether the person plans the events of the place: a methodist of a municipality, a curator of a school."""
    return rights.oversees(person, place)


def keeps(person: Person, event: Event, place: Organisation) -> bool:
    """Whether the person sees who comes, marks who was there and tells the outcome.

    Whoever answers for it does as long as they work there: in the place, in one of its schools, or right above it.
    """
    answers = event.plan.responsible_id == person.id and any(
        place.id in (grant.organisation.id, grant.organisation.parent_id)
        or grant.organisation.id == place.parent_id
        for grant in person.grants
    )
    return answers or plans(person, place)


def may_see(person: Person, event: Event, place: Organisation) -> bool:
    """Whether the person sees the event in a plan: curators see what their municipality holds."""
    above = any(school.parent_id == place.id for school in person.scopes(Role.CURATOR))
    return above or keeps(person, event, place)
