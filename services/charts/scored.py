"""Points and levels that are there: charts are drawn of results that lack none."""

from services.diagnostics.instrument import Band
from services.diagnostics.scoring import Measured


def points_of(measured: Measured) -> int:
    """Its points, a whole number. Raises ValueError without a score."""
    if measured.points is None:
        raise ValueError(f"{measured.code} has no score to draw")
    return int(measured.points)


def band_of(measured: Measured) -> Band:
    """Its level. Raises ValueError without a score."""
    if measured.band is None:
        raise ValueError(f"{measured.code} has no level to draw")
    return measured.band
