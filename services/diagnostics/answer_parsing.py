"""Reads what people write for an answer: an option's name, a number, a day, a text."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from services.diagnostics.instrument import DateBounds, Day, NumberBounds, Option, TextBounds

_ALSO = {"да": {"д", "ага", "верно", "yes", "+"}, "нет": {"н", "не", "неверно", "no", "-"}}
"""Words that mean an option, by the option's title in lower case."""

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_NEAR = {"сегодня": 0, "вчера": -1, "завтра": 1}
_NUMBER = re.compile(r"[^\d+\-−]*([+\-−]?\d[\d\s]*(?:[.,]\d+)?)\s*[^\d]*")
_DAY_IN_DIGITS = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{4}|\d{2}))?\.?(?:\s*г(?:\.|ода)?)?")
_DAY_IN_WORDS = re.compile(r"(\d{1,2})\s+([а-яё]{3,8})\.?(?:\s+(\d{4}))?\.?(?:\s*г(?:\.|ода)?)?")
_MONTH_IN_DIGITS = re.compile(r"(\d{1,2})[.\-/ ](\d{4})(?:\s*г(?:\.|ода)?)?")
_MONTH_IN_WORDS = re.compile(r"([а-яё]{3,8})\.?\s+(\d{4})(?:\s*г(?:\.|ода)?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
ASK_FOR_DAY = "Напишите дату так: ДД.ММ.ГГГГ, например 12.10.2025, или словами: 12 октября."
"""How a day is asked for; its example is a past day."""


class Unclear(ValueError):  # noqa: N818 - it is a question back to the person, not a failure
    """The answer cannot be taken; the message says in Russian how to mend it."""


def matched(options: Sequence[Option], word: str) -> str:
    """The code of the option that a word (in lower case) or the option's place from 1 names. Raises Unclear."""
    for option in options:
        title = option.title.casefold()
        if word == title or word == title.rstrip(".") or word in _ALSO.get(title, ()):
            return option.code
    if word.isdecimal() and 0 < int(word) <= len(options):
        return options[int(word) - 1].code
    if len(options) == 2:
        first, second = options
        raise Unclear(f"Отметьте, пожалуйста, «{first.title}» или «{second.title}»: кнопкой или словом.")
    raise Unclear(f"Отметьте, пожалуйста, вариант: кнопкой, словом или номером от 1 до {len(options)}.")


def parsed_number(text: str, bounds: NumberBounds) -> int | float:
    """The only number of the text, with a comma or a point, within the bounds. Raises Unclear."""
    low, high = number_in_words(bounds.low), number_in_words(bounds.high)
    example = number_in_words(round((bounds.low + bounds.high) / 2, bounds.decimals))
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise Unclear(f"Нужно одно число от {low} до {high}, например {example}.")
    digits = re.sub(r"\s", "", found.group(1)).replace(",", ".").replace("−", "-")
    _, _, fraction = digits.partition(".")
    if len(fraction.rstrip("0")) > bounds.decimals:
        raise Unclear(_too_fine(bounds))
    number = float(digits)
    if not bounds.low <= number <= bounds.high:
        raise Unclear(f"Число {number_in_words(number)} не подходит: нужно от {low} до {high}.")
    return number if bounds.decimals else int(number)


def parsed_day(text: str, bounds: DateBounds, today: date) -> date:
    """The day that the text names, within the bounds; without a year, the nearest that fits. Raises Unclear."""
    word = " ".join(text.strip().strip("!").casefold().split())
    if word in _NEAR:
        return _within(today + timedelta(days=_NEAR[word]), bounds, today)
    year, month, day = _day_parts(word)
    if not 1 <= month <= 12:
        raise Unclear(f"Месяца с номером {month} нет. {ASK_FOR_DAY}")
    years = [year] if year is not None else [today.year, today.year - 1, today.year + 1]
    refusal: Unclear | None = None
    for each in years:
        try:
            return _within(date(each, month, day), bounds, today)
        except Unclear as unclear:
            refusal = refusal or unclear
        except ValueError:
            refusal = refusal or Unclear(f"Такого дня в календаре нет. {ASK_FOR_DAY}")
    assert refusal is not None
    raise refusal


def parsed_text(text: str, bounds: TextBounds) -> str:
    """The text without spaces around and marks that no one sees. Raises Unclear."""
    kept = "".join(char for char in text if char.isprintable() or char == "\n").strip()
    if not kept:
        raise Unclear("Напишите, пожалуйста, ответ словами.")
    if len(kept) > bounds.most:
        raise Unclear(f"Слишком длинно: знаков {len(kept)}, а поместится {bounds.most}. Сократите, пожалуйста.")
    return kept


def number_in_words(number: float) -> str:
    """A number as Russian documents write it: «41,5», «12»."""
    return f"{number:.10g}".replace(".", ",")


def _too_fine(bounds: NumberBounds) -> str:
    if not bounds.decimals:
        return "Нужно целое число, без запятой."
    digits = "одна цифра" if bounds.decimals == 1 else "две цифры"
    return f"После запятой — не больше, чем {digits}."


def _day_parts(word: str) -> tuple[int | None, int, int]:
    if found := _ISO.fullmatch(word):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_IN_DIGITS.fullmatch(word):
        year = None if found[3] is None else int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return year, int(found[2]), int(found[1])
    found = _DAY_IN_WORDS.fullmatch(word)
    if found and (month := _month(found[2])):
        return int(found[3]) if found[3] else None, month, int(found[1])
    if found := _MONTH_IN_DIGITS.fullmatch(word):
        raise _day_missing(int(found[1]), found[2])
    if found := _MONTH_IN_WORDS.fullmatch(word):
        raise _day_missing(_month(found[1]), found[2])
    raise Unclear(ASK_FOR_DAY)


def _month(word: str) -> int:
    """The number of the month that the word names; 0 for none."""
    return next((number for number, start in enumerate(_MONTHS, start=1) if word.startswith(start)), 0)


def _day_missing(month: int, year: str) -> Unclear:
    """What is asked after a month alone."""
    if not 1 <= month <= 12:
        return Unclear(ASK_FOR_DAY)
    return Unclear(f"Не хватает дня. Если он забылся, поставьте первое число: 01.{month:02}.{year}.")


def _within(day: date, bounds: DateBounds, today: date) -> date:
    earliest, latest = _bound(bounds.earliest, today), _bound(bounds.latest, today)
    if latest is not None and day > latest:
        until = "сегодняшнего дня" if bounds.latest == "today" else f"{latest:%d.%m.%Y}"
        raise Unclear(f"Дата {day:%d.%m.%Y} позже {until}. Проверьте, пожалуйста.")
    if earliest is not None and day < earliest:
        since = "сегодняшнего дня" if bounds.earliest == "today" else f"{earliest:%d.%m.%Y}"
        raise Unclear(f"Дата {day:%d.%m.%Y} раньше {since}. Проверьте, пожалуйста.")
    return day


def _bound(bound: Day, today: date) -> date | None:
    return today if bound == "today" else bound
