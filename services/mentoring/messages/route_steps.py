"""Which step of the mentee's route a message speaks of."""

import re
from collections.abc import Sequence
from functools import lru_cache

from services.mentoring.messages import morphology
from services.mentoring.messages.spans import lowered
from services.mentoring.messages.understood import Guess, KnownStep

_GENERIC = frozenset(
    "урок занятие работа план школа учитель педагог тема вопрос встреча год класс время консультация посещение "
    "самообразование курс вебинар участие подготовка проведение изучение обучение использование применение "
    "организация освоение разработка современный новый свой сегодня вчера час минута".split()
)
_SURE_SHARE, _SURE_WORDS = 0.75, 2
_ASKED_SHARE = 0.34


def step_of(told: str, steps: Sequence[KnownStep]) -> Guess[int]:
    """The step whose title shares its telling words with what was told: sure when most of them and alone."""
    said = _lemmas(told, generic=True)
    scored = []
    for step in steps:
        telling = _lemmas(step.title, generic=False)
        every = _lemmas(step.title, generic=True)
        shared, share = telling & said, len(telling & said) / max(1, len(telling))
        strong = share >= _SURE_SHARE and len(every & said) >= _SURE_WORDS and bool(shared)
        if strong or (shared and share >= _ASKED_SHARE):
            scored.append((share, len(every & said), strong, step.step_id))
    scored.sort(key=lambda each: (-each[0], -each[1], each[3]))
    if not scored:
        return Guess()
    clear = len(scored) == 1 or scored[0][:2] > scored[1][:2]
    if scored[0][2] and clear:
        return Guess(scored[0][3])
    return Guess(candidates=tuple(each[3] for each in scored[:3]))


@lru_cache(maxsize=2048)
def _lemmas(words: str, *, generic: bool) -> frozenset[str]:
    """Dictionary forms of the telling words; with `generic`, of the words that any title may have too."""
    found = set()
    for form in re.findall(r"[а-я]{3,}", lowered(words)):
        word = morphology.word(form)
        if word.part in ("NOUN", "ADJF", "PRTF", "") and word.lemmas:
            found.add(word.lemmas[0])
    return frozenset(found if generic else found - _GENERIC)
