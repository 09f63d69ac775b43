"""Figures that the municipal documents print."""

import pytest

from services.reporting.shares import share


@pytest.mark.parametrize(
    ("count", "total", "printed"),
    [
        (24, 153, "15,7 %"),
        (23, 150, "15,3 %"),
        (36, 36, "100 %"),
        (36, 450, "8,0 %"),
        (18, 36, "50 %"),
        (4, 4, "100 %"),
        (7, 7, "100 %"),
        (0, 7, "0 %"),
        (0, 0, "нет данных"),
        (1, 16, "6,3 %"),
        (1, 3, "33,3 %"),
    ],
)
def test_shares_are_printed_as_the_documents_do(count: int, total: int, printed: str) -> None:
    assert share(count, total) == printed.replace(" %", "\N{NO-BREAK SPACE}%")
