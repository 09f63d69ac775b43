"""What was agreed, in the mentor's own words: sure where its borders are plain."""

import re
from collections.abc import Sequence

from services.mentoring.meetings.meeting import TOPIC_LIMIT
from services.mentoring.messages.parts import Part
from services.mentoring.messages.spans import Span, Text
from services.mentoring.messages.understood import Guess

_LEAD = re.compile(r"\s*(?:[,:—–-]\s*)?(?:(?:о\s+том\s*,?\s*)?что\b\s*:?|:)?\s*")
_LONGEST_SURE_WORDS = 16
_NEEDED = re.compile(r"\b(?:надо|нужно|долж\w+|предстоит|прос(?:ил|ит|ят)\w*|сдать)\b")
_TODAY = re.compile(r"\b(?:сегодня|вчера|позавчера)\b")
_PLAIN_START = re.compile(r"(?:^|[,.;:!?()\n—–-])\s*$|(?:^|\s)(?:и|а|но|потом|затем)\s+$")
_PLAIN_END = re.compile(r"\s*(?:$|[,.;:!?()\n—–-])|\s*(?:и|а|но)\s")
_EDGES = " \t\n,;:.—–-"


def agreement_of(
    text: Text, parts: Sequence[Part], named: Sequence[Span], dated: Sequence[Span], lengths: Sequence[Span]
) -> Guess[str]:
    """The planned parts without the word of agreement before them; `named`: the places of people,
    `dated`: those of days, `lengths`: those of how long something took, of which an agreement seldom tells.

    Where no stop and no such word parts a plan from what was, it is only likely.
    """
    said = []
    plain = True
    for part in parts:
        start = part.span.start
        if part.marker:
            is_when = text.low[start : start + 3].startswith(
                ("в ", "на ")
            )  # «в следующий раз» is of the agreement
            start = start if is_when else part.marker.end
            start = _after_name(text, start, named)
            lead = _LEAD.match(text.low, start, part.span.end)
            start = lead.end() if lead else start
        else:
            start += len(re.match(r"\s*(?:(?:и|а|но|потом|затем)\s+)?", text.low[start : part.span.end])[0])  # type: ignore[index]
        words = " ".join(text.text[start : part.span.end].split()).strip(_EDGES)
        if words:
            said.append(words)
            inside = text.low[part.span.start : part.span.end]
            settled = part.marker is not None or (
                any(span.within(part.span) for span in dated) and _NEEDED.search(inside) is None
            )
            settled = settled and not any(span.within(part.span) for span in lengths)
            settled = settled and _TODAY.search(inside) is None
            plain = plain and settled and _is_plainly_cut(text, part)
    agreed = "; ".join(said)[:TOPIC_LIMIT].rstrip()
    if not agreed:
        return Guess()
    if plain and len(agreed.split()) <= _LONGEST_SURE_WORDS:
        return Guess(agreed)
    return Guess(candidates=(agreed,))


def _is_plainly_cut(text: Text, part: Part) -> bool:
    before, inside = text.low[: part.span.start], text.low[part.span.start : part.span.end]
    starts = part.marker is not None or _PLAIN_START.search(before) or re.match(r"\s*(?:и|а|но)\s", inside)
    ends = _PLAIN_END.match(text.low, part.span.end) or inside.rstrip()[-1:] in ",.;:!?()—–-"
    return bool(starts and ends)


def _after_name(text: Text, start: int, named: Sequence[Span]) -> int:
    """Past «с Анной» right after «договорились»."""
    for span in named:
        between = text.low[start : span.start]
        if start <= span.start and re.fullmatch(r"\s+(?:с|со)\s+", between):
            return span.end
    return start
