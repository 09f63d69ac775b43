"""Pairs by where they stand, and what each needs from whoever looks after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.mentoring.life.ports import PairLine
from services.mentoring.pair import OPEN_PAIR, EndReason, PairState


class Group(StrEnum):
    """Lists of pairs that an overseer looks at; `OPEN` are all that have not ended."""

    OPEN = ""
    OFFERED = "offered"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    OVER = "over"


STATES = {
    Group.OPEN: OPEN_PAIR,
    Group.OFFERED: (PairState.PROPOSED,),
    Group.AGREED: (PairState.APPROVED,),
    Group.ACTIVE: (PairState.ACTIVE,),
    Group.PAUSED: (PairState.PAUSED,),
    Group.OVER: (PairState.COMPLETED, PairState.CLOSED_EARLY),
}
"""A pair that has not come about is in none."""


class Need(StrEnum):
    """What a pair needs from whoever looks after it, the most pressing first."""

    END_ASKED = "end_asked"
    ORDER = "order"
    SILENT = "silent"
    ANSWERS = "answers"
    NOTHING = "nothing"


def of_group(lines: list[PairLine], group: Group) -> list[PairLine]:
    """The pairs of the group, in the order they came."""
    return [line for line in lines if line.state in STATES[group]]


def need_of(line: PairLine, today: date, silent_days: int, zone: ZoneInfo) -> Need:
    """What the pair needs today; silent is one without a meeting for so many days, of which it did not rest.

    The same rule as in `storage.pair_attention.quiet_for`; `zone` is the one that `today` is told in.
    """
    if line.end_asked:
        return Need.END_ASKED
    if line.state is PairState.APPROVED:
        return Need.ORDER
    resumed_on = line.resumed_at.astimezone(zone).date() if line.resumed_at is not None else None
    since = max(filter(None, (line.last_met_on, line.started_on, resumed_on)), default=today)
    if line.state is PairState.ACTIVE and (today - since).days >= silent_days:
        return Need.SILENT
    return Need.ANSWERS if line.state is PairState.PROPOSED else Need.NOTHING


def seen_by(lines: Sequence[PairLine], person_id: int) -> list[PairLine]:
    """The lines for whoever looks after the pairs: none in which they are the mentee.

    Nor does a mentor who looks after their own pair see that the mentee has asked to end it.
    """
    return [
        _as_led(line) if line.mentor_id == person_id else line for line in lines if line.mentee_id != person_id
    ]


def _as_led(line: PairLine) -> PairLine:
    hidden = line.end_reason is EndReason.MENTEE_ASKED
    return replace(line, end_asked=False, end_reason=None if hidden else line.end_reason)


def by_need(lines: list[PairLine], today: date, silent_days: int, zone: ZoneInfo) -> list[PairLine]:
    """The most pressing first, else in the order they came."""
    order = list(Need)
    return sorted(lines, key=lambda line: order.index(need_of(line, today, silent_days, zone)))
