"""What a diagnostic instrument is: items, key, scales, factors, bands and the words about each level.

An instrument is data, loaded from a YAML file by `services.diagnostics.loading`, and never changed
afterwards: a corrected key or another published variant is another version.
"""

from dataclasses import dataclass
from functools import cached_property

EXPRESSED = frozenset({"formed", "dominant"})
"""Codes of the bands of a scale at which a symptom counts as expressed."""

UNANSWERED = "."
"""The character that stands for an item without an answer in packed answers."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person may choose; `code` is the single character that packed answers keep."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement. Choosing the option `keyed` adds `weight` points to the scale `scale`."""

    number: int
    text: str
    scale: str
    keyed: str
    weight: int


@dataclass(frozen=True, slots=True)
class Band:
    """A level: points from `low` to `high`, both included; `high` is None for the last, open one."""

    code: str
    title: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class LevelText:
    """What a level may mean for the person, and what may help. Plain text, no markup."""

    meaning: str
    advice: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A symptom: the sum of its items' points, `maximum` at the most. `levels` is keyed by band code."""

    code: str
    title: str
    short_title: str
    maximum: int
    levels: dict[str, LevelText]


@dataclass(frozen=True, slots=True)
class Factor:
    """A group of scales (a phase): the sum of their points."""

    code: str
    title: str
    scales: tuple[str, ...]
    levels: dict[str, LevelText]


@dataclass(frozen=True)
class Instrument:
    """A whole instrument of one version; `scales` stand in the order of their factors."""

    id: str
    version: str
    title: str
    short_title: str
    source: str
    wording: str
    instruction: str
    disclaimer: str
    minutes: int
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    factors: tuple[Factor, ...]
    scale_bands: tuple[Band, ...]
    factor_bands: tuple[Band, ...]

    @cached_property
    def blank(self) -> str:
        """Packed answers of a test nobody has begun."""
        return UNANSWERED * len(self.items)

    @cached_property
    def scale_index(self) -> dict[str, int]:
        """Position of each scale in `scales` by its code."""
        return {scale.code: index for index, scale in enumerate(self.scales)}

    @cached_property
    def option_codes(self) -> str:
        """The codes of all options as one string."""
        return "".join(option.code for option in self.options)

    def factor_maximum(self, factor: Factor) -> int:
        """The highest sum that the scales of `factor` can give."""
        return sum(self.scales[self.scale_index[code]].maximum for code in factor.scales)
