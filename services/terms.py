"""Terms, read from what people write: «до 15 декабря», «до конца ноября», «через 2 недели», «в пятницу»."""

import re
from calendar import monthrange
from datetime import date, timedelta

from services.diagnostics.answer_parsing import ASK_FOR_DAY, Unclear, parsed_day
from services.diagnostics.instrument import DateBounds

LONGEST_DAYS = 366
"""A term is at most so many days ahead, unless its conversation says otherwise."""

_MONTHS = {
    form: number
    for number, forms in enumerate(
        (
            "январь января январю январе янв",
            "февраль февраля февралю феврале февр фев",
            "март марта марту марте мар",
            "апрель апреля апрелю апреле апр",
            "май мая маю мае",
            "июнь июня июню июне июн",
            "июль июля июлю июле июл",
            "август августа августу августе авг",
            "сентябрь сентября сентябрю сентябре сент сен",
            "октябрь октября октябрю октябре окт",
            "ноябрь ноября ноябрю ноябре нояб ноя",
            "декабрь декабря декабрю декабре дек",
        ),
        start=1,
    )
    for form in forms.split()
}
_WEEKDAYS = {
    form: number
    for number, forms in enumerate(
        (
            "понедельник понедельника понедельнику",
            "вторник вторника вторнику",
            "среда среды среде среду",
            "четверг четверга четвергу",
            "пятница пятницы пятнице пятницу",
            "суббота субботы субботе субботу",
            "воскресенье воскресенья воскресенью",
        )
    )
    for form in forms.split()
}
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            "один одну одного одной",
            "два две двух пару",
            "три трёх трех",
            "четыре четырёх четырех",
            "пять пяти",
            "шесть шести",
            "семь семи",
            "восемь восьми",
            "девять девяти",
            "десять десяти",
            "одиннадцать одиннадцати",
            "двенадцать двенадцати",
            "тринадцать тринадцати",
            "четырнадцать четырнадцати",
            "пятнадцать пятнадцати",
            "шестнадцать шестнадцати",
            "семнадцать семнадцати",
            "восемнадцать восемнадцати",
            "девятнадцать девятнадцати",
            "двадцать двадцати",
        ),
        start=1,
    )
    for word in words.split()
} | {"тридцать": 30, "тридцати": 30}
_ORDINALS = {
    stem: number
    for number, stem in enumerate(
        "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат "
        "пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат".split(),
        start=1,
    )
} | {"четвёрт": 4, "тридцат": 30}
_TENS = {"двадцать": 20, "тридцать": 30}

_BEFORE = re.compile(r"(до|к|ко|по|на|в течение|в течении|в|во|через|за|не позднее|не позже) ")
_SPAN = re.compile(
    r"(\d{1,4}|[а-яё]+) (дней|день|дня|дн|неделю|недели|недель|нед|месяцев|месяца|месяц|мес|года|год|лет)"
)
_ONE = {"день": "день", "неделя": "неделю", "неделю": "неделю", "месяц": "месяц", "год": "год"}
_WITHIN = {"дня": "день", "недели": "неделю", "месяца": "месяц", "года": "год"}
"""What follows «в течение»."""
_YEAR = r"(?: ([12]\d{3}))?(?: года?| г)?"
_THIS = r"(?:(?:эт|текущ)(?:ого|его|ой|ей)|(следующего|следующей))"
_END = re.compile(r"(начал|середин|кон)(?:[аоуые]|ца|цу|ец|це) (?:" + _THIS + r" )?([а-яё]+)" + _YEAR)
_MONTH = re.compile(r"([а-яё]{3,8})" + _YEAR)
_WEEKDAY = re.compile(
    r"(?:(?:это|эту|этот|этой|этого|этому|ближайш(?:ий|ую|ее|ей|его|ему)|(следующ(?:ий|ую|ее|ей|его|ему))) )?"
    r"([а-яё]+)"
)
_DAY_OF = re.compile(r"\d{1,2} ([а-яё]+).*")
_ORDINAL = re.compile(rf"\b(?:(двадцать|тридцать) )?({'|'.join(_ORDINALS)})(?:ого|ому|ое|ьего|ьему|ье)\b")
_NUMBER_OF_DAY = re.compile(r"(\d{1,2})(?:-?(?:го|му|е))?(?: числа| числу| число)")
_SHORT_NUMBER = re.compile(r"(\d{1,2})-?(?:го|му|е)")
_ENDING = re.compile(r"(?<=\d)-?(?:го|му|е)\b")
_END_OF_SCHOOL_YEAR = ("конца учебного года", "концу учебного года", "конец учебного года")
_NEW_YEAR = ("нового года", "новому году", "новый год")
_NOT_FIXED = ("четверт", "полугоди", "триместр", "каникул")


def parsed_term(text: str, today: date, longest_days: int = LONGEST_DAYS) -> date:
    """The last day that the words name: today or later, at most `longest_days` ahead.

    Raises Unclear, which says how to mend it. A month alone means its last day, «до декабря» the day before it.
    """
    words = " ".join(text.casefold().replace("\N{NO-BREAK SPACE}", " ").strip(" .!,").split())
    words = _ORDINAL.sub(lambda found: f"{_TENS.get(found[1], 0) + _ORDINALS[found[2]]}-го", words)
    found = _BEFORE.match(words)
    before = found[1] if found else ""
    rest = words[found.end() :] if found else words
    if any(f" {word}" in f" {rest}" for word in _NOT_FIXED):
        raise Unclear("В школах это бывает в разные дни. Напишите, пожалуйста, дату, например 26.12.")
    latest = today + timedelta(days=longest_days)
    day = _span(before, rest, today, latest) or _named(before, rest, today)
    if day is None:
        return _calendar_day(_ENDING.sub("", rest), today, latest)
    if day < today:
        raise Unclear("Этот день уже прошёл. Выберите, пожалуйста, другой.")
    if day > latest:
        raise _too_far(latest)
    return day


def _span(before: str, words: str, today: date, latest: date) -> date | None:
    """«2 недели», «месяц», «полгода» from today on; what goes over `latest` is only told to be later than it."""
    if words == "полгода":
        return _months_later(today, 6)
    if words == "полтора месяца":
        return _months_later(today, 1) + timedelta(days=15)
    ones = _WITHIN if before.startswith("в течени") else _ONE
    found = _SPAN.fullmatch(f"1 {ones[words]}" if words in ones else words)
    if found is None:
        return None
    number = int(found[1]) if found[1].isdecimal() else _COUNTS.get(found[1])
    if number is None:
        return None
    if number < 1:
        raise Unclear("Срок бывает от 1 дня.")
    days = 1 if found[2].startswith("д") else 7 if found[2].startswith("нед") else None
    if number * (days or 28) > (latest - today).days:
        return latest + timedelta(days=1)
    if days:
        return today + timedelta(days=number * days)
    return _months_later(today, number if found[2].startswith("мес") else 12 * number)


def _named(before: str, words: str, today: date) -> date | None:
    """A part of a month, week or year, a month, a weekday, a day of some month; None for a day of the calendar."""
    if words == "послезавтра":
        return today + timedelta(days=2)
    if words in _NEW_YEAR:
        return date(today.year, 12, 31)
    if words in _END_OF_SCHOOL_YEAR:
        end = date(today.year, 5, 31)
        return end if end >= today else end.replace(year=today.year + 1)
    if found := _END.fullmatch(words):
        return _part(found[1], found[3], found[4], today, following=found[2] is not None)
    if (found := _MONTH.fullmatch(words)) and (month := _MONTHS.get(found[1])):
        return _whole_month(month, found[2], today, ends_before=before in ("до", "к", "ко"))
    if found := _WEEKDAY.fullmatch(words):
        return _weekday(found[2], today, next_week=found[1] is not None)
    found = _NUMBER_OF_DAY.fullmatch(words) or _SHORT_NUMBER.fullmatch(words)
    return _day_of_month(int(found[1]), today) if found else None


def _part(part: str, of: str, year: str | None, today: date, *, following: bool) -> date | None:
    """The beginning, middle or end of a week, month or year."""
    if of == "недели" and part == "кон":
        return today + timedelta(days=6 - today.weekday() + 7 * following)
    if of == "года" and part == "кон":
        return date(today.year + following, 12, 31)
    if of == "месяца":
        first = today.replace(day=1)
        return _in_month(_months_later(first, int(following)), part)
    month = _MONTHS.get(of)
    if not month:
        return None
    if year is not None:
        return _in_month(date(int(year), month, 1), part)
    day = _in_month(date(today.year, month, 1), part)
    return day if day >= today else _in_month(date(today.year + 1, month, 1), part)


def _in_month(first: date, part: str) -> date:
    if part == "кон":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first.replace(day=15 if part == "середин" else 1)


def _whole_month(month: int, year: str | None, today: date, *, ends_before: bool) -> date:
    years = [int(year)] if year is not None else [today.year, today.year + 1]
    firsts = [date(each, month, 1) for each in years]
    days = [first - timedelta(days=1) if ends_before else _in_month(first, "кон") for first in firsts]
    return next((day for day in days if day >= today), days[0])


def _weekday(word: str, today: date, *, next_week: bool) -> date | None:
    """The nearest such day after today, or the one of the next week."""
    number = _WEEKDAYS.get(word)
    if number is None:
        return None
    if next_week:
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _day_of_month(number: int, today: date) -> date | None:
    """The nearest such day of a month, today too."""
    first = today.replace(day=1)
    for month in (first, _months_later(first, 1), _months_later(first, 2)):
        if 1 <= number <= monthrange(month.year, month.month)[1] and month.replace(day=number) >= today:
            return month.replace(day=number)
    return None


def _calendar_day(words: str, today: date, latest: date) -> date:
    example = min(today + timedelta(days=7), latest)
    ask = f"Напишите дату, например {example:%d.%m.%Y}, или словами: через 2 недели."
    if (found := _DAY_OF.fullmatch(words)) and found[1] not in _MONTHS:
        raise Unclear(ask)
    try:
        return parsed_day(words, DateBounds(today, latest), today)
    except Unclear as unclear:
        day = _any_day(words, today)
        if day is None or today <= day <= latest:
            raise Unclear(str(unclear).replace(ASK_FOR_DAY, ask)) from None
        if day < today:
            raise Unclear("Этот день уже прошёл. Выберите, пожалуйста, другой.") from None
        raise _too_far(latest) from None


def _any_day(words: str, today: date) -> date | None:
    """The day that the words name, whenever it is."""
    try:
        return parsed_day(words, DateBounds(), today)
    except Unclear:
        return None


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _too_far(latest: date) -> Unclear:
    return Unclear(f"Это слишком далеко: выберите день не позже {latest:%d.%m.%Y}.")
