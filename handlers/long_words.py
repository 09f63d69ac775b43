"""Words longer than a message: a messenger cuts them in two, and neither part is an answer."""

from handlers.visit import Visit
from services.people.model import Value

CUT_FROM = 3_500
"""Letters of a message that may be a part: a messenger cuts what is longer than 4,096, near a space."""
CUT_AT = "cut_at"
REST_FOLLOWS = 5
"""Seconds in which what comes after such a message is its rest, and no answer."""
TOO_LONG = "Слишком длинно: одним сообщением столько не поместится. Сократите, пожалуйста, и пришлите ещё раз."


def is_part(visit: Visit, text: str) -> bool:
    """Whether the words are a part of something that was too long for one message."""
    cut_at = visit.conversation.data.get(CUT_AT) if visit.conversation else None
    is_rest = cut_at is not None and visit.now.timestamp() - int(cut_at) <= REST_FOLLOWS
    return len(text) >= CUT_FROM or is_rest


async def stand_again(visit: Visit, text: str, step: str, data: dict[str, Value]) -> None:
    """Ask once more at the step; after a first part, its rest is expected."""
    more: dict[str, Value] = {CUT_AT: int(visit.now.timestamp())} if len(text) >= CUT_FROM else {}
    await visit.stand(step, data | more)
