"""/audit: the log of who saw, exported, appointed, deleted what."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.audit.screens import Names, log_screen
from handlers.audit.taps import AuditTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.privacy.ports import Action, Entry
from services.privacy.words import actions_of

routes = Routes()

PAGE = 10
ONE_LOOK = timedelta(hours=1)
"""Turning the pages of the log for so long is one look at it: else it would be full of itself."""


@routes.command("audit", Access.ADMIN)
async def command_audit(visit: Visit, _: str) -> Reply:
    return await _page(visit, AuditTap())


@routes.tap(AuditTap, Access.ADMIN)
async def tap_audit(visit: Visit, tap: AuditTap) -> Reply:
    return await _page(visit, tap)


async def _page(visit: Visit, tap: AuditTap) -> Reply:
    log, reader = visit.work.audit, visit.member
    if not await log.noted_since(reader.id, Action.AUDIT_SEEN, visit.now - ONE_LOOK):
        await log.note(visit.now, reader.id, Action.AUDIT_SEEN)
    actions = actions_of(tap.topic) if tap.topic else None
    found = await log.newest(PAGE + 1, tap.before, actions)
    entries = found[:PAGE]
    names = await _names(visit, entries)
    return Reply(log_screen(entries, names, visit.desk.zone, tap.topic, tap.before, len(found) > PAGE))


async def _names(visit: Visit, entries: Sequence[Entry]) -> Names:
    """What the numbers of these entries stand for."""
    people = {number for entry in entries for number in (entry.actor_id, entry.person_id) if number is not None}
    places: dict[int, str] = {}
    for number in {entry.organisation_id for entry in entries if entry.organisation_id is not None}:
        place = await visit.work.organisations.get(number)
        if place is not None:
            places[number] = place.name
    return Names(await visit.work.audit.names(people), places)
