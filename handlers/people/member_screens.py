"""Screens of people: the list of a place, one person's card, what changes about them. Never a result."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.menu.screens import to_menu
from handlers.people.taps import (
    FoundPeopleTap,
    GiveTap,
    InviteTap,
    MemberTap,
    PeopleTap,
    PersonalLinkTap,
    PlaceTap,
    TakeOutTap,
    TakeTap,
)
from handlers.start.screens import shown
from handlers.ui.pages import Page
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.russian import day_of, long_date, plural
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Desk
from services.people import appointing, rights
from services.people.early_career import is_early, years_now
from services.people.model import Invite, Kind, Organisation, Person, Profile, Role
from services.people.ports import Member

SHOWN = 8
NAMELESS = "Имя ещё не указано"
MAKE = {
    Role.TEACHER: "Сделать педагогом",
    Role.MENTOR: "Сделать наставником",
    Role.CURATOR: "Сделать куратором",
}
"""The roles that are given to people who are there already."""
TAKE = {
    Role.TEACHER: "Снять роль педагога",
    Role.MENTOR: "Снять роль наставника",
    Role.CURATOR: "Снять роль куратора",
    Role.METHODIST: "Снять роль методиста",
    Role.ADMIN: "Снять роль администратора",
}


def listed(
    place: Organisation, members: Sequence[Member], page: Page[Member], today: date, waiting: bool
) -> Screen:
    """A page of the people of a place; with `waiting`, of those who have not joined."""
    absent = sum(not member.joined for member in members)
    lines = [f"<b>{escape(place.name)}: люди</b>{page.heading}"]
    if not members:
        lines += ["", "Пока никого. Пригласите людей ссылкой: они появятся здесь, как только войдут."]
    elif waiting:
        left = plural(absent, "человек", "человека", "человек") if absent else "никого, все уже здесь"
        lines += ["", f"Ещё не в боте: {left}."]
    else:
        lines += ["", f"Всего: {len(members)}, ещё не в боте: {absent}."]
    lines += ["", *_lines(page, today)] if page.items else []
    if len(members) > SHOWN:
        lines += ["", "Чтобы найти человека, напишите часть фамилии."]
    rows = _people(place, page, lambda number: PeopleTap(organisation=place.id, page=number, waiting=waiting))
    if not members:
        rows.append((button("Пригласить", InviteTap(organisation=place.id)),))
    elif waiting:
        rows.append((button("Показать всех", PeopleTap(organisation=place.id)),))
    elif absent:
        rows.append((button(f"Ещё не в боте: {absent}", PeopleTap(organisation=place.id, waiting=True)),))
    rows.append((button("‹ Назад", PlaceTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def found(place: Organisation, query: str, page: Page[Member], today: date) -> Screen:
    """People whose names hold what was written."""
    lines = [f"<b>{escape(place.name)}</b>, поиск: «{escape(query)}»{page.heading}", ""]
    lines += _lines(page, today) or ["Никого не нашлось. Напишите по-другому, хватит нескольких букв фамилии."]
    rows = _people(place, page, lambda number: FoundPeopleTap(organisation=place.id, page=number))
    rows.append((button("‹ Все люди", PeopleTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def card(actor: Person, place: Organisation, member: Member, today: date, news: str = "") -> Screen:
    """What a manager sees of a person, and may do; never a result, nor whether they answered anything."""
    profile = member.profile
    lines = [f"{escape(news)}\n"] if news else []
    lines.append(f"<b>{_name(member)}</b>")
    lines += profile_lines(profile, today)
    lines.append(f"Роли: {', '.join(ROLE_TITLES[role] for role in member.roles)}")
    if place.kind is Kind.SCHOOL and is_early(profile, today):
        lines.append("Молодой специалист")
    lines += ["", "Уже в боте." if member.joined else "Ещё не в боте."]
    rows: list[Row] = []
    if not member.joined:
        link = PersonalLinkTap(organisation=place.id, person=member.id)
        rows.append((button("Личная ссылка", link),))
    rows += [
        (button(MAKE[role], GiveTap(organisation=place.id, person=member.id, role=role)),)
        for role in appointing.givable(actor, place)
        if role in MAKE and role not in member.roles
    ]
    rows += [
        (button(TAKE[role], TakeTap(organisation=place.id, person=member.id, role=role)),)
        for role in member.roles
        if rights.may_give(actor, role, place) and not (len(member.roles) == 1 and place.kind is Kind.SCHOOL)
    ]
    if place.kind is Kind.SCHOOL and appointing.may_take_out(actor, member, place):
        rows.append((button("Убрать из школы", TakeOutTap(organisation=place.id, person=member.id)),))
    rows.append((button("‹ К людям", PeopleTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def profile_lines(profile: Profile, today: date) -> list[str]:
    """Post, subject, years of work today and category, those that are known."""
    years = years_now(profile, today)
    known = (
        ("Должность", profile.position),
        ("Предмет", profile.subject),
        ("Стаж", "" if years is None else shown("years", {"years": years})),
        ("Категория", profile.category),
    )
    return [f"{title}: {escape(value)}" for title, value in known if value]


def take_asked(
    actor: Person, place: Organisation, member: Member, role: Role, members: Sequence[Member]
) -> Screen:
    """Whether to take the role away, and what follows."""
    lines = [f"<b>{TAKE[role]}?</b>", "", f"{_name(member)}, {escape(place.name)}."]
    lines += _what_follows(actor, place, member, (role,), members)
    return Screen(
        "\n".join(lines),
        (
            (button("Снять роль", TakeTap(organisation=place.id, person=member.id, role=role, sure=True)),),
            (button("‹ Не снимать", MemberTap(organisation=place.id, person=member.id)),),
        ),
    )


def take_out_asked(actor: Person, place: Organisation, member: Member, members: Sequence[Member]) -> Screen:
    """Whether to end all roles of a person in the school, and what follows."""
    roles = ", ".join(ROLE_TITLES[role] for role in member.roles)
    lines = [
        "<b>Убрать из школы?</b>",
        "",
        f"{_name(member)}, {escape(place.name)}. Закончатся роли: {roles}.",
        "Личные данные и результаты останутся у самого человека.",
    ]
    lines += _what_follows(actor, place, member, member.roles, members)
    return Screen(
        "\n".join(lines),
        (
            (button("Убрать", TakeOutTap(organisation=place.id, person=member.id, sure=True)),),
            (button("‹ Не убирать", MemberTap(organisation=place.id, person=member.id)),),
        ),
    )


def personal_link(desk: Desk, place: Organisation, member: Member, invite: Invite) -> Screen:
    until = long_date(day_of(invite.expires_at, desk.zone))
    return Screen(
        f"<b>{_name(member)}: личная ссылка</b>\n\n{desk.links.invite(invite.token)}\n\nДействует до {until}\n\n"
        "Передайте её лично: кто откроет, войдёт под этим именем.",
        (
            (button("QR-код", PersonalLinkTap(organisation=place.id, person=member.id, qr=True)),),
            (button("‹ К карточке", MemberTap(organisation=place.id, person=member.id)), to_menu()),
        ),
    )


def _what_follows(
    actor: Person, place: Organisation, member: Member, roles: Sequence[Role], members: Sequence[Member]
) -> list[str]:
    lines = []
    if Role.CURATOR in roles and appointing.is_last(members, member.id, Role.CURATOR):
        lines.append("Другого куратора в школе нет: отчёты по школе будет видеть только методист.")
    if Role.METHODIST in roles and appointing.is_last(members, member.id, Role.METHODIST):
        lines.append("Другого методиста здесь нет: кураторов и школы некому будет добавлять.")
    if Role.ADMIN in roles and appointing.is_last(members, member.id, Role.ADMIN):
        lines.append("Другого администратора здесь нет.")
    if member.id == actor.id:
        back = appointing.may_give_back(actor, roles, place)
        lines.append("Это вы сами." if back else "Это вы сами. Вернуть роль сможет только тот, кто её даёт.")
        if any(appointing.closes_door(actor, role, place) for role in roles):
            lines.append("Раздел «Люди и школы» для вас закроется.")
    return ["", *lines] if lines else []


def _lines(page: Page[Member], today: date) -> list[str]:
    first = page.number * SHOWN + 1
    return [f"{number}. {_name(member)}{_marks(member, today)}" for number, member in enumerate(page.items, first)]


def _marks(member: Member, today: date) -> str:
    marks = [ROLE_TITLES[role] for role in (Role.CURATOR, Role.MENTOR) if role in member.roles]
    if Role.TEACHER in member.roles and is_early(member.profile, today):
        marks.append("молодой специалист")
    if not member.joined:
        marks.append("ещё не в боте")
    return f" ({', '.join(marks)})" if marks else ""


def _people(place: Organisation, page: Page[Member], tap: Callable[[int], CallbackData]) -> list[Row]:
    names = [member.profile.full_name or NAMELESS for member in page.items]
    rows: list[Row] = []
    for number, (name, member) in enumerate(zip(names, page.items, strict=True), page.number * SHOWN + 1):
        # Namesakes are told apart by their places in the list above.
        title = f"{number}. {name}" if names.count(name) > 1 else name
        rows.append((button(title, MemberTap(organisation=place.id, person=member.id)),))
    return [*rows, *page.turns(tap)]


def _name(member: Member) -> str:
    return escape(member.profile.full_name or NAMELESS)
