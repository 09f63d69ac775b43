"""Sheets of the deficits test with known scores."""

from services.diagnostics.loading import load_instruments

SHEET = load_instruments()["deficits"]
STRONGEST, LEAST = 3, 2
"""Points of an item: six of the first make 18 of 18, six of the second 12, and 11 is a deficit."""


def answers_with(**domains: int) -> str:
    """A sheet with so many points for each item of these domains, none for the others."""
    codes = []
    for item in SHEET.items:
        wanted = domains.get(item.scale or "", 0)
        codes.append(next(code for code, points in item.points.items() if points == wanted))
    return "".join(codes)
