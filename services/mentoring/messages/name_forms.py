"""The forms in which a mentee may be named: surname, first name and its short forms, patronymic, in every case."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

import yaml

from services.mentoring.messages.spans import lowered

_DIMINUTIVES = Path(__file__).with_name("diminutives.yaml")
_VOWELS = "аеиоуыэюя"
_HISSING = "жшчщц"
_PLAIN = frozenset(
    "тема лиса поля слава света любовь надежда вера роза лилия роман лев мила мира мара макс марк ник "
    "лика гера".split()
)
"""Names that are plain words or parts of such, by which no stranger is told."""
_FLEETING = {"петр": "петр", "павел": "павл", "лев": "льв"}


class NamePart(StrEnum):
    """Which part of a full name a word is."""

    SURNAME = "surname"
    FIRST = "first"
    PATRONYMIC = "patronymic"


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms of one mentee's names, in lower case with «е» for «ё», by the part of the name.

    `only_subject` are forms of the surname that can only be a subject («Петрова» of a woman, not «урок Петрова»);
    `other_sex` those of the same surname of the other sex; `half` those of one half of a double surname.
    """

    surname: frozenset[str]
    first: frozenset[str]
    patronymic: frozenset[str]
    only_subject: frozenset[str]
    other_sex: frozenset[str]
    half: frozenset[str]
    base: str
    """The surname as in the roster."""
    initials: str
    """Of the first name and the patronymic: «ас»."""
    is_female: bool | None = None
    """None when nothing in the name tells."""

    def parts_of(self, low: str) -> list[NamePart]:
        """Which parts of the name a word may be."""
        found = []
        if low in self.surname:
            found.append(NamePart.SURNAME)
        if low in self.first:
            found.append(NamePart.FIRST)
        if low in self.patronymic:
            found.append(NamePart.PATRONYMIC)
        return found


@lru_cache(maxsize=4096)
def forms_of(full_name: str) -> Forms:
    """The forms of «Фамилия Имя Отчество»; the patronymic, or all but the first word, may be missing."""
    parts = [part for part in lowered(full_name).replace(".", " ").split() if part]
    surname, first, patronymic = [*parts, "", "", ""][:3]
    female = _is_female(surname, first, patronymic)
    surnames = _surname(surname, female)
    others = frozenset[str]()
    if female is not None:
        others = _surname(_of_other_sex(surname, female), not female) - surnames
    halves = [half for half in surname.split("-") if len(half) > 2] if "-" in surname else []
    return Forms(
        surname=surnames,
        first=frozenset(form for name in (first, *_short_names().get(first, ())) for form in _first_name(name)),
        patronymic=frozenset(_patronymic(patronymic)),
        only_subject=frozenset([surname])
        if female and surname.endswith(("ова", "ева", "ина", "ына"))
        else frozenset(),
        other_sex=others,
        half=frozenset(form for half in halves for form in _surname(half, female)),
        base=surname,
        initials=first[:1] + patronymic[:1],
        is_female=female,
    )


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    named: dict[str, str] = yaml.safe_load(_DIMINUTIVES.read_text(encoding="utf-8"))
    return {lowered(name): tuple(lowered(words).split()) for name, words in named.items()}


@cache
def first_names() -> frozenset[str]:
    """All forms of all first names that the service knows, short ones too."""
    return frozenset(
        form
        for name, short in _short_names().items()
        for each in (name, *short)
        for form in _first_name(each)
        if each not in _PLAIN
    )


def is_abstract(lemmas: Iterable[str]) -> bool:
    """Whether a word may be «вера», «слава», «роман»: a name that is a common word as well."""
    return not _PLAIN.isdisjoint(lemmas)


def _is_female(surname: str, first: str, patronymic: str) -> bool | None:
    """None when nothing in the name tells."""
    if patronymic.endswith(("на", "кызы", "гызы")):
        return True
    if patronymic.endswith(("ич", "оглы", "улы")):
        return False
    if surname.endswith(("ова", "ева", "ина", "ына", "ая")):
        return True
    if surname.endswith(("ов", "ев", "ин", "ын", "ий", "ый", "ой")):
        return False
    if first:
        if first.endswith(("а", "я")) and first not in (
            "илья",
            "никита",
            "данила",
            "савва",
            "фома",
            "кузьма",
            "лука",
        ):
            return True
        if first[-1] not in _VOWELS + "ь":
            return False
    return None


def _of_other_sex(surname: str, female: bool) -> str:
    if female:
        if surname.endswith(("ова", "ева", "ина", "ына")):
            return surname[:-1]
        return surname[:-2] + "ий" if surname.endswith("ая") else ""
    if surname.endswith(("ов", "ев", "ин", "ын")):
        return surname + "а"
    return surname[:-2] + "ая" if surname.endswith(("ий", "ый", "ой")) else ""


def _surname(name: str, female: bool | None) -> frozenset[str]:
    if not name:
        return frozenset()
    if "-" in name:
        halves = [_surname(half, female) for half in name.split("-")[:2]]
        return (
            frozenset(f"{one}-{other}" for one in halves[0] for other in halves[1])
            if all(halves)
            else frozenset([name])
        )
    if female is None:
        return _surname(name, True) | _surname(name, False)
    forms = {name}
    if name.endswith(("ых", "их", "ко", "аго", "ово")) or name[-1] in "оуиеэюы":
        return frozenset(forms)
    if name[-1] in "ая" and not name.endswith("ая"):
        if female and name.endswith(("ова", "ева", "ина", "ына")):
            return frozenset(forms | _with(name[:-1], "ой ою у"))
        return frozenset(forms | _first_name(name))
    if name.endswith("ая"):
        return frozenset(forms | _with(name[:-2], "ой ою ую ей ею юю"))
    if female:
        return frozenset(forms)
    if name.endswith(("ий", "ый", "ой")):
        return frozenset(forms | _with(name[:-2], "ого ому ым им ом его ему ем"))
    if name.endswith(("ов", "ев", "ин", "ын")):
        return frozenset(forms | _with(name, "а у ым ом е"))
    return frozenset(forms | _first_name(name))


def _first_name(name: str) -> frozenset[str]:
    """All cases by the ending; a form too many does no harm."""
    if not name:
        return frozenset()
    forms = {name}
    if name.endswith("ия"):
        forms |= _with(name[:-2], "ии ию ией иею ье ьи ью ьей")
    elif name[-1] == "я":
        forms |= _with(name[:-1], "и е ю ей ею")
    elif name[-1] == "а":
        forms |= _with(name[:-1], "ы и е у ой ою ей")
    elif name.endswith("овь"):
        forms |= _with(name[:-1], "и ью") | {name[:-3] + "ви"}
    elif name[-1] == "ь":
        forms |= _with(name[:-1], "я ю ем е и ью")
    elif name.endswith("ий"):
        forms |= _with(name[:-2], "ия ию ием ии ья ью ьем ье")
    elif name[-1] == "й":
        forms |= _with(name[:-1], "я ю ем е и")
    elif name[-1] not in _VOWELS:
        stem = _FLEETING.get(name, name)
        forms |= _with(stem, "а у ом е") | (_with(stem, "ем") if name[-1] in _HISSING else set())
        if name.endswith(("ец", "ок", "ек")) and len(name) > 4:
            forms |= _with(name[:-2] + name[-1], "а у ом ем е")
        if name.endswith("яц"):
            forms |= _with(name[:-2] + "йц", "а у ем е")
        if name.endswith("аец"):
            forms |= _with(name[:-2] + "йц", "а у ем е")
    return frozenset(forms)


def _patronymic(name: str) -> set[str]:
    if not name:
        return set()
    if name.endswith("на"):
        return {name} | _with(name[:-1], "ы е у ой ою")
    return {name} | _with(name, "а у ем е") if name.endswith("ич") else {name}


def _with(stem: str, endings: str) -> set[str]:
    return {stem + ending for ending in endings.split()}


def all_forms(names: Iterable[str]) -> frozenset[str]:
    """Every form of the full names: words that are not to be mended."""
    forms = [forms_of(name) for name in names]
    return frozenset().union(*(each.surname | each.first | each.patronymic | each.half for each in forms))
