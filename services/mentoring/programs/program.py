"""A pair's program and its stages, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum


class Direction(StrEnum):
    """Directions of a program (the domain's list)."""

    ADAPTATION = "adaptation"
    SUPPORT = "support"
    SELF_EDUCATION = "self_education"
    COMMUNICATION = "communication"


class StageNumber(IntEnum):
    """Stages of a program (the domain's list), one after another."""

    ADAPTATION = 1
    MAIN = 2
    CONTROL = 3


GOAL_LIMIT = 400
"""Characters of a goal."""
LINES_LIMIT = 10
LINES_TEXT_LIMIT = 700
"""Lines of tasks or of results, and their characters together."""
SUMMARY_LIMIT = 200
"""Characters of what is said at the end of a stage."""


@dataclass(frozen=True, slots=True)
class Program:
    """The program of one pair. `turn` grows with every accepted change of it or of its stages.

    `template` is the code of the one that it was made from. It ends with its last stage. `route_id` is the
    mentee's route (ИОМ) that it goes along with.
    """

    pair_id: int
    template: str
    starts_on: date
    ends_on: date
    goal: str
    tasks: tuple[str, ...]
    directions: tuple[Direction, ...]
    results: tuple[str, ...]
    route_id: int | None = None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. It is over when its mentor says so (`done_on`), not when its last day `ends_on` has passed.

    `summary` is what the mentor said then. `remind_on`: the next day with a reminder of its end; None: no more.
    """

    pair_id: int
    number: StageNumber
    ends_on: date
    done_on: date | None = None
    summary: str = ""
    remind_on: date | None = None

    def waits(self, today: date) -> bool:
        """Whether its last day has come and the mentor has not said that it is over."""
        return self.done_on is None and self.ends_on <= today

    def overdue(self, today: date) -> bool:
        """Whether its last day has passed, and the mentor has not said that it is over."""
        return self.done_on is None and self.ends_on < today


def present(stages: Sequence[Stage]) -> Stage | None:
    """The stage that the pair is at: the first that is not over; None when all of them are."""
    return next((stage for stage in stages if stage.done_on is None), None)


def starts_on(program: Program, stages: Sequence[Stage], number: StageNumber) -> date:
    """The first day of a stage: the one after the stage before it has ended, by the plan or sooner."""
    before = [min(stage.ends_on, stage.done_on or stage.ends_on) for stage in stages if stage.number < number]
    return before[-1] + timedelta(days=1) if before else program.starts_on
