"""Writing a note with its charts. Only a worker process calls this: charts bring matplotlib."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from services.charts.of_statement import CHARTS
from services.reporting.note.composing import compose
from services.reporting.note.model import Charts, Pictures
from services.reporting.note.note_file import make_note
from services.reporting.statement.model import Statement
from services.word_template import Picture

_ALONE, _IN_PAIRS, _LEGIBLE = 95, 76, 55
"""Millimetres: how wide a chart is on a line of its own, how wide each of two side by side, how wide at least."""
_HALF, _WHOLE = 130, 200
"""Millimetres: how high a chart is, so that it finds room on a page, and how high one of many schools may be."""
_PLACES = {
    "plan_and_fact": "plan",
    "levels": "diagnostics",
    "heat_map": "diagnostics",
    "funnel": "mentoring",
    "over_periods": "dynamics",
    "ranking": "comparison",
}
"""Modules of charts and where theirs stand in the note; any other one is about plans."""
_SIZE = slice(16, 24)
"""Where a PNG tells its width and height."""


def write(statement: Statement, template: Path | None = None, number: int | None = None) -> bytes:
    """The note as a .docx; `number` is the one that the statement is kept under."""
    return make_note(replace(compose(statement, number), charts=_drawn(statement)), template)


def _drawn(statement: Statement) -> Charts:
    found: dict[str, list[bytes]] = {}
    for chart in CHARTS:
        if chart.available(statement):
            module, _, name = chart.function.partition(":")
            place = _PLACES.get(module.rpartition(".")[2], "plan")
            found.setdefault(place, []).append(getattr(import_module(module), name)(statement))
    return Charts(**{place: tuple(_rows(charts)) for place, charts in found.items()})


def _rows(charts: Sequence[bytes]) -> Iterator[Pictures]:
    """Two in a row; the last one of an odd number stands alone."""
    for first in range(0, len(charts), 2):
        row = charts[first : first + 2]
        yield tuple(_picture(png, _IN_PAIRS if len(row) > 1 else _ALONE) for png in row)


def _picture(png: bytes, widest: float) -> Picture:
    width, height = struct.unpack(">II", png[_SIZE])
    fitting = min(widest, _HALF * width / height)
    return Picture(png, fitting if fitting >= _LEGIBLE else min(widest, _WHOLE * width / height))
