"""The parts of a result, each on a screen of its own: a factor with its scales, or some scales of several."""

from dataclasses import dataclass
from html import escape

from handlers.results.taps import ResultTap
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.instrument import Factor, Instrument, Scale
from services.diagnostics.scoring import Measured, score
from services.diagnostics.session import Session

PHASE_MARKS = "○◐●"
"""Levels of a phase, told apart without colour."""
NO_SCORE = "оценки нет, слишком мало ответов"
SCALES_TOGETHER = 4
"""Scales without factors that one screen has room for."""
BUTTONS_TOGETHER = 3
ADVICE = "что может помочь"
"""What the only part of a result adds to it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one screen of details is about; `factor` is None for scales that belong to none.

    `short_title` is for buttons.
    """

    title: str
    short_title: str
    scales: tuple[Scale, ...]
    factor: Factor | None = None


def details_of(instrument: Instrument) -> list[Part]:
    """The parts of a result in order: factors, or scales by fours."""
    if instrument.factors:
        return [
            Part(
                factor.title,
                factor.short_title,
                tuple(instrument.scales[instrument.scale_index[code]] for code in factor.scales),
                factor,
            )
            for factor in instrument.factors
        ]
    groups = [
        instrument.scales[at : at + SCALES_TOGETHER] for at in range(0, len(instrument.scales), SCALES_TOGETHER)
    ]
    if len(groups) == 1:
        return [Part(ADVICE, ADVICE, groups[0])]
    titles = [f"часть {number}" for number in range(1, len(groups) + 1)]
    return [Part(title, title, group) for title, group in zip(titles, groups, strict=True)]


def part_screen(instrument: Instrument, session: Session, index: int) -> Screen:
    """One part: points, level, what it may mean, what may help."""
    result = score(instrument, session.answers)
    parts = details_of(instrument)
    part = parts[index]
    lines: list[str] = []
    if part.factor is not None:
        measured = result.factors[index]
        lines.append(f"{mark_of(measured)} <b>{escape(sentence(part.title))}</b>: {level_line(measured)}")
        if measured.band is not None:
            words = part.factor.levels[measured.band.code]
            lines += [escape(words.meaning), f"<i>Что может помочь.</i> {escape(words.advice)}"]
    for scale in part.scales:
        symptom = result.scales[instrument.scale_index[scale.code]]
        lines += ["", f"<b>{escape(sentence(scale.title))}</b>", level_line(symptom)]
        if symptom.band is not None:
            text = scale.levels[symptom.band.code]
            lines.append(f"{escape(text.meaning)} {escape(text.advice)}")
    others = [
        button(sentence(other.short_title), ResultTap(session=session.id, factor=place))
        for place, other in enumerate(parts)
        if place != index
    ]
    rows: list[Row] = [tuple(others[at : at + BUTTONS_TOGETHER]) for at in range(0, len(others), BUTTONS_TOGETHER)]
    back = (button("‹ К результату", ResultTap(session=session.id)),)
    return Screen("\n".join(lines).strip(), (*rows, back))


def mark_of(measured: Measured) -> str:
    """A sign of the level: the fuller, the higher."""
    return PHASE_MARKS[max(0, min(measured.band_index, len(PHASE_MARKS) - 1))]


def level_line(measured: Measured) -> str:
    """«12 из 30, складывающийся», as HTML."""
    if measured.points is None or measured.band is None:
        return NO_SCORE
    figure = f"{number_in_words(measured.points)} из {number_in_words(round(measured.maximum, 1))}"
    return f"{figure}, {escape(measured.band.title)}"


def sentence(title: str) -> str:
    """The title with a capital letter."""
    return title[0].upper() + title[1:]
