"""Reads the sheets of an XLSForm as rows of text."""

import re
from dataclasses import dataclass
from pathlib import Path

SIZE_LIMIT = 5 * 1024 * 1024

_RUSSIAN = re.compile(r"(label|hint)::(?:russian|русский)?\s*(?:\(ru\)|ru)?", re.IGNORECASE)


class FormError(ValueError):
    """The form cannot be used; `problems` has a line for each fault in Russian: sheet, row, how to mend it."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(f"{path.name}:\n" + "\n".join(problems))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: cells by column in lower case, `number` as a spreadsheet shows it."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell without spaces around; "" where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Form:
    """The three sheets; `settings` is one row, empty when the sheet is not there."""

    survey: list[Row]
    choices: list[Row]
    settings: Row


def read_form(path: Path) -> Form:
    """The sheets survey, choices and settings of an .xlsx file. Raises FormError, OSError."""
    import fastexcel

    if path.stat().st_size > SIZE_LIMIT:
        raise FormError(path, [f"Файл больше {SIZE_LIMIT // 1024 // 1024} МБ. Для формы это слишком много."])
    try:
        book = fastexcel.read_excel(path)
        names = {name.strip().lower(): name for name in book.sheet_names}
        if "survey" not in names:
            raise FormError(path, ["Нет листа survey. Назовите так лист с вопросами."])
        sheets = {
            sheet: _rows(
                book.load_sheet(names[sheet], header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
            )
            if sheet in names
            else []
            for sheet in ("survey", "choices", "settings")
        }
    except fastexcel.FastExcelError as error:
        raise FormError(path, ["Файл не открывается: он повреждён, закрыт паролем или это не .xlsx."]) from error
    return Form(sheets["survey"], sheets["choices"], sheets["settings"][0] if sheets["settings"] else Row(0, {}))


def _rows(table: list[tuple[str | None, ...]]) -> list[Row]:
    """The rows under the first one that is not blank."""
    rows: list[Row] = []
    header: list[str] | None = None
    for number, values in enumerate(table, start=1):
        cells = [" ".join((value or "").split()) for value in values]
        if not any(cells):
            continue
        if header is None:
            header = [_column(cell) for cell in cells]
            continue
        found: dict[str, str] = {}
        for column, cell in zip(header, cells, strict=True):
            if column and cell and column not in found:
                found[column] = cell
        rows.append(Row(number, found))
    return rows


def _column(title: str) -> str:
    """A header in lower case; the Russian label is the label."""
    name = title.strip().lower()
    found = _RUSSIAN.fullmatch(name)
    return found.group(1).lower() if found else name
