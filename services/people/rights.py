"""Who may do what about whom: the rules about roles and their scopes, in one place.

A report is for those who oversee an organisation, its people and links for those who manage it.
"""

from services.people.model import ROLE_SCOPE, Grant, Organisation, Person, Role

MANAGERS = (Role.ADMIN, Role.METHODIST, Role.CURATOR)

MAY_GIVE = {
    Role.ADMIN: frozenset({Role.ADMIN, Role.METHODIST, Role.CURATOR}),
    Role.METHODIST: frozenset({Role.CURATOR, Role.MENTOR, Role.TEACHER}),
    Role.CURATOR: frozenset({Role.MENTOR, Role.TEACHER}),
}
"""The roles that each role may give to others within its scope."""


def covers(grant: Grant, organisation: Organisation) -> bool:
    """Whether a role's scope holds the organisation: an administrator's holds all of them."""
    if grant.role is Role.ADMIN:
        return True
    return grant.organisation.id in (organisation.id, organisation.parent_id)


def oversees(person: Person, organisation: Organisation) -> bool:
    """Whether the person gets reports about it: a curator about the school, a methodist about all within."""
    return _covered(person, organisation, Role.CURATOR, Role.METHODIST)


def directs(person: Person, organisation: Organisation) -> bool:
    """Whether it is within the person's scope as a methodist."""
    return _covered(person, organisation, Role.METHODIST)


def manages(person: Person, organisation: Organisation) -> bool:
    """Whether the person keeps its people, schools and links."""
    return _covered(person, organisation, *MANAGERS)


def may_give(person: Person, role: Role, organisation: Organisation) -> bool:
    """Whether the person may give the role in the organisation, or take it away."""
    return organisation.kind is ROLE_SCOPE[role] and any(
        role in MAY_GIVE.get(grant.role, ()) and covers(grant, organisation) for grant in person.grants
    )


def _covered(person: Person, organisation: Organisation, *roles: Role) -> bool:
    return any(grant.role in roles and covers(grant, organisation) for grant in person.grants)
