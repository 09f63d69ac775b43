"""Consent to the processing of personal data: asked before any question, versioned, revocable.

Its texts live in one file that an operator can replace.
"""

import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from services.people.model import Person

OURS = Path(__file__).parent / "consent.yaml"
PLACES = frozenset({"invitation", "asked", "asked_inline", "min_group", "version", "years"})
VERSION_LIMIT = 16
TEXT_LIMIT = 3_500


class ConsentError(ValueError):
    """The file of the consent cannot be used; the message says in Russian how to mend it."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The texts of one version. `short` and `full` are simple HTML with places in braces, see `PLACES`."""

    version: str
    asked: tuple[str, ...]
    short: str
    full: str

    def given_by(self, person: Person | None) -> bool:
        """Whether the person agreed to this version."""
        return person is not None and person.consent_version == self.version


def load_consent(path: Path = OURS) -> Consent:
    """The consent written in a YAML file (UTF-8). Raises ConsentError."""
    try:
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConsentError(f"файл {path} не прочитать ({type(error).__name__}); нужен YAML в UTF-8") from None
    if not isinstance(file, dict):
        raise ConsentError(f"в файле {path} нужны поля version, asked, short, full")
    asked = file.get("asked")
    if not isinstance(asked, list) or not asked or not all(isinstance(line, str) for line in asked):
        raise ConsentError("asked: нужен список строк, что именно собирается")
    version = _text(file, "version")
    if len(version) > VERSION_LIMIT:
        raise ConsentError(f"version: не длиннее {VERSION_LIMIT} знаков")
    return Consent(version, tuple(asked), _words(file, "short"), _words(file, "full"))


def _text(file: dict[str, Any], name: str) -> str:
    value = file.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ConsentError(f"{name}: нужен непустой текст в кавычках")
    return value.strip()


def _words(file: dict[str, Any], name: str) -> str:
    text = _text(file, name)
    if len(text) > TEXT_LIMIT:
        raise ConsentError(f"{name}: не длиннее {TEXT_LIMIT} знаков, сейчас {len(text)}")
    try:
        places = {place for _, place, _, _ in string.Formatter().parse(text) if place is not None}
    except ValueError:
        raise ConsentError(f"{name}: фигурная скобка без пары") from None
    if unknown := places - PLACES:
        raise ConsentError(f"{name}: неизвестное {{{min(unknown)}}}; можно: {', '.join(sorted(PLACES))}")
    return text
