"""Whom a draft is sent to."""

from handlers.iom.drafting.taps import DraftTap, SendTap, SubmitTap
from handlers.iom.words import cut
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Route
from services.iom.submitting import Readers
from services.people.model import Role

SHOWN = 10
NAME_SHOWN = 35
OFFICES = {Role.CURATOR: "Куратор школы", Role.METHODIST: "Методист"}


def choosing(route: Route, readers: Readers, page: int) -> Screen:
    """The mentors and the curator; who has agreed the last time is first."""
    shown = page_of(readers.mentors, page, SHOWN)
    rows: list[Row] = [
        (button(cut(mentor.profile.full_name, NAME_SHOWN), SendTap(route=route.id, mentor=mentor.id)),)
        for mentor in shown.items
    ]
    rows += shown.turns(lambda number: SubmitTap(route=route.id, page=number))
    if readers.office is not None:
        rows.append((button(OFFICES[readers.office], SendTap(route=route.id)),))
    rows.append((button("‹ К черновику", DraftTap(route=route.id)),))
    known = bool(readers.mentors) and readers.mentors[0].id == readers.last
    hint = " В прошлый раз маршрут согласован с тем, кто стоит первым." if known else ""
    return Screen(
        "<b>Кому отправить на согласование?</b>\n\n"
        f"Наставник или куратор прочитает маршрут, согласует его или вернёт с комментарием.{hint}{shown.heading}",
        tuple(rows),
    )


def nobody(route: Route) -> Screen:
    """There is nobody in the bot who could agree."""
    return Screen(
        "Пока согласовать маршрут некому: в боте ещё нет ни наставника, ни куратора вашей школы, ни методиста.\n\n"
        "Черновик сохранён. Попросите кого-то из них войти в бот и отправьте маршрут ещё раз.",
        ((button("‹ К черновику", DraftTap(route=route.id)),),),
    )
