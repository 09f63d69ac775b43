"""A plan that somebody sends: what it would do first, the import only when it is confirmed."""

import asyncio
from dataclasses import dataclass, replace

from handlers import otherwise
from handlers.events.plan import file_screens as screens
from handlers.events.plan.listing import plan
from handlers.events.plan.taps import ApplyPlanTap, PlanFileTap
from handlers.people.standing import given, named
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.events import importing, rights
from services.events.importing import Import
from services.events.plan_file import PlanFile, read_plan
from services.events.plan_sheet import make_template
from services.people.model import Organisation
from services.people.ports import Upload
from services.spreadsheets.errors import SheetError

routes = Routes()

STEP = "event_file"
KIND = "events"
NAME_LIMIT = 200
DONE = "Этот файл уже загружен или отменён. Можно прислать другой."
CHANGED = "Пока файл ждал, план изменился. Вот что получится теперь."
NOTHING = "Ничего не изменилось."


@dataclass(frozen=True, slots=True)
class SentPlan:
    """A document as it came."""

    name: str
    content: bytes


def take(name: str, content: bytes) -> SentPlan:
    """The document with a name that fits into the database."""
    return SentPlan(name[-NAME_LIMIT:], content)


@routes.tap(PlanFileTap, Access.OVERSEER, within=of_organisation)
async def tap_file(visit: Visit, tap: PlanFileTap) -> Reply:
    place = await named(visit, tap.organisation)
    if tap.what == "template":
        return Reply(screens.template(await asyncio.to_thread(make_template, visit.today)), fresh=True)
    if tap.what == "cancel":
        await visit.work.uploads.drop(visit.member.id, KIND)
        return Reply(await plan(visit, place), toast=NOTHING)
    await visit.stand(STEP, {"organisation": place.id})
    return Reply(screens.how_to(place))


@routes.step(STEP, Access.OVERSEER)
async def words_for_file(visit: Visit, text: str) -> Reply:
    place = await _standing(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.OVERSEER)
    return Reply(screens.how_to(place, "Жду файл .xlsx или .csv."))


@routes.upload(STEP, Access.OVERSEER, take)
async def upload(visit: Visit, file: SentPlan) -> Reply:
    place = await _standing(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.OVERSEER)
    return Reply(await _shown(visit, place, Upload(place.id, file.name, file.content, "")))


@routes.tap(ApplyPlanTap, Access.OVERSEER, within=of_organisation)
async def tap_apply(visit: Visit, tap: ApplyPlanTap) -> Reply:
    place = await named(visit, tap.organisation)
    present = await visit.work.events.titles(place.id, lock=True)
    sent = await visit.work.uploads.get(visit.member.id, KIND)
    if sent is None or sent.organisation_id != place.id:
        # After a double tap the message says already what has been done, and goes on saying it.
        return Reply(toast=DONE)
    would = importing.would_do(await _read(visit, sent), present)
    mark = importing.fingerprint(sent.content, would)
    if tap.mark != mark[: screens.MARK] or sent.fingerprint != mark or not would.added:
        return Reply(await _shown(visit, place, sent, CHANGED))
    desk = visit.desk
    await importing.apply(
        visit.work, place, would, visit.member.id, visit.today, desk.quiet, desk.consent.version, visit.now
    )
    await visit.work.uploads.drop(visit.member.id, KIND)
    shown = await plan(visit, place, news=screens.done(would))
    if would.wrong_rows:
        # The mended file is sent to where the first one was.
        await visit.stand(STEP, {"organisation": place.id})
    return Reply(shown)


async def _standing(visit: Visit) -> Organisation | None:
    """The place that the file is about, if the visitor plans its events still."""
    found = given(visit, STEP).get("organisation")
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    return place if place is not None and rights.plans(visit.member, place) else None


async def _read(visit: Visit, sent: Upload) -> PlanFile:
    """Raises SheetError when the file cannot be used at all."""
    return await asyncio.to_thread(read_plan, sent.name, sent.content, visit.today)


async def _shown(visit: Visit, place: Organisation, sent: Upload, news: str = "") -> Screen:
    """What the file would do now; it is kept with that."""
    try:
        file = await _read(visit, sent)
    except SheetError as error:
        return screens.refused(place, sent.name, str(error))
    would: Import = importing.would_do(file, await visit.work.events.titles(place.id))
    mark = importing.fingerprint(sent.content, would)
    await visit.work.uploads.put(visit.member.id, KIND, replace(sent, fingerprint=mark), visit.now)
    return screens.preview(place, sent.name, would, mark, visit.today, news)
