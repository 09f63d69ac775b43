"""Shares and counts as Russian documents write them."""

from decimal import ROUND_HALF_UP, Decimal

NO_DATA = "нет данных"
_THIN_LIMIT = 10


def share(count: int, total: int) -> str:
    """`count` of `total` in per cent: «15,7 %», «8,0 %», «100 %»; «нет данных» for an empty group.

    One digit after the comma, halves rounded up; a zero after the comma is dropped from ten per cent on.
    """
    if total == 0:
        return NO_DATA
    percent = (Decimal(100 * count) / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
    whole = percent == percent.to_integral_value() and (percent >= _THIN_LIMIT or percent == 0)
    digits = str(percent.to_integral_value()) if whole else str(percent).replace(".", ",")
    return f"{digits}\N{NO-BREAK SPACE}%"
