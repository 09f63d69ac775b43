"""Official forms of schools added up. They are about organisations, so that nothing has to be hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.campaigns.model import OfficialAnswer
from services.diagnostics.instrument import ANSWERED, Instrument, Item, ItemKind, NumberBounds

_MEAN = "средн"
"""What a question about a mean has in it: means of schools are not to be summed."""
_WRITTEN = (ItemKind.DATE, ItemKind.SHORT_TEXT, ItemKind.LONG_TEXT)


@dataclass(frozen=True, slots=True)
class Total:
    """A number over the schools that told it: the sum, or the mean where a sum means nothing."""

    item: int
    question: str
    unit: str
    schools: int
    value: float
    is_mean: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the schools that answered chose each option."""

    question: str
    schools: int
    options: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SchoolAnswers:
    """What one school told in numbers and in words, by question."""

    school: str
    numbers: tuple[tuple[str, float], ...]
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All schools' forms of one version together."""

    forms: int
    totals: tuple[Total, ...]
    counts: tuple[Count, ...]
    schools: tuple[SchoolAnswers, ...]


def summary(instrument: Instrument, answers: Sequence[OfficialAnswer]) -> Summary:
    """The forms filled in the instrument's version; texts and dates are told as they are."""
    forms = [answer for answer in answers if answer.version == instrument.version]
    numbers = [item for item in instrument.items if item.kind is ItemKind.NUMBER]
    chosen = [item for item in instrument.items if item.options]
    written = [item for item in instrument.items if item.kind in _WRITTEN]
    return Summary(
        forms=len(forms),
        totals=tuple(total for item in numbers if (total := _total(item, forms))),
        counts=tuple(_count(item, forms) for item in chosen),
        schools=tuple(
            SchoolAnswers(
                form.school,
                tuple((item.text, value) for item in numbers if (value := _number(item, form)) is not None),
                tuple((item.text, text) for item in written if (text := _text(item, form))),
            )
            for form in forms
        ),
    )


def _total(item: Item, forms: Sequence[OfficialAnswer]) -> Total | None:
    values = [value for form in forms if (value := _number(item, form)) is not None]
    if not values:
        return None
    unit = item.bounds.unit if isinstance(item.bounds, NumberBounds) else ""
    is_mean = _MEAN in item.text.casefold()
    value = sum(values) / len(values) if is_mean else sum(values)
    return Total(item.number, item.text, unit, len(values), round(value, 2), is_mean)


def _count(item: Item, forms: Sequence[OfficialAnswer]) -> Count:
    given = [codes for form in forms if (codes := _codes(item, form))]
    options = tuple((option.title, sum(option.code in codes for codes in given)) for option in item.options)
    return Count(item.text, len(given), options)


def _number(item: Item, form: OfficialAnswer) -> float | None:
    value = form.values.get(item.number)
    return float(value) if isinstance(value, int | float) else None


def _text(item: Item, form: OfficialAnswer) -> str:
    """What was written, a day as «12.10.2025»; empty without an answer."""
    value = form.values.get(item.number)
    if item.kind is ItemKind.DATE and value is not None:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        return f"{day:%d.%m.%Y}"
    return str(value or "")


def _codes(item: Item, form: OfficialAnswer) -> str:
    """The codes of the options that the form has chosen; empty for an item without an answer."""
    mark = form.marks[item.number - 1]
    if item.kind is ItemKind.SEVERAL:
        return str(form.values.get(item.number, "")) if mark == ANSWERED else ""
    return mark if mark in item.option_codes else ""
