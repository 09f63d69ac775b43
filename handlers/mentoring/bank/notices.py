"""What others are told of an info card."""

from handlers.ui.screen import Owed
from handlers.visit import Visit
from services.delivery.model import Kind
from services.mentoring import recipients
from services.mentoring.bank.card import Card


async def to_decide(visit: Visit, card: Card) -> tuple[Owed, ...]:
    """Those who decide about an offered card hear of it."""
    payload = {"person_id": card.person_id, "turn": card.turn}
    return tuple(
        Owed(Kind.BANK_TO_DECIDE, f"bank-decide:{card.person_id}:{card.turn}:{account}", payload, account)
        for account in await recipients.deciders(visit.work, card.school_id, but=card.person_id)
    )


async def to_owner(visit: Visit, card: Card) -> tuple[Owed, ...]:
    """The card's owner hears what somebody else has made of it."""
    payload = {"person_id": card.person_id, "turn": card.turn}
    return tuple(
        Owed(Kind.BANK_NEWS, f"bank-news:{card.person_id}:{card.turn}:{account}", payload, account)
        for account in await visit.work.directory.account_ids(card.person_id)
    )
