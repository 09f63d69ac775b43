"""Charts of schools, from the best to the worst by a share; the longest bar is as long as there is room."""

from collections.abc import Sequence

from services.charts.drawable import COVERAGE, MENTORED, ROUTES, ranked, valued
from services.charts.school_names import short_name
from services.charts.sheet import Sheet, plain
from services.charts.stack import LEAST
from services.charts.style import ACCENT, BAR, INNER, MARGIN, MUTED, RAIL, SMALL, WIDTH, grouped
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Statement
from services.reporting.statement.wording import amount_words, silence_words

_NAME = 350  # pixels that names of schools have at most
_GAP = 20
_LINE = 36
_THICK = 30
_ROW = 58


def draw_coverage(statement: Statement) -> bytes:
    """A PNG with schools by how many have taken the diagnostics. Raises ValueError with fewer than two values."""
    return _draw(statement, COVERAGE)


def draw_routes(statement: Statement) -> bytes:
    """The same by teachers for whom a route was made."""
    return _draw(statement, ROUTES)


def draw_mentored(statement: Statement) -> bytes:
    """The same by early-career teachers who have a mentor."""
    return _draw(statement, MENTORED)


def _draw(statement: Statement, codes: Sequence[str]) -> bytes:
    code = ranked(statement, codes)
    if code is None:
        raise ValueError(f"fewer than two schools have {codes}")
    indicator = registry().of(code)
    order = sorted(valued(statement, code), key=lambda school: -school[1].value)
    sheet = Sheet()
    y = sheet.heading(indicator.title, f"{statement.name}, {statement.period.title}")
    words = {
        amount: (
            amount_words(indicator, amount),
            f"{_whole(amount.numerator)} из {_whole(amount.denominator or 0)}",
        )
        for _, amount in order
    }
    names = {school.organisation_id: _lines(sheet, school.name) for school in statement.schools}
    wide = max(sheet.width(line, SMALL) for lines in names.values() for line in lines)
    shares = max(sheet.width(share, bold=True) for share, _ in words.values())
    counts = max(sheet.width(count, SMALL) for _, count in words.values())
    left = MARGIN + wide + _GAP
    room = INNER - wide - shares - counts - 3 * _GAP
    whole = statement.whole.figures.get(code)
    mean = whole.amount if whole is not None else None
    of_mean = mean.value if mean is not None and mean.denominator else 0.0
    pixel = room / (max(of_mean, *(amount.value for _, amount in order)) or 1.0)
    y += 18
    if mean is not None and mean.denominator:
        x = left + mean.value * pixel
        label = f"в целом {amount_words(indicator, mean)}"
        half = sheet.width(label, SMALL) / 2
        at = min(max(x, left + half), WIDTH - MARGIN - half)
        sheet.text(at, y + 26, label, size=SMALL, color=MUTED, align="center")
        y += 44
    top = y
    for school, amount in order:
        lines = names[school.organisation_id]
        height = _height(lines)
        middle = y + height / 2
        _name(sheet, lines, middle)
        share, count = words[amount]
        sheet.box(left, middle - 2, room, 4, RAIL)
        length = max(amount.value * pixel, LEAST) if amount.numerator else 0
        sheet.box(left, middle - _THICK / 2, length, _THICK, BAR)
        sheet.text(left + room + _GAP + shares, middle + 12, share, bold=True, align="right")
        sheet.text(WIDTH - MARGIN, middle + 11, count, size=SMALL, color=MUTED, align="right")
        y += height
    if mean is not None and mean.denominator:
        sheet.dashes(left + mean.value * pixel, top, y, ACCENT)
    for school in statement.schools:
        figure = school.figures.get(code)
        if figure is None or (figure.amount is not None and figure.amount.denominator):
            continue
        lines = names[school.organisation_id]
        _name(sheet, lines, y + _height(lines) / 2)
        why = silence_words(figure, statement.min_group)
        sheet.text(left, y + _height(lines) / 2 + 11, why, size=SMALL, color=MUTED)
        y += _height(lines)
    return sheet.png(y)


def _lines(sheet: Sheet, name: str) -> list[str]:
    return sheet.wrap(plain(short_name(name)), _NAME, SMALL, most=3)


def _height(lines: Sequence[str]) -> float:
    return max(_ROW, _LINE * len(lines) + 22)


def _name(sheet: Sheet, lines: Sequence[str], middle: float) -> None:
    first = middle + 11 - _LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        sheet.text(MARGIN, first + _LINE * number, line, size=SMALL)


def _whole(number: float) -> str:
    return grouped(round(number))
