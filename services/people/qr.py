"""QR codes of links, as pictures."""

from io import BytesIO

SMALLEST = 600
"""Pixels of a side: enough for a phone's camera, also from a screen or a sheet on the wall."""
QUIET_ZONE = 4
"""Empty modules around the code, as its standard wants them."""


def draw_qr(link: str) -> bytes:
    """A square PNG with the code of the link, of at least `SMALLEST` pixels a side."""
    import segno

    code = segno.make_qr(link, error="m")
    modules, _ = code.symbol_size(border=QUIET_ZONE)
    picture = BytesIO()
    code.save(picture, kind="png", scale=-(-SMALLEST // modules), border=QUIET_ZONE)
    return picture.getvalue()
