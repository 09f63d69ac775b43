"""A sheet of the table: its title, header, cells by their kind, and how it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from services.reporting.indicators.indicator import Form, Indicator, Unit
from services.reporting.shares import NO_DATA
from services.reporting.statement.model import Amount, Figure

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HIDDEN = "скрыто"
SHARE = '0.0"\N{NO-BREAK SPACE}"%'
POINTS = '+0.0" п. п.";\N{MINUS SIGN}0.0" п. п.";0'
CHANGE = "+#,##0;\N{MINUS SIGN}#,##0;0"
CHANGE_OF_PARTS = "+#,##0.0#;\N{MINUS SIGN}#,##0.0#;0"
DAY = "dd.mm.yyyy"
NOTES = 3
"""Rows over the header: the title, what it is of, a note."""
_HEAD, _RULE = "#DCE6F1", "#DDE2E7"
MUTED = "#6B7480"
_MEANS = {Unit.YEARS: '0.0" г."', Unit.MINUTES: '0" мин"'}
_TEXT_LIMIT = 32_000
_A4 = 9
_LINE, _USUAL = 15, 8.43
"""Points of a line, and characters of a column that nobody has set."""
_BOLD, _SMALL = 1.12, 0.95
"""How much room bold words take, and small bold ones, of that of plain ones."""

Cell = str | int | float | date | Amount | Figure | None
"""What a cell is given: a value, or an amount or figure of an indicator."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column and its width in characters."""

    title: str
    width: float


class Styles:
    """Formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> "Format":
        """The format with these properties; cells are at the top, their texts in as many lines as they need."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]

    def head(self, **properties: object) -> "Format":
        """A cell of a header."""
        return self.of(bold=True, text_wrap=True, bg_color=_HEAD, border=1, border_color="#B7C3D0", **properties)


class Paper:
    """One worksheet, written from the top down."""

    def __init__(self, book: "Workbook", styles: Styles, name: str, notes: Sequence[str]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.name = name
        self.styles = styles
        self._widths: dict[int, float] = {}
        self._heights: dict[int, int] = {}
        self.sheet.hide_gridlines(2)
        for row, note in enumerate(notes[:NOTES]):
            style = styles.of(bold=True, font_size=14) if row == 0 else styles.of(font_color=MUTED)
            self.sheet.write_string(row, 0, note, style)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer(f"&L&8{name}&R&8Страница &P из &N")

    def head(self, columns: Sequence[Column], row: int = NOTES, frozen: int = 1) -> None:
        """The header, which stays in sight and is printed on each page, with `frozen` columns beside it."""
        for number, column in enumerate(columns):
            self.wide(number, number, column.width)
            self.title(row, number, column.title)
        self.sheet.freeze_panes(row + 1, frozen)
        self.sheet.repeat_rows(row)
        self.sheet.fit_to_pages(1, 0)

    def wide(self, first: int, last: int, width: float) -> None:
        """The width of these columns in characters; told before anything is written in them."""
        self.sheet.set_column(first, last, width)
        self._widths.update(dict.fromkeys(range(first, last + 1), width))

    def title(self, row: int, column: int, words: str, **style: object) -> None:
        """A cell of a header."""
        self.sheet.write_string(row, column, words, self.styles.head(**style))
        self._fit(row, column, words, _SMALL if "font_size" in style else _BOLD)

    def beside(self, column: int, scale: int) -> None:
        """What stands from that column on is printed on a page of its own, all at that scale in per cent."""
        self.sheet.set_print_scale(scale)
        self.sheet.set_v_pagebreaks([column])

    def filter(self, first_row: int, last_row: int, columns: int) -> None:
        """Buttons of filters in the header of these rows."""
        self.sheet.autofilter(first_row, 0, max(last_row, first_row), columns - 1)

    def put(
        self, row: int, column: int, cell: Cell, indicator: Indicator | None = None, /, **style: object
    ) -> None:
        """One cell: numbers as numbers, days as days, texts never as formulas; no value says why."""
        style = {"bottom": 1, "bottom_color": _RULE, **style}
        if isinstance(cell, Figure):
            cell = cell.amount or (HIDDEN if cell.hidden else NO_DATA)
        if isinstance(cell, Amount):
            told = cell.denominator != 0
            style = {"num_format": number_format(cell, indicator), **style} if told else style
            cell = cell.value if told else NO_DATA
        if cell is None:
            self.sheet.write_blank(row, column, None, self.styles.of(**style))
        elif isinstance(cell, str):
            muted = {"font_color": MUTED, "italic": True, "bold": False} if cell in (HIDDEN, NO_DATA) else {}
            written = self.styles.of(**{"text_wrap": True, **style, **muted})
            self.sheet.write_string(row, column, cell[:_TEXT_LIMIT], written)
            if style.get("text_wrap", True):
                self._fit(row, column, cell, _BOLD if style.get("bold") else 1)
        elif isinstance(cell, date):
            self.sheet.write_datetime(row, column, cell, self.styles.of(num_format=DAY, align="left", **style))
        else:
            self.sheet.write_number(row, column, cell, self.styles.of(**{"num_format": _plain(cell), **style}))

    def _fit(self, row: int, column: int, words: str, wider: float) -> None:
        """Not every program makes a row as high as its texts by itself."""
        room = max(1, int(self._widths.get(column, _USUAL) / wider))
        lines = max(1, len(wrap(words, room)))
        if lines > self._heights.get(row, 1):
            self._heights[row] = lines
            self.sheet.set_row(row, _LINE * lines + 1)


def number_format(amount: Amount, indicator: Indicator | None) -> str:
    """How Excel is to show the value of an amount."""
    if indicator is not None and indicator.form is Form.SHARE:
        return SHARE
    if indicator is not None and indicator.form is Form.MEAN:
        return _MEANS.get(indicator.unit, "0.0")
    return _plain(amount.value)


def _plain(number: float) -> str:
    return "#,##0" if number == int(number) else "#,##0.0#"
