"""Showing one result to one psychologist, seeing who is shown what, and closing the access."""

from handlers.current import current_screen
from handlers.results.screens import result_screen
from handlers.routes import Access, Routes
from handlers.sharing import screens
from handlers.sharing.taps import ShareEndTap, SharesTap, ShareTap, ShownTap
from handlers.ui.pages import Page, page_of
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.diagnostics.session import Session, State
from services.people.model import Person
from services.privacy import sharing
from services.privacy.ports import Share

routes = Routes()


@routes.tap(ShareTap, Access.REGISTERED)
async def show_to(visit: Visit, tap: ShareTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None or session.state is not State.FINISHED:
        return Reply(await current_screen(visit))
    instrument = await visit.desk.library.of(session)
    if not instrument.scales:
        # A form has no result but the answers themselves.
        return Reply(await current_screen(visit))
    result = screens.result_name(instrument, session, visit.desk.zone)
    share = await visit.work.shares.of_session(session.id)
    if share is not None:
        return Reply(screens.shared_already(share, result, visit.desk.zone))
    near = await sharing.candidates(visit.work, visit.member, visit.desk.consent)
    viewer = next((each for each in near if each.id == tap.viewer), None)
    if viewer is None:
        return Reply(screens.choice_screen(session.id, result, page_of(near, tap.page, screens.PAGE)))
    if not tap.sure:
        return Reply(screens.confirm_screen(session, result, viewer))
    return await _show(visit, session, viewer)


async def _show(visit: Visit, session: Session, viewer: Person) -> Reply:
    share_id = await sharing.show(visit.work, visit.member, session.id, viewer, visit.now)
    name = viewer.profile.full_name if viewer.profile else ""
    screen = await _shares(visit, screens.done(name))
    if share_id is None:
        return Reply(screen)
    owed = Owed(Kind.SHARED_RESULT, f"shared:{visit.cause}", {"share_id": share_id}, viewer.account_id)
    return Reply(screen, owed=(owed,))


@routes.tap(SharesTap, Access.REGISTERED)
async def shares(visit: Visit, tap: SharesTap) -> Reply:
    return Reply(await _shares(visit, page=tap.page))


@routes.tap(ShareEndTap, Access.REGISTERED)
async def close(visit: Visit, tap: ShareEndTap) -> Reply:
    ended = await sharing.end(visit.work, visit.member.id, tap.share, visit.now)
    return Reply(await _shares(visit, "Доступ закрыт." if ended else ""))


@routes.tap(ShownTap, Access.REGISTERED)
async def look(visit: Visit, tap: ShownTap) -> Reply:
    share = await sharing.in_force(visit.work, visit.member, tap.share, visit.desk.consent)
    session = await _shared_session(visit, share) if share else None
    if share is None or session is None:
        return Reply(screens.closed_screen(), toast=screens.CLOSED)
    instrument = await visit.desk.library.of(session)
    if tap.hide:
        return Reply(screens.news_screen(share, screens.result_name(instrument, session, visit.desk.zone)))
    await sharing.look(visit.work, share, visit.now)
    values = await visit.work.surveys.values(session.id)
    text = result_screen(instrument, session, visit.desk.zone, values=values).text
    return Reply(screens.shown_screen(share, text))


async def _shared_session(visit: Visit, share: Share) -> Session | None:
    session = await visit.work.surveys.get(share.session_id, share.owner_id)
    return session if session is not None and session.state is State.FINISHED else None


async def _shares(visit: Visit, news: str = "", page: int = 0) -> Screen:
    """What the person shows now."""
    given = page_of(await visit.work.shares.given(visit.member.id), page, screens.PAGE)
    shown: list[screens.Shown] = []
    for share in given.items:
        session = await visit.work.surveys.get(share.session_id, share.owner_id)
        shown.append(screens.Shown(share, await _name(visit, session) if session else ""))
    return screens.shares_screen(Page(shown, given.number, given.count), visit.desk.zone, news)


async def _name(visit: Visit, session: Session) -> str:
    """The name of a result."""
    return screens.result_name(await visit.desk.library.of(session), session, visit.desk.zone)
