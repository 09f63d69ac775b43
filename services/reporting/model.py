"""The figures of a report about a group of people, as values. No names, no single person's result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many people are at each level of one factor; `counts` follow the instrument's factor bands."""

    code: str
    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many people have one symptom in a band named formed or dominant."""

    code: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupResults:
    """Aggregate of one group: `people` are those counted, one latest finished test each."""

    people: int
    level_titles: tuple[str, ...]
    factors: tuple[Distribution, ...]
    symptoms: tuple[Frequency, ...]
