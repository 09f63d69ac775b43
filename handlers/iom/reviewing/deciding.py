"""Who decides, as the rules want to know it, and what they decide next."""

from handlers.iom.reviewing.taps import InboxTap, ReviewTap
from handlers.iom.taps import RouteTap, StepTap
from handlers.menu.conversation import menu_now
from handlers.menu.taps import MenuTap
from handlers.otherwise import NOT_HERE, with_note
from handlers.ui.russian import form, plural
from handlers.ui.screen import Button, Reply, Row, Screen, button
from handlers.visit import Visit
from services.iom import agreeing, rights
from services.iom.agreeing import Decider
from services.iom.lists_ports import Waiting
from services.iom.model import WORDS_LIMIT, Route
from services.people.names import short_name
from services.people.zones import zone_at

NAMELESS = "Педагог"


async def decider_of(visit: Visit, route: Route) -> Decider | None:
    """The visitor as who decides about the route now; None when they do not, or its teacher's consent is not in
    force.
    """
    school = await visit.work.organisations.get(route.school_id)
    if school is None or not rights.may_decide(visit.member, route, school):
        return None
    if not await visit.work.people.agrees(route.person_id, visit.desk.consent.version):
        return None
    return Decider(visit.member, school, visit.now, zone_at(school, visit.desk.zone), visit.desk.quiet)


async def decider_let_in(visit: Visit, route: Route) -> Decider:
    """The same for a tap that the edge has let in. Raises LookupError."""
    decider = await decider_of(visit, route)
    if decider is None:
        raise LookupError("the visitor decides nothing here")
    return decider


async def note_opened(visit: Visit, route: Route) -> None:
    """Note that somebody else's route has been opened, where that is to be noted."""
    decider = await decider_of(visit, route)
    if decider is not None:
        await agreeing.note_seen(visit.work, decider, route)


async def teacher_of(visit: Visit, route: Route) -> str:
    """The name of the route's teacher, with markup to be escaped."""
    return (await visit.work.audit.names([route.person_id])).get(route.person_id) or NAMELESS


async def onward(visit: Visit, route: Route, text: str) -> Screen:
    """What has been decided, and the next thing that waits for the visitor."""
    await visit.leave()
    waiting = [one for one in await visit.work.iom_lists.waiting(visit.member) if one.mine]
    rows: list[Row] = []
    if waiting:
        count = len(waiting)
        verb = form(count, "ждёт", "ждут", "ждут")
        text += f"\n\nВашего решения {verb} ещё {plural(count, 'дело', 'дела', 'дел')}."
        rows.append((decision_button(waiting[0], "Дальше: "),))
    rows.append((button("Открыть маршрут", RouteTap(route=route.id)),))
    return Screen(text, (*rows, (button("‹ Маршруты", InboxTap()), button("Меню", MenuTap()))))


def decision_button(waiting: Waiting, before: str = "") -> Button:
    """The way to something that waits: whose it is, and what."""
    name = short_name(waiting.teacher or NAMELESS)
    if waiting.step_id is None:
        return button(f"{before}{name}, маршрут", ReviewTap(route=waiting.route_id))
    return button(f"{before}{name}, шаг", StepTap(step=waiting.step_id))


async def no_more(visit: Visit) -> Reply:
    """What they write about is not theirs to decide any more."""
    return Reply(await menu_now(visit, NOT_HERE))


def unsent(reply: Reply) -> Reply:
    """The reply to a written comment; one that came too late says so, since words have no toast."""
    if reply.screen is None or reply.toast is None:
        return reply
    return Reply(with_note(reply.screen, f"{reply.toast} Ваш комментарий не отправлен."))


def comment_problem(text: str) -> str | None:
    """What is wrong with a comment; None when it can be taken."""
    if not any(sign.isalnum() for sign in text):
        return "Напишите, пожалуйста, комментарий словами."
    if len(text) > WORDS_LIMIT:
        signs = plural(len(text), "знак", "знака", "знаков")
        return f"Получилось длинно: {signs}, а поместится {WORDS_LIMIT}. Сократите, пожалуйста."
    return None
