"""Whoever's roles have changed gets to know, and the messenger's menu anew."""

from handlers.ui.screen import Owed
from handlers.visit import Visit
from services.delivery.model import Kind


async def renewed_menus(visit: Visit, person_id: int) -> tuple[Owed, ...]:
    """The commands of the new roles, for each of the person's accounts; the news, if somebody else did it."""
    accounts = await visit.work.directory.account_ids(person_id)
    menus = tuple(
        Owed(Kind.COMMAND_MENU, f"commands:{visit.cause}:{account_id}", {"person_id": person_id}, account_id)
        for account_id in accounts
    )
    if person_id == visit.member.id or not accounts:
        return menus
    news = Owed(Kind.ROLES_NEWS, f"roles:{visit.cause}", {"person_id": person_id}, accounts[-1])
    return (*menus, news)
