"""A workbook made in memory in the style of all our sheets."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


class Book:
    """A workbook in memory; `content` is there once the context has ended. Strings never become formulas."""

    content: bytes

    def __enter__(self) -> "Book":
        import xlsxwriter

        self._file = BytesIO()
        self.workbook: Workbook = xlsxwriter.Workbook(
            self._file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self.heading: Format = self.workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "border": 1}
        )
        # Cells are text, so that a spreadsheet changes nothing of what people type.
        self.text: Format = self.workbook.add_format({"num_format": "@"})
        self.example: Format = self.workbook.add_format(
            {"num_format": "@", "italic": True, "font_color": "#7F7F7F"}
        )
        self.marked: Format = self.workbook.add_format({"num_format": "@", "bg_color": "#FCE4D6"})
        self.wrapped: Format = self.workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        return self

    def __exit__(self, *_: object) -> None:
        self.workbook.close()
        self.content = self._file.getvalue()
