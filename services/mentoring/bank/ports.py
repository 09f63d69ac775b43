"""What the rules about the bank of mentors ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from typing import Protocol

from services.mentoring.bank.card import BankCard, Card, CardState
from services.people.model import Organisation


class CardStore(Protocol):
    """Info cards of mentors."""

    async def get(self, person_id: int) -> Card | None: ...

    async def add(self, card: Card) -> Card | None:
        """Keep a new card; None when the person has one already."""
        ...

    async def save(self, card: Card) -> Card | None:
        """Write what has changed; None when somebody has changed the card since it was read (`turn`)."""
        ...

    async def drop(self, card: Card) -> bool:
        """Delete a card that has never been in the bank; False when it has changed meanwhile."""
        ...

    async def approved(self, municipality_id: int) -> Sequence[Card]:
        """Cards of mentors who take new mentees if they have a free seat, in the order of their people's ids.

        Without those who have taken back their consent, or the role in the card's school.
        """
        ...

    async def listed(self, place: Organisation, states: Sequence[CardState]) -> Sequence[BankCard]:
        """Cards in these states of a school, or of all schools of a municipality, by name.

        Without those who have taken back their consent, or have no role in the card's school any more; those in
        the bank are mentors there.
        """
        ...

    async def seen(self, person_id: int) -> BankCard | None:
        """The person's card as others see it, in any state; None without a consent in force."""
        ...

    async def move(self, person_id: int, left_id: int, to_id: int) -> None:
        """The person's card is of another school from now on, if it was of the one they have left."""
        ...
