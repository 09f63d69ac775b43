"""Sections as tables for people."""

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Cell, Section, Series


def print_section(section: Section, console: Console) -> None:
    """A table with its notes; of a series the median, and its extremes where they differ."""
    table = Table(title=section.title, title_justify="left")
    for name, heading in section.columns.items():
        words = any(isinstance(row[name], str) for row in section.rows)
        table.add_column(heading, justify="left" if words else "right", no_wrap=True)
    for row in section.rows:
        table.add_row(*(cell_text(row[name]) for name in section.columns))
    console.print(table)
    for note in section.notes:
        console.print(note, style="dim")
    console.print()


def cell_text(cell: Cell) -> str:
    """The cell as printed."""
    if cell is None:
        return "-"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Series):
        spread = f" ({_number(min(cell.values))}..{_number(max(cell.values))})" if len(cell.values) > 1 else ""
        return f"{_number(cell.median)}{spread}"
    return _number(cell)


def _number(value: float) -> str:
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
