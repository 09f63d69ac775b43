"""The shape of an instrument's file: what each field must hold, and a reading that collects what is wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.diagnostics.instrument import UNANSWERED

SHORT_TITLE_LIMIT = 24
"""Characters that fit beside a bar of a chart on a phone."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """What a field must hold, in words and as a check."""

    expected: str
    accepts: Callable[[object], bool]


def _whole(low: int) -> Callable[[object], bool]:
    # YAML's `yes` is a bool, and a bool is an int in Python.
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= low


def _like(pattern: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _filled_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)


TEXT = Field("a text that is not empty, in quotes", lambda value: isinstance(value, str) and bool(value.strip()))
CODE = Field("lower-case Latin letters, digits and _", _like(r"[a-z][a-z0-9_]*"))
LETTER = Field(
    f"one visible ASCII character in quotes, not {UNANSWERED!r}",
    lambda value: _like(r"[!-~]")(value) and value != UNANSWERED,
)
SHORT = Field(
    f"a text of 1 to {SHORT_TITLE_LIMIT} characters",
    lambda value: isinstance(value, str) and 0 < len(value.strip()) <= SHORT_TITLE_LIMIT,
)
COUNT = Field("a whole number from 1", _whole(1))
POINTS = Field("a whole number from 0", _whole(0))
LIST = Field("a list with at least one entry", _filled_list)
CODES = Field(
    "a list of codes",
    lambda value: isinstance(value, list) and bool(value) and all(isinstance(code, str) for code in value),
)
MAPPING = Field("a mapping", lambda value: isinstance(value, dict))

Fields = Mapping[str, Field]


class Reading:
    """One file being read; `problems` has a line for each mistake: place, fault, how to mend it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")

    def record(self, where: str, value: object, fields: Fields, optional: Fields | None = None) -> Record:
        """The good fields of a mapping, texts stripped; each bad, missing or unknown field is a problem."""
        if not isinstance(value, dict):
            self.wrong(where, f"must be a mapping with the fields {', '.join(fields)}")
            return {}
        allowed = {**fields, **(optional or {})}
        for key in value:
            if key not in allowed:
                self.wrong(where, f"unknown field {key!r}; remove it or use one of {', '.join(allowed)}")
        good: Record = {}
        for name, field in allowed.items():
            if name not in value:
                if name in fields:
                    self.wrong(where, f"no field {name!r}; add it: {field.expected}")
            elif not field.accepts(value[name]):
                self.wrong(where, f"{name} is {_shown(value[name])}; it must be {field.expected}")
            else:
                good[name] = value[name].strip() if isinstance(value[name], str) else value[name]
        return good

    def records(self, kind: str, values: object, fields: Fields, optional: Fields | None = None) -> list[Record]:
        """The records of a list; a problem names one by its code, or by its place from 1 when it has none."""
        if not isinstance(values, list):
            return []
        return [
            self.record(_place(kind, value, position, "code" in fields), value, fields, optional)
            for position, value in enumerate(values, start=1)
        ]

    def distinct_codes(self, kind: str, records: Iterable[Record]) -> None:
        for code, times in Counter(record["code"] for record in records if "code" in record).items():
            if times > 1:
                self.wrong(f"{kind} {code}", f"the code is used {times} times; give each {kind} its own")


def _place(kind: str, value: object, position: int, coded: bool) -> str:
    code = value.get("code") if isinstance(value, dict) and coded else None
    return f"{kind} {code if isinstance(code, str) and code else position}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."
