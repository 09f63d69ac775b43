"""What all charts share: colours, wrapping, and where matplotlib may be loaded."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb

from services.charts.sheet import Sheet
from services.charts.style import INK, NBSP, grouped, level_colors, level_shades

ROOT = Path(__file__).parents[3]


def _luminance(color: str) -> float:
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def _contrast(lighter: str, darker: str) -> float:
    """Contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    return (_luminance(lighter) + 0.05) / (_luminance(darker) + 0.05)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_levels_differ_without_colour(count):
    assert all(_contrast(light, dark) > 1.4 for light, dark in pairwise(level_colors(count)))
    assert all(_contrast(light, dark) > 1.12 for light, dark in pairwise(level_shades(count)))
    assert all(_contrast(shade, INK) > 7 for shade in level_shades(count))


def test_lines_fit_and_short_words_stay_with_the_next():
    sheet = Sheet()
    lines = sheet.wrap("Диагностика уровня эмоционального выгорания (В. В. Бойко) в школе № 3", 500)
    assert all(sheet.width(line) <= 500 for line in lines)
    assert " ".join(lines).replace(NBSP, " ").split() == [
        *("Диагностика", "уровня", "эмоционального", "выгорания"),
        *("(В.", "В.", "Бойко)", "в", "школе", "№", "3"),
    ]
    assert not any(line.endswith((" в", "№", "В.")) for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis():
    sheet = Sheet()
    lines = sheet.wrap("слово " * 100, 500, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert sheet.width(lines[1]) <= 500


def test_thousands_stand_apart():
    assert grouped(100_000).replace(NBSP, " ") == "100 000"


def test_knowing_which_charts_there_are_brings_no_matplotlib():
    code = "import services.charts.of_statement, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
