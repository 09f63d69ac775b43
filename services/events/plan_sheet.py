"""The empty plan of events that people fill in."""

from datetime import date

from services.events.plan_file import EXAMPLE, ROW_LIMIT, Column
from services.events.wording import AUDIENCE_TITLES, KIND_TITLES, SEATS_BOUNDS
from services.spreadsheets.book import Book

_WIDTHS = {
    Column.DAY: 14,
    Column.HOUR: 10,
    Column.TITLE: 52,
    Column.KIND: 28,
    Column.PLACE: 34,
    Column.AUDIENCE: 24,
    Column.RESPONSIBLE: 44,
    Column.EXPECTED: 52,
    Column.SEATS: 9,
}
_NOTES = (
    "Одно событие — одна строка. Порядок столбцов можно менять, лишние столбцы не мешают.",
    "Нужны дата с годом и название, остальное можно дописать потом.",
    "Вид и аудиторию выбирайте из списка в ячейке. Пустая аудитория — все педагоги, пустой вид — другое.",
    "Ответственный — фамилия, имя и отчество как в боте: тогда придут напоминания. Можно и просто словами.",
    f"Мест — число {SEATS_BOUNDS}; пусто — сколько придёт.",
    "Событие с той же датой и тем же названием второй раз не добавится.",
    "Строка, у которой название начинается со слова «пример», не загружается.",
    f"Не больше {ROW_LIMIT} строк и 5 МБ в одном файле.",
)


def make_template(today: date) -> bytes:
    """An .xlsx with headings, one example row and notes."""
    sample = {
        Column.DAY: f"15.12.{today.year}",
        Column.HOUR: "14:30",
        Column.TITLE: f"{EXAMPLE.upper()}: Как говорить с родителями",
        Column.KIND: "Школа молодого педагога",
        Column.PLACE: "Школа № 1, кабинет 12",
        Column.AUDIENCE: "Молодые специалисты",
        Column.RESPONSIBLE: "Руководитель методического объединения",
        Column.EXPECTED: "У каждого участника есть план первого собрания",
        Column.SEATS: "20",
    }
    with Book() as book:
        sheet = book.workbook.add_worksheet("События")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for place, column in enumerate(Column):
            sheet.set_column(place, place, _WIDTHS[column], book.wrapped)
            sheet.write_string(0, place, column.value, book.heading)
            sheet.write_string(1, place, sample[column], book.example)
        notes = book.workbook.add_worksheet("Как заполнять")
        notes.set_column(0, 0, 110)
        for row, note in enumerate(_NOTES):
            notes.write_string(row, 0, note)
        # Excel takes a list of at most 255 characters in a cell: longer ones are kept on a sheet of their own.
        lists = book.workbook.add_worksheet("Списки")
        lists.hide()
        for column, titles in ((Column.KIND, KIND_TITLES.values()), (Column.AUDIENCE, AUDIENCE_TITLES.values())):
            place = list(Column).index(column)
            lists.write_column(0, place, titles)
            letter = "ABCDEFGHI"[place]
            choice = {
                "validate": "list",
                "source": f"=Списки!${letter}$1:${letter}${len(titles)}",
                "error_title": column.value,
                "error_message": "Выберите из списка.",
            }
            sheet.data_validation(1, place, ROW_LIMIT, place, choice)
    return book.content
