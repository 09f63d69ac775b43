"""Figures in words and signs, as Russian documents write them."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from services.reporting.indicators.indicator import Better, Form, Indicator, Unit
from services.reporting.shares import NO_DATA, share
from services.reporting.statement.model import Amount, Figure, Silence
from services.reporting.target import Target

UNCHANGED = "без изменений"
_SPACE = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_POINTS = f"п.{_SPACE}п."
_WHOLE = 1000
"""All of a denominator, in tenths of a per cent."""
_UNITS = {
    Unit.TEACHERS: ("педагог", "педагога", "педагогов"),
    Unit.PEOPLE: ("человек", "человека", "человек"),
    Unit.SCHOOLS: ("школа", "школы", "школ"),
    Unit.ROUTES: ("маршрут", "маршрута", "маршрутов"),
    Unit.STEPS: ("шаг", "шага", "шагов"),
    Unit.PAIRS: ("пара", "пары", "пар"),
    Unit.MEETINGS: ("встреча", "встречи", "встреч"),
    Unit.POSTS: ("ставка", "ставки", "ставок"),
    Unit.VACANCIES: ("вакансия", "вакансии", "вакансий"),
    Unit.DOCUMENTS: ("документ", "документа", "документов"),
    Unit.EVENTS: ("мероприятие", "мероприятия", "мероприятий"),
    Unit.YEARS: ("год", "года", "лет"),
    Unit.MINUTES: ("минута", "минуты", "минут"),
    Unit.MARKS: ("балл", "балла", "баллов"),
}


class Meaning(StrEnum):
    """What a change means for the indicator."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


def number_words(number: float) -> str:
    """«1 250», «32,5», «−3»: at most two digits after the comma, none where they are zeros."""
    rounded = _rounded(number, "0.01")
    digits = f"{abs(rounded):,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign = _MINUS if rounded < 0 else ""
    return sign + digits.replace(",", _SPACE).replace(".", ",")


def unit_words(unit: Unit, number: float) -> str:
    """The number with its unit: «1 пара», «44,7 года», «12 встреч»."""
    one, few, many = _UNITS[unit]
    words = number_words(number)
    form = few if "," in words else _form(abs(int(_rounded(number, "1"))), one, few, many)
    return f"{words}{_SPACE}{form}"


def amount_words(indicator: Indicator, amount: Amount) -> str:
    """The value alone: «15,7 %», «24», «44,7 года», «нет данных» for an empty group."""
    if amount.denominator == 0:
        return NO_DATA
    if indicator.form is Form.SHARE:
        part = _part(amount)
        return share(part.numerator, part.denominator)
    if indicator.form is Form.MEAN:
        return unit_words(indicator.unit, float(_rounded(amount.value, "0.1")))
    return number_words(amount.value if amount.denominator is None else float(_rounded(amount.value, "0.1")))


def figure_words(indicator: Indicator, figure: Figure, min_group: int) -> str:
    """The value, a share with what it is made of: «15,7 % (24 из 153)»; or why there is none."""
    if figure.amount is None:
        return silence_words(figure, min_group)
    words = amount_words(indicator, figure.amount)
    if indicator.form is Form.SHARE and figure.amount.denominator:
        of = f"{number_words(figure.amount.numerator)} из {number_words(figure.amount.denominator)}"
        return f"{words} ({of})"
    return words


def silence_words(figure: Figure, min_group: int) -> str:
    """Why there is no value; empty where there is one."""
    if figure.silence is Silence.ANONYMOUS:
        return "скрыто, опрос анонимный: только общий итог после завершения"
    if figure.silence is Silence.TOO_FEW:
        return f"скрыто, меньше {min_group}{_SPACE}{_form(min_group, 'человека', 'человек', 'человек')}"
    return NO_DATA if figure.amount is None else ""


def change_words(indicator: Indicator, figure: Figure) -> str | None:
    """The change since the period before: «+0,4 п. п.», «−3», «без изменений»; None where nothing can be compared.

    It is the difference of the values as they are printed, so that whoever subtracts them finds the same.
    """
    change = _change(indicator, figure)
    if change is None:
        return None
    if not change:
        return UNCHANGED
    sign = "+" if change > 0 else _MINUS
    if indicator.form is Form.SHARE:
        return f"{sign}{share(int(abs(change) * 10), _WHOLE).removesuffix('%')}{_POINTS}"
    return f"{sign}{number_words(abs(float(change)))}"


def arrow(indicator: Indicator, figure: Figure) -> str:
    """▲ for more, ▼ for less, = for the same; empty where nothing can be compared."""
    change = _change(indicator, figure)
    if change is None:
        return ""
    return "=" if not change else "▲" if change > 0 else "▼"


def meaning(indicator: Indicator, figure: Figure) -> Meaning:
    """Whether the change is a good one."""
    change = _change(indicator, figure)
    if not change or indicator.better is Better.NEITHER:
        return Meaning.NEUTRAL
    return Meaning.GOOD if (change > 0) is (indicator.better is Better.UP) else Meaning.BAD


def target_words(indicator: Indicator, target: Target) -> str:
    """The plan as people write it: «36», «5 %», «2,5 %»."""
    if target.share is None:
        return number_words(target.number or 0)
    whole, tenths = divmod(target.share, 10)
    return f"{whole}{f',{tenths}' if tenths else ''}{_SPACE}%"


def performance_words(indicator: Indicator, figure: Figure) -> str | None:
    """The fact against the plan: «100 % плана» of a number, «выше плана» of a share; None without either."""
    if figure.plan is None or figure.amount is None:
        return None
    if figure.plan.number is not None:
        done = Fraction(figure.amount.numerator)
        return (
            f"{share(done.numerator, done.denominator * figure.plan.number)} плана" if figure.plan.number else None
        )
    if not figure.amount.denominator:
        return None
    part, planned = _part(figure.amount), Fraction(figure.plan.share or 0, _WHOLE)
    if part == planned:
        return "план выполнен"
    return "выше плана" if part > planned else "ниже плана"


def plan_words(indicator: Indicator, figure: Figure) -> str | None:
    """The plan and how far it is carried out: «план 36, 100 % плана», «план 5 %, выше плана»; None without one."""
    if figure.plan is None:
        return None
    performance = performance_words(indicator, figure)
    words = f"план {target_words(indicator, figure.plan)}"
    return f"{words}, {performance}" if performance else words


def _change(indicator: Indicator, figure: Figure) -> Decimal | None:
    now, then = figure.amount, figure.before
    if now is None or then is None or now.denominator == 0 or then.denominator == 0:
        return None
    return _printed(indicator, now) - _printed(indicator, then)


def _printed(indicator: Indicator, amount: Amount) -> Decimal:
    if indicator.form is Form.SHARE:
        part = 100 * _part(amount)
        return _rounded(Decimal(part.numerator) / part.denominator, "0.1")
    return _rounded(amount.value, "0.1" if indicator.form is Form.MEAN else "0.01")


def _part(amount: Amount) -> Fraction:
    return Fraction(amount.numerator) / Fraction(amount.denominator or 1)


def _rounded(number: float | Decimal, exponent: str) -> Decimal:
    return Decimal(str(number)).quantize(Decimal(exponent), ROUND_HALF_UP)


def _form(number: int, one: str, few: str, many: str) -> str:
    if 11 <= number % 100 <= 14:
        return many
    last = number % 10
    if last == 1:
        return one
    return few if 2 <= last <= 4 else many
