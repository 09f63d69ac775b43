"""CSV that Excel with Russian settings opens by a double click: UTF-8 with a byte order mark, semicolons.

Text from outside may be a formula that a spreadsheet would run ("=HYPERLINK(...)"); an apostrophe before it
makes it text again (OWASP, CSV Injection).
"""

import codecs
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from services.diagnostics.sheets.summary import Summary, cell_text, summary_sections

_FORMULA = r"^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"
_PLAIN_NUMBER = r"^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$"


class CsvOutput:
    """An output file, see output.Output. Texts of the columns `foreign` and all headers are defused."""

    def __init__(self, path: Path, summary_path: Path, headers: Sequence[str], foreign: Sequence[str]) -> None:
        self._file = path.open("wb")
        self._summary_path = summary_path
        self._foreign = list(foreign)
        self._file.write(codecs.BOM_UTF8)
        self._file.write(_line(headers))

    def write(self, frame: pl.DataFrame) -> None:
        """Adds rows."""
        if frame.height:
            frame.with_columns(map(_defused, self._foreign)).write_csv(
                self._file, include_header=False, separator=";", line_terminator="\r\n"
            )

    def write_summary(self, summary: Summary) -> None:
        """Writes the summary to its own file."""
        with self._summary_path.open("wb") as file:
            file.write(codecs.BOM_UTF8)
            for number, section in enumerate(summary_sections(summary)):
                file.write(b"\r\n" if number else b"")
                file.write(_line([section.title]))
                file.write(_line(section.headers))
                for row in section.rows:
                    file.write(_line([cell_text(cell) for cell in row]))

    def close(self) -> None:
        """Finishes the file."""
        self._file.close()


def _defused(name: str) -> pl.Expr:
    """The texts of a column, with an apostrophe before those that a spreadsheet would take for a formula."""
    texts = pl.col(name)
    formula = texts.str.contains(_FORMULA) & ~texts.str.contains(_PLAIN_NUMBER)
    return pl.when(formula).then(pl.concat_str(pl.lit("'"), texts)).otherwise(texts).alias(name)


def _line(cells: Sequence[str]) -> bytes:
    texts = pl.DataFrame(
        [pl.Series(f"c{position}", [cell], dtype=pl.String) for position, cell in enumerate(cells)]
    )
    return (
        texts.select(map(_defused, texts.columns))
        .write_csv(include_header=False, separator=";", line_terminator="\r\n")
        .encode()
    )
