"""Who may do what: the one place that decides."""

from handlers.routes import Access
from services.people import consent
from services.people.model import Person, Role


def allowed(access: Access, person: Person | None) -> bool:
    """Whether the rule admits the person."""
    if access is Access.ANYONE:
        return True
    if person is None or not consent.in_force(person):
        return False
    if access is Access.CONSENTED:
        return True
    if person.profile is None:
        return False
    if access is Access.REGISTERED:
        return True
    return person.has(Role.CURATOR) or person.has(Role.METHODIST)
