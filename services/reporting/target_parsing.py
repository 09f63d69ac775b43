"""Plans and past amounts, read from what people write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.diagnostics.answer_parsing import Unclear
from services.reporting.indicators.indicator import Form, Indicator, Unit
from services.reporting.statement.model import Amount
from services.reporting.target import Target

NUMBER_LIMIT = 100_000
"""What a plan or an amount may count at most."""
WHOLE = 1000
"""Everybody, in tenths of a per cent."""

_TARGET = re.compile(
    r"(?:план\s*[:=-]?\s*)?(?P<digits>\d{1,9}(?:[.,]\d{1,9})?)\s*"
    r"(?P<unit>%|[а-яё]+\.?)?(?P<whose>(?:\s+[а-яё]+){0,3})",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_SHARE = ("%", "процент", "проц")
_AMOUNT = re.compile(r"(?P<part>\d{1,6})(?:\s*(?:из|/|от)\s*(?P<whole>\d{1,6}))?(?:\s+[а-яё]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is planned, as people call it: `many` of what («маршрутов»), the first letters of its words that may
    follow a number, and of whom a share is («педагогов»); nothing where there are no shares."""

    many: str
    stems: tuple[str, ...]
    whose: str


_CALLED: Mapping[Unit, tuple[str, tuple[str, ...]]] = {
    Unit.TEACHERS: ("педагогов", ("педагог", "учител", "маршрут", "иом")),
    Unit.PEOPLE: ("человек", ("человек", "люд", "педагог")),
    Unit.SCHOOLS: ("школ", ("школ",)),
    Unit.ROUTES: ("маршрутов", ("маршрут", "иом")),
    Unit.STEPS: ("шагов", ("шаг",)),
    Unit.PAIRS: ("пар", ("пар",)),
    Unit.MEETINGS: ("встреч", ("встреч",)),
    Unit.POSTS: ("ставок", ("став",)),
    Unit.VACANCIES: ("вакансий", ("вакан",)),
    Unit.DOCUMENTS: ("документов", ("документ",)),
    Unit.EVENTS: ("мероприятий", ("мероприят", "событ")),
    Unit.YEARS: ("лет", ("лет", "год")),
    Unit.MINUTES: ("минут", ("мин",)),
    Unit.MARKS: ("баллов", ("балл",)),
}


def counted_by(indicator: Indicator) -> Counted:
    """What a plan of the indicator counts."""
    many, stems = _CALLED[indicator.unit]
    return Counted(many, stems, many if indicator.form is Form.SHARE else "")


def parsed_target(text: str, counted: Counted) -> Target:
    """A plan from words: «36», «36 маршрутов», «5 %», «2,5 процента». Raises Unclear."""
    found = _TARGET.fullmatch(_plain(text))
    unit = (found["unit"] or "").casefold() if found else ""
    is_share = unit.startswith(_SHARE)
    if found is None or not (not unit or is_share or unit.startswith((*counted.stems, "шт"))):
        raise Unclear(_ask(counted))
    if not counted.whose and is_share:
        raise Unclear(f"Здесь план бывает только числом {counted.many}, например 36.")
    if not _fits(found["whose"], counted):
        raise Unclear(_ask(counted))
    digits = Decimal(found["digits"].replace(",", "."))
    return _share(digits) if is_share else _number(digits, counted)


def parsed_amount(text: str, *, whole: bool) -> Amount:
    """What was counted in the past: «24 из 153» for a part of a `whole`, «3» otherwise. Raises Unclear."""
    found = _AMOUNT.fullmatch(_plain(text))
    if found is None or (found["whole"] is None) is whole:
        raise Unclear("Напишите два числа, например: 24 из 153." if whole else "Напишите одно число, например 3.")
    part = int(found["part"])
    if not whole:
        return Amount(part, given=True)
    total = int(found["whole"])
    if not total:
        raise Unclear("Второе число должно быть больше нуля: от него считается доля.")
    if part > total:
        raise Unclear(f"Часть больше целого: {part} из {total}. Проверьте, пожалуйста, оба числа.")
    return Amount(part, total, given=True)


def _plain(text: str) -> str:
    """The words with single spaces, and with none inside numbers: «1 024» is one of them."""
    return _THOUSANDS.sub("", " ".join(text.split()).strip(" .!"))


def _share(digits: Decimal) -> Target:
    tenths = (digits * 10).quantize(Decimal(1), ROUND_HALF_UP)
    if tenths != digits * 10:
        raise Unclear("Хватит одного знака после запятой, например 2,5 %.")
    if not 1 <= tenths <= WHOLE:
        raise Unclear("Доля бывает от 0,1 до 100 %.")
    return Target(share=int(tenths))


def _number(digits: Decimal, counted: Counted) -> Target:
    if digits != digits.to_integral_value():
        more = " Если это доля, добавьте знак %, например 2,5 %." if counted.whose else ""
        raise Unclear(f"Нужно целое число {counted.many}.{more}")
    if not 1 <= digits <= NUMBER_LIMIT:
        most = f"{NUMBER_LIMIT:,}".replace(",", "\N{NO-BREAK SPACE}")
        raise Unclear(f"Число {counted.many} бывает от 1 до {most}.")
    return Target(number=int(digits))


def _ask(counted: Counted) -> str:
    share = f", или долю {counted.whose}, например 5 %" if counted.whose else ""
    return f"Напишите число {counted.many}, например 36{share}."


def _fits(words: str, counted: Counted) -> bool:
    """Whether what follows the unit only says of whom: «от всех педагогов»."""
    known = ("от", "всех", "педагог", "учител", *counted.stems)
    return all(word.startswith(known) for word in words.casefold().split())
