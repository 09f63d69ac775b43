"""A link for one's own other phone."""

from handlers.people.links import DRAWING, qr
from handlers.profile import screens
from handlers.profile.taps import PhoneTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.people import appointing

routes = Routes()


@routes.tap(PhoneTap, Access.REGISTERED)
async def connect(visit: Visit, tap: PhoneTap) -> Reply:
    await visit.leave()
    present = await visit.work.directory.personal_link(visit.member.id, visit.now) if tap.qr else None
    if present is not None:
        return Reply(toast=DRAWING, owed=(qr(visit, present),))
    made = await appointing.phone_link(visit.work, visit.member, visit.now)
    return Reply(screens.no_phone() if made is None else screens.phone(visit.desk, made))
