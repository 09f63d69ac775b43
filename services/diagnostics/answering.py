"""Answers of every kind: what a tap or a message means for an item, and what the whole sheet becomes.

A sheet is packed: one character an item. An item of the kinds CHOICE and LIKERT has the option's code there; the
others have a mark, and their answers beside it as values: the chosen codes in one string, a number, a day in ISO
form, a text. An item of several options that is being filled has a value already, but no mark yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.diagnostics.answer_parsing import Unclear, matched, parsed_day, parsed_number, parsed_text
from services.diagnostics.instrument import (
    ANSWERED,
    HIDDEN,
    ONE_OPTION,
    SKIPPED,
    UNANSWERED,
    CountBounds,
    DateBounds,
    Instrument,
    Item,
    ItemKind,
    NumberBounds,
    TextBounds,
)

Value = str | int | float
"""What is kept beside a mark; it is stored as JSON and must come back the same."""

TODAY = "t"
"""The code of the button that answers an item of the kind DATE with the present day."""

SKIP_WORDS = frozenset({"пропустить", "пропускаю", "пропуск"})
READY_WORDS = frozenset({"готово", "всё", "все"})


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one item: its character, and the value beside it if there is one."""

    mark: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All answers of one session; `values` by the numbers of items."""

    answers: str
    values: Mapping[int, Value] = field(default_factory=dict)

    @property
    def first_unanswered(self) -> int:
        """Number of the first item without an answer; 0 when there is none."""
        return self.answers.find(UNANSWERED) + 1


def tapped(item: Item, code: str, value: Value | None, today: date) -> Given:
    """What a button of the item means; `value` is the one it has. Raises Unclear, KeyError for no such button."""
    if code == SKIPPED and item.optional:
        return Given(SKIPPED)
    if item.kind is ItemKind.DATE and code == TODAY:
        return _day(item, "сегодня", today)
    if item.kind is ItemKind.SEVERAL and code == ANSWERED:
        return _ready(item, value)
    if not item.options or code not in item.option_codes:
        raise KeyError(code)
    if item.kind is ItemKind.SEVERAL:
        return _toggled(item, value, code)
    return Given(code)


def written(item: Item, text: str, value: Value | None, today: date) -> Given:
    """What words mean for the item; `value` is the one it has. Raises Unclear, which says how to mend it."""
    word = text.strip().strip(".!,").casefold()
    if word in SKIP_WORDS:
        if not item.optional:
            raise Unclear("Этот вопрос нужен, его нельзя пропустить.")
        return Given(SKIPPED)
    if item.kind in ONE_OPTION:
        return Given(matched(item.options, word))
    if item.kind is ItemKind.SEVERAL:
        if word in READY_WORDS:
            return _ready(item, value)
        given = Given(UNANSWERED, value)
        for part in _parts(item, text):
            given = _toggled(item, given.value, matched(item.options, part))
        return given
    if item.kind is ItemKind.DATE:
        return _day(item, text, today)
    if item.kind is ItemKind.NUMBER:
        assert isinstance(item.bounds, NumberBounds)
        return Given(ANSWERED, parsed_number(text, item.bounds))
    assert isinstance(item.bounds, TextBounds)
    return Given(ANSWERED, parsed_text(text, item.bounds))


def settled(instrument: Instrument, sheet: Sheet, number: int, given: Given) -> Sheet:
    """The sheet after the answer `given` to the item `number`: what its conditions hide loses its answers."""
    answers = list(sheet.answers)
    values = dict(sheet.values)
    answers[number - 1] = given.mark
    values.pop(number, None)
    if given.value is not None:
        values[number] = given.value
    for item in instrument.items[number:]:
        place = item.number - 1
        shown = _shown(item, answers, values)
        if shown is False:
            answers[place] = HIDDEN
            values.pop(item.number, None)
        elif shown and answers[place] == HIDDEN:
            answers[place] = UNANSWERED
    return Sheet("".join(answers), values)


def shown_before(answers: str, position: int) -> int:
    """Number of the last item before `position` that is not hidden; 0 when there is none."""
    return len(answers[: position - 1].rstrip(HIDDEN)) if position > 1 else 0


def _shown(item: Item, answers: list[str], values: Mapping[int, Value]) -> bool | None:
    """Whether the item's condition holds; None while nobody can tell."""
    if item.show_if is None:
        return True
    mark = answers[item.show_if.item - 1]
    if mark == UNANSWERED:
        return None
    chosen = str(values.get(item.show_if.item, "")) if mark == ANSWERED else mark
    return not item.show_if.codes.isdisjoint(chosen)


def _parts(item: Item, text: str) -> list[str]:
    """The options that words name, in lower case; a title may have a comma of its own."""
    whole = text.strip().strip(".!,").casefold()
    if any(option.title.casefold() == whole for option in item.options):
        return [whole]
    parts = (part.strip().strip(".!").casefold() for part in text.replace(";", ",").split(","))
    return [part for part in parts if part]


def _toggled(item: Item, value: Value | None, code: str) -> Given:
    assert isinstance(item.bounds, CountBounds)
    chosen = set(str(value or "")) ^ {code}
    most = item.bounds.at_most
    if most == 1 and code in chosen:
        chosen = {code}
    if len(chosen) > most:
        raise Unclear(f"Можно выбрать не больше {most} вариантов. Сначала снимите отметку с одного из них.")
    return Given(UNANSWERED, "".join(each for each in item.option_codes if each in chosen) or None)


def _ready(item: Item, value: Value | None) -> Given:
    assert isinstance(item.bounds, CountBounds)
    chosen, least = str(value or ""), item.bounds.at_least
    if len(chosen) < least:
        more = "хотя бы один вариант" if least == 1 else f"не меньше {least} вариантов"
        skip = ", или нажмите «Пропустить»" if item.optional else ""
        raise Unclear(f"Отметьте, пожалуйста, {more}{skip}.")
    return Given(ANSWERED, chosen)


def _day(item: Item, text: str, today: date) -> Given:
    assert isinstance(item.bounds, DateBounds)
    return Given(ANSWERED, parsed_day(text, item.bounds, today).isoformat())
