"""The note and the table of a statement: figures are computed once, files are made of them again and again."""

from html import escape

from bot.parcels.made import Computed, Drawn, Made, Maker, NotDueError
from handlers.menu.screens import to_menu
from handlers.report.figures.taps import FiguresTap
from handlers.ui.russian import long_date
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people import rights
from services.people.model import Organisation, Person
from services.people.roster.sheets import file_stem
from services.people.zones import zone_of
from services.reporting import handing_out
from services.reporting.period_names import briefly
from services.reporting.ports import Kept
from services.reporting.statement.codec import from_json
from services.reporting.statement.model import Statement
from storage.unit_of_work import StoredWork


async def document(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    kept, place = await _seen(work, person, parcel)
    statement = kept.statement
    if statement is None:
        return await _computed(desk, work, place, kept)
    caption = (
        f"{_caption('Аналитическая справка', statement)}\n\nВыводы, рекомендации и мероприятия в ней черновые: "
        "проверьте и поправьте их, прежде чем сдавать."
    )
    arguments = (statement, desk.note_template, kept.id)
    return Drawn(caption, _rows(kept), handing_out.NOTE, arguments, file_name("Справка", statement, "docx"))


async def table(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    kept, place = await _seen(work, person, parcel)
    statement = kept.statement
    if statement is None:
        return await _computed(desk, work, place, kept)
    lists = await work.report_lists.of_place(place, statement.period, person.id, desk.basis)
    today = long_date(desk.clock().astimezone(zone_of(person, desk.zone)).date())
    caption = f"{_caption('Таблица показателей', statement)}\n\nСписки в ней на сегодня, {today}"
    name = file_name("Таблица", statement, "xlsx")
    return Drawn(caption, _rows(kept), handing_out.TABLE, (statement, lists), name)


def file_name(what: str, statement: Statement, extension: str) -> str:
    """«Справка Школа 3 2026-27.docx»."""
    period = file_stem(briefly(statement.period).replace("/", "-"))
    return f"{file_stem(f'{what} {statement.name}')} {period}.{extension}"


async def _seen(work: StoredWork, person: Person, parcel: Parcel) -> tuple[Kept, Organisation]:
    """The statement and its place, if whoever has asked for it still gets reports about that."""
    if parcel.payload["person_id"] != person.id:
        raise NotDueError("asked for by somebody else")
    kept = await work.statements.get(parcel.payload["statement_id"])
    place = await work.organisations.get(kept.organisation_id) if kept is not None else None
    if kept is None or place is None:
        raise NotDueError("no such statement")
    if not rights.oversees(person, place):
        raise NotDueError("out of the person's scope")
    return kept, place


async def _computed(desk: Desk, work: StoredWork, place: Organisation, kept: Kept) -> Computed:
    statement, earlier = await handing_out.material(work, desk.basis, place, kept)

    async def keep(work: StoredWork, content: bytes) -> Screen | None:
        # Another file of the same statement may have filled it meanwhile: its figures are the ones that stay.
        await work.statements.fill(kept.id, from_json(content.decode()))
        return None

    return Computed(handing_out.COMPLETE, (statement, earlier), keep)


def _caption(what: str, statement: Statement) -> str:
    made_on = long_date(statement.made_at.date())
    place, period = escape(statement.name), escape(statement.period.title)
    return f"<b>{what}</b>\n{place}, {period}\nДанные на {made_on}"


def _rows(kept: Kept) -> tuple[Row, ...]:
    figures = FiguresTap(organisation=kept.organisation_id, period=kept.period)
    return ((button("К отчёту", figures), to_menu()),)


MAKERS: dict[Kind, Maker] = {Kind.REPORT_DOCUMENT: document, Kind.REPORT_TABLE: table}
