"""An Excel file with a frozen header, filters and columns of a readable width, written row by row."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import xlsxwriter

from services.diagnostics.sheets.summary import Share, Summary, cell_text, summary_sections
from services.spreadsheets.errors import SheetError

_ROW_LIMIT = 1_048_576
_COLUMN_LIMIT = 16_384
_TEXT_LIMIT = 32_767
_WIDTHS = (10, 40)
_SAMPLE_ROWS = 200
_HEADER_HEIGHT = 48


class XlsxOutput:
    """An output file, see output.Output. Texts are written as texts, never as formulas or links."""

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        if len(headers) > _COLUMN_LIMIT:
            raise SheetError(f"В .xlsx не больше {_COLUMN_LIMIT} столбцов: выберите для результата .csv.")
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._sheet = self._book.add_worksheet("Результаты")
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_row(0, _HEADER_HEIGHT)
        for column, header in enumerate(headers):
            self._sheet.write_string(0, column, _checked(header, 1), self._bold)
        self._columns = len(headers)
        self._rows = 1

    def write(self, frame: pl.DataFrame) -> None:
        """Adds rows; raises SheetError when they or a text are more than Excel takes."""
        if self._rows + frame.height > _ROW_LIMIT:
            raise SheetError("Строк больше, чем помещается в .xlsx: выберите для результата .csv.")
        if self._rows == 1:
            for column, width in enumerate(_widths(frame.head(_SAMPLE_ROWS))):
                self._sheet.set_column(column, column, width)
        write_string, write_number = self._sheet.write_string, self._sheet.write_number
        for row, cells in enumerate(frame.iter_rows(), start=self._rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    write_string(row, column, cell if len(cell) <= _TEXT_LIMIT else _checked(cell, row + 1))
                elif cell is not None:
                    write_number(row, column, cell)
        self._rows += frame.height

    def write_summary(self, summary: Summary) -> None:
        """Adds the summary as the second sheet."""
        sheet = self._book.add_worksheet("Сводка")
        sheet.set_column(0, 0, 50)
        sheet.set_column(1, 20, 16)
        percent = self._book.add_format({"num_format": '0.0" "%'})
        decimal = self._book.add_format({"num_format": "0.0"})
        row = 0
        for section in summary_sections(summary):
            sheet.write_string(row, 0, section.title, self._bold)
            for column, header in enumerate(section.headers):
                sheet.write_string(row + 1, column, header, self._bold)
            row += 2
            for cells in section.rows:
                for column, cell in enumerate(cells):
                    match cell:
                        case Share(count, total) if total:
                            sheet.write_number(row, column, count / total, percent)
                        case Decimal():
                            sheet.write_number(row, column, float(cell), decimal)
                        case int():
                            sheet.write_number(row, column, cell)
                        case _:
                            sheet.write_string(row, column, cell_text(cell))
                row += 1
            row += 1

    def close(self) -> None:
        """Finishes the file; raises OSError when it cannot be written."""
        self._sheet.autofilter(0, 0, self._rows - 1, self._columns - 1)
        try:
            self._book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error


def _widths(frame: pl.DataFrame) -> Iterable[int]:
    low, high = _WIDTHS
    for column in frame.iter_columns():
        longest = column.cast(pl.String).str.len_chars().max()
        yield min(max(int(longest) + 2 if isinstance(longest, int) else low, low), high)


def _checked(text: str, row: int) -> str:
    if len(text) > _TEXT_LIMIT:
        raise SheetError(
            f"Строка {row} результата: текст длиннее {_TEXT_LIMIT} знаков не помещается в ячейку .xlsx. "
            "Выберите для результата .csv."
        )
    return text
