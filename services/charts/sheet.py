"""The sheet that charts are drawn on, in pixels from the top left corner, and the picture it becomes.

Only a worker process may import this module: it brings matplotlib.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from io import BytesIO
from math import ceil
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from services.charts.style import (
    BODY,
    HATCH,
    HEADING,
    INK,
    INNER,
    MARGIN,
    MUTED,
    NBSP,
    PANEL,
    RAIL,
    SMALL,
    TITLE,
    WHITE,
    WIDTH,
)

_DPI = 72  # a point is then a pixel, so font sizes and coordinates have one unit
_WHOLE = 9  # heights are multiples of it: 9 / 72 inch is exact in binary, so no pixel is lost to rounding
_BAR = 28

# Initials, prepositions and «№» stay with what follows them, a dash with what precedes it.
_BINDS = re.compile(r"(?<![\w-])([\w№]{1,2}\.?) | (?=—)")

_FONTS = Path(get_data_path(), "fonts", "ttf")
_REGULAR = FontProperties(fname=_FONTS / "DejaVuSans.ttf")
_BOLD = FontProperties(fname=_FONTS / "DejaVuSans-Bold.ttf")

FIGURE = Figure(figsize=(WIDTH / _DPI, WIDTH / _DPI), dpi=_DPI, facecolor=WHITE)
"""The one figure of the process, cleared before each chart: a fresh one for each leaks about 0.1 MB."""
_CANVAS = FigureCanvasAgg(FIGURE)


def plain(text: str) -> str:
    """`text` in one line, without characters that the font lacks (emoji in a school's title)."""
    font = get_font(_FONTS / "DejaVuSans-Bold.ttf")
    return " ".join("".join(char for char in text if char.isspace() or font.get_char_index(ord(char))).split())


class Sheet:
    """An empty picture to draw on, in pixels from the top left corner. Making one clears the one before."""

    def __init__(self) -> None:
        FIGURE.clear()
        self._axes = FIGURE.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_autoscale_on(False)
        self._axes.set_xlim(0, WIDTH)

    def width(self, text: str, size: float = BODY, *, bold: bool = False) -> float:
        """How wide one line of `text` would be, in pixels."""
        font = (_BOLD if bold else _REGULAR).copy()
        font.set_size(size)
        renderer = _CANVAS.get_renderer()  # type: ignore[no-untyped-call]
        return float(renderer.get_text_width_height_descent(text, font, ismath=False)[0])

    def wrap(self, text: str, limit: float, size: float = BODY, *, bold: bool = False, most: int = 4) -> list[str]:
        """`text` in lines at most `limit` pixels wide; what does not fit `most` lines ends in «…»."""
        lines: list[str] = []
        line = ""
        for word in _BINDS.sub(rf"\1{NBSP}", text).split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer, size, bold=bold) <= limit:
                line = longer
                continue
            if line:
                lines.append(line)
            while self.width(word, size, bold=bold) > limit:
                part = self._cut(word, limit, size, bold=bold)
                lines.append(part)
                word = word[len(part) :]
            line = word
        lines.append(line)
        if len(lines) > most:
            last = " ".join(lines[most - 1 :])
            room = limit - self.width("…", size, bold=bold)
            lines = [*lines[: most - 1], self._cut(last, room, size, bold=bold).rstrip() + "…"]
        return lines

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        color: str = INK,
        align: str = "left",
        halo: str | None = None,
    ) -> None:
        """One line of text that stands on `baseline`; `halo` is the colour of a rim that sets it off."""
        artist = self._axes.text(
            x,
            baseline,
            text,
            color=color,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontproperties=_BOLD if bold else _REGULAR,
            fontsize=size,
            parse_math=False,
        )
        if halo is not None:
            artist.set_path_effects([withStroke(linewidth=5, foreground=halo)])

    def box(self, x: float, top: float, width: float, height: float, color: str, zorder: float = 1) -> None:
        """A filled rectangle without a rim; one with a lower `zorder` lies behind what is drawn already."""
        self._axes.add_patch(Rectangle((x, top), width, height, facecolor=color, linewidth=0, zorder=zorder))

    def hatched(self, x: float, top: float, width: float, height: float) -> None:
        """A striped rectangle: something is there and is not told."""
        stripes = Rectangle(
            (x, top), width, height, facecolor=PANEL, edgecolor=HATCH, hatch="//", linewidth=0, zorder=1
        )
        self._axes.add_patch(stripes)

    def dashes(self, x: float, top: float, bottom: float, color: str = INK) -> None:
        """A dashed line down."""
        self._axes.add_line(Line2D([x, x], [top, bottom], color=color, linewidth=3, linestyle=(0, (4, 3))))

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str, width: float, *, dots: float = 0) -> None:
        """A line through the points, with round marks `dots` pixels wide."""
        self._axes.add_line(
            Line2D(
                xs,
                ys,
                color=color,
                linewidth=width,
                marker="o" if dots else None,
                markersize=dots,
                markeredgecolor=WHITE,
                markeredgewidth=3,
            )
        )

    def heading(self, title: str, subtitle: str) -> float:
        """The title over the chart and a muted line under it. Returns where the chart may begin."""
        y = MARGIN + TITLE - 10
        for line in self.wrap(plain(title), INNER, TITLE, bold=True):
            self.text(MARGIN, y, line, size=TITLE, bold=True)
            y += TITLE * 1.25
        return self.note(y - TITLE, subtitle)

    def note(self, top: float, text: str) -> float:
        """Small muted text over the whole width. Returns where what follows may begin."""
        y = top
        for line in self.wrap(text, INNER, SMALL):
            y += 40
            self.text(MARGIN, y, line, size=SMALL, color=MUTED)
        return y + 14

    def part(self, top: float, title: str, level: str = "") -> float:
        """A part's heading to the left, `level` to the right of it, or under it where both are long.

        Returns where the part may begin.
        """
        lines = self.wrap(title, INNER, HEADING, bold=True)
        y = top
        for line in lines:
            y += 45
            self.text(MARGIN, y, line, size=HEADING, bold=True)
        if not level:
            return y + 20
        if self.width(lines[-1], HEADING, bold=True) + self.width(level) <= INNER - 32:
            self.text(WIDTH - MARGIN, y, level, align="right")
        else:
            for line in self.wrap(level, INNER):
                y += 45
                self.text(MARGIN, y, line)
        return y + 20

    def legend(self, top: float, entries: list[tuple[str, str]]) -> float:
        """Coloured squares with words, one under another. Returns where what follows may begin."""
        y = top
        for color, words in entries:
            self.box(MARGIN, y, 30, 30, color)
            for line in self.wrap(words, INNER - 44, SMALL):
                self.text(MARGIN + 44, y + 26, line, size=SMALL)
                y += 38
            y += 6
        return y

    def bar(self, top: float, title: str, rail: float, length: float, color: str) -> tuple[float, float]:
        """A bar of `length` on a thin rail, its title above.

        Returns the baseline of words beside the bar, and where the next bar may begin.
        """
        y = top + 30
        for line in self.wrap(title, INNER):
            self.text(MARGIN, y, line)
            y += 42
        bar = y - 24
        self.box(MARGIN, bar + _BAR / 2 - 2, rail, 4, RAIL)
        self.box(MARGIN, bar, length, _BAR, color)
        return bar + _BAR / 2 + 12, bar + _BAR + 14

    def blank(self, x: float, baseline: float, width: float) -> None:
        """Clears the rail under words that stand on `baseline` beside a bar."""
        self.box(x, baseline - 12 - _BAR / 2, width, _BAR, WHITE)

    def tick(self, x: float, baseline: float, color: str) -> None:
        """A mark across the bar whose words stand on `baseline`."""
        self.box(x - 2, baseline - 12 - _BAR / 2, 4, _BAR, color)

    def png(self, bottom: float, footer: str = "") -> bytes:
        """The finished picture as PNG; the chart ended at `bottom`, and `footer` stands under it."""
        if footer:
            bottom = self.note(bottom, footer)
        height = ceil((bottom + MARGIN / 2) / _WHOLE) * _WHOLE
        FIGURE.set_size_inches(WIDTH / _DPI, height / _DPI)
        self._axes.set_ylim(height, 0)
        file = BytesIO()
        FIGURE.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()

    def _cut(self, text: str, limit: float, size: float, *, bold: bool) -> str:
        """The longest beginning of `text` (one character at least) that is no wider than `limit`."""
        ends = range(2, len(text) + 1)
        fitting = bisect_right(ends, limit, key=lambda end: self.width(text[:end], size, bold=bold))
        return text[: 1 + fitting]
