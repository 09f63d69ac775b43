"""A run of matching is begun: it is computed by the outbox, and comes as the next message."""

from handlers.ui.screen import Owed
from handlers.visit import Visit
from services.delivery.model import Kind
from services.mentoring.sides import Aim
from services.people.model import Organisation

AIMS = (Aim.TOTAL, Aim.EVERYONE)
"""Aims by their numbers in buttons and payloads."""


async def begun(visit: Visit, place: Organisation, aim: Aim, *, left_out: bool) -> Owed:
    """The run to be made on what is decided now. With `left_out` those who were left out stay out.

    Two taps in a row ask for one run.
    """
    base = await visit.work.matching.newest_of(place.id)
    number = AIMS.index(aim)
    standing = f"{base.id}:{base.turn}" if base is not None else "0"
    return Owed(
        Kind.MATCHING,
        f"matching:{visit.member.id}:{place.id}:{standing}:{number}:{int(left_out)}:{visit.minute}",
        {"organisation_id": place.id, "aim": number, "left_out": int(left_out)},
    )
