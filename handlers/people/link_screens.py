"""Screens of invites: making one, the list of them, one link."""

from html import escape

from handlers.menu.screens import to_menu
from handlers.people.taps import (
    InviteRoleTap,
    InviteSeatsTap,
    InviteTap,
    InviteTermTap,
    LinkQrTap,
    LinksTap,
    LinkTap,
    PlaceTap,
    RevokeTap,
)
from handlers.ui.pages import Page
from handlers.ui.russian import day_of, long_date, plural
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Desk
from services.people.appointing import LONGEST_TERM, MOST_SEATS
from services.people.model import Invite, Organisation, Role

SHOWN = 8
SEATS = {Role.TEACHER: (10, 30, 50)}
FEW_SEATS = (2, 3, 5)
"""Numbers of people to choose from besides one; only teachers come in crowds."""
TERMS = (7, 30, 90)

WHOM = {
    Role.TEACHER: ("педагога", "педагогов"),
    Role.MENTOR: ("наставника", "наставников"),
    Role.CURATOR: ("куратора", "кураторов"),
    Role.METHODIST: ("методиста", "методистов"),
    Role.ADMIN: ("администратора", "администраторов"),
}
"""For whom a link is: for one person, and for several."""
TO_WHOM = {
    Role.TEACHER: ("педагогу", "педагогам"),
    Role.MENTOR: ("наставнику", "наставникам"),
    Role.CURATOR: ("куратору", "кураторам"),
    Role.METHODIST: ("методисту", "методистам"),
    Role.ADMIN: ("администратору", "администраторам"),
}


def roles(place: Organisation, givable: tuple[Role, ...]) -> Screen:
    rows: list[Row] = [
        (button(WHOM[role][1].capitalize(), InviteRoleTap(organisation=place.id, role=role)),) for role in givable
    ]
    rows.append((button("‹ Назад", PlaceTap(organisation=place.id)),))
    return Screen(f"<b>{escape(place.name)}</b>\n\nКого пригласить?", tuple(rows))


def seats(place: Organisation, role: Role, problem: str = "") -> Screen:
    many = tuple(
        button(str(number), InviteSeatsTap(organisation=place.id, seats=number))
        for number in SEATS.get(role, FEW_SEATS)
    )
    return Screen(
        f"{_trouble(problem)}<b>{escape(place.name)}: приглашение для {WHOM[role][1]}</b>\n\n"
        f"Сколько человек сможет войти по этой ссылке? Выберите или напишите число, не больше {MOST_SEATS}.",
        (
            (button("Один", InviteSeatsTap(organisation=place.id, seats=1)), *many),
            (button("‹ Назад", InviteTap(organisation=place.id)),),
        ),
    )


def terms(place: Organisation, role: Role, problem: str = "") -> Screen:
    days = tuple(
        button(plural(number, "день", "дня", "дней"), InviteTermTap(organisation=place.id, days=number))
        for number in TERMS
    )
    return Screen(
        f"{_trouble(problem)}<b>{escape(place.name)}: приглашение для {WHOM[role][1]}</b>\n\n"
        f"Сколько дней действует ссылка? Выберите или напишите число, не больше {LONGEST_TERM}.",
        (days, (button("‹ Назад", InviteRoleTap(organisation=place.id, role=role)),)),
    )


def link(desk: Desk, invite: Invite) -> Screen:
    """The link with its buttons; it is forwarded as it is, so that it says first what it is."""
    place = invite.organisation
    to = TO_WHOM[invite.role][invite.max_uses > 1]
    return Screen(
        f"<b>{escape(heading(invite))}</b>\n\n{desk.links.invite(invite.token)}\n\n"
        f"{limits(desk, invite)}\n\nПерешлите эту ссылку {to}.",
        (
            (button("QR-код", LinkQrTap(invite=invite.id)),),
            (button("Отозвать", RevokeTap(invite=invite.id)),),
            (button("‹ Ссылки", LinksTap(organisation=place.id)), to_menu()),
        ),
    )


def ended(invite: Invite, why: str) -> Screen:
    place = invite.organisation
    return Screen(
        f"<b>{escape(heading(invite))}</b>\n\n{why}",
        (
            (button("Новая ссылка", InviteTap(organisation=place.id)),),
            (button("‹ Ссылки", LinksTap(organisation=place.id)), to_menu()),
        ),
    )


def listed(desk: Desk, place: Organisation, page: Page[Invite]) -> Screen:
    """A page of links that still let somebody in."""
    lines = [f"<b>{escape(place.name)}: действующие ссылки</b>{page.heading}"]
    if not page.items:
        lines += ["", "Действующих ссылок нет."]
    rows: list[Row] = []
    for number, invite in enumerate(page.items, start=page.number * SHOWN + 1):
        one, many = WHOM[invite.role]
        whom = one if invite.max_uses == 1 else many
        lines += ["", f"{number}. Для {whom}. {_usage(desk, invite)}"]
        rows.append((button(f"{number}. Для {whom}, до {_until(desk, invite)}", LinkTap(invite=invite.id)),))
    rows += page.turns(lambda number: LinksTap(organisation=place.id, page=number))
    rows.append((button("Новая ссылка", InviteTap(organisation=place.id)),))
    rows.append((button("‹ Назад", PlaceTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def revoke_asked(desk: Desk, invite: Invite) -> Screen:
    return Screen(
        f"<b>Отозвать ссылку?</b>\n\n{escape(heading(invite))}. {_usage(desk, invite)}\n\n"
        "Войти по ней больше никто не сможет. Те, кто уже в боте, останутся.",
        (
            (button("Отозвать", RevokeTap(invite=invite.id, sure=True)),),
            (button("‹ Не отзывать", LinkTap(invite=invite.id)),),
        ),
    )


def heading(invite: Invite) -> str:
    """What the link is, as plain text: «Школа № 3: приглашение для педагогов»."""
    return f"{invite.organisation.name}: приглашение для {WHOM[invite.role][invite.max_uses > 1]}"


def limits(desk: Desk, invite: Invite) -> str:
    """How many may come in by it until when, as plain text."""
    return f"На {plural(invite.max_uses, 'человека', 'человека', 'человек')}, действует до {_until(desk, invite)}"


def _usage(desk: Desk, invite: Invite) -> str:
    """How many have come in by it, and until when more may."""
    return f"Уже вошли: {invite.used} из {invite.max_uses}, действует до {_until(desk, invite)}"


def _until(desk: Desk, invite: Invite) -> str:
    return long_date(day_of(invite.expires_at, desk.zone))


def _trouble(problem: str) -> str:
    return f"{escape(problem)}\n\n" if problem else ""
