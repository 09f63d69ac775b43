"""Rules of conclusions, as data: rules.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.people.model import Kind
from services.reporting.analysis.factors import Link

_FILE = Path(__file__).parent / "rules.yaml"


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended to whom, in a report about a place of that kind.

    «{heads}», «{curators}» and «{psychologists}» in the addressee are those of the schools concerned.
    """

    addressee: str
    words: str


@dataclass(frozen=True, slots=True)
class Task:
    """A measure: what is to be done, in how many days, who is responsible."""

    words: str
    days: int
    responsible: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked at in one indicator, and what is said and advised about it.

    Bad are values `below` or `above` that, good those from `reached` on (downwards for `above`); without any only
    plans and changes count. `after` is the part of the period that has to pass before a value is judged by itself.
    `least`: smaller denominators are not judged by themselves. `parts` are indicators whose gaps are named.
    `bad` and `good` begin the conclusions, `bad_here` and `good_here` about a single school where the indicator
    counts schools. `absent` is what is asked for where there is no data, None where this is usual.
    """

    indicator: str
    weight: int
    bad: str
    good: str
    below: float | None = None
    above: float | None = None
    reached: float | None = None
    after: float = 0.0
    least: int = 1
    parts: tuple[str, ...] = ()
    absent: str | None = None
    bad_here: str = ""
    good_here: str = ""
    advice: Mapping[Kind, tuple[Advice, ...]] = field(default_factory=dict)
    tasks: Mapping[Kind, Task] = field(default_factory=dict)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by the codes of their indicators, in the order of the file."""
    return {made.indicator: made for made in map(_rule, _read()["rules"])}


@cache
def links() -> Sequence[Link]:
    """Factors that are looked for, with the results that they may go with."""
    pairs = _read()["links"]
    return tuple(Link(factor, result) for result, factors in pairs.items() for factor in factors)


@cache
def features() -> Sequence[str]:
    """Codes of indicators that describe a school when schools are grouped."""
    return tuple(_read()["features"])


@cache
def _read() -> Any:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _rule(fields: Mapping[str, Any]) -> Rule:
    left = dict(fields)
    advice = {
        Kind(kind): tuple(Advice(**each) for each in told)
        for kind, told in (left.pop("advice", None) or {}).items()
    }
    tasks = {Kind(kind): Task(**told) for kind, told in left.pop("task", {}).items()}
    return Rule(**{**left, "parts": tuple(left.get("parts", ()))}, advice=advice, tasks=tasks)
