"""What one round gave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """`answers` taken in `seconds`; `cpu` seconds of the bot's process, all of its threads."""

    answers: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the processor an answer."""
        return self.cpu / self.answers * 1000
