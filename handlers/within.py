"""What a tap is about, as the place in which its access rule must hold."""

from typing import Protocol

from handlers.visit import Visit
from services.people.model import Organisation


class OfOrganisation(Protocol):
    """A tap that names an organisation."""

    organisation: int


async def of_organisation(visit: Visit, tap: OfOrganisation) -> Organisation | None:
    """The organisation that the tap names, None when there is no such one."""
    return await visit.work.organisations.get(tap.organisation)
