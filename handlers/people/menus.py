"""Whoever's roles have changed gets the messenger's menu anew."""

from handlers.ui.screen import Owed
from handlers.visit import Visit
from services.delivery.model import Kind


async def renewed_menus(visit: Visit, person_id: int) -> tuple[Owed, ...]:
    """The commands of the person's new roles, for each of their accounts."""
    return tuple(
        Owed(Kind.COMMAND_MENU, f"commands:{visit.cause}:{account_id}", {"person_id": person_id}, account_id)
        for account_id in await visit.work.directory.account_ids(person_id)
    )
