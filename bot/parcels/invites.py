"""QR codes of invites and sheets of them to print."""

from html import escape

from bot.parcels.made import Drawn, Maker, NotDueError
from bot.parcels.sheets import invite_sheets
from handlers.menu.screens import to_menu
from handlers.people.link_screens import heading, limits
from handlers.profile.screens import phone_limits
from handlers.ui.russian import day_of, long_date
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people import appointing, invites
from services.people.invites import Refusal
from services.people.model import Invite, Person
from storage.unit_of_work import StoredWork


async def invite_qr(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Drawn:
    invite = invites.check(await work.invites.get(parcel.payload["invite_id"]), desk.clock())
    if isinstance(invite, Refusal):
        raise NotDueError(f"the link lets nobody in: {invite}")
    if not await appointing.may_see(work, person, invite):
        raise NotDueError("no right to the link")
    caption = await _caption(desk, work, person, invite)
    return Drawn(caption, ((to_menu(),),), "services.people.qr:draw_qr", (desk.links.invite(invite.token),))


async def _caption(desk: Desk, work: StoredWork, person: Person, invite: Invite) -> str:
    """Whom the code is for and until when, as HTML."""
    if invite.person_id is None:
        return escape(f"{heading(invite)}. {limits(desk, invite)}")
    if invite.person_id == person.id:
        return phone_limits(desk, invite)
    member = await work.directory.member(invite.organisation.id, invite.person_id)
    name = member.profile.full_name if member is not None else "Личная ссылка"
    until = long_date(day_of(invite.expires_at, desk.zone))
    return f"{escape(name)}: личная ссылка, действует до {until} Передайте её лично."


MAKERS: dict[Kind, Maker] = {Kind.INVITE_QR: invite_qr, Kind.INVITE_SHEETS: invite_sheets}
