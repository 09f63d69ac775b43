"""School subjects as people write them: which are the same, which are kindred."""

import re
from functools import lru_cache

_PARTS = re.compile(r"\s*(?:[,;/+()]|\bи\b)\s*")
_SAME = {
    "физкультура": "физическая культура",
    "изо": "изобразительное искусство",
    "англ": "английский язык",
    "английский": "английский язык",
    "немецкий": "немецкий язык",
    "французский": "французский язык",
    "китайский": "китайский язык",
    "русский": "русский язык",
    "икт": "информатика",
    "алгебра": "математика",
    "геометрия": "математика",
    "технология": "труд",
    "обж": "основы безопасности",
    "обзр": "основы безопасности",
    "основы безопасности жизнедеятельности": "основы безопасности",
    "основы безопасности и защиты родины": "основы безопасности",
    "начальная школа": "начальные классы",
    "учитель начальных классов": "начальные классы",
}
"""Other ways to write a subject."""
_KINDRED = (
    frozenset({"математика", "физика", "информатика", "астрономия"}),
    frozenset({"физика", "химия", "биология", "география", "астрономия", "естествознание", "окружающий мир"}),
    frozenset({"русский язык", "литература", "родной язык", "родная литература"}),
    frozenset({"английский язык", "немецкий язык", "французский язык", "китайский язык", "иностранный язык"}),
    frozenset({"история", "обществознание", "право", "экономика", "краеведение"}),
    frozenset({"музыка", "изобразительное искусство", "мировая художественная культура", "труд", "черчение"}),
    frozenset({"физическая культура", "основы безопасности"}),
    frozenset({"начальные классы", "окружающий мир"}),
)


@lru_cache(maxsize=4096)
def subjects(words: str) -> frozenset[str]:
    """The subjects that the words name, in lower case: «Физика и математика» are two."""
    plain = " ".join(words.casefold().replace("ё", "е").split())
    if plain in _SAME:
        return frozenset({_SAME[plain]})
    parts = (part.strip(" .") for part in _PARTS.split(plain))
    return frozenset(_SAME.get(part, part) for part in parts if part)


def common(one: str, other: str) -> list[str]:
    """The subjects that both name."""
    return sorted(subjects(one) & subjects(other))


def kindred(one: str, other: str) -> tuple[str, str] | None:
    """Two kindred subjects, one of each; None when there are none."""
    for first in sorted(subjects(one)):
        for second in sorted(subjects(other)):
            if any(first in group and second in group for group in _KINDRED):
                return first, second
    return None
