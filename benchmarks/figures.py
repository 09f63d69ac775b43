"""Figures of a benchmark: series of rounds, sections of a report, facts about the machine."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("aiogram", "aiohttp", "SQLAlchemy", "aiosqlite", "asyncpg", "pydantic", "numpy", "scipy", "polars")


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of several rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def as_json(self) -> dict[str, object]:
        """Median, extremes and all rounds, four digits each."""
        return {
            "median": _short(self.median),
            "low": _short(min(self.values)),
            "high": _short(max(self.values)),
            "rounds": [_short(value) for value in self.values],
        }


def series(values: Sequence[float]) -> Series:
    """The values as a series."""
    return Series(tuple(values))


def _short(value: float) -> float:
    return float(f"{value:.4g}")


Cell = Series | float | int | str | None


@dataclass(slots=True)
class Section:
    """A table: `columns` maps a name to how it is headed, `rows` have a cell a name; `notes` stand below."""

    name: str
    title: str
    columns: dict[str, str]
    rows: list[dict[str, Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The section without its headings."""
        rows = [
            {key: cell.as_json() if isinstance(cell, Series) else cell for key, cell in row.items()}
            for row in self.rows
        ]
        return {"title": self.title, "rows": rows, "notes": self.notes}


def machine() -> dict[str, object]:
    """What the figures depend on; nothing that names this very machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "load_before": round(os.getloadavg()[0], 2),
        "system": platform.system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
