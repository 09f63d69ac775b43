"""An indicator: what it is called, what it means, what it is computed from."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What the numerator counts, or what a mean is of."""

    TEACHERS = "teachers"
    PEOPLE = "people"
    SCHOOLS = "schools"
    ROUTES = "routes"
    STEPS = "steps"
    PAIRS = "pairs"
    MEETINGS = "meetings"
    POSTS = "posts"
    VACANCIES = "vacancies"
    DOCUMENTS = "documents"
    EVENTS = "events"
    YEARS = "years"
    MINUTES = "minutes"
    MARKS = "marks"


class Form(StrEnum):
    """How the value is made: a count, a share of the denominator, a mean over it."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"


class Better(StrEnum):
    """Which change is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Rule(StrEnum):
    """What the period means: what happened in it, how things were at its end, the taking that belongs to it."""

    DURING = "during"
    AT_END = "at_end"
    TAKING = "taking"


class Level(StrEnum):
    """Places that it is told of."""

    SCHOOL = "school"
    MUNICIPALITY = "municipality"


class Privacy(StrEnum):
    """Who may see whose: names of people (`NAMED`: work), counts only (`COUNTED`), published groups (`GROUP`)."""

    NAMED = "named"
    COUNTED = "counted"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People or things that the denominator does not hold: a fact, less another one, and why in words."""

    fact: str
    less: str
    words: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the registry. `numerator` and `denominator` are codes of facts (services.reporting.facts).

    `short` is its name on a phone, in at most 32 characters. `planned`: a plan can be set for it. `monitoring` is
    a code of the cyclogram. `section` is the part of the note that it stands in.
    """

    code: str
    title: str
    short: str
    definition: str
    form: Form
    unit: Unit
    numerator: str
    numerator_words: str
    denominator: str
    denominator_words: str
    better: Better
    rule: Rule
    levels: frozenset[Level]
    monitoring: str
    section: str
    privacy: Privacy
    planned: bool
    left_out: tuple[LeftOut, ...]
