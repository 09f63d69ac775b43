"""Words that conclusions and descriptions of groups are made of."""

from collections.abc import Sequence

from services.reporting.indicators.indicator import Indicator
from services.reporting.statement.model import Amount
from services.reporting.statement.wording import amount_words

NUMBERED = "Школа № "
MOST_NAMES = 5
"""Schools named in one sentence; of the others only how many they are is told."""
MOST_ADDRESSED = 12
"""Schools named in one address."""


def count(number: int, one: str, few: str, many: str) -> str:
    """The number with the word in its form: «1 школа», «22 школы», «11 школ»."""
    last, teens = number % 10, 11 <= number % 100 <= 14
    word = one if last == 1 and not teens else few if 2 <= last <= 4 and not teens else many
    return f"{number}\N{NO-BREAK SPACE}{word}"


def lowered(title: str) -> str:
    """The title inside a sentence: «доля педагогов», but «ИОМ по дефицитам»; that it is a mean is left out."""
    words = title.removesuffix(", в среднем")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def named(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """Schools in one list: «школа № 2», «школы № 2, № 5 и № 7», «Школа № 2, Гимназия № 3»; so many at most."""
    told, more = list(names[:most]), len(names) - most
    head = ""
    if all(name.startswith(NUMBERED) for name in told):
        head = "школа " if len(names) == 1 else "школы "
        told = [name.removeprefix("Школа ") for name in told]
    return head + listed(told, more)


def listed(parts: Sequence[str], more: int = 0) -> str:
    """Parts of a sentence: «а, б и в», «а, б и ещё 3 школы»."""
    if more > 0:
        return f"{', '.join(parts)} и ещё {count(more, 'школа', 'школы', 'школ')}"
    return " и ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def of_schools(number: int) -> str:
    """«в 1 школе», «в 3 школах»."""
    return f"в\N{NO-BREAK SPACE}{count(number, 'школе', 'школах', 'школах')}"


def rounded_percent(part: float) -> str:
    """A part of 1 in whole per cent: «23 %»."""
    return f"{100 * part:.0f}\N{NO-BREAK SPACE}%"


def mean_words(indicator: Indicator, value: float) -> str:
    """A mean over schools of a share or mean, as its values are told."""
    return amount_words(indicator, Amount(value, 1.0))
