"""Thresholds of alerts, as data: thresholds.yaml says what each field means."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

_FILE = Path(__file__).parent / "thresholds.yaml"


class Watched(StrEnum):
    """What a threshold looks at."""

    SHARE = "share"
    LEVEL = "level"
    CAMPAIGN = "campaign"
    EVENTS = "events"


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Threshold:
    """One of thresholds.yaml; `limit`, `clear`, `term` and `expected` are per cents."""

    code: str
    kind: Watched
    title: str
    words: str
    advice: str
    button: str
    above: bool
    least: int
    of: str = ""
    to: str = ""
    limit: int = 0
    clear: int = 0
    term: int = 0
    expected: int = 0
    days: int = 0

    def crossed(self, value: float, of: float | None) -> bool:
        """Whether it is reached from below; `of` None: `value` is a count, or the part of what is expected."""
        return value >= self.least and (of is None or (of > 0 and 100 * value >= self.limit * of))

    def over(self, value: float, of: float | None) -> bool:
        """Whether an alert that is open is over."""
        return value < self.least if of is None else not value or 100 * value < self.clear * of


@cache
def thresholds() -> Mapping[str, Threshold]:
    """All of them by their codes, in the order of the file. Raises ValidationError for a file that is none."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found = TypeAdapter(tuple[Threshold, ...]).validate_python(content["thresholds"])
    return {one.code: one for one in found}
