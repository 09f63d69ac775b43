"""The chart of plans and facts: how far each bar comes to the mark of its plan."""

from services.charts.drawable import planned
from services.charts.sheet import Sheet
from services.charts.stack import LEAST
from services.charts.style import ACCENT, BAR, INNER, MARGIN, MUTED, RAIL, SMALL, WHITE, WIDTH
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Statement
from services.reporting.statement.wording import amount_words, plan_words

MOST = 12
_PLAN = 0.72
"""Where on the rail all plans stand: whoever does more is seen to."""
_THICK = 30
_OVER = 8  # how far the mark of the plan sticks out of the bar


def draw(statement: Statement) -> bytes:
    """A PNG with the first `MOST` planned indicators. Raises ValueError where nothing is planned."""
    shown = planned(statement)
    if not shown:
        raise ValueError("nothing is planned")
    sheet = Sheet()
    left_out = f". Показаны первые {MOST} из {len(shown)}" if len(shown) > MOST else ""
    y = sheet.heading(statement.name, f"План и факт, {statement.period.title}{left_out}")
    mark = MARGIN + INNER * _PLAN
    sheet.text(mark, y + 50, "план", size=SMALL, color=MUTED, align="center")
    y += 10
    for figure, amount, done in shown[:MOST]:
        indicator = registry().of(figure.code)
        y += 40
        for line in sheet.wrap(indicator.short, INNER * _PLAN - 60):
            sheet.text(MARGIN, y, line)
            y += 42
        bar = y - 24
        sheet.box(MARGIN, bar + _THICK / 2 - 2, INNER, 4, RAIL)
        length = INNER * _PLAN * done
        if done:
            sheet.box(MARGIN, bar, min(max(length, LEAST), INNER), _THICK, BAR)
        if length > INNER:
            sheet.text(WIDTH - MARGIN - 8, bar + 25, "»", bold=True, color=WHITE, align="right")
        sheet.box(mark - 3, bar - _OVER, 6, _THICK + 2 * _OVER, ACCENT)
        y = bar + _THICK + 38
        sheet.text(MARGIN, y, amount_words(indicator, amount), size=SMALL, bold=True)
        sheet.text(WIDTH - MARGIN, y, plan_words(indicator, figure) or "", size=SMALL, color=MUTED, align="right")
        y += 16
    return sheet.png(y)
