"""The picture of a link: what a phone's camera would read of it."""

from io import BytesIO

import segno
from PIL import Image

from services.people.qr import QUIET_ZONE, SMALLEST, draw_qr

LINK = "https://t.me/school_bot?start=NpV1Rk-0_4Zs3Jw6hA8xYQ"


def test_every_module_of_the_code_is_there_within_a_light_margin() -> None:
    picture = Image.open(BytesIO(draw_qr(LINK))).convert("L")
    code = segno.make_qr(LINK, error="m")
    side = len(code.matrix) + 2 * QUIET_ZONE
    assert picture.width == picture.height >= SMALLEST
    assert picture.width % side == 0
    module = picture.width // side
    seen = [
        [picture.getpixel((x * module + module // 2, y * module + module // 2)) == 0 for x in range(side)]
        for y in range(side)
    ]
    margin = [[False] * side] * QUIET_ZONE
    rows = [[False] * QUIET_ZONE + [bool(dark) for dark in row] + [False] * QUIET_ZONE for row in code.matrix]
    assert seen == margin + rows + margin


def test_a_short_text_is_an_ordinary_code_too() -> None:
    """Phones do not read the small kind of codes."""
    picture = Image.open(BytesIO(draw_qr("1")))
    assert picture.width >= SMALLEST
    assert picture.width % (21 + 2 * QUIET_ZONE) == 0
