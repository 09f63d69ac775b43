"""A catalogue that a methodist sends: what it would do first, the import only when it is confirmed."""

import asyncio
from dataclasses import dataclass, replace

from handlers import otherwise
from handlers.iom.measures import file_screens as screens
from handlers.iom.measures.editing import catalogue, domains
from handlers.iom.measures.standing import standing_at
from handlers.iom.measures.taps import ApplyMeasuresTap, MeasuresFileTap
from handlers.people.standing import named
from handlers.people.within import of_municipality
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom import measures
from services.iom.measures import Import, Kept
from services.iom.measures_file import read_measures
from services.iom.measures_sheet import make_export, make_template
from services.people.model import Organisation
from services.people.ports import Upload
from services.privacy.ports import Action
from services.spreadsheets.errors import SheetError

routes = Routes()

STEP = "iom_measures_file"
KIND = "measures"
NAME_LIMIT = 200
DONE = "Этот файл уже загружен или отменён. Можно прислать другой."
CHANGED = "Пока файл ждал, каталог изменился. Вот что получится теперь."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A document as it came."""

    name: str
    content: bytes


def take(name: str, content: bytes) -> SentFile:
    """The document with a name that fits into the database."""
    return SentFile(name[-NAME_LIMIT:], content)


@routes.tap(MeasuresFileTap, Access.METHODIST, within=of_municipality)
async def tap_file(visit: Visit, tap: MeasuresFileTap) -> Reply:
    place = await named(visit, tap.organisation)
    if tap.what == "template":
        return Reply(screens.template(await asyncio.to_thread(make_template)), fresh=True)
    if tap.what == "catalogue":
        shown = [each.now.fields for each in await catalogue(visit, place) if not each.hidden]
        return Reply(screens.export(await asyncio.to_thread(make_export, shown)), fresh=True)
    if tap.what == "cancel":
        await visit.work.uploads.drop(visit.member.id, KIND)
        return Reply(await domains(visit, place), toast="Ничего не изменилось.")
    await visit.stand(STEP, {"organisation": place.id})
    return Reply(screens.how_to(place))


@routes.step(STEP, Access.METHODIST)
async def words_for_file(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.METHODIST)
    return Reply(screens.how_to(place, "Жду файл .xlsx или .csv."))


@routes.upload(STEP, Access.METHODIST, take)
async def upload(visit: Visit, file: SentFile) -> Reply:
    place = await standing_at(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.METHODIST)
    return Reply(await _shown(visit, place, Upload(place.id, file.name, file.content, "")))


@routes.tap(ApplyMeasuresTap, Access.METHODIST, within=of_municipality)
async def tap_apply(visit: Visit, tap: ApplyMeasuresTap) -> Reply:
    place = await named(visit, tap.organisation)
    kept = await catalogue(visit, place, lock=True)
    upload = await visit.work.uploads.get(visit.member.id, KIND)
    if upload is None or upload.organisation_id != place.id:
        # After a double tap the message says already what has been done, and goes on saying it.
        return Reply(toast=DONE)
    would = await _would(upload, kept)
    mark = measures.fingerprint(upload.content, would)
    if tap.mark != mark[: screens.MARK] or upload.fingerprint != mark:
        return Reply(await _shown(visit, place, upload, CHANGED))
    if would.empty or not measures.fits(would, kept):
        return Reply(await _shown(visit, place, upload))
    await measures.apply(visit.work, place.id, would)
    await visit.work.uploads.drop(visit.member.id, KIND)
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.IOM_MEASURES_CHANGED,
        organisation_id=place.id,
        added=len(would.added),
        changed=len(would.changed),
    )
    return Reply(await domains(visit, place, screens.done(would)))


async def _would(upload: Upload, kept: list[Kept]) -> Import:
    """What importing the file would do. Raises SheetError when it cannot be used at all."""
    return measures.planned(await asyncio.to_thread(read_measures, upload.name, upload.content), kept)


async def _shown(visit: Visit, place: Organisation, upload: Upload, news: str = "") -> Screen:
    """What the file would do now; it is kept with that."""
    kept = await catalogue(visit, place)
    try:
        would = await _would(upload, kept)
    except SheetError as error:
        return screens.refused(place, upload.name, str(error))
    mark = measures.fingerprint(upload.content, would)
    await visit.work.uploads.put(visit.member.id, KIND, replace(upload, fingerprint=mark), visit.now)
    return screens.preview(place, upload.name, would, mark, fits=measures.fits(would, kept), news=news)
