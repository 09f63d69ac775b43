"""The list of those who have not finished, as a spreadsheet: schools and names, nothing else."""

from collections.abc import Sequence
from io import BytesIO

from services.campaigns.model import Unfinished

_HEADINGS = (("Школа", 40), ("Фамилия, имя, отчество", 40))


def unfinished_sheet(people: Sequence[Unfinished]) -> bytes:
    """An .xlsx with a row a person; what people are called never becomes a formula or a link."""
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Не ответили")
    sheet.freeze_panes(1, 0)
    for column, (title, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, title, heading)
    for row, person in enumerate(people, start=1):
        sheet.write_string(row, 0, person.school, text)
        sheet.write_string(row, 1, person.full_name, text)
    sheet.autofilter(0, 0, max(len(people), 1), len(_HEADINGS) - 1)
    book.close()
    return file.getvalue()
