"""A roster that a methodist or a curator sends: the plan first, the import only when it is confirmed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.roster import screens
from handlers.roster.taps import (
    AllSheetsTap,
    RosterApplyTap,
    RosterCancelTap,
    RosterCardTap,
    RosterFileTap,
    RosterPartTap,
    RosterPlaceTap,
    RosterTap,
    RosterTemplateTap,
    SheetListTap,
    SheetTap,
)
from handlers.routes import Access, Effect, Routes
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.delivery.model import Kind
from services.people.model import Organisation
from services.people.ports import Upload
from services.people.roster import importing
from services.people.roster.importing import DryRun
from services.people.roster.model import Roster, Scope, Waiting
from services.people.roster.reading import read_roster
from services.people.roster.template import make_template, with_problems
from services.privacy.ports import Action
from services.spreadsheets.errors import SheetError

routes = Routes()

KIND = "roster"
NAME_LIMIT = 200
ARCHIVE, CARDS, LIST = range(3)
"""What invites are made into: an archive of many schools, cards to print, a table."""
LOADED = "Этот файл уже загружен или отменён. Другой можно прислать в любой момент."
CHANGED = "Пока файл ждал, данные изменились. Вот что получится теперь."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A document as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """The kept file, read, and what importing it would do."""

    upload: Upload
    scope: Scope
    roster: Roster
    would: DryRun


def take(name: str, content: bytes) -> SentFile:
    """The document with a name that fits into the database."""
    return SentFile(name[-NAME_LIMIT:], content)


@routes.tap(RosterTap, Access.MANAGER, Effect.READS)
async def tap_roster(visit: Visit, tap: RosterTap) -> Reply:
    return Reply(screens.how_to())


@routes.tap(RosterTemplateTap, Access.MANAGER, Effect.READS)
async def tap_template(visit: Visit, tap: RosterTemplateTap) -> Reply:
    return Reply(screens.template(await asyncio.to_thread(make_template)), fresh=True)


async def upload(visit: Visit, file: SentFile) -> Reply:
    """A document that a manager has sent outside any conversation that takes one."""
    scopes = await importing.scopes_of(visit.work, visit.member)
    if not scopes:
        return Reply(screens.no_scope())
    first = Upload(scopes[0].municipality_id, file.name, file.content, "")
    if len(scopes) > 1:
        try:
            await asyncio.to_thread(read_roster, file.name, file.content, visit.today)
        except SheetError as error:
            return Reply(screens.refused(file.name, str(error)))
        await visit.work.uploads.put(visit.member.id, KIND, first, visit.now)
        return Reply(screens.which_place(file.name, await _places(visit, scopes)))
    return Reply(await _shown(visit, first))


@routes.tap(RosterPlaceTap, Access.MANAGER)
async def tap_place(visit: Visit, tap: RosterPlaceTap) -> Reply:
    upload = await visit.work.uploads.get(visit.member.id, KIND)
    if upload is None:
        return Reply(screens.nothing_kept())
    return Reply(await _shown(visit, replace(upload, organisation_id=tap.organisation)))


@routes.tap(RosterCardTap, Access.MANAGER)
async def tap_card(visit: Visit, tap: RosterCardTap) -> Reply:
    upload = await visit.work.uploads.get(visit.member.id, KIND)
    return Reply(screens.nothing_kept() if upload is None else await _shown(visit, upload))


@routes.tap(RosterPartTap, Access.MANAGER, Effect.READS)
async def tap_part(visit: Visit, tap: RosterPartTap) -> Reply:
    kept = await _kept(visit)
    return Reply(screens.part_page(kept.would.whole, tap.part, tap.page) if kept else screens.nothing_kept())


@routes.tap(RosterFileTap, Access.MANAGER, Effect.READS)
async def tap_file(visit: Visit, tap: RosterFileTap) -> Reply:
    kept = await _kept(visit)
    if kept is None:
        return Reply(screens.nothing_kept())
    problems = kept.would.whole.problems
    content = await asyncio.to_thread(with_problems, kept.upload.name, kept.upload.content, problems)
    return Reply(screens.mended(content, len({problem.row for problem in problems})), fresh=True)


@routes.tap(RosterCancelTap, Access.MANAGER)
async def tap_cancel(visit: Visit, tap: RosterCancelTap) -> Reply:
    await visit.work.uploads.drop(visit.member.id, KIND)
    return Reply(screens.cancelled())


@routes.tap(RosterApplyTap, Access.MANAGER)
async def tap_apply(visit: Visit, tap: RosterApplyTap) -> Reply:
    upload = await visit.work.uploads.get(visit.member.id, KIND)
    if upload is None:
        # After a double tap the message says already what has been done, and goes on saying it.
        return Reply(toast=LOADED)
    scope = await _scope(visit, upload.organisation_id)
    if scope is None:
        return Reply(screens.nothing_kept())
    if not upload.fingerprint.startswith(tap.mark) or len(tap.mark) != screens.MARK:
        return Reply(await _shown(visit, upload, CHANGED))
    roster = await asyncio.to_thread(read_roster, upload.name, upload.content, visit.today)
    outcome = await importing.apply(
        visit.work,
        roster,
        scope,
        visit.today,
        visit.now,
        new_schools=tap.schools,
        issued_by=visit.member.id,
        shown=(upload.content, upload.fingerprint),
    )
    if outcome is None:
        return Reply(await _shown(visit, upload, CHANGED))
    await visit.work.uploads.drop(visit.member.id, KIND)
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.ROSTER_IMPORTED,
        organisation_id=scope.municipality_id,
        added=outcome.added,
        changed=outcome.changed,
        moved=outcome.moved,
        schools=outcome.schools,
    )
    return Reply(screens.applied(outcome))


@routes.tap(SheetListTap, Access.MANAGER, Effect.READS)
async def tap_sheets(visit: Visit, tap: SheetListTap) -> Reply:
    return Reply(screens.sheet_list(await _waiting(visit), tap.page))


@routes.tap(SheetTap, Access.MANAGER, within=of_organisation)
async def tap_sheet(visit: Visit, tap: SheetTap) -> Reply:
    if not any(each.school.id == tap.organisation for each in await _waiting(visit)):
        return Reply(toast=screens.NOBODY_WAITS)
    await _invite(visit, [tap.organisation])
    owed = tuple(_owed(visit, tap.organisation, tap.organisation, form) for form in (CARDS, LIST))
    return Reply(toast=screens.MAKING_SHEETS, owed=owed)


@routes.tap(AllSheetsTap, Access.MANAGER)
async def tap_all_sheets(visit: Visit, tap: AllSheetsTap) -> Reply:
    waiting = await _waiting(visit)
    if not waiting:
        return Reply(toast=screens.NOBODY_WAITS)
    await _invite(visit, [each.school.id for each in waiting])
    parts = importing.in_parts(waiting)
    owed = tuple(_owed(visit, first, last, ARCHIVE) for first, last in parts)
    return Reply(toast=screens.MAKING_SHEETS, owed=owed)


async def _invite(visit: Visit, school_ids: Sequence[int]) -> None:
    await importing.invite(visit.work, school_ids, visit.member.id, visit.now)
    for school_id in school_ids:
        await visit.work.audit.note(visit.now, visit.member.id, Action.INVITES_PRINTED, organisation_id=school_id)


def _owed(visit: Visit, first: int, last: int, form: int) -> Owed:
    payload = {"first_school": first, "last_school": last, "form": form}
    return Owed(Kind.INVITE_SHEETS, f"sheets:{first}:{form}:{visit.cause}", payload)


async def _waiting(visit: Visit) -> list[Waiting]:
    """Schools of one's own where somebody has not joined."""
    return await importing.waiting(visit.work, await importing.scopes_of(visit.work, visit.member))


async def _places(visit: Visit, scopes: Sequence[Scope]) -> list[Organisation]:
    found = [await visit.work.organisations.get(scope.municipality_id) for scope in scopes]
    return [place for place in found if place is not None]


async def _scope(visit: Visit, municipality_id: int) -> Scope | None:
    """What the person may import there now."""
    scopes = await importing.scopes_of(visit.work, visit.member)
    return next((scope for scope in scopes if scope.municipality_id == municipality_id), None)


async def _kept(visit: Visit) -> _Kept | None:
    upload = await visit.work.uploads.get(visit.member.id, KIND)
    return await _read(visit, upload) if upload is not None else None


async def _read(visit: Visit, upload: Upload) -> _Kept | None:
    """The file with its plan. Raises SheetError when it cannot be used at all."""
    scope = await _scope(visit, upload.organisation_id)
    if scope is None:
        return None
    roster = await asyncio.to_thread(read_roster, upload.name, upload.content, visit.today)
    return _Kept(upload, scope, roster, await importing.dry_run(visit.work, roster, scope, visit.today))


async def _shown(visit: Visit, upload: Upload, news: str = "") -> Screen:
    """The card of the file's present plan, which is kept with it."""
    try:
        kept = await _read(visit, upload)
    except SheetError as error:
        return screens.refused(upload.name, str(error))
    if kept is None:
        return screens.nothing_kept()
    mark = importing.fingerprint(upload.content, kept.would.whole)
    await visit.work.uploads.put(visit.member.id, KIND, replace(upload, fingerprint=mark), visit.now)
    (place,) = await _places(visit, [kept.scope])
    return screens.card(upload.name, place.name, kept.roster, kept.would, mark, news)
