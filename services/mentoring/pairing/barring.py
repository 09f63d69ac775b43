"""Whether a pair that nothing was against when it was found can still be proposed."""

from services.mentoring.bank.card import Card
from services.mentoring.sides import Bar


def still_possible(card: Card, school_id: int, bar: Bar | None, *, by_hand: bool) -> bool:
    """Whether the card's owner may be proposed to a mentee of the school, with what is between the two.

    `by_hand`: a curator has chosen just this mentor, who may be of any school, even one who has refused before.
    """
    if by_hand:
        return bar in (None, Bar.REFUSED)
    return bar is None and (card.school_id == school_id or card.reaches_out)
