"""Who may see a route, and who may decide about it."""

from collections.abc import Callable

from services.iom.model import Route
from services.people import rights
from services.people.model import Organisation, Person, Role

DECIDERS = (Role.MENTOR, Role.CURATOR, Role.METHODIST)
"""The roles with which one may have others' routes to decide about."""

Rule = Callable[[Person, Route, Organisation], bool]
"""Whether something about a route of a school is for the person."""


def is_own(person: Person, route: Route, school: Organisation) -> bool:
    """Whether it is the person's own route."""
    return route.person_id == person.id


def may_see(person: Person, route: Route, school: Organisation) -> bool:
    """Whether the route is the person's own or they look after it. Drafts are their teacher's alone."""
    if route.person_id == person.id:
        return True
    return route.submitted_at is not None and _looks_after(person, route, school)


def may_decide(person: Person, route: Route, school: Organisation) -> bool:
    """Whether the person agrees to the route and confirms its steps: never to one's own."""
    return route.person_id != person.id and route.submitted_at is not None and _looks_after(person, route, school)


def _looks_after(person: Person, route: Route, school: Organisation) -> bool:
    """Its mentor, for as long as they are one in that school, the curators of it, the methodists above it."""
    is_mentor = route.mentor_id == person.id and person.holds(Role.MENTOR, school.id)
    return is_mentor or rights.oversees(person, school)
