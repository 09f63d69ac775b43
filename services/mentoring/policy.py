"""What an operator decides about mentoring."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MentoringPolicy:
    """Terms in days; `chief_may_mentor`: whether a curator of the mentee's school may be their mentor.

    `weights` is the operator's own file of weights for matching; None: ours.
    """

    answer_days: int = 3
    """Both answer to a proposed pair within that."""
    silent_days: int = 14
    """Without a meeting for so long a pair is silent, and its mentor is asked."""
    tell_curator_days: int = 7
    """So long after that the curators hear of it."""
    edit_days: int = 7
    """A meeting can be changed and deleted by its mentor for so long after it was logged."""
    chief_may_mentor: bool = True
    weights: Path | None = None
