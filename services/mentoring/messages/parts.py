"""Which part of a message tells of what was, and which of what is to be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.mentoring.messages.day_found import DayFound
from services.mentoring.messages.durations import Length
from services.mentoring.messages.hours import Hour
from services.mentoring.messages.spans import Span, Text, Token, tokens_in

_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+(?=[А-ЯЁA-Z0-9«\"—–-])|\n+")
_NO_END = re.compile(r"(?:^|[\s(.])(?:[а-я]|ул|кл|им|др|пр|гг)\.\s*$")
_CLAUSE_END = re.compile(r"[,;:()—–]\s*|[.!?…]\s+|\s-\s|(?<=\s)(?=(?:и|а|но|потом|затем|также)\s)")
_IN_NUMBER = re.compile(r"\d[,:]\d")
_MARKER = re.compile(
    r"\b(?:договорил(?:ись|ися|ась|ся|ос)|договорено|договоренность|условил(?:ись|ась|ся)|порешили|запланировал\w*|"
    r"наметил\w*|назначил\w*|планируем|"
    r"(?:(?:на|в)\s+)?следующ\w{2,3}\s+(?:встреч\w+|раз\w?|консультаци\w+|заняти\w+|посещени\w+)|"
    r"новая\s+встреча|решили(?=\s*[:,]|\s+(?:что|в|во|на|через|до|[а-я]+ть(?:ся)?|[а-я]+ти)\b))\b"
)
_AS_AGREED = re.compile(r"\bкак\s+(?:и\s+)?(?:мы\s+)?(?:ранее\s+)?$")
_PLAN_WORDS = frozenset(
    "думаю думаем намерен намерена намерены готовлюсь "
    "просит просят планирую планируем планирует собираюсь собираемся хочу хотим надо нужно предстоит давайте "
    "иду идем еду едем встречаемся созваниваемся пойдем посетим "
    "должна должен намечена намечен запланирована".split()
)
_SUBORDINATE = frozenset("как что чтобы где когда если ли который которая которые чем".split())
_PASSIVE = re.compile(
    r"(?:посещ|провед|обсужд|рассмотр|разобра|провер|прове|оказа|изуч|подготовл|составл)[а-я]*(?:ен|ена|ено|ены|на|но|ны|ан)"
)
"""«Посещён урок», «проведена консультация»."""
_PAST_OF_PLAN = frozenset(
    "просил просила просили хотел хотела хотели собирался собиралась собирались планировал планировала".split()
)
_JUST_TIME = re.compile(r"[\s,.;:—–!()-]*(?:(?:в|на|к|и|после|\w+\s+урока)\s*)?[\s,.;:—–!()-]*")
_NOUN = re.compile(r"\b(?:консультац\w+|посещени\w+|взаимопосещ\w+|мастер[\s-]*класс|бесед[аы]|урок)\b")
_TOPIC = re.compile(r"\bтем[аеуы]\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the message. `marker`: the word of agreement that opens a planned part."""

    span: Span
    is_plan: bool
    marker: Span | None = None


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    kind: bool | None = None
    """True: planned, False: held, None: nothing tells."""
    marker: Span | None = None


def parts_of(text: Text, days: Sequence[DayFound], lengths: Sequence[Length], hours: Sequence[Hour]) -> list[Part]:
    """The message cut into held and planned parts, in order."""
    parts: list[Part] = []
    for sentence in _sentences(text.low):
        clauses = _clauses(text, sentence, days, lengths, hours)
        _spread(text, clauses, days, lengths, hours, parts[-1].is_plan if parts else False)
        for clause in clauses:
            previous = parts[-1] if parts else None
            kind = bool(clause.kind)
            if (
                previous
                and previous.is_plan == kind
                and previous.span.start >= sentence.start
                and not clause.marker
            ):
                parts[-1] = Part(Span(previous.span.start, clause.end), kind, previous.marker)
            else:
                parts.append(Part(Span(clause.start, clause.end), kind, clause.marker))
    return parts


def _sentences(low: str) -> list[Span]:
    ends = [
        match
        for match in _SENTENCE_END.finditer(low.upper())
        if "\n" in match[0] or not _NO_END.search(low[max(0, match.start() - 6) : match.start()])
    ]
    starts = [0, *(match.end() for match in ends)]
    stops = [*(match.start() for match in ends), len(low)]
    return [Span(start, stop) for start, stop in zip(starts, stops, strict=True) if low[start:stop].strip()]


def clauses_of(text: Text, place: Span, days: Sequence[DayFound]) -> list[Span]:
    """The place cut at its commas, stops and joining words."""
    cuts = _cuts(text, place, [day.span for day in days])
    return [Span(start, end) for start, end in zip(cuts, [*cuts[1:], place.end], strict=True)]


def _cuts(text: Text, place: Span, whole: Sequence[Span]) -> list[int]:
    """Where clauses begin; never inside the `whole` ones («15:00») nor between two digits."""
    cuts = [place.start]
    for match in _CLAUSE_END.finditer(text.low, place.start, place.end):
        inside = any(span.start < match.start() < span.end for span in whole)
        inside = inside or _IN_NUMBER.search(text.low[max(0, match.start() - 1) : match.end() + 1]) is not None
        if not inside and not re.search(
            r"(?:^|[\s(.])[а-я]\.\s*$", text.low[max(0, match.end() - 4) : match.end()]
        ):
            cuts.append(match.end())
    return cuts


def _clauses(
    text: Text, sentence: Span, days: Sequence[DayFound], lengths: Sequence[Length], hours: Sequence[Hour]
) -> list[_Clause]:
    cuts = _cuts(text, sentence, [*(day.span for day in days), *(hour.span for hour in hours)])
    markers = {
        match.start(): Span(*match.span())
        for match in _MARKER.finditer(text.low, sentence.start, sentence.end)
        if not _AS_AGREED.search(text.low[max(0, match.start() - 20) : match.start()])
    }
    cuts = sorted({*cuts, *markers})
    clauses = []
    agreed = False
    for start, end in zip(cuts, [*cuts[1:], sentence.end], strict=True):
        if not text.low[start:end].strip():
            continue
        if start in markers:
            agreed = True
            clauses.append(_Clause(start, end, True, markers[start]))
            continue
        clauses += _cut_by_tense(text, Span(start, end), days, lengths, agreed=agreed)
    return clauses


def _cut_by_tense(
    text: Text, clause: Span, days: Sequence[DayFound], lengths: Sequence[Length], *, agreed: bool
) -> list[_Clause]:
    """One clause, or two when it first tells of the past and then of the future without a comma."""
    tokens = tokens_in(text.tokens, clause)
    here = [day for day in days if day.span.within(clause)]
    past = [token for token in tokens if is_past_verb(token)]
    future = [token for index, token in enumerate(tokens) if _is_plan_word(tokens, index)]
    told = bool(past) or any(day.only_past for day in here)
    if agreed and not (past and any(day.only_past for day in here)):
        return [_Clause(clause.start, clause.end, True)]
    if not future:
        if not told and any(day.only_future and not day.is_of_topic for day in here):
            return [_Clause(clause.start, clause.end, True)]
        return [_Clause(clause.start, clause.end, False if told else None)]
    before = [token for token in past if token.start < future[0].start]
    if not before:
        held_first = [day.span for day in here if day.only_past and day.span.end <= future[0].start]
        held_first += [
            length.span
            for length in lengths
            if length.span.within(clause)
            and length.span.end <= future[0].start
            and _NOUN.search(text.low, clause.start, future[0].start)
        ]
        if not held_first:
            return [_Clause(clause.start, clause.end, True)]
        floor = max(span.end for span in held_first)
    else:
        floor = before[-1].end
    between = [day.span.start for day in here if floor <= day.span.start < future[0].start and not day.only_past]
    cut = between[-1] if between else future[0].start
    return [_Clause(clause.start, cut, False), _Clause(cut, clause.end, True)]


def is_past_verb(token: Token) -> bool:
    """A verb that says that something was; words of agreements and of hindered wishes are none."""
    low = token.low
    if _PASSIVE.fullmatch(low):
        return True
    if low in _PAST_OF_PLAN or low.startswith(("договор", "условил")):
        return False
    return (
        token.word.is_past
        and token.word.part in ("VERB", "NOUN", "ADJF", "PRTS")
        and (token.word.part == "VERB" or low.endswith(("ла", "ли", "ил", "ал", "ел")))
    )


def _is_plan_word(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not (token.word.is_future or token.low in _PLAN_WORDS):
        return False
    around = {each.low for each in tokens[max(0, index - 3) : index]}
    return not around & _SUBORDINATE


def _spread(
    text: Text,
    clauses: Sequence[_Clause],
    days: Sequence[DayFound],
    lengths: Sequence[Length],
    hours: Sequence[Hour],
    after_plan: bool,
) -> None:
    """Give the clauses that tell nothing themselves the kind of their neighbours."""
    kinds = [clause.kind for clause in clauses]
    if all(kind is None for kind in kinds):
        if _is_appointment(Span(clauses[0].start, clauses[-1].end), days, lengths, hours):
            for clause in clauses:
                clause.kind = True
            return
        rest = "".join(text.low[clause.start : clause.end] for clause in clauses)
        kind = after_plan and _is_just_time(text, clauses, days, hours) and len(rest) < 60
        for clause in clauses:
            clause.kind = kind
        return
    for index, clause in enumerate(clauses):
        if clause.kind is not None:
            continue
        run = next((each for each in clauses[index:] if each.kind is not None), clauses[-1])
        told = _tells_of_meeting(text, Span(clause.start, max(clause.end, run.start)), days, lengths)
        if index and clauses[index - 1].kind is not None:
            clause.kind = clauses[index - 1].kind
            earlier = Span(clauses[0].start, clause.start)
            if clause.kind and _is_length_of_today(clause, days, lengths):
                clause.kind = False  # «в четверг встретимся, а сегодня полчаса с Анной журнал»
            elif not clause.kind and run.kind and _is_day_to_come(text, clause, earlier, days, hours):
                clause.kind = True  # «сегодня с Анной журнал, в четверг, в 15:00, встретимся»
            if clause.kind and _TOPIC.search(text.low, clause.start, clause.end) and False in kinds:
                clause.kind = False
            continue
        following = next((kind for kind in kinds[index:] if kind is not None), False)
        clause.kind = bool(following) and not told and _is_just_time(text, clauses[index : index + 1], days, hours)
        if following is True and False not in kinds and not told:
            clause.kind = True


def _is_length_of_today(clause: _Clause, days: Sequence[DayFound], lengths: Sequence[Length]) -> bool:
    """Without a verb: a length, and a day that has come and is no weekday."""
    place = Span(clause.start, clause.end)
    here = [day for day in days if day.span.within(place)]
    return any(length.span.within(place) for length in lengths) and any(
        day.past and not day.is_weekday for day in here
    )


def _is_day_to_come(
    text: Text, clause: _Clause, earlier: Span, days: Sequence[DayFound], hours: Sequence[Hour]
) -> bool:
    """Nothing but a time that may be to come, when the day of what was is told already."""
    place = Span(clause.start, clause.end)
    here = [day for day in days if day.span.within(place)]
    told = any(day.past and not day.is_for and day.span.within(earlier) for day in days)
    return told and all(day.future for day in here) and _is_just_time(text, [clause], days, hours)


def _is_appointment(
    whole: Span, days: Sequence[DayFound], lengths: Sequence[Length], hours: Sequence[Hour]
) -> bool:
    """Without a verb: a day soon to come, with an hour and no length: «в четверг в 14:20 консультация»."""
    here = [day for day in days if day.span.within(whole)]
    return (
        bool(here)
        and all(day.is_weekday and day.future and not day.is_of_topic for day in here)
        and any(hour.span.within(whole) for hour in hours)
        and not any(length.span.within(whole) for length in lengths)
    )


def _tells_of_meeting(text: Text, whole: Span, days: Sequence[DayFound], lengths: Sequence[Length]) -> bool:
    """Without a verb: a length, or a meeting by name and a day that may have been."""
    if any(length.span.within(whole) for length in lengths):
        return True
    return _NOUN.search(text.low, whole.start, whole.end) is not None and any(
        day.past and day.span.within(whole) for day in days
    )


def _is_just_time(text: Text, clauses: Sequence[_Clause], days: Sequence[DayFound], hours: Sequence[Hour]) -> bool:
    whole = Span(clauses[0].start, clauses[-1].end)
    told = [*(day.span for day in days), *(hour.span for hour in hours)]
    spans = [span for span in told if span.within(whole)]
    if not spans:
        return False
    left = list(text.low[whole.start : whole.end])
    for span in spans:
        for place in range(span.start, span.end):
            left[place - whole.start] = " "
    return _JUST_TIME.fullmatch("".join(left)) is not None
