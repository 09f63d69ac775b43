"""The house style of all charts: sizes in pixels, colours, and how figures and days are written.

A chart is 1080 pixels wide and is read on a phone 360 pixels wide: every size below is a third of it there.
"""

from datetime import date

from services.diagnostics.instrument import Band

WIDTH = 1080
MARGIN = 48
INNER = WIDTH - 2 * MARGIN

TITLE = 42.0
HEADING = 38.0
BODY = 33.0
SMALL = 30.0

INK = "#1B1F24"
MUTED = "#555D66"
RAIL = "#D5D9DE"
PANEL = "#F1F4F7"
HATCH = "#AEB6BF"
ACCENT = "#0B3C73"
BAR = "#2F73B3"
WHITE = "#FFFFFF"

NOT_A_DIAGNOSIS = "Это не медицинский диагноз."

NBSP = "\u00a0"

# One hue from light to dark in even steps: it reads the same in greyscale and without colour vision.
_RAMPS = {
    1: ("#5B9BD0",),
    2: ("#A9CBE8", "#0B3C73"),
    3: ("#BBD6EE", "#5B9BD0", "#0B3C73"),
    4: ("#BBD6EE", "#73AEDC", "#2F73B3", "#0A2F5C"),
    5: ("#C9DFF2", "#93C0E4", "#5B9BD0", "#2567A6", "#0A2F5C"),
}
# The same idea, light enough to stand behind lines and figures.
_SHADES = {
    1: ("#EDF4FA",),
    2: ("#EDF4FA", "#BCD5EB"),
    3: ("#EDF4FA", "#D3E3F2", "#B0CEE8"),
    4: ("#EDF4FA", "#DAE8F4", "#C3D9ED", "#A6C8E5"),
    5: ("#F3F8FC", "#DFEBF5", "#C9DCEF", "#B0CDE7", "#95BBDE"),
}
_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


def level_colors(count: int) -> tuple[str, ...]:
    """Colours of `count` levels (1 to 5) from the lowest to the highest, for bars."""
    return _RAMPS[count]


def level_shades(count: int) -> tuple[str, ...]:
    """Colours of `count` levels (1 to 5) from the lowest to the highest, for areas behind a line."""
    return _SHADES[count]


def grouped(value: int) -> str:
    """A whole number with its thousands apart: 100 000."""
    return f"{value:,}".replace(",", NBSP)


def span(band: Band) -> str:
    """The points of a band: «10–15», «20 и больше» for the last one."""
    return f"{band.low} и больше" if band.high is None else f"{band.low}–{band.high}"


def full_date(day: date) -> str:
    """12.03.2026."""
    return f"{day:%d.%m.%Y}"


def month(day: date) -> str:
    """The month in three letters."""
    return _MONTHS[day.month - 1]
