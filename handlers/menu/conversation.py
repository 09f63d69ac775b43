"""/menu, /help, /cancel."""

from handlers.access import allowed
from handlers.current import current_screen
from handlers.menu.screens import help_for, menu
from handlers.menu.taps import HelpTap, MenuTap
from handlers.routes import Access, Routes
from handlers.survey import screens as survey_screens
from handlers.survey.standing import standing_session
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind

routes = Routes()

NOTHING_TO_STOP = "Останавливать нечего: вы в главном меню."
STOPPED = "Хорошо, остановились. Вы в главном меню."


def command_menu(visit: Visit) -> Owed:
    """The commands of the person's present roles, for the messenger's own menu."""
    person = visit.member
    return Owed(Kind.COMMAND_MENU, f"commands:{visit.cause}", {"person_id": person.id}, person.account_id)


async def menu_now(visit: Visit, news: str = "") -> Screen:
    """The menu with the open test, if any; whatever the person was writing for is left."""
    await visit.leave()
    begun = await visit.work.surveys.open_sessions(visit.member.id)
    return menu(visit.member, [(session, await visit.desk.library.of(session)) for session in begun], news)


@routes.command("menu", Access.REGISTERED)
async def show_menu(visit: Visit, _: str) -> Reply:
    return Reply(await menu_now(visit))


@routes.tap(MenuTap, Access.REGISTERED)
async def tap_menu(visit: Visit, tap: MenuTap) -> Reply:
    return Reply(await menu_now(visit))


@routes.command("help", Access.ANYONE)
async def show_help(visit: Visit, _: str) -> Reply:
    return Reply(_help(visit))


@routes.tap(HelpTap, Access.ANYONE)
async def tap_help(visit: Visit, tap: HelpTap) -> Reply:
    return Reply(_help(visit))


@routes.command("cancel", Access.ANYONE)
async def cancel(visit: Visit, _: str) -> Reply:
    step = visit.conversation.step if visit.conversation else None
    person = visit.person
    if step == "survey" and person is not None and allowed(Access.REGISTERED, person, visit.desk.consent):
        session = await standing_session(visit)
        await visit.leave()
        if session is not None:
            return Reply(survey_screens.paused(session))
    if step in ("registration", "consent"):
        kept = "Всё, что вы уже указали, сохранено. " if step == "registration" else ""
        return Reply(Screen(f"Хорошо, остановились. {kept}Чтобы продолжить, нажмите /start."))
    if not allowed(Access.REGISTERED, person, visit.desk.consent):
        return Reply(await current_screen(visit))
    nothing = visit.conversation is None or step == "survey"
    return Reply(await menu_now(visit, NOTHING_TO_STOP if nothing else STOPPED))


def _help(visit: Visit) -> Screen:
    inside = allowed(Access.REGISTERED, visit.person, visit.desk.consent)
    return help_for(visit.person if inside else None, visit.desk.min_group)
