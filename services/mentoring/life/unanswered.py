"""Who has asked to end a pair and waits for an answer, by its history."""

from collections.abc import Sequence

from services.mentoring.pair import PairEvent, PairHappening

_ANSWERS = (PairHappening.END_REFUSED, PairHappening.COMPLETED, PairHappening.CLOSED_EARLY)


def unanswered(history: Sequence[PairEvent]) -> list[PairEvent]:
    """The askings to end the pair since the last answer, the oldest first: one of each who has asked."""
    waiting: list[PairEvent] = []
    for event in history:
        if event.what is PairHappening.END_ASKED:
            waiting.append(event)
        elif event.what in _ANSWERS:
            waiting.clear()
    return waiting


def has_asked(history: Sequence[PairEvent], person_id: int) -> bool:
    """Whether the person has asked to end the pair, and waits for an answer."""
    return any(event.actor_id == person_id for event in unanswered(history))
