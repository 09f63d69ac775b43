"""Templates of programs: the data file beside this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from services.diagnostics.fields import COUNT, ID, Field, Reading, codes_of, one_of
from services.mentoring.programs.program import GOAL_LIMIT, LINES_LIMIT, LINES_TEXT_LIMIT, Direction
from services.people.early_career import is_early, years_now
from services.people.model import Profile

OURS = Path(__file__).parent / "templates.yaml"
TITLE_LIMIT = 60
LEAST_SHARE = 15
"""Percent of a stage: even in a short program it is longer than the longest holidays."""


class Audience(StrEnum):
    """Whose programs begin with a template by themselves; `CHOSEN`: nobody's, the mentor takes it."""

    FIRST_YEAR = "first_year"
    EARLY = "early"
    OTHERS = "others"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Template:
    """What a program begins with. `shares` of the three stages are percents, 100 together."""

    code: str
    title: str
    audience: Audience
    goal: str
    tasks: tuple[str, ...]
    directions: tuple[Direction, ...]
    results: tuple[str, ...]
    months: int
    shares: tuple[int, int, int]


class TemplatesError(ValueError):
    """The file cannot be used; `problems` has a line for each mistake: place, fault, how to mend it."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{path}:\n" + "\n".join(f"  {problem}" for problem in problems))


def _text(limit: int) -> Field:
    return Field(
        f"a text of 1 to {limit} characters, in quotes",
        lambda value: isinstance(value, str) and 0 < len(value.strip()) <= limit,
    )


def _are_lines(value: object) -> bool:
    if not isinstance(value, list) or not 0 < len(value) <= LINES_LIMIT:
        return False
    filled = all(isinstance(line, str) and line.strip() for line in value)
    return filled and len("\n".join(value)) <= LINES_TEXT_LIMIT


_LINES = Field(
    f"a list of 1 to {LINES_LIMIT} texts in quotes, {LINES_TEXT_LIMIT} characters together at most", _are_lines
)
_TEMPLATE = {
    "code": ID,
    "title": _text(TITLE_LIMIT),
    "for": one_of(*Audience),
    "goal": _text(GOAL_LIMIT),
    "tasks": _LINES,
    "directions": Field(
        f"a list of some of {', '.join(Direction)}",
        lambda value: isinstance(value, list) and bool(value) and set(value) <= set(Direction),
    ),
    "results": _LINES,
    "months": COUNT,
    "stages": Field(
        f"three whole numbers from {LEAST_SHARE}, 100 together",
        lambda value: (
            isinstance(value, list)
            and len(value) == 3
            and all(type(share) is int and share >= LEAST_SHARE for share in value)
            and sum(value) == 100
        ),
    ),
}


@cache
def shipped() -> tuple[Template, ...]:
    """The templates of our file. Raises TemplatesError."""
    return load_templates(OURS)


def load_templates(path: Path) -> tuple[Template, ...]:
    """The templates of a YAML file (UTF-8), a list. Raises TemplatesError."""
    try:
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TemplatesError(path, [f"it cannot be read ({type(error).__name__}); it must be YAML"]) from None
    reading = Reading()
    if not isinstance(file, list) or not file:
        raise TemplatesError(path, ["it must be a list of templates"])
    records = reading.records("template", file, _TEMPLATE)
    reading.distinct_codes("template", records)
    if Audience.OTHERS not in {record.get("for") for record in records}:
        reading.wrong("file", f"no template is for {Audience.OTHERS}; add one: whom nothing else fits takes it")
    if reading.problems or len(codes_of(records)) < len(records):
        raise TemplatesError(path, reading.problems)
    return tuple(
        Template(
            record["code"],
            record["title"],
            Audience(record["for"]),
            " ".join(record["goal"].split()),
            tuple(record["tasks"]),
            tuple(Direction(code) for code in record["directions"]),
            tuple(record["results"]),
            record["months"],
            tuple(record["stages"]),
        )
        for record in records
    )


def fitting(templates: Sequence[Template], profile: Profile | None, today: date) -> Template:
    """The template for a mentee with this profile; None: nothing is known of them."""
    wanted = _audience(profile, today)
    # Where a file has none for the first year, that of other young teachers is nearer than the general one.
    order = (
        [wanted, Audience.EARLY, Audience.OTHERS] if wanted is Audience.FIRST_YEAR else [wanted, Audience.OTHERS]
    )
    return next(each for audience in order for each in templates if each.audience is audience)


def template_of(code: str) -> Template | None:
    """The template with this code; None when it is not in the file any more."""
    return next((each for each in shipped() if each.code == code), None)


def _audience(profile: Profile | None, today: date) -> Audience:
    if profile is None or not is_early(profile, today):
        return Audience.OTHERS
    years = years_now(profile, today)
    return Audience.FIRST_YEAR if years is not None and years < 1 else Audience.EARLY
