"""The empty roster that people fill in, and their own file with what is to be mended."""

from collections import defaultdict
from collections.abc import Sequence

from services.people.roster.file import ROW_LIMIT, open_sheet
from services.people.roster.model import CATEGORIES, Field, Problem
from services.people.roster.reading import EXAMPLE, MEND
from services.spreadsheets.book import Book

_COLUMNS: dict[Field, tuple[int, str, str]] = {
    Field.SCHOOL: (30, f"{EXAMPLE.upper()}: Школа № 1", "Как в базе района, в каждой строке"),
    Field.SURNAME: (18, "Иванова", "Буквами"),
    Field.NAME: (16, "Мария", "Буквами"),
    Field.PATRONYMIC: (18, "Петровна", "Если есть"),
    Field.POSITION: (22, "учитель", "Как в штатном расписании"),
    Field.SUBJECT: (20, "математика", "Можно оставить пустым"),
    Field.YEARS: (8, "12", "Полных лет, 0 для первого года"),
    Field.BIRTH_YEAR: (14, "1980", "Четыре цифры. Отличает однофамильцев и помогает при переводе"),
    Field.CATEGORY: (16, "первая", f"Одно из: {', '.join(CATEGORIES)}"),
}
"""For each column of the template its width, an example and a note."""

_NOTES = (
    "Один человек — одна строка. Порядок столбцов можно менять, лишние столбцы не мешают.",
    "Обязательны школа, фамилия, имя и должность. Остальное можно заполнить позже и загрузить файл ещё раз.",
    "Строка, у которой школа начинается со слова «пример», не загружается: её можно удалить или оставить.",
    "Повторная загрузка обновляет данные и никого не удваивает. Кого нет в файле, того она не удаляет.",
    "Пустая ячейка ничего не меняет: то, что уже известно, останется.",
    "Не больше 5000 строк и 5 МБ в одном файле.",
)


def make_template() -> bytes:
    """An .xlsx with headings, one example row and notes."""
    with Book() as book:
        sheet = book.workbook.add_worksheet("Список")
        sheet.freeze_panes(1, 0)
        for column, (field, (width, example, note)) in enumerate(_COLUMNS.items()):
            sheet.set_column(column, column, width, book.text)
            sheet.write_string(0, column, field.value, book.heading)
            sheet.write_comment(0, column, note)
            sheet.write_string(1, column, example, book.example)
        sheet.data_validation(
            1,
            list(_COLUMNS).index(Field.CATEGORY),
            ROW_LIMIT,
            list(_COLUMNS).index(Field.CATEGORY),
            {
                "validate": "list",
                "source": list(CATEGORIES),
                "error_title": "Категория",
                "error_message": f"Выберите из списка: {', '.join(CATEGORIES)}.",
            },
        )
        notes = book.workbook.add_worksheet("Как заполнять")
        notes.set_column(0, 0, 110)
        for row, note in enumerate(_NOTES):
            notes.write_string(row, 0, note)
    return book.content


def with_problems(name: str, content: bytes, problems: Sequence[Problem]) -> bytes:
    """The person's own file as an .xlsx with one more column that says what to mend; row numbers stay the same.

    Raises SheetError when the file cannot be used at all.
    """
    table = open_sheet(name, content)
    texts: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        texts[problem.row].append(f"{problem.column}: {problem.text}.")
    kept = [place for place, header in enumerate(table.headers) if header.casefold() != MEND.casefold()]
    first = min((row.number for row in table.rows), default=2)
    with Book() as book:
        sheet = book.workbook.add_worksheet("Список")
        heading = first - 2
        # Rows between the headings and the first person are blank in the file, too.
        sheet.freeze_panes(heading + 1, 0)
        sheet.set_column(0, len(kept) - 1, 18, book.text)
        sheet.set_column(len(kept), len(kept), 60, book.wrapped)
        for column, title in enumerate([*(table.headers[place] for place in kept), MEND]):
            sheet.write_string(heading, column, title, book.heading)
        for row in table.rows:
            found = texts.get(row.number)
            for column, place in enumerate(kept):
                sheet.write_string(row.number - 1, column, row.cells[place], book.marked if found else book.text)
            if found:
                sheet.write_string(row.number - 1, len(kept), "\n".join(found), book.wrapped)
        last = max((row.number for row in table.rows), default=first)
        sheet.autofilter(heading, 0, last - 1, len(kept))
    return book.content
