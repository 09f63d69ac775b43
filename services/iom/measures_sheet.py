"""Catalogues of measures as spreadsheets: the present one, and the empty one that people fill in."""

from collections.abc import Iterable, Sequence

from services.iom.catalogue import DAYS_LIMIT
from services.iom.catalogue_ports import MeasureFields
from services.iom.measures_file import EXAMPLE, ROW_LIMIT, Column
from services.iom.wording import DOMAIN_TITLES, FORM_TITLES
from services.spreadsheets.book import Book

_WIDTHS = {Column.DOMAIN: 34, Column.TITLE: 60, Column.FORM: 30, Column.DAYS: 12, Column.RESULT: 70}
_SAMPLE = {
    Column.DOMAIN: f"{EXAMPLE.upper()}: Цифровые компетенции",
    Column.TITLE: "Практикум по электронному журналу",
    Column.FORM: "Мастер-класс",
    Column.DAYS: "30",
    Column.RESULT: "Журнал одного класса ведётся без бумажной копии",
}
_NOTES = (
    "Одно мероприятие — одна строка. Порядок столбцов можно менять, лишние столбцы не мешают.",
    "Область и форму выбирайте из списка в ячейке.",
    f"Срок — сколько дней обычно нужно, от 1 до {DAYS_LIMIT}.",
    "Ожидаемый результат можно оставить пустым.",
    "Если в области уже есть мероприятие с таким названием, оно обновится. Чего нет в файле, то не удаляется.",
    "Строка, у которой область начинается со слова «пример», не загружается.",
    f"Не больше {ROW_LIMIT} строк и 5 МБ в одном файле.",
)


def make_template() -> bytes:
    """An .xlsx with headings, one example row and notes."""
    with Book() as book:
        _sheet(book, [tuple(_SAMPLE[column] for column in Column)], example=True)
        notes = book.workbook.add_worksheet("Как заполнять")
        notes.set_column(0, 0, 110)
        for row, note in enumerate(_NOTES):
            notes.write_string(row, 0, note)
    return book.content


def make_export(measures: Iterable[MeasureFields]) -> bytes:
    """An .xlsx with the measures, in the columns that are read back."""
    with Book() as book:
        _sheet(book, [_cells(each) for each in measures])
    return book.content


def _cells(measure: MeasureFields) -> tuple[str, ...]:
    domain = DOMAIN_TITLES.get(measure.domain, measure.domain)
    return domain, measure.title, FORM_TITLES[measure.form], str(measure.days), measure.result


def _sheet(book: Book, rows: Sequence[tuple[str, ...]], *, example: bool = False) -> None:
    sheet = book.workbook.add_worksheet("Мероприятия")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(Column):
        sheet.set_column(place, place, _WIDTHS[column], book.wrapped)
        sheet.write_string(0, place, column.value, book.heading)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, book.example if example else book.wrapped)
    # Excel takes a list of at most 255 characters in a cell: longer ones are kept on a sheet of their own.
    lists = book.workbook.add_worksheet("Списки")
    lists.hide()
    for column, titles in ((Column.DOMAIN, DOMAIN_TITLES.values()), (Column.FORM, FORM_TITLES.values())):
        place = list(Column).index(column)
        lists.write_column(0, place, titles)
        letter = "ABCDE"[place]
        choice = {
            "validate": "list",
            "source": f"=Списки!${letter}$1:${letter}${len(titles)}",
            "error_title": column.value,
            "error_message": "Выберите из списка.",
        }
        sheet.data_validation(1, place, ROW_LIMIT, place, choice)
