"""What is planned, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A plan: a `number`, or a `share` of the denominator in tenths of a per cent. Exactly one is set."""

    number: int | None = None
    share: int | None = None

    def __post_init__(self) -> None:
        if (self.number is None) == (self.share is None):
            raise ValueError("a plan is a number or a share")
