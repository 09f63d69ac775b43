"""Links that let people in: the list, one of them, its picture, revoking it."""

from handlers.people import link_screens as screens
from handlers.people.standing import named
from handlers.people.taps import LinkQrTap, LinksTap, LinkTap, RevokeTap
from handlers.people.within import of_link
from handlers.routes import Access, Routes
from handlers.start.texts import REFUSALS
from handlers.ui.pages import page_of
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.delivery.model import Kind
from services.people import appointing, invites, rights
from services.people.invites import Refusal
from services.people.model import Invite, Organisation

routes = Routes()

DRAWING = "Готовлю QR-код, он придёт следующим сообщением."
REVOKED = "Ссылка отозвана."


@routes.tap(LinksTap, Access.MANAGER, within=of_organisation)
async def show_links(visit: Visit, tap: LinksTap) -> Reply:
    return Reply(await _listed(visit, await named(visit, tap.organisation), tap.page))


@routes.tap(LinkTap, Access.MANAGER, within=of_link)
async def show_link(visit: Visit, tap: LinkTap) -> Reply:
    await visit.leave()
    return Reply(_shown(visit, await _found(visit, tap.invite)))


@routes.tap(RevokeTap, Access.MANAGER, within=of_link)
async def revoke(visit: Visit, tap: RevokeTap) -> Reply:
    invite = await _found(visit, tap.invite)
    if not tap.sure:
        live = not isinstance(invites.check(invite, visit.now), Refusal)
        return Reply(screens.revoke_asked(visit.desk, invite) if live else _shown(visit, invite))
    await appointing.revoke(visit.work, visit.member, invite, visit.now)
    return Reply(await _listed(visit, invite.organisation, 0), toast=REVOKED)


@routes.tap(LinkQrTap, Access.MANAGER, within=of_link)
async def picture(visit: Visit, tap: LinkQrTap) -> Reply:
    invite = await _found(visit, tap.invite)
    if isinstance(invites.check(invite, visit.now), Refusal):
        return Reply(_shown(visit, invite))
    return Reply(toast=DRAWING, owed=(qr(visit, invite),))


def qr(visit: Visit, invite: Invite) -> Owed:
    """The picture of a link, for the visitor."""
    return Owed(Kind.INVITE_QR, f"qr:{invite.id}:{visit.cause}", {"invite_id": invite.id})


def _shown(visit: Visit, invite: Invite) -> Screen:
    checked = invites.check(invite, visit.now)
    if isinstance(checked, Refusal):
        return screens.ended(invite, REFUSALS[checked])
    return screens.link(visit.desk, checked)


async def _listed(visit: Visit, place: Organisation, page: int) -> Screen:
    await visit.leave()
    live = [
        invite
        for invite in await visit.work.invites.live(place.id, visit.now)
        if rights.may_give(visit.member, invite.role, invite.organisation)
    ]
    return screens.listed(visit.desk, place, page_of(live, page, screens.SHOWN))


async def _found(visit: Visit, invite_id: int) -> Invite:
    invite = await visit.work.invites.get(invite_id)
    if invite is None:
        raise LookupError(f"no invite {invite_id}")
    return invite
