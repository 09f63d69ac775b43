"""People whom a message names and who are no mentees of its author."""

import re
from collections.abc import Iterable

from services.mentoring.messages.mentions import Mention
from services.mentoring.messages.name_forms import first_names
from services.mentoring.messages.spans import Span, Taken, Text, Token
from services.mentoring.messages.standing import WITH, in_place_of_person, starts_sentence, word_before

_POSTS = re.compile(
    r"(?:директор|завуч|методист|заместител|зам|замдиректора|психолог|логопед|мам|пап|родител|ученик|ученица|ученицы)\w*$"
)
_LISTED = re.compile(
    r"[ ]*(?:,|и|,[ ]*и|\+|/|&)[ ]*(?:(?:с|со|у|к|ко|для)[ ]+)?"
    r"(?:(?:ее|его|их|наш[а-я]+|мо[а-я]{1,2}|коллег[а-я]+|подруг[а-я]+|учител[а-я]+|напарни[а-я]+)[ ]+){0,3}$"
)
_STAFF = re.compile(
    r"(?:директор|завуч|методист|заместител|замдиректор|психолог|логопед|коллег|администрац)\w*(?:ом|ем|ами|ей|ою)"
)
_OTHERS = re.compile(r"(?:другим|других|остальн|прочи)")
_IN_TITLE = re.compile(r"\bтем[аеуы]\b[^.!?\n]*$")
_OF_AN_AUTHOR = re.compile(
    r"(?:роман|сказк|стих|рассказ|басн|повест|поэм|пьес|произведени|творчеств|биограф|лирик|закон|теорем|правил|метод|учебник|"
    r"програм|систем|имен|улиц|таблиц|формул|книг|реформ|поход|войн|эпох|правлени)\w*$"
)
_WORK_WITH = re.compile(r"(?:работ|знаком|разоб|освои|осваива|обращ|справ)\w*$")


def strangers_in(text: Text, ends: Iterable[int], places: Taken) -> list[Mention]:
    """Names in the place of a person met that are no mentee's; `ends` of the mentions found before."""
    found: list[Mention] = []
    listed_after = set(ends)
    for index, token in enumerate(text.tokens):
        if len(token.low) < 3 or places.meets(token.span):
            continue
        joint = _LISTED.search(text.low, max(0, token.start - 30), token.start)
        listed = joint is not None and joint.start() in listed_after and (token.is_capital or token.word.is_name)
        if not listed and not in_place_of_person(text, index):
            continue
        if not _is_strange_name(text, token, index):
            continue
        if index > 1 and _WORK_WITH.fullmatch(word_before(text, index - 1)) and not token.word.is_known:
            continue  # «работать с Сферумом»
        if index and _POSTS.fullmatch(word_before(text, index)):
            continue
        end = token.end
        following = text.tokens[index + 1] if index + 1 < len(text.tokens) else None
        if following and following.word.is_name and following.is_capital and following.start == end + 1:
            end = following.end
        span = Span(token.start, end)
        places.take(span)
        listed_after.add(end)
        found.append(Mention(span, (), sure=token.word.is_name, written=text.text[token.start : end]))
    return found


def is_somebody_left(text: Text, places: Taken) -> bool:
    """Whether a name stands outside the places that is told of nobody: «говорили про Вову Иванова».

    So does one of the staff: «с Анной и завучем». Authors and the like («сказки Пушкина», «имени Гагарина»)
    do not count.
    """
    for index, token in enumerate(text.tokens):
        if _OTHERS.match(token.low) and word_before(text, index) in ("с", "со", "и", "для"):
            return True
        if _STAFF.fullmatch(token.low) and word_before(text, index) in ("с", "со", "и"):
            return True
        if len(token.low) < 3 or places.meets(token.span) or not token.word.is_name:
            continue
        if token.low in first_names() or (token.word.is_known and not token.word.may_be_plain):
            in_title = _IN_TITLE.search(text.low, 0, token.start)
            if not in_title and not _OF_AN_AUTHOR.match(word_before(text, index)):
                return True
    return False


def _is_strange_name(text: Text, token: Token, index: int) -> bool:
    word = token.word
    if word.is_name and (token.is_capital or (word.is_known and not word.may_be_plain)):
        return True
    if word.is_name and word.is_known and word.part == "NOUN":
        return True
    if token.low in first_names() and word_before(text, index) in WITH:
        return True
    if text.is_shouted or not token.is_capital or starts_sentence(text, index) or token.text.isupper():
        return False
    return not word.is_known and re.fullmatch(r"[а-яё-]+", token.low) is not None
