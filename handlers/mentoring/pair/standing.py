"""Where the visitor stands in a conversation about a pair."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.mentoring.within import OfPair, pair_of
from handlers.visit import Visit
from services.mentoring.pair import Pair
from services.people.model import Organisation, Value

Resolver = Callable[[Visit, OfPair], Awaitable[Organisation | None]]
"""One of `handlers.mentoring.within`."""


@dataclass
class Named:
    """A pair by its id, as resolvers want it."""

    pair: int


async def remembered(visit: Visit, within: Resolver) -> Pair | None:
    """The pair that is written about; None when it is not the visitor's to write about any more."""
    named = Named(int(data_of(visit).get("pair") or 0))
    return await pair_of(visit, named) if await within(visit, named) is not None else None


def turn_of(visit: Visit) -> int:
    """The pair's turn when its question was asked."""
    return int(data_of(visit).get("turn") or 0)


def data_of(visit: Visit) -> dict[str, Value]:
    """What the conversation remembers."""
    return dict(visit.conversation.data) if visit.conversation is not None else {}


def problem_of(text: str, limit: int) -> str | None:
    """What is wrong with the words, in at most so many characters; None when nothing is."""
    if not text:
        return "Напишите, пожалуйста, несколько слов или нажмите кнопку."
    if len(text) > limit:
        return f"Получилось длинно: {len(text)} знаков, а помещается {limit}. Сократите, пожалуйста."
    return None
