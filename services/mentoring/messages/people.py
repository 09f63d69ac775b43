"""Whom a message names: the mentor's mentees, and people who are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.mentoring.messages.mentions import Mention
from services.mentoring.messages.name_forms import Forms, NamePart, forms_of, is_abstract
from services.mentoring.messages.spans import Span, Taken, Text, lowered, one_slip
from services.mentoring.messages.standing import in_place_of_person, starts_sentence, word_before
from services.mentoring.messages.strangers import is_somebody_left, strangers_in
from services.mentoring.messages.understood import Known

_SHORTEST_MISSPELT = 4
_NOT_OF_A_PERSON = frozenset("по о об обо про тема теме тему роман имени книга теорема теорему".split())
_TITLES = ("тема", "темы", "теме", "тему", "темой", "темою")
_LEAVES_OUT = ("без", "кроме", "вместо")
_INITIALS = re.compile(r"\s*([а-я])\s*\.?\s*(?:([а-я])(?:\.|(?![а-я])))?")
_LETTERS_BEFORE = re.compile(r"(?<![а-я])([а-я])\.\s*(?:([а-я])\.)?\s*$")
_JOINS = re.compile(
    r"[ ]*(?:,|и|да|,[ ]*а[ ]+также|а[ ]+также|\+|/|&|,[ ]*и)?[ ]*(?:(?:с|со|у|к|ко|для)[ ]+)?(?:молод\w+[ ]+)?"
)
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
_BOTH = re.compile(r"\b(?:(?:с|у|к|для)\s+)?(?:ними\s+)?(?:обоими|обеими|обоих|обеих|обоим|обеим)\b")
_ALL = re.compile(
    r"\b(?:все\s+(?:трое|четверо|мои|подопечные)|всех\s+(?:своих|моих|троих|подопечных|наставляемых))\b|"
    r"\b(?:со\s+всеми|у\s+всех|для\s+всех)(?:\s+(?:мо\w+|тро\w+|подопечн\w+|наставляем\w+))?(?!\s+(?:учен|дет|класс|родит))\b"
)

_COUNTS = (("тро", 3), ("четвер", 4))


@dataclass(frozen=True, slots=True)
class People:
    """The people of a message, in order; `everyone`: «с обоими», «со всеми»."""

    mentions: tuple[Mention, ...] = ()
    strangers: tuple[Mention, ...] = ()
    everyone: Span | None = None
    is_somebody_left: bool = False
    """Somebody else is named, of whom it cannot be told whether they were there."""


@dataclass(slots=True)
class _Open:
    """A mention that is being read, word by word."""

    start: int
    end: int
    pairs: set[int]
    parts: set[NamePart]
    sure: bool
    first_token: int
    conflict: bool = False


def people_in(text: Text, mentees: Sequence[Known], taken: Sequence[Span] = ()) -> People:
    """Who is named outside the taken places."""
    places = Taken(len(text.low), [*taken, *(Span(*match.span()) for match in _QUOTED.finditer(text.text))])
    forms = {known.pair_id: forms_of(known.full_name) for known in mentees}
    mentions: list[Mention] = []
    current: _Open | None = None
    last = -2
    for index, token in enumerate(text.tokens):
        if places.meets(token.span):
            continue
        named = _named(text, index, forms)
        if not named and current is not None and last == index - 1 and _is_other_part(text, index, current):
            current.conflict, current.end, last = True, token.end, index  # «Анной Кузнецовой»: not our Анна
            continue
        if not named:
            continue
        pairs = {pair for pair, _, _ in named}
        parts = {part for _, part, _ in named}
        sure = all(each for _, _, each in named)
        close = current is not None and last == index - 1 and not text.low[current.end : token.start].strip()
        if current is not None and close and not parts & current.parts:
            both = current.pairs & pairs
            if both:
                current.pairs, current.parts, current.end = both, current.parts | parts, token.end
                current.sure, last = True, index
                continue
            if text.tokens[index].is_capital or text.is_shouted:
                current.conflict, current.end, last = True, token.end, index
                continue
        if current is not None:
            mentions.append(_closed(text, current, forms, mentions))
        current = _Open(token.start, token.end, pairs, parts, sure, index)
        last = index
    if current is not None:
        mentions.append(_closed(text, current, forms, mentions))
    ours = tuple(each for each in mentions if each.pairs)
    strangers = [each for each in mentions if not each.pairs]
    for mention in mentions:
        places.take(mention.span)
    strangers += [
        each
        for each in strangers_in(text, [each.span.end for each in mentions], places)
        if not _is_plural(lowered(each.written), forms)
    ]
    everyone = _everyone(text, mentees)
    ordered = tuple(sorted(strangers, key=lambda each: each.span.start))
    return People(ours, ordered, everyone, is_somebody_left(text, places))


def _is_plural(low: str, forms: dict[int, Forms]) -> bool:
    """«С Еленами»: mentees of one name."""
    stem = low[:-3]
    return (
        low.endswith(("ами", "ями"))
        and len(stem) > 1
        and any(name[:-1] == stem for each in forms.values() for name in each.first)
    )


def _everyone(text: Text, mentees: Sequence[Known]) -> Span | None:
    both = _BOTH.search(text.low)
    if both and len(mentees) == 2:
        return Span(*both.span())
    every = _ALL.search(text.low)
    if every and any(word in every[0] and count != len(mentees) for word, count in _COUNTS):
        return None
    return Span(*every.span()) if every and len(mentees) > 1 else None


def _named(text: Text, index: int, forms: dict[int, Forms]) -> list[tuple[int, NamePart, bool]]:
    """(pair, part of the name, sure) for a word that may name a mentee."""
    token = text.tokens[index]
    if token.low in _TITLES and "ё" not in token.text:
        return []  # «тема», not Тёма
    named = [(pair, part) for pair, each in forms.items() for part in each.parts_of(token.low)]
    in_place = in_place_of_person(text, index)
    if named:
        met = word_before(text, index) in ("с", "со", "у") and not is_abstract(token.word.lemmas)
        sure = not _is_plain_here(text, index) or met
        likely = any(
            (part is NamePart.FIRST and not is_abstract(token.word.lemmas)) or token.low == forms[pair].base
            for pair, part in named
        )
        if not (
            sure or token.is_capital or in_place or (likely and word_before(text, index) not in _NOT_OF_A_PERSON)
        ):
            return []
        return [(pair, part, sure and not _is_odd_case(text, index, forms[pair], part)) for pair, part in named]
    akin = [
        (pair, NamePart.SURNAME, False) for pair, each in forms.items() if token.low in each.other_sex | each.half
    ]
    return akin or _misspelt(text, index, forms)


def _misspelt(text: Text, index: int, forms: dict[int, Forms]) -> list[tuple[int, NamePart, bool]]:
    """Names that the word is one slip from: «с Аной». Never sure."""
    token = text.tokens[index]
    in_place = in_place_of_person(text, index)
    as_name = token.is_capital and not text.is_shouted
    if len(token.low) < _SHORTEST_MISSPELT - 1 or not (as_name or in_place):
        return []
    if token.word.is_known and not (as_name and in_place):
        return []
    return [
        (pair, part, False)
        for pair, each in forms.items()
        for part, names in ((NamePart.SURNAME, each.surname), (NamePart.FIRST, each.first))
        if any(
            len(name) >= _SHORTEST_MISSPELT and name[0] == token.low[0] and one_slip(token.low, name)
            for name in names
        )
    ]


def _is_plain_here(text: Text, index: int) -> bool:
    """Whether the word may well be no name: «роман», «вера» without a capital in the midst of a sentence."""
    token = text.tokens[index]
    if not token.word.may_be_plain or re.search(r"ск(?:ий|ая|ой|ого|ому|им|ую)$", token.low):
        return word_before(text, index) in _NOT_OF_A_PERSON
    if word_before(text, index) in _NOT_OF_A_PERSON:
        return True
    if token.is_capital and not text.is_shouted:
        return (
            starts_sentence(text, index) and token.word.part in ("NOUN", "ADJF", "VERB") and not token.word.is_name
        )
    return not token.word.is_name or len(token.low) < 4


def _is_odd_case(text: Text, index: int, forms: Forms, part: NamePart) -> bool:
    """«урок Петрова» when the mentee is Петрова: it would be a man's."""
    if part is not NamePart.SURNAME or text.tokens[index].low not in forms.only_subject:
        return False
    following = text.tokens[index + 1].low if index + 1 < len(text.tokens) else ""
    if following in forms.first or following in forms.patronymic:
        return False
    return in_place_of_person(text, index)


def _is_other_part(text: Text, index: int, current: _Open) -> bool:
    """A capital name right after a first name, which is no mentee's: «с Анной Кузнецовой»."""
    token = text.tokens[index]
    if text.low[current.end : token.start].strip() or not token.word.is_name:
        return False
    return (token.is_capital and not text.is_shouted) and len(token.low) > 2


def _closed(text: Text, current: _Open, forms: dict[int, Forms], earlier: Sequence[Mention]) -> Mention:
    pairs, end, start = set(current.pairs), current.end, current.start
    sure = current.sure
    if current.conflict:
        pairs = set()
    elif NamePart.FIRST not in current.parts and NamePart.PATRONYMIC not in current.parts:
        pairs, start, end = _by_initials(text, current, forms)
    before = word_before(text, current.first_token)
    joined = not earlier or _JOINS.fullmatch(text.low[earlier[-1].span.end : start]) is not None
    left_out = before in _LEAVES_OUT
    order = [pair for pair in forms if pair in pairs]
    return Mention(Span(start, end), tuple(order), sure, text.text[start:end], joined, left_out)


def _by_initials(text: Text, current: _Open, forms: dict[int, Forms]) -> tuple[set[int], int, int]:
    """Narrow the bearers of a surname by the initials around it; initials that fit nobody make a stranger."""
    after = _INITIALS.match(text.low[current.end : current.end + 12])
    before = _LETTERS_BEFORE.search(text.low[max(0, current.start - 8) : current.start])
    if after and (after[2] or after[0].rstrip().endswith(".")) and after[0][:1].isspace() | True:
        letters, start, end = after[1] + (after[2] or ""), current.start, current.end + after.end()
        if re.fullmatch(r"\s*[а-я]{2}", text.text[current.end : end]):
            return current.pairs, current.start, current.end  # «по», «на»: a word
        if not after[2] and not text.text[current.end : end].strip()[:1].isupper():
            return current.pairs, current.start, current.end
        if not (text.text[current.end : end].strip()[:1].isupper() or text.text[start].islower()):
            return current.pairs, current.start, current.end
    elif before:
        letters, start, end = before[1] + (before[2] or ""), current.start - len(before[0]), current.end
    else:
        return current.pairs, current.start, current.end
    fitting = {pair for pair in current.pairs if forms[pair].initials.startswith(letters)}
    if not fitting and after and text.text[current.end : end].islower():
        return current.pairs, current.start, current.end  # «у седых и у Кравцова»: words, no initials
    return fitting, start, end
