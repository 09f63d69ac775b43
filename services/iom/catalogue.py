"""The catalogue of measures: those of the data file, and a municipality's own in their place and beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from services.diagnostics.fields import CODE, COUNT, Field, Reading, codes_of, one_of
from services.iom.catalogue_ports import MeasureFields, OwnMeasure
from services.iom.model import TITLE_LIMIT, WORDS_LIMIT, Form
from services.iom.wording import DOMAIN_TITLES, GROWTH_DOMAIN

OURS = Path(__file__).parent / "catalogue.yaml"
GROWTH_KEY = "growth"
"""What growth is called in the file, where an empty key would be odd."""
DAYS_LIMIT = 365
CODE_LIMIT = 32
"""A code goes into a button together with a route's number."""
_OWN = "own"


class CatalogueError(ValueError):
    """The file cannot be used; `problems` has a line for each mistake: place, fault, how to mend it."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{path}:\n" + "\n".join(f"  {problem}" for problem in problems))


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure to choose. `code` names it among all of a municipality; `days` is its usual length.

    `domain` is the code of a scale of `deficits`, empty for growth.
    """

    code: str
    domain: str
    title: str
    form: Form
    days: int
    result: str = ""

    @property
    def fields(self) -> MeasureFields:
        """What it says."""
        return MeasureFields(self.domain, self.title, self.form, self.days, self.result)


def _text(limit: int) -> Field:
    return Field(
        f"a text of 1 to {limit} characters, in quotes",
        lambda value: isinstance(value, str) and 0 < len(value.strip()) <= limit,
    )


_MEASURE = {
    "code": Field(
        f"{CODE.expected}, at most {CODE_LIMIT}",
        lambda value: CODE.accepts(value) and len(str(value)) <= CODE_LIMIT and not str(value).startswith(_OWN),
    ),
    "title": _text(TITLE_LIMIT),
    "form": one_of(*Form),
    "days": Field(
        f"a whole number from 1 to {DAYS_LIMIT}",
        lambda value: COUNT.accepts(value) and isinstance(value, int) and value <= DAYS_LIMIT,
    ),
    "result": _text(WORDS_LIMIT),
}


@cache
def shipped() -> tuple[Measure, ...]:
    """The measures of our file. Raises CatalogueError."""
    return load_catalogue(OURS)


def load_catalogue(path: Path) -> tuple[Measure, ...]:
    """The measures of a YAML file (UTF-8): a list for each domain and for growth. Raises CatalogueError."""
    try:
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(path, [f"it cannot be read ({type(error).__name__}); it must be YAML"]) from None
    domains = [domain or GROWTH_KEY for domain in DOMAIN_TITLES]
    reading = Reading()
    filled = Field("a list of measures", lambda value: isinstance(value, list) and bool(value))
    lists = reading.record("file", file, dict.fromkeys(domains, filled))
    records = [
        (domain, record)
        for domain, values in lists.items()
        for record in reading.records("measure", values, _MEASURE)
    ]
    reading.distinct_codes("measure", [record for _, record in records])
    if reading.problems or len(codes_of([record for _, record in records])) < len(records):
        raise CatalogueError(path, reading.problems)
    return tuple(
        Measure(
            record["code"],
            GROWTH_DOMAIN if domain == GROWTH_KEY else domain,
            record["title"],
            Form(record["form"]),
            record["days"],
            record["result"],
        )
        for domain, record in records
    )


def measures(shipped: Iterable[Measure], own: Iterable[OwnMeasure], domain: str) -> list[Measure]:
    """What a teacher of the municipality is offered for a domain: the shipped ones as the municipality has edited
    them, without those it has hidden, then its own."""
    kept = list(own)
    instead = {each.code: each for each in kept if each.code is not None}
    merged = [as_measure(instead[each.code]) if each.code in instead else each for each in shipped]
    hidden = {as_measure(each).code for each in kept if each.hidden}
    known = {each.code for each in merged}
    added = [each for each in map(as_measure, kept) if each.code not in known]
    return [each for each in (*merged, *added) if each.domain == domain and each.code not in hidden]


def as_measure(own: OwnMeasure) -> Measure:
    """A municipality's own as one of the catalogue."""
    return Measure(own.code or f"{_OWN}{own.id}", own.domain, own.title, own.form, own.days, own.result)
