"""The digest of a month, and what measures have brought, as messages."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.words import near_date
from handlers.pushes.frame import pushed, rest
from handlers.report.figures.lines import capital, figure_line
from handlers.report.figures.taps import FiguresTap
from handlers.report.files.taps import DocumentTap
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.pushes.effects import Judged
from services.pushes.monthly import NeedsAttention
from services.reporting.analysis.effect import effect_words
from services.reporting.analysis.words import lowered
from services.reporting.indicators.registry import registry
from services.reporting.periods import Period
from services.reporting.statement.headline import headline
from services.reporting.statement.model import Statement


def monthly(statement: Statement, needs: Sequence[NeedsAttention]) -> Screen:
    """Figures of the municipality and the schools to look at."""

    def lines(shown: int) -> Sequence[str]:
        told = [f"<b>{escape(statement.name)}: сводка месяца</b>", capital(statement.period.title), ""]
        told += [f"• {figure_line(figure, statement.min_group)}" for figure in headline(statement.whole)]
        if any(figure.before is not None for figure in headline(statement.whole)):
            told += [f"<i>▲▼ — по сравнению с периодом: {escape(statement.previous.title)}.</i>"]
        if not needs:
            return [*told, "", "Школ, которым нужно особое внимание, нет."]
        told += ["", "<b>Каким школам нужно внимание</b>"]
        told += [f"• {escape(one.name)}: {_causes(one)}" for one in needs[:shown]]
        return told + rest(len(needs) - shown)

    return pushed(lines, _rows(statement.organisation_id, statement.period))


def effect(place: Organisation, judged: Judged, today: date) -> Screen:
    """Every measure of the earlier note with what has become of its indicator."""
    noted = judged.effects[0].noted_on

    def lines(shown: int) -> Sequence[str]:
        told = [
            f"<b>{escape(place.name)}: что дали принятые меры</b>",
            f"Меры из справки от {near_date(noted, today)}, показатели за период: {judged.period.title}",
        ]
        for one in judged.effects[:shown]:
            short = escape(registry().of(one.indicator).short)
            told += ["", f"• {escape(one.measure)}", f"{short}: <b>{escape(effect_words(one))}</b>"]
        told += rest(len(judged.effects) - shown)
        told += ["", "<i>Изменение показателя ещё не значит, что подействовала именно мера: обсудите это.</i>"]
        return told

    return pushed(lines, _rows(place.id, judged.period))


def _causes(one: NeedsAttention) -> str:
    return escape(", ".join(lowered(registry().of(code).short) for code in one.codes))


def _rows(place: int, period: Period) -> list[Row]:
    return [
        (button("Справка (Word)", DocumentTap(organisation=place, period=period.key)),),
        (button("Открыть отчёт", FiguresTap(organisation=place, period=period.key)),),
    ]
