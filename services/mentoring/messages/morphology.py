"""What the Russian dictionary says of a word. It is loaded at first need, once: about 0.2 s and 30 MB."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3

_MOST_READINGS = 6
_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word's readings, the likeliest first: `lemmas`, parts of speech, and marks of any of the readings."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    is_known: bool
    is_past: bool
    is_future: bool
    is_name: bool
    """The likeliest reading is a first name, patronymic or surname."""
    may_be_plain: bool
    """Some reading is a plain word, no name of a person."""
    is_somebody: bool = False
    """The likeliest reading is somebody in the nominative: «она», «Анна», «дети»."""
    is_plural: bool = False
    """The likeliest reading is a plural one."""

    @property
    def part(self) -> str:
        return self.parts[0] if self.parts else ""


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def word(form: str) -> Word:
    """The readings of a word in lower case."""
    if not _RUSSIAN.fullmatch(form):  # of letters without a name pymorphy3 raises
        return Word((form,), (), is_known=False, is_past=False, is_future=False, is_name=False, may_be_plain=False)
    readings = _analyzer().parse(form)[:_MOST_READINGS]
    tags = [reading.tag for reading in readings]
    names = [any(mark in tag for mark in ("Name", "Surn", "Patr")) for tag in tags]
    known = bool(_analyzer().word_is_known(form))
    return Word(
        lemmas=tuple(dict.fromkeys(reading.normal_form.replace("ё", "е") for reading in readings)),
        parts=tuple(str(tag.POS or "") for tag in tags),
        is_known=known,
        is_past=any(tag.POS == "VERB" and tag.tense == "past" for tag in tags[:2]),
        is_future=any(tag.POS == "VERB" and tag.tense == "futr" for tag in tags[:1]),
        is_name=bool(names) and names[0],
        may_be_plain=known and not all(names),
        is_somebody=bool(tags)
        and "nomn" in tags[0]
        and "Fixd" not in tags[0]
        and ("3per" in tags[0] or "anim" in tags[0]),
        is_plural=bool(tags) and "plur" in tags[0],
    )


def lemma(form: str) -> str:
    """The dictionary form of a word in lower case, with «е» for «ё»."""
    lemmas = word(form).lemmas
    return lemmas[0] if lemmas else form
