"""Who may do what: the one place that decides. The rules about roles are in `services.people.rights`."""

from collections.abc import Callable

from handlers.routes import Access
from services.people import rights
from services.people.consent import Consent
from services.people.model import Organisation, Person, Role

_SCOPED: dict[Access, tuple[frozenset[Role], Callable[[Person, Organisation], bool]]] = {
    Access.OVERSEER: (frozenset({Role.CURATOR, Role.METHODIST}), rights.oversees),
    Access.METHODIST: (frozenset({Role.METHODIST}), rights.directs),
    Access.MANAGER: (frozenset(rights.MANAGERS), rights.manages),
    Access.ADMIN: (frozenset({Role.ADMIN}), rights.manages),
}
"""For each scoped rule: the roles that it admits at all, and whether it holds in an organisation."""


def allowed(access: Access, person: Person | None, consent: Consent) -> bool:
    """Whether the rule admits the person anywhere."""
    if access is Access.ANYONE:
        return True
    if person is None or not consent.given_by(person):
        return False
    if access is Access.CONSENTED:
        return True
    if person.profile is None:
        return False
    if access is Access.REGISTERED:
        return True
    roles, _ = _SCOPED[access]
    return any(grant.role in roles for grant in person.grants)


def allowed_in(access: Access, person: Person | None, consent: Consent, place: Organisation) -> bool:
    """Whether the rule admits the person in this organisation."""
    if not allowed(access, person, consent):
        return False
    if person is None or access not in _SCOPED:
        return True
    roles, holds = _SCOPED[access]
    scoped = Person(
        person.id,
        person.account_id,
        person.consent_version,
        person.profile,
        tuple(grant for grant in person.grants if grant.role in roles),
    )
    return holds(scoped, place)
