"""Clauses that tell of somebody else than mentor and mentee together, or of what does not take place."""

import re
from collections.abc import Sequence

from services.mentoring.messages.day_found import DayFound
from services.mentoring.messages.durations import Length
from services.mentoring.messages.parts import Part, clauses_of, is_past_verb
from services.mentoring.messages.spans import Span, Text, Token, tokens_in

_TOGETHER = frozenset("я мы мне меня мной мною нас нам нами вместе вдвоем".split())
_OWN = re.compile(r"\b(?:мо(?:й|я|и|его|ей|ему|ем|их|им|ими|ю)|наш\w*)\b")
_TOWARDS_MENTOR = re.compile(
    r"\b(?:показ|рассказ|поделил|приход|при[шд]|прише|спраш|спрос|прос|попрос|звон|позвон|созвон|обрати|обращ|под[оъ]|"
    r"за[шхй]|дал|даст|прин[её]с|написа|напиш|присл|пришл|жал|пожал|говор|поговор|консульт|задава|задал|объясн|встре[тч])\w*"
)
"""Doings that are a meeting themselves, or lead to it at once: «Анна показала конспект, обсудили»."""
_THEIRS = re.compile(
    r"\bу\s+(?:нее|него|них|[а-я]+(?:ы|и|а|я))\s+(?:тоже\s+|уже\s+)?(?:был[аои]?|прош(?:ел|л[аои])|шел|шл[аои]|состоя\w+|проход\w+)\s+"
    r"(?!(?:на|в|у|с|и|со|во|к)\s)[а-я]"
)
"""«У неё был открытый урок»; not «у неё была на уроке»."""
_PRESENT = re.compile(
    r"\b(?:присутств|сидел|посидел|смотрел|посмотрел|наблюда|помогал)\w*|\bбыл[аи]?\s+(?:на|у|в)\s"
)
"""What the mentor does while somebody else gives a lesson."""
_SUBORDINATE = re.compile(r"\b(?:как|что|где|чем)\b")
_PRONOUNS = frozenset(("он", "она", "они"))
_PLACED = re.compile(r"\b(?:с|со|у|к|ко|для|от|без|урок\w*|заняти\w*|консультац\w*|посе[тщ]\w*|консультир\w*)\s+$")
_MEETING = re.compile(
    r"\b(?:консультац\w+|встреч[аеиу]\w*|бесед[ауы]|посещени\w+|взаимопосещ\w+|разбор\w*|мастер)\b"
)
_CALLED_OFF = re.compile(
    r"\b(?:отменя[а-я]+|перенос(?:ится|ятся|им|ят|ить|иться|имся)|не\s+состо(?:ится|ятся)|отмен[аы])\b"
)
"""In the present or the future: the meeting of which it is said has not been."""


def clauses_of_others(
    text: Text, held: Sequence[Span], days: Sequence[DayFound], lengths: Sequence[Length]
) -> list[Span]:
    """Where somebody else does something, while other words tell of the meeting."""
    clauses = [clause for span in held for clause in clauses_of(text, span, days)]
    theirs = [clause for clause in clauses if is_of_another(text, clause)]
    ours = [clause for clause in clauses if clause not in theirs]
    if not any(_tells_something(text, clause, lengths) for clause in ours):
        return []
    watched = [clause for clause in ours if _PRESENT.search(text.low, clause.start, clause.end)]
    return [clause for clause in theirs if not any(clause.start < each.start for each in watched)]


def days_of_others_to_come(text: Text, plans: Sequence[Part], days: Sequence[DayFound]) -> list[DayFound]:
    """«В четверг она едет на курсы»: nothing that was agreed, unless a word says so."""
    clauses = [clause for part in plans if part.marker is None for clause in clauses_of(text, part.span, days)]
    theirs = [clause for clause in clauses if is_of_another(text, clause)]
    return [day for day in days if any(day.span.within(clause) for clause in theirs)]


def is_of_another(text: Text, clause: Span) -> bool:
    """Whether it says what somebody else did, and not to the mentor."""
    low = text.low[clause.start : clause.end]
    tokens = tokens_in(text.tokens, clause)
    if _OWN.search(low) or any(token.low in _TOGETHER for token in tokens):
        return False
    if _TOWARDS_MENTOR.search(low) and not any(token.low == "они" for token in tokens):
        return False
    if _THEIRS.search(low):
        return True
    verbs = [token for token in tokens if token.word.part == "VERB"]
    somebody = [token for token in tokens if _is_somebody(text, token, clause)]
    return any(one.word.is_plural == verb.word.is_plural for one in somebody for verb in verbs)


def _is_somebody(text: Text, token: Token, clause: Span) -> bool:
    """Whether the clause may be about them: no «смотрела, как он ведёт», no «мастер-класс лена и дима были»."""
    subordinate = _SUBORDINATE.search(text.low, clause.start, token.start)
    if subordinate and any(
        is_past_verb(each) for each in tokens_in(text.tokens, Span(clause.start, subordinate.start()))
    ):
        return False
    if token.low in _PRONOUNS:
        return True
    if _MEETING.search(text.low, clause.start, token.end):
        return False
    return token.word.is_somebody and not _PLACED.search(text.low[max(0, token.start - 20) : token.start])


def _tells_something(text: Text, clause: Span, lengths: Sequence[Length]) -> bool:
    return (
        _MEETING.search(text.low, clause.start, clause.end) is not None
        or any(length.span.within(clause) for length in lengths)
        or any(is_past_verb(token) for token in tokens_in(text.tokens, clause))
    )


def called_off(text: Text, spans: Sequence[Span], days: Sequence[DayFound]) -> list[Span]:
    """The clauses that say that a meeting does not take place; «переносим на пятницу» is a plan."""
    return [
        clause
        for span in spans
        for clause in clauses_of(text, span, days)
        if _CALLED_OFF.search(text.low, clause.start, clause.end)
        and not any(day.is_for and day.span.within(clause) for day in days)
    ]
