"""Which decisions about steps are news, and which of them are told in one message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from services.iom.model import Event, Happening

_DECISIONS = (Happening.STEP_CONFIRMED, Happening.STEP_RETURNED)


@dataclass(frozen=True, slots=True)
class StepDecision:
    """A step was confirmed, or returned with `comment`, at the moment `at`."""

    step_id: int
    at: datetime
    confirmed: bool
    comment: str


def standing_decisions(history: Iterable[Event]) -> list[StepDecision]:
    """Decisions after which nothing has happened to their steps, the oldest first; so is `history`."""
    last: dict[int, Event] = {}
    for event in history:
        if event.step_id is not None:
            # Put in anew, so that the order is that of the last events.
            last.pop(event.step_id, None)
            last[event.step_id] = event
    return [
        StepDecision(step_id, event.at, event.what is Happening.STEP_CONFIRMED, event.words)
        for step_id, event in last.items()
        if event.what in _DECISIONS
    ]


def told_together(
    decisions: Sequence[StepDecision], at: datetime, quiet: Quiet, zone: ZoneInfo
) -> list[StepDecision]:
    """Those that quiet hours hold until the same moment as one made at `at`, in the reader's zone."""
    moment = quiet.next_allowed(at.astimezone(zone))
    return [one for one in decisions if quiet.next_allowed(one.at.astimezone(zone)) == moment]
