"""The figures of a report about a group of people, as values. No names, no single person's result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many people are at each level of one factor or scale; `counts` follow its bands."""

    code: str
    title: str
    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        """How many have a level at all: fewer than the group when some items may be left out."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many people have one symptom expressed, or one deficit, of the `people` who have a level at all."""

    code: str
    title: str
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class Choice:
    """How many of the `people` who answered a question chose each of its options, by the options' titles."""

    question: str
    people: int
    options: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupResults:
    """Aggregate of one group: `people` are those counted, one finished test each.

    `factors` are the scales where the instrument has no factors; `symptoms` are empty where it names none.
    `with_deficits` people have at least one deficit, None where the instrument finds none or too few are known.
    """

    people: int
    level_titles: tuple[str, ...]
    factors: tuple[Distribution, ...]
    symptoms: tuple[Frequency, ...]
    choices: tuple[Choice, ...] = ()
    with_deficits: Frequency | None = None
