"""Schools' names in one spelling, and which of them are likely to be the same school."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

ALIKE = 0.8
"""The share of common letters from which on two names look like one with a slip of the pen."""


def school_key(name: str) -> str:
    """«Школа №1», «школа № 1» and «Школа  N 1» are the same school."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    plain = re.sub(r"(?:\bn|\bno|#)\s*\.?\s*(?=\d)", "", plain)
    return "".join(character for character in plain if character.isalnum())


def likely_same(name: str, known: Sequence[str]) -> str | None:
    """The known school that `name` probably means: its name with a slip, or another name with its number."""
    digits = re.findall(r"\d+", name)
    same_numbers = [other for other in known if re.findall(r"\d+", other) == digits]
    key = school_key(name)
    ratios = {other: SequenceMatcher(None, key, school_key(other)).ratio() for other in same_numbers}
    closest = max(ratios, key=lambda other: ratios[other], default=None)
    if closest is None or (not digits and ratios[closest] < ALIKE):
        return None
    return closest
