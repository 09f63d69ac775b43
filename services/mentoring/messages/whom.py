"""With which of their mentees a mentor met, from the people a message names."""

import re
from collections.abc import Sequence

from services.mentoring.messages.mentions import Mention
from services.mentoring.messages.name_forms import forms_of
from services.mentoring.messages.parts import Part
from services.mentoring.messages.people import People
from services.mentoring.messages.spans import Text
from services.mentoring.messages.understood import Guess, Known

_HER = re.compile(r"\b(?:с\s+ней|с\s+нею|у\s+нее|к\s+ней|она)\b")
_HIM = re.compile(r"\b(?:с\s+ним|у\s+него|к\s+нему|он)\b")
_COLLEAGUE = re.compile(r"\bколлег(?:а|и|е|у|ой)\b")
"""Somebody, perhaps another one."""

Pairs = tuple[int, ...]


def whom_of(text: Text, people: People, mentees: Sequence[Known], plans: Sequence[Part]) -> Guess[Pairs]:
    """The pairs met with; a stranger beside them makes it unsure, a stranger alone leaves it absent."""
    everyone = tuple(known.pair_id for known in mentees)
    if people.everyone is not None:
        return Guess(everyone) if not people.strangers else Guess(candidates=(everyone,))
    mentions = [each for each in people.mentions if not _in_plan(each, plans)]
    strangers = [each for each in people.strangers if not _in_plan(each, plans)]
    if not mentions and (strangers or not people.mentions):
        return _unnamed(text, people.strangers, mentees)
    only_planned = not mentions and any(not part.is_plan for part in plans)
    mentions = mentions or list(people.mentions)
    guess = _named(mentions, everyone)
    if guess.value is not None and (strangers or only_planned or people.is_somebody_left):
        return Guess(candidates=(guess.value,))
    return guess


def _in_plan(mention: Mention, plans: Sequence[Part]) -> bool:
    return any(mention.span.within(part.span) for part in plans)


def _unnamed(text: Text, strangers: Sequence[Mention], mentees: Sequence[Known]) -> Guess[Pairs]:
    """Nobody of their own is named: sure only for a mentor of one, who names nobody else."""
    if any(each.sure for each in strangers):
        return Guess()
    female = _told_sex(text.low)
    if len(mentees) == 1:
        only = (mentees[0].pair_id,)
        fits = (female is None or _may_be(mentees[0], female)) and _COLLEAGUE.search(text.low) is None
        return Guess(only) if fits and not strangers else Guess(candidates=(only,))
    if female is None:
        return Guess()
    return Guess(candidates=tuple((known.pair_id,) for known in mentees if _may_be(known, female)))


def _told_sex(low: str) -> bool | None:
    her, him = _HER.search(low) is not None, _HIM.search(low) is not None
    return None if her == him else her


def _may_be(known: Known, female: bool) -> bool:
    sex = forms_of(known.full_name).is_female
    return sex is None or sex == female


def _named(mentions: Sequence[Mention], everyone: Pairs) -> Guess[Pairs]:
    sure = [each for each in mentions if each.sure and not each.left_out]
    settled: dict[int, None] = {}
    for mention in sure:
        if len(mention.pairs) == 1:
            settled[mention.pairs[0]] = None
    open_ones = [
        each
        for each in mentions
        if not each.left_out and not (each.sure and len(each.pairs) == 1) and not set(each.pairs) & set(settled)
    ]
    together = all(each.joined for each in mentions if each.pairs)
    chosen = tuple(pair for pair in everyone if pair in settled)
    if any(each.left_out for each in mentions):
        return Guess(candidates=(chosen,) if chosen else ())
    if not open_ones and chosen and (together or len(chosen) == 1):
        return Guess(chosen)
    if not open_ones:
        return Guess(candidates=(chosen, *((pair,) for pair in chosen)))
    candidates = [tuple(sorted({*chosen, pair}, key=everyone.index)) for each in open_ones for pair in each.pairs]
    return Guess(candidates=tuple(dict.fromkeys(candidates)))
