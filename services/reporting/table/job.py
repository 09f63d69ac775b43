"""Writing the table of a statement. Only a worker process or a command calls this: it brings XlsxWriter."""

from services.reporting.statement.model import Statement
from services.reporting.table import by_school, diagnostics, dynamics, origins, people, plans, summary
from services.reporting.table.lists import Lists
from services.reporting.table.paper import Paper, Styles
from services.reporting.table.told import over
from services.spreadsheets.book import Book


def write(statement: Statement, lists: Lists) -> bytes:
    """The table as .xlsx. Figures are the statement's, whenever it was made; the lists are of their own day."""
    with Book() as made:
        book = made.workbook
        styles = Styles(book)

        def paper(name: str, title: str, note: str = "") -> Paper:
            return Paper(book, styles, name, over(statement, title, note))

        compared = f"«Было» и «Изменение»: период «{statement.previous.title}»"
        summary.write(paper("Сводка", "Показатели", compared), statement)
        if statement.schools:
            hidden = (
                f"Скрыто: в группе меньше {statement.min_group} человек. Примечание над столбцом объясняет его"
            )
            by_school.write(paper("По школам", "Показатели по школам", hidden), statement)
        dynamics.write(paper("Динамика", "Показатели по периодам"), book, statement)
        published = f"Только группы не меньше {statement.min_group} человек. Данные без имён"
        diagnostics.write(paper("Диагностики", "Результаты диагностик и опросов", published), book, statement)
        plans.write(paper("Планы", "План и факт"), book, statement)
        origins.write(paper("Из чего", "Из чего сложились показатели"), statement)
        people.write(book, styles, statement, lists)
    return made.content
