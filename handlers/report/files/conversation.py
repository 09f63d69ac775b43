"""The note and the table as files, and those handed out before."""

from handlers.report.figures.showing import Asked, OfPeriod, asked
from handlers.report.files import screens
from handlers.report.files.taps import AgainTap, DocumentTap, HandedOutTap, TableTap
from handlers.report.files.within import of_statement
from handlers.routes import Access, Effect, Routes
from handlers.ui.screen import Owed, Reply
from handlers.visit import Visit
from handlers.within import of_organisation
from services.delivery.model import Kind
from services.privacy.ports import Action
from services.reporting.statement.freezing import freeze_for

routes = Routes()

LISTED = 60
PREPARING = {
    Kind.REPORT_DOCUMENT: "Готовлю справку, обычно это меньше минуты. Пришлю сюда файлом.",
    Kind.REPORT_TABLE: "Готовлю таблицу, обычно это меньше минуты. Пришлю сюда файлом.",
}


@routes.tap(DocumentTap, Access.OVERSEER, within=of_organisation)
async def tap_document(visit: Visit, tap: DocumentTap) -> Reply:
    return await _ordered(visit, tap, Kind.REPORT_DOCUMENT)


@routes.tap(TableTap, Access.OVERSEER, within=of_organisation)
async def tap_table(visit: Visit, tap: TableTap) -> Reply:
    return await _ordered(visit, tap, Kind.REPORT_TABLE)


@routes.tap(HandedOutTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_handed_out(visit: Visit, tap: HandedOutTap) -> Reply:
    of = await asked(visit, tap)
    found = await visit.work.statements.listed(of.place.id, LISTED)
    return Reply(screens.handed_out(of.place, of.period.key, found, tap.page, visit.zone))


@routes.tap(AgainTap, Access.OVERSEER, within=of_statement)
async def tap_again(visit: Visit, tap: AgainTap) -> Reply:
    kept = await visit.work.statements.get(tap.statement)
    if kept is None:
        raise LookupError("no such statement")
    kind = Kind.REPORT_TABLE if tap.table else Kind.REPORT_DOCUMENT
    return await _sent(visit, kind, kept.id, kept.organisation_id)


async def _ordered(visit: Visit, tap: OfPeriod, kind: Kind) -> Reply:
    """A statement as of now, and its file; the job fills it."""
    of = await asked(visit, tap)
    await freeze_for(visit.work, visit.desk.basis, of.place, of.period)
    statement = await visit.work.statements.order(
        of.place.id, of.period.key, visit.member.id, _cause(visit, of), visit.now
    )
    return await _sent(visit, kind, statement, of.place.id)


def _cause(visit: Visit, of: Asked) -> str:
    """What is asked for in one minute is one statement, however often and in however many forms: a note and a
    table that are handed in together have the same figures."""
    return f"asked:{visit.member.id}:{of.place.id}:{of.period.key}:{visit.minute}"


async def _sent(visit: Visit, kind: Kind, statement: int, place: int) -> Reply:
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.STATEMENT_EXPORTED,
        organisation_id=place,
        statement=statement,
    )
    key = f"{kind.value}:{visit.member.account_id}:{statement}:{visit.minute}"
    payload = {"statement_id": statement, "person_id": visit.member.id}
    return Reply(toast=PREPARING[kind], owed=(Owed(kind, key, payload),))
