"""What was worked on, in the mentor's own words: sure only where it is cut at clear borders."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.mentoring.meetings.meeting import TOPIC_LIMIT
from services.mentoring.messages import morphology
from services.mentoring.messages.spans import Span, Text, lowered
from services.mentoring.messages.topic_borders import (
    EDGES,
    NOTHING,
    SMALL_WORDS,
    Topic,
    cleaned,
    is_removed,
    says_something,
)
from services.mentoring.messages.understood import Guess

_LONGEST_SURE_WORDS = 7
_TITLE = re.compile(
    r"\b(?:по\s+теме|на\s+тему|тема)\b(?:\s+(?:урок|заняти|встреч|консультаци|бесед)\w*)?\s*(?:[:—–-]|была|был)?\s*"
)
_VERB = re.compile(
    r"\b(?:разбирал[аи]?|разобрал[аи]?|разбор|обсуждал[аи]?|обсудил[аи]?|обсуждение|говорил[аи]?|поговорил[аи]?|"
    r"беседовал[аи]?|побеседовал[аи]?|бесед[ауы]|болтал[аи]?|поболтал[аи]?|изучал[аи]?|изучил[аи]?|"
    r"смотрел[аи]?|посмотрел[аи]?|(?:под)?готовил(?:ась|ись|ся|а|и)?|составлял[аи]?|составил[аи]?|составить|"
    r"(?:с)?планировал[аи]?|проверял[аи]?|проверил[аи]?|работал[аи]?|заполнял[аи]?|заполнил[аи]?|объяснял[аи]?|"
    r"объяснил[аи]?|рассказывал[аи]?|рассказал[аи]?|решал[аи]?|решили|учил(?:ась|ись|ся|а|и)?|"
    r"консультировал(?:ась|ись|ся|а|и)?|проконсультировал(?:ась|ись|ся|а|и)?|консультаци[яюеи]|совместн\w+\s+подготовк[ауи]|подготовк[ауи]|помогал[аи]?|помог(?:ла|ли)?|"
    r"на\s+вопросы|на\s+вопрос|спрашивал[аи]?|спросил[аи]?|сидел[аи]?|мастер[\s-]*класс\w{0,2}|разрабатывал[аи]?|разработал[аи]?|разговаривал[аи]?|разговор|проговорил[аи]?|обговорил[аи]?|сделал[аи]?|делал[аи]?|подсказал[аи]?|подсказывал[аи]?)(?![а-я])"
)
_NEEDS_PREPOSITION = re.compile(
    r"консультац|консультир|бесед[ауы]|говорил|беседовал|болтал|вопрос|спрашив|спросил|сидел|работал|мастер|учил|рассказ|разговор|разговарив|подсказ"
)
_PREPOSITION = re.compile(r"(?:по\s+поводу|по\s+вопрос\w+|о|об|обо|про|по|над|насчет)\s+")
_ABOUT = re.compile(r"\s*(?:о|об|про|насчет)\s+")
_NO_OBJECT = re.compile(r"(?:на\s+месте|в|во|после|до|из|без|через|потом|подробно|хорошо)\b")
_BY_WIRE = re.compile(
    r"\b(?:по|в|через)\s+(?:телефон\w*|видеосвяз\w*|скайп\w*|zoom|зум\w*|связи|сферум\w*|чат\w*)\b"
)
_FILLERS = re.compile(
    r"\b(?:с\s+(?:ней|ним|ними|нею)|вместе|мы|я|сегодня|вчера|позавчера|всего|примерно|около|где-то|и\s*$|в\s*$|а\s*$|по\s*$|на\s*$|с\s*$)(?![а-я])"
)
_LONGEST_BARE_WORDS = 5
_USUAL = re.compile(
    r"тем\w|консультац\w+|встреч\w+|бесед\w+|посещени\w+|урок\w*|занят\w+|класс\w*|минут\w*|час\w*|планерк\w+|перемен\w*|окн\w|"
    r"учительск\w+|кабинет\w*|утр\w*|вечер\w*|день|дня|телефон\w*|видеосвяз\w+|поводу|вопрос\w*|подготовк\w+|разбор|"
    r"здравствуйте|коллег\w+|итог\w*|год\w*|числа|мастер\w*|помощ\w+"
)
_MEETING = re.compile(
    r"(?i)(?<![а-яё])(?:консультац\w+|конс|встреч\w+|бесед\w+|посещени\w+|взаимопосещ\w+|урок\w{0,2}|мастер[\s-]*класс\w*|"
    r"\d+\s*\w?\s*класс\w*|добр\w+\s+\w+|здравствуйте)(?![а-яё])"
)
_ALL_THAT = frozenset("все это этот эта весь вся он она они кто".split())
_OTHER_PARTS = ("VERB", "ADVB", "NPRO", "PRED", "INTJ", "GRND", "COMP")
_SOMEWHERE = re.compile(
    r"\b(?:в|на|после|перед|за|до|у)\s+(?:\w+\s+)?(?:кабинет|учительск|столов|коридор|перемен|окн|планерк|ча[йею]|меня|нее|него|них)"
)
_GENERIC = frozenset("урок уроки урока уроков уроке занятие план вопрос вопросы встреча класс".split())
_LOOKED_AT = re.compile(r"[\d и,-]*урок|как\s")
_WEAK = re.compile(
    r"смотрел|посмотрел|сидел|сделал|делал|работал|решал|решили|учил|спрашив|спросил|рассказ|заполн|помог"
)
"""What follows these is not always the topic."""
_LOOKED = ("смотрел", "посмотрел")


def topic_of(text: Text, held: Sequence[Span], removed: Sequence[Span], *, is_visit: bool) -> Guess[str]:
    """The topic told in the held parts; `removed`: names, days and lengths, which are no part of it."""
    removed = [*removed, *(Span(*match.span()) for match in _BY_WIRE.finditer(text.low))]
    for part in held:
        match = _TITLE.search(text.low, part.start, part.end)
        if match:
            topic = _titled(text, Span(match.end(), part.end), removed)
            if topic.words:
                return _guess([topic])
    found = [topic for part in held for topic in _by_verbs(text, part, removed, is_visit=is_visit)]
    if found:
        return _guess(found)
    for part in held:
        match = _ABOUT.match(text.low, part.start, part.end)
        if match:
            topic = cleaned(text, Span(match.end(), part.end), removed)
            if topic.words:
                return _guess([topic])
    return Guess(candidates=tuple(words for part in held for words in _bare(text, part, removed))[:2])


def is_titled(text: Text, held: Sequence[Span]) -> bool:
    """Whether the topic is called so: «тема дроби»."""
    return any(_TITLE.search(text.low, part.start, part.end) for part in held)


def _bare(text: Text, part: Span, removed: Sequence[Span]) -> list[str]:
    """Things named by themselves: «консультация, журнал, 20 мин»."""
    left = "".join(
        "," if is_removed(index, removed) else char
        for index, char in enumerate(text.text[part.start : part.end], start=part.start)
    )
    pieces = [_MEETING.sub(" ", piece) for piece in re.split(r"[.,;:!?()\n—–]|\s-\s", left)]
    found: list[str] = []
    for piece in pieces:
        words = piece.split()
        while words and lowered(words[0]) in SMALL_WORDS:
            words = words[1:]
        kinds = [morphology.word(word.lower()).part for word in words]
        named = " ".join(words)
        is_thing = 0 < len(words) <= _LONGEST_BARE_WORDS and not set(kinds) - {"NOUN", "ADJF", "PREP", "CONJ", ""}
        if is_thing and says_something(named) and lowered(named) not in _GENERIC:
            found.append(named)
    return found


def _guess(found: Sequence[Topic]) -> Guess[str]:
    """Sure when only one is found, cut at clear borders, short, and no other thing is told in it."""
    shorts = tuple(dict.fromkeys(each.words[:TOPIC_LIMIT].rstrip() for each in found))
    words = lowered(shorts[0]).split()
    whole = words[:1] == ["как"] or not any(_is_of_another_thought(word) for word in words)
    sure = whole and found[0].is_clear and len(shorts) == 1 and len(words) <= _LONGEST_SURE_WORDS
    sure = sure and words[0] not in ("с", "со", "при", "у", "за")
    sure = sure and not re.search(r"(?<!\bна)(?<!\bо)(?<!\bк)(?<!\bпро)\s+уроки?$|\s+уроки?\s", " ".join(words))
    return Guess(shorts[0]) if sure and not _SOMEWHERE.search(" ".join(words)) else Guess(candidates=shorts)


def _is_of_another_thought(word: str) -> bool:
    known = morphology.word(word.strip(EDGES))
    return known.is_past or known.part in _OTHER_PARTS or word in _ALL_THAT


def _titled(text: Text, span: Span, removed: Sequence[Span]) -> Topic:
    quoted = re.compile(r"\s*[«\"“]([^»\"”]{2,})[»\"”]").match(text.text, span.start, span.end)
    if quoted:
        return Topic(quoted[1].strip(EDGES), is_clear=True)
    return cleaned(text, span, removed)


def _by_verbs(text: Text, part: Span, removed: Sequence[Span], *, is_visit: bool) -> list[Topic]:
    found: list[Topic] = []
    last = part.start
    for verb in _VERB.finditer(text.low, part.start, part.end):
        if verb.start() < last:
            continue
        last = verb.end()
        topic = _object(text, verb, part, removed)
        if _WEAK.match(verb[0]) or _is_more_told(text, part, verb, topic, removed):
            topic = replace(topic, is_clear=False)
        if not topic.words:
            continue
        low = topic.words.lower()
        if verb[0].startswith(_LOOKED) and (low in _GENERIC or _LOOKED_AT.match(low)):
            continue
        if (low in _GENERIC and is_visit) or low.startswith("документаци"):
            continue
        if not any(topic.words in each.words for each in found):
            found.append(topic)
    return found


def _object(text: Text, verb: re.Match[str], part: Span, removed: Sequence[Span]) -> Topic:
    start = verb.start() if verb[0].startswith("подготовк") else verb.end()
    chunk = _Rest(text, start, part.end, removed)
    chunk.skip()
    if _NEEDS_PREPOSITION.match(verb[0]):
        if not _PREPOSITION.match(text.low, chunk.at):
            comma = re.compile(r",?\s*(?=как\b)").match(text.low, chunk.at)
            near = re.compile(r"[^.;,\n]{0,40}?\b(?:о|об|про|по|над)\s+(?![а-я]+\s*телефон)").match(
                text.low, chunk.at
            )
            if verb[0].startswith(("рассказ", "учил", "подсказ", "консульт", "спрашив", "спросил")) and comma:
                chunk.at = comma.end()
            elif near and near.end() < part.end and not is_removed(near.end(), removed):
                chunk.at = _last_preposition(text.low, chunk.at, near.end())
            else:
                return NOTHING
    elif (comma := re.compile(r",\s*(?=как\b)").match(text.low, chunk.at)) is not None:
        chunk.at = comma.end()
    if _NO_OBJECT.match(text.low, chunk.at):
        return NOTHING
    preposition = _PREPOSITION.match(text.low, chunk.at)
    if preposition:
        chunk.at = preposition.end()
    return cleaned(text, Span(chunk.at, part.end), removed)


def _is_more_told(text: Text, part: Span, verb: re.Match[str], topic: Topic, removed: Sequence[Span]) -> bool:
    """Whether the part names other things than the topic found, of which nobody knows where they belong."""
    known = {*lowered(topic.words).split(), *lowered(verb[0]).split()}
    for token in text.tokens:
        if not token.span.within(part) or is_removed(token.start, removed) or token.low in known:
            continue
        if {"NOUN", "INFN"} & set(token.word.parts[:1]) and not _USUAL.fullmatch(token.low):
            return True
    return False


def _last_preposition(low: str, start: int, end: int) -> int:
    found = list(re.finditer(r"\b(?:о|об|про|по|над)\s+", low[start:end]))
    return start + found[-1].start()


class _Rest:
    """The text after a verb, from which names, days, lengths and fillers are skipped."""

    def __init__(self, text: Text, at: int, end: int, removed: Sequence[Span]) -> None:
        self.text, self.at, self.end, self.removed = text, at, end, removed

    def skip(self) -> None:
        moved = True
        while moved and self.at < self.end:
            moved = False
            while self.at < self.end and self.text.low[self.at] in " \t:—–-«":
                self.at += 1
                moved = True
            for span in self.removed:
                if span.start <= self.at < span.end:
                    self.at, moved = span.end, True
            joint = re.compile(r"(?:и|,)\s+(?=\S)").match(self.text.low, self.at)
            if joint and is_removed(joint.end(), self.removed):
                self.at, moved = joint.end(), True
            filler = _FILLERS.match(self.text.low, self.at)
            if filler and filler.end() > self.at:
                self.at, moved = filler.end(), True
