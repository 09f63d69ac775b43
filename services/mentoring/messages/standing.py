"""Where in a sentence a word stands: whether a person who was met is named there."""

import re

from services.mentoring.messages.spans import Text

WITH = ("с", "со", "у", "к", "ко", "для")
_OF_A_PERSON = re.compile(r"(?:урок\w*|заняти\w*|консультац\w*|посе[тщ]\w*|консультиров\w*|помог\w*)$")


def in_place_of_person(text: Text, index: int) -> bool:
    """After «с», «у», «к», «урок», where somebody met with is named."""
    before = word_before(text, index)
    if before in WITH or _OF_A_PERSON.fullmatch(before):
        return True
    if before in ("и", "да", "с") and index >= 2:
        return word_before(text, index - 1) in WITH or (index >= 3 and word_before(text, index - 2) in WITH)
    return False


def word_before(text: Text, index: int) -> str:
    """The word right before, with nothing but spaces between; "" for none."""
    if not index:
        return ""
    earlier = text.tokens[index - 1]
    return earlier.low if not text.low[earlier.end : text.tokens[index].start].strip(" ") else ""


def starts_sentence(text: Text, index: int) -> bool:
    """Whether its capital tells nothing."""
    return (
        index == 0
        or re.search(r"[.!?\n]\s*$", text.low[max(0, text.tokens[index].start - 9) : text.tokens[index].start])
        is not None
    )
