"""Sheets of lists: pairs, routes, who lacks something, events; as of the day of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from services.events.model import EventState
from services.events.wording import AUDIENCE_TITLES, KIND_TITLES
from services.iom.wording import KIND_TITLES as ROUTE_KINDS
from services.iom.wording import ROUTE_STATES
from services.mentoring.life.wording import FORM_TITLES, STATE_TITLES
from services.mentoring.programs.program import StageNumber
from services.mentoring.programs.wording import STAGE_TITLES
from services.reporting.statement.model import Statement
from services.reporting.table.lists import (
    EarlyRow,
    EventRow,
    Listed,
    Lists,
    PairRow,
    RouteRow,
    SilentRow,
    TeacherRow,
)
from services.reporting.table.paper import NOTES, Cell, Column, Paper, Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Row = TypeVar("Row")
_SCHOOL, _PERSON = Column("Школа", 30), 34
_EVENT_STATES = {
    EventState.PLANNED: "намечено",
    EventState.HELD: "проведено",
    EventState.CANCELLED: "отменено",
}
PERSONAL = "Для служебного пользования: персональные данные"
NOT_JOINED = "ещё не в боте"


@dataclass(frozen=True, slots=True)
class _List(Generic[Row]):
    """One sheet: its name, title, columns, how a row is told, and what stands in an empty one."""

    name: str
    title: str
    columns: tuple[Column, ...]
    cells: Callable[[Row], Sequence[Cell]]
    empty: str


def write(book: "Workbook", styles: Styles, statement: Statement, lists: Lists) -> None:
    """Add a sheet for each list."""
    _write(book, styles, statement, lists, lists.pairs, PAIRS)
    _write(book, styles, statement, lists, lists.silent, SILENT)
    _write(book, styles, statement, lists, lists.routes, ROUTES)
    _write(book, styles, statement, lists, lists.without_route, WITHOUT_ROUTE)
    _write(book, styles, statement, lists, lists.early_without_mentor, WITHOUT_MENTOR)
    _write(book, styles, statement, lists, lists.events, EVENTS)


def _write(
    book: "Workbook", styles: Styles, statement: Statement, lists: Lists, listed: Listed[Row], of: _List[Row]
) -> None:
    about = f"{statement.name}, {statement.period.title}. Список на {lists.made_on:%d.%m.%Y}"
    cut = f". Показаны первые {len(listed.rows)} из {listed.total}" if listed.total > len(listed.rows) else ""
    paper = Paper(
        book, styles, of.name, (of.title, about + cut, "Для служебного пользования: персональные данные")
    )
    paper.head(of.columns)
    for row, one in enumerate(listed.rows, start=NOTES + 1):
        for column, cell in enumerate(of.cells(one)):
            paper.put(row, column, cell)
    if not listed.rows:
        paper.put(NOTES + 1, 0, of.empty, text_wrap=False)
    else:
        paper.filter(NOTES, NOTES + len(listed.rows), len(of.columns))


def _pair(row: PairRow) -> Sequence[Cell]:
    stage = STAGE_TITLES[StageNumber(row.stage)] if row.stage is not None else ""
    return (
        row.school,
        row.mentor,
        row.mentee,
        FORM_TITLES[row.form],
        STATE_TITLES[row.state],
        stage,
        row.started_on,
        row.ended_on,
        row.meetings,
        row.met_on,
    )


def _silent(row: SilentRow) -> Sequence[Cell]:
    return row.school, row.mentor, row.mentee, row.since, row.days


def _route(row: RouteRow) -> Sequence[Cell]:
    return (
        row.school,
        row.teacher,
        ROUTE_KINDS[row.kind],
        ROUTE_STATES[row.state],
        row.agreed_on,
        row.steps,
        row.confirmed,
        row.handed_in,
        row.overdue,
    )


def _teacher(row: TeacherRow) -> Sequence[Cell]:
    return row.school, row.teacher, row.position, row.subject, "" if row.joined else NOT_JOINED


def _early(row: EarlyRow) -> Sequence[Cell]:
    return row.school, row.teacher, row.position, row.subject, "" if row.joined else NOT_JOINED, row.waits_since


def _event(row: EventRow) -> Sequence[Cell]:
    return (
        row.held_on,
        row.title,
        KIND_TITLES[row.kind],
        row.holder,
        AUDIENCE_TITLES[row.audience],
        row.responsible,
        _EVENT_STATES[row.state],
        row.signed_up,
        row.attended,
        None if row.mark is None else round(row.mark, 1),
    )


PAIRS = _List(
    "Пары",
    "Наставнические пары",
    (
        _SCHOOL,
        Column("Наставник", _PERSON),
        Column("Наставляемый", _PERSON),
        Column("Форма", 25),
        Column("Состояние", 22),
        Column("Этап программы", 24),
        Column("Начало", 12),
        Column("Окончание", 12),
        Column("Встреч за период", 11),
        Column("Последняя встреча", 12),
    ),
    _pair,
    "Пар пока нет. Их подбирают в боте: «Наставничество».",
)
SILENT = _List(
    "Пары без встреч",
    "Пары, которые давно не встречались",
    (
        _SCHOOL,
        Column("Наставник", _PERSON),
        Column("Наставляемый", _PERSON),
        Column("Без встреч с", 14),
        Column("Дней", 9),
    ),
    _silent,
    "Таких пар нет: все встречаются.",
)
ROUTES = _List(
    "Маршруты",
    "Индивидуальные образовательные маршруты",
    (
        _SCHOOL,
        Column("Педагог", _PERSON),
        Column("Для чего", 32),
        Column("Состояние", 18),
        Column("Согласован", 12),
        Column("Шагов", 9),
        Column("Выполнено", 12),
        Column("На проверке", 13),
        Column("Просрочено", 12),
    ),
    _route,
    "Маршрутов пока нет. Педагоги составляют их в боте: «Мой маршрут».",
)
WITHOUT_ROUTE = _List(
    "Без маршрута",
    "Педагоги без маршрута",
    (_SCHOOL, Column("Педагог", _PERSON), Column("Должность", 26), Column("Предмет", 26), Column("Бот", 15)),
    _teacher,
    "Таких нет: маршрут есть у всех.",
)
WITHOUT_MENTOR = _List(
    "Без наставника",
    "Молодые педагоги без наставника",
    (
        _SCHOOL,
        Column("Педагог", _PERSON),
        Column("Должность", 26),
        Column("Предмет", 26),
        Column("Бот", 15),
        Column("Ждёт наставника с", 14),
    ),
    _early,
    "Таких нет: наставник есть у всех молодых педагогов.",
)
EVENTS = _List(
    "Мероприятия",
    "Мероприятия периода",
    (
        Column("Дата", 12),
        Column("Название", 46),
        Column("Вид", 24),
        Column("Кто проводит", 28),
        Column("Для кого", 20),
        Column("Ответственный", _PERSON),
        Column("Состояние", 13),
        Column("Записались", 12),
        Column("Участвовали", 13),
        Column("Оценка", 9),
    ),
    _event,
    "Мероприятий в этом периоде нет. Их добавляют в боте: «Мероприятия».",
)
