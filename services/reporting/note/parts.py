"""Tables of indicators: what has a value stands in a line, what has none is named under the table."""

from collections.abc import Iterable, Sequence

from services.reporting.analysis.words import count
from services.reporting.indicators.indicator import Indicator
from services.reporting.note.model import Line, Part
from services.reporting.statement.model import Figure, Silence, Statement, Uncounted
from services.reporting.statement.wording import (
    amount_words,
    change_words,
    figure_words,
    number_words,
    performance_words,
    target_words,
)

NOTHING = "—"
EMPTY = "Нет данных."


def part(statement: Statement, indicators: Iterable[Indicator]) -> Part:
    """The indicators that the place has figures of."""
    figures = _figures(statement, indicators)
    told = [(indicator, figure) for indicator, figure in figures if figure.amount is not None]
    hidden = [indicator for indicator, figure in figures if figure.hidden]
    remarks = [_hidden(hidden, statement.min_group)] if hidden else []
    if told:
        for silence, words in ((Silence.NO_DATA, "Нет данных"), (Silence.EMPTY, "Считать не из чего")):
            names = [indicator.title for indicator, figure in figures if figure.silence is silence]
            if names:
                remarks.append(f"{words}: {listed(names)}.")
        remarks += _left_out(figures)
    return Part(
        lines=tuple(_line(indicator, figure, statement.min_group) for indicator, figure in told),
        planned=any(figure.plan is not None for _, figure in told),
        compared=_compared(told),
        empty="" if hidden else EMPTY,
        remarks=tuple(remarks),
    )


def planned(statement: Statement, indicators: Iterable[Indicator]) -> Part:
    """All indicators with a plan, also those that nothing is known of yet."""
    told = [each for each in _figures(statement, indicators) if each[1].plan is not None]
    return Part(
        lines=tuple(_line(indicator, figure, statement.min_group) for indicator, figure in told),
        planned=True,
        compared=_compared(told),
        empty="План на этот период не задан.",
    )


def _figures(statement: Statement, indicators: Iterable[Indicator]) -> Sequence[tuple[Indicator, Figure]]:
    known = statement.whole.figures
    return [(indicator, known[indicator.code]) for indicator in indicators if indicator.code in known]


def _compared(told: Sequence[tuple[Indicator, Figure]]) -> bool:
    return any(figure.before is not None for _, figure in told)


def _line(indicator: Indicator, figure: Figure, min_group: int) -> Line:
    return Line(
        name=indicator.title,
        plan=target_words(indicator, figure.plan) if figure.plan is not None else NOTHING,
        fact=figure_words(indicator, figure, min_group),
        percent=_performed(indicator, figure),
        before=amount_words(indicator, figure.before) if figure.before is not None else NOTHING,
        change=change_words(indicator, figure) or NOTHING,
    )


def _performed(indicator: Indicator, figure: Figure) -> str:
    """«100 %», «выше плана»: the head of the column says of what."""
    words = performance_words(indicator, figure) or NOTHING
    return words.removesuffix(" плана") if "%" in words else words


def _hidden(indicators: Sequence[Indicator], min_group: int) -> str:
    names = listed([indicator.title for indicator in indicators])
    return (
        f"Скрыто, потому что посчитанных результатов меньше {min_group}: {names}. По маленькой группе можно "
        "узнать ответы отдельных людей, поэтому её результаты не показываются."
    )


def _left_out(figures: Sequence[tuple[Indicator, Figure]]) -> list[str]:
    """Who is not counted and why, each reason once."""
    reasons: dict[str, list[str]] = {}
    for indicator, figure in figures:
        for one in figure.left_out:
            if one.count:
                reasons.setdefault(left_out_words(one), []).append(f"«{indicator.short}»")
    return [f"Не учтены: {reason} ({_abridged(names)})." for reason, names in reasons.items()]


def left_out_words(left_out: Uncounted) -> str:
    """«прошли, но ещё не вошли в группу от 5 человек — 9»"""
    return f"{left_out.words} — {number_words(left_out.count)}"


def _abridged(names: Sequence[str]) -> str:
    more = len(names) - 1
    return f"{names[0]} и ещё {count(more, 'показатель', 'показателя', 'показателей')}" if more else names[0]


def listed(names: Sequence[str]) -> str:
    """Titles inside a sentence."""
    return "; ".join(name if name[1:2].isupper() else name[:1].lower() + name[1:] for name in names)
