"""What stands on the chart drawn last: its words, its boxes, and the faults a reader would see."""

from io import BytesIO
from itertools import combinations

from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from services.charts.sheet import FIGURE
from services.charts.style import NBSP

_EDGE = 20
"""Pixels at the rim of the picture that stay free of words."""


def words() -> list[str]:
    """All texts in the order they were drawn, with ordinary spaces."""
    return [artist.get_text().replace(NBSP, " ") for artist in _texts()]


def boxes(color: str) -> list[tuple[float, float, float]]:
    """Left, top and width of all boxes of a colour, from top to bottom."""
    found = [
        (patch.get_x(), patch.get_y(), patch.get_width())
        for patch in FIGURE.findobj(Rectangle)
        if to_hex(patch.get_facecolor()) == color.lower() and patch.get_width()
    ]
    return sorted(found, key=lambda box: box[1])


def faults(png: bytes) -> list[str]:
    """Everything wrong with the picture: its size, words over the rim, words over words."""
    with Image.open(BytesIO(png)) as picture:
        size, kind = picture.size, picture.format
    renderer = FIGURE.canvas.get_renderer()
    width, height = FIGURE.bbox.width, FIGURE.bbox.height
    found = []
    if kind != "PNG" or size != (1080, round(height)) or width != 1080:
        found.append(f"a {kind} of {size} from a figure of {width} x {height}")
    frames = [(artist.get_text(), artist.get_window_extent(renderer)) for artist in _texts()]
    for text, frame in frames:
        if min(frame.x0, frame.y0, width - frame.x1, height - frame.y1) < _EDGE:
            found.append(f"{text!r} is over the rim")
    for (text, frame), (other, second) in combinations(frames, 2):
        if frame.overlaps(second):
            found.append(f"{text!r} and {other!r} overlap")
    return found


def _texts() -> list[Text]:
    return [artist for artist in FIGURE.findobj(Text) if artist.get_text() and artist.get_visible()]
