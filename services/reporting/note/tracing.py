"""What every figure is made of: numerator, denominator, date, who was left out."""

from services.reporting.facts import STATE
from services.reporting.indicators.indicator import Indicator, Rule
from services.reporting.indicators.registry import SECTIONS, registry
from services.reporting.note.model import Origin, Origins
from services.reporting.note.parts import left_out_words, listed
from services.reporting.statement.dates import day_of, last_day
from services.reporting.statement.model import Amount, Figure, Silence, Statement
from services.reporting.statement.wording import figure_words, number_words, plan_words, silence_words


def origins(statement: Statement) -> tuple[Origins, ...]:
    """All figures of the whole, section by section; those that nothing is known of are only named."""
    known = statement.whole.figures
    found = []
    for section, title in SECTIONS.items():
        there = [indicator for indicator in registry().in_section(section) if indicator.code in known]
        if there:
            missing = [one for one in there if known[one.code].silence is Silence.NO_DATA]
            lines = tuple(_origin(statement, one, known[one.code]) for one in there if one not in missing)
            names = f"Нет данных: {listed([one.title for one in missing])}." if missing else ""
            found.append(Origins(title, lines, names))
    return tuple(found)


def _origin(statement: Statement, indicator: Indicator, figure: Figure) -> Origin:
    lines = []
    if figure.amount is not None:
        lines += _made_of(indicator, figure.amount)
        lines.append(_dated(statement, indicator, figure.amount))
    else:
        lines.append(f"{_begun(silence_words(figure, statement.min_group))}.")
    lines += [f"Не учтены: {left_out_words(one)}." for one in figure.left_out if one.count]
    if plan := plan_words(indicator, figure):
        lines.append(f"{_begun(plan)}.")
    if figure.before is not None and figure.before.given:
        lines.append(f"Значение «было» ({statement.previous.title}) введено вручную.")
    return Origin(
        name=indicator.title,
        definition=indicator.definition,
        value=figure_words(indicator, figure, statement.min_group),
        origin=" ".join(lines),
    )


def _made_of(indicator: Indicator, amount: Amount) -> list[str]:
    lines = [f"{_begun(indicator.numerator_words)}: {number_words(amount.numerator)}."]
    if amount.denominator is not None:
        lines.append(f"{_begun(indicator.denominator_words)}: {number_words(amount.denominator)}.")
    return lines


def _dated(statement: Statement, indicator: Indicator, amount: Amount) -> str:
    if amount.given:
        return "Введено вручную."
    match indicator.rule:
        case Rule.DURING:
            days = f"С {statement.period.begins:%d.%m.%Y} по {last_day(statement):%d.%m.%Y}"
            if indicator.denominator in STATE:
                days += f", {indicator.denominator_words} на {day_of(statement, indicator):%d.%m.%Y}"
            return f"{days}."
        case Rule.AT_END:
            return f"На {day_of(statement, indicator):%d.%m.%Y}."
        case Rule.TAKING:
            instrument = indicator.numerator.partition(".")[0]
            for taking in statement.takings:
                if taking.instrument == instrument:
                    return f"{taking.wave_title}."
            return f"{_begun(statement.period.title)}."


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
