"""What rules have drafted, each with the indicator that it comes from."""

from collections.abc import Sequence
from itertools import groupby

from services.reporting.analysis.effect import outcome
from services.reporting.indicators.registry import registry
from services.reporting.note.model import Addressed, Decision, Drafted, Outcome
from services.reporting.note.parts import NOTHING
from services.reporting.statement.model import Amount, Conclusion, Effect, Recommendation, Statement
from services.reporting.statement.wording import amount_words

TO_FILL_IN = "________________"
MOST = 12
"""Conclusions of one kind: nobody acts on thirty."""


def conclusions(statement: Statement, *, good: bool) -> tuple[Drafted, ...]:
    """What has been achieved, or what needs attention."""
    return tuple(_drafted(each) for each in _sorted(statement, good=good)[:MOST])


def left_unsaid(statement: Statement) -> str:
    """How many more need attention than the note has room for; empty where it names all."""
    more = len(_sorted(statement, good=False)) - MOST
    return (
        f"Показателей, по которым можно сделать ещё выводы: {more}. Они есть в таблицах справки."
        if more > 0
        else ""
    )


def recommendations(statement: Statement) -> tuple[Addressed, ...]:
    """By addressee, in the order in which these come first."""
    order = {each.addressee: None for each in statement.drafted.recommendations}
    places = {addressee: place for place, addressee in enumerate(order)}
    sorted_ = sorted(statement.drafted.recommendations, key=lambda each: places[each.addressee])
    return tuple(
        Addressed(_bound(addressee[:1].upper() + addressee[1:]), tuple(_drafted(each) for each in each_of))
        for addressee, each_of in groupby(sorted_, key=lambda each: each.addressee)
    )


def measures(statement: Statement) -> tuple[Decision, ...]:
    """Management decisions; a line to fill in where nobody is known to be responsible."""
    return tuple(
        Decision(
            number=str(number),
            words=_bound(each.words),
            due=f"{each.due_on:%d.%m.%Y}",
            responsible=each.responsible or TO_FILL_IN,
            indicator=_title(each.indicator),
        )
        for number, each in enumerate(statement.drafted.measures, start=1)
    )


def effects(statement: Statement) -> tuple[Outcome, ...]:
    """Measures of the note before, with their indicator then and now."""
    return tuple(_outcome(each) for each in statement.drafted.effects if each.indicator in registry())


def _sorted(statement: Statement, *, good: bool) -> Sequence[Conclusion]:
    """The most pressing first, as rules have put them."""
    return [each for each in statement.drafted.conclusions if each.good is good]


def _drafted(each: Conclusion | Recommendation) -> Drafted:
    return Drafted(_bound(each.words), _title(each.indicator))


def _bound(words: str) -> str:
    """A number stays on the line of its sign."""
    return words.replace("№ ", "№\N{NO-BREAK SPACE}")


def _outcome(effect: Effect) -> Outcome:
    return Outcome(
        measure=effect.measure,
        indicator=_title(effect.indicator),
        then=f"{_amount(effect.indicator, effect.then)}\n{effect.noted_on:%d.%m.%Y}",
        now=_amount(effect.indicator, effect.now),
        change=outcome(effect).value,
    )


def _amount(code: str, amount: Amount | None) -> str:
    if amount is None or code not in registry():
        return NOTHING
    return amount_words(registry().of(code), amount)


def _title(code: str) -> str:
    """The indicator as people know it; a note of the past may name one that is no more."""
    return registry().of(code).short if code in registry() else code
