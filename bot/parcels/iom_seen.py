"""Whether a route is still for the eyes of whoever is to be told of it."""

from bot.parcels.made import NotDueError
from handlers.visit import Desk
from services.iom import rights
from services.iom.model import Route
from services.people.model import Organisation, Person
from storage.unit_of_work import StoredWork


async def seen_route(desk: Desk, work: StoredWork, person: Person, route_id: int) -> tuple[Route, Organisation]:
    """A route with its school. Raises NotDueError when it is not for the person's eyes any more."""
    route = await work.iom.get(route_id)
    school = await work.organisations.get(route.school_id) if route is not None else None
    if route is None or school is None or not rights.may_see(person, route, school):
        raise NotDueError("no such route for the person")
    if route.person_id != person.id and not await work.people.agrees(route.person_id, desk.consent.version):
        raise NotDueError("the teacher's consent is not in force")
    return route, school
