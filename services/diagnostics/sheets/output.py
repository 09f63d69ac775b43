"""What every kind of output file can do, and which kind a name asks for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import polars as pl

from services.diagnostics.sheets.summary import Summary
from services.spreadsheets.errors import SheetError

OUTPUT_SUFFIXES = (".csv", ".xlsx")


class Output(Protocol):
    """A spreadsheet being written, block by block."""

    def write(self, frame: pl.DataFrame) -> None:
        """Adds rows: text and whole numbers, columns in the order of the headers."""

    def write_summary(self, summary: Summary) -> None:
        """Adds the summary; rows cannot be added after it."""

    def close(self) -> None:
        """Finishes the file."""


def check_output_name(path: Path) -> None:
    """Raises SheetError when the name asks for a kind of file that is not written."""
    if path.suffix.lower() not in OUTPUT_SUFFIXES:
        raise SheetError(f"Неизвестный вид файла результата «{path.name}»: нужен .csv или .xlsx.")
    if path.is_dir():
        raise SheetError(f"Это папка, а не файл: {path}")


def open_output(
    kind: str, path: Path, summary_path: Path, headers: Sequence[str], foreign: Sequence[str]
) -> Output:
    """Begins a file of the kind ".csv" or ".xlsx".

    `foreign` names the columns whose text came from outside; `summary_path` is for CSV, which has no second
    sheet.
    """
    # Each writer is imported for its own kind of file: xlsxwriter is not needed for CSV.
    if kind == ".csv":
        from services.diagnostics.sheets.csv_output import CsvOutput

        return CsvOutput(path, summary_path, headers, foreign)
    from services.diagnostics.sheets.xlsx_output import XlsxOutput

    return XlsxOutput(path, headers)
