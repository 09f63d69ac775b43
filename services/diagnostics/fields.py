"""The shape of an instrument's file: what each field must hold, and a reading that collects what is wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.diagnostics.instrument import MARKS

SHORT_TITLE_LIMIT = 24
"""Characters that fit beside a bar of a chart on a phone."""
ID_LIMIT = 24
VERSION_LIMIT = 16
"""The id goes into buttons, both into columns of the database."""

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


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _filled_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _short_text(limit: int) -> Field:
    return Field(
        f"a text of 1 to {limit} characters, in quotes",
        lambda value: isinstance(value, str) and 0 < len(value.strip()) <= limit,
    )


def _tenth(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value >= 0 and round(value, 1) == value


def one_of(*allowed: str) -> Field:
    """One of these words."""
    return Field(f"one of {', '.join(allowed)}", lambda value: value in allowed)


def some_of(*allowed: str) -> Field:
    """A list, perhaps empty, of these words."""
    return Field(
        f"a list of {', '.join(allowed)}",
        lambda value: isinstance(value, list) and all(word in allowed for word in value),
    )


TEXT = Field("a text that is not empty, in quotes", lambda value: isinstance(value, str) and bool(value.strip()))
CODE = Field("lower-case Latin letters, digits and _", _like(r"[a-z][a-z0-9_]*"))
ID = Field(
    f"at most {ID_LIMIT} lower-case Latin letters, digits and _", _like(rf"[a-z][a-z0-9_]{{0,{ID_LIMIT - 1}}}")
)
VERSION = _short_text(VERSION_LIMIT)
# A colon parts the fields of a button.
LETTER = Field(
    f"one visible ASCII character in quotes, none of : {' '.join(MARKS)}",
    lambda value: _like(r"[!-~]")(value) and str(value) not in MARKS + ":",
)
SHORT = _short_text(SHORT_TITLE_LIMIT)
STATEMENT = _short_text(1_000)
HINT = _short_text(300)
OPTION_TITLE = _short_text(120)
INTRODUCTION = _short_text(2_000)
LEVEL_TEXT = _short_text(600)
COUNT = Field("a whole number from 1", _whole(1))
POINTS = Field("a whole number from 0", _whole(0))
TENTHS = Field("a number from 0 with at most one digit after the point", _tenth)
NUMBER = Field("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool))
DIGITS = Field("0, 1 or 2", lambda value: _whole(0)(value) and value in (0, 1, 2))
TRUTH = Field("true or false", lambda value: isinstance(value, bool))
DAY = Field(
    "a day like 2026-09-01 or the word today",
    lambda value: isinstance(value, date) or value == "today" or _is_day(value),
)
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


def codes_of(records: list[Record]) -> list[str]:
    """All codes; none when one is missing or bad, since what names it would be reported as wrong too."""
    codes = [record["code"] for record in records if "code" in record]
    return codes if len(codes) == len(records) else []


def _place(kind: str, value: object, position: int, coded: bool) -> str:
    code = value.get("code") if isinstance(value, dict) and coded else None
    return f"{kind} {code if isinstance(code, str) and code else position}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."
