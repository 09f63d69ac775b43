"""What comes of a matching: proposals with their reasons, and their plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Cause(StrEnum):
    """Why nobody was found.

    Empty bank: no mentors at all. No seats: none of them had a free seat to begin with. Barred: every mentor is
    forbidden by some rule. Taken: the seats of all who fit went to others in this matching.
    """

    EMPTY_BANK = "empty_bank"
    NO_SEATS = "no_seats"
    BARRED = "barred"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a pair: the rule's code, its points of the score, and words that are not escaped yet."""

    code: str
    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another mentor for the mentee, with a free seat after this matching or without one."""

    mentor_id: int
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mentee with a mentor, or with the cause why there is none.

    The points of `reasons`, the strongest first, add up to `score` (0 to 100). `alternatives` are those with the
    best scores first. `cause_words` is a sentence for the curator.
    """

    mentee_id: int
    request_id: int
    mentor_id: int | None
    score: int = 0
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    cause: Cause | None = None
    cause_words: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """A proposal for every mentee, those who wait longest first. `total` is the sum of the scores."""

    total: int
    proposals: tuple[Proposal, ...]

    @property
    def unmatched(self) -> int:
        """How many are left without a mentor."""
        return sum(proposal.mentor_id is None for proposal in self.proposals)


def to_json(proposal: Proposal) -> dict[str, Any]:
    """The proposal as plain JSON."""
    return {
        "mentee_id": proposal.mentee_id,
        "request_id": proposal.request_id,
        "mentor_id": proposal.mentor_id,
        "score": proposal.score,
        "reasons": _reasons_to_json(proposal.reasons),
        "alternatives": [
            {"mentor_id": each.mentor_id, "score": each.score, "reasons": _reasons_to_json(each.reasons)}
            for each in proposal.alternatives
        ],
        "cause": None if proposal.cause is None else proposal.cause.value,
        "cause_words": proposal.cause_words,
    }


def from_json(value: Mapping[str, Any]) -> Proposal:
    """The proposal of `to_json`."""
    return Proposal(
        value["mentee_id"],
        value["request_id"],
        value["mentor_id"],
        value["score"],
        _reasons_from_json(value["reasons"]),
        tuple(
            Alternative(each["mentor_id"], each["score"], _reasons_from_json(each["reasons"]))
            for each in value["alternatives"]
        ),
        None if value["cause"] is None else Cause(value["cause"]),
        value["cause_words"],
    )


def matching_to_json(matching: Matching) -> dict[str, Any]:
    """The whole matching as plain JSON."""
    return {"total": matching.total, "proposals": [to_json(each) for each in matching.proposals]}


def matching_from_json(value: Mapping[str, Any]) -> Matching:
    """The matching of `matching_to_json`."""
    return Matching(value["total"], tuple(from_json(each) for each in value["proposals"]))


def _reasons_to_json(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"code": reason.code, "points": reason.points, "words": reason.words} for reason in reasons]


def _reasons_from_json(values: list[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(each["code"], each["points"], each["words"]) for each in values)
