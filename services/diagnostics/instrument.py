"""What a diagnostic instrument is: items, key, scales, factors, bands and the words about each level.

An instrument is data, loaded from a YAML file by `services.diagnostics.loading`, and never changed
afterwards: a corrected key or another published variant is another version.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

EXPRESSED = frozenset({"formed", "dominant"})
"""Codes of the bands of a scale at which a symptom counts as expressed."""

UNANSWERED = "."
"""The character that stands for an item without an answer in packed answers."""
ANSWERED = "+"
"""The character of an item whose answer is a value kept beside the packed answers."""
SKIPPED = "-"
"""The character of an optional item that the person passed over."""
HIDDEN = "~"
"""The character of an item that its condition hides."""
MARKS = UNANSWERED + ANSWERED + SKIPPED + HIDDEN
"""What no option may have as its code."""


class Privacy(StrEnum):
    """Whose the answers are: a person's own, a person's as a professional, or an organisation's."""

    PSYCHOLOGICAL = "psychological"
    PROFESSIONAL = "professional"
    OFFICIAL = "official"


class Audience(StrEnum):
    """Who is offered an instrument outside campaigns."""

    TEACHER = "teacher"
    EARLY_CAREER = "early_career"
    MENTOR = "mentor"
    CURATOR = "curator"


class ItemKind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    LIKERT = "likert"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


ONE_OPTION = frozenset({ItemKind.CHOICE, ItemKind.LIKERT})
"""Kinds whose answer is the code of one option."""


class Method(StrEnum):
    """How a scale is made of its items, or a factor of its scales."""

    SUM = "sum"
    MEAN = "mean"


class MissingRule(StrEnum):
    """What a scale does about items that were skipped or hidden."""

    REFUSE = "refuse"
    ZERO = "zero"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Missing:
    """The rule for missing answers; MEAN fills them with the mean of the others if `at_least` are there."""

    rule: MissingRule = MissingRule.REFUSE
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person may choose; `code` is the single character that packed answers keep.

    `value` is what it counts for in items of the kind LIKERT.
    """

    code: str
    title: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """The item is shown when the answer, or one of the answers, to the item `item` is among `codes`."""

    item: int
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountBounds:
    """How many options of an item of the kind SEVERAL may be chosen."""

    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class NumberBounds:
    """From `low` to `high`, both included, with at most `decimals` digits after the comma; `unit` is a word."""

    low: float
    high: float
    decimals: int = 0
    unit: str = ""


Day = date | Literal["today"] | None


@dataclass(frozen=True, slots=True)
class DateBounds:
    """Days both included; "today" is the day on which the person answers, None is no bound."""

    earliest: Day = None
    latest: Day = None


@dataclass(frozen=True, slots=True)
class TextBounds:
    """At most `most` characters."""

    most: int


Bounds = CountBounds | NumberBounds | DateBounds | TextBounds


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question.

    `points` tells what each option adds to `scale`, and is empty for an item that is not scored. A scored CHOICE
    has the option `keyed` that gives `weight`. `options` are those the person sees, the file's or its own.
    """

    number: int
    text: str
    scale: str | None = None
    keyed: str | None = None
    weight: int = 0
    kind: ItemKind = ItemKind.CHOICE
    options: tuple[Option, ...] = ()
    points: dict[str, int] = field(default_factory=dict)
    reversed: bool = False
    optional: bool = False
    hint: str = ""
    show_if: Condition | None = None
    bounds: Bounds | None = None

    @property
    def option_codes(self) -> str:
        """The codes of its options as one string."""
        return "".join(option.code for option in self.options)

    @property
    def may_be_missing(self) -> bool:
        """Whether a finished sheet may have no answer to it."""
        return self.optional or self.show_if is not None


@dataclass(frozen=True, slots=True)
class Band:
    """A level: points from `low` to `high`, both included; `high` is None for the last, open one.

    `deficit` marks a level at which a professional deficit counts as found.
    """

    code: str
    title: str
    low: float
    high: float | None
    deficit: bool = False


@dataclass(frozen=True, slots=True)
class LevelText:
    """What a level may mean for the person, and what may help. Plain text, no markup."""

    meaning: str
    advice: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A symptom: the sum or the mean of its items' points, `maximum` at the most; `levels` by the bands' codes."""

    code: str
    title: str
    short_title: str
    maximum: int
    levels: dict[str, LevelText]
    method: Method = Method.SUM
    missing: Missing = Missing()


@dataclass(frozen=True, slots=True)
class Factor:
    """A group of scales (a phase): the sum or the mean of their points. `short_title` is for buttons."""

    code: str
    title: str
    short_title: str
    scales: tuple[str, ...]
    levels: dict[str, LevelText]
    method: Method = Method.SUM


@dataclass(frozen=True)
class Instrument:
    """A whole instrument of one version; `scales` stand in the order of their factors.

    A form that is not scored has no scales; scales may be without factors. `options` are the shared ones.
    """

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
    privacy: Privacy = Privacy.PSYCHOLOGICAL
    audience: tuple[Audience, ...] = (Audience.TEACHER,)

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
        """The codes of the shared options as one string."""
        return "".join(option.code for option in self.options)

    @cached_property
    def plain(self) -> bool:
        """Whether every item is answered by one of the shared options, and none can be missing."""
        return all(
            item.kind in ONE_OPTION and item.options == self.options and not item.may_be_missing
            for item in self.items
        )

    @cached_property
    def exact(self) -> bool:
        """Whether every score is a whole number that no finished sheet lacks: sums of items that all have."""
        methods = {scale.method for scale in self.scales} | {factor.method for factor in self.factors}
        return methods <= {Method.SUM} and not any(item.points and item.may_be_missing for item in self.items)

    @cached_property
    def chartable(self) -> bool:
        """Whether a result has a chart: factors of scales, all of them exact."""
        return bool(self.factors) and self.exact

    def factor_maximum(self, factor: Factor) -> float:
        """The highest figure that the scales of `factor` can give."""
        maxima = [self.scales[self.scale_index[code]].maximum for code in factor.scales]
        return sum(maxima) if factor.method is Method.SUM else sum(maxima) / len(maxima)


def version_key(version: str) -> list[tuple[int, str]]:
    """What versions are ordered by: "2" is before "10"."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", version) if part]
