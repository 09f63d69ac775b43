"""Screens of one's own profile."""

from dataclasses import replace
from datetime import date
from html import escape

from handlers.menu.screens import is_overseer, to_menu
from handlers.profile.fields import CATEGORY, fields_of, given_of
from handlers.profile.taps import (
    ChangeSchoolTap,
    EditTap,
    LeaveTap,
    MoveTap,
    PhoneTap,
    ProfileTap,
    RemindersTap,
    ValueTap,
)
from handlers.pushes.taps import PushesTap
from handlers.start.fields import Field, Given
from handlers.start.screens import shown
from handlers.ui.pages import Page
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Desk
from services.delivery.quiet import Quiet
from services.people.early_career import FIRST_YEARS, YOUNG_UNDER, is_early
from services.people.membership import MOVING, schools_of, schools_to_move_from
from services.people.model import Invite, Organisation, Person, Profile, Role

SHOWN = 10
COME_IN_AGAIN = (
    "Ваши данные и результаты остались с вами. Чтобы войти в школу, откройте ссылку-приглашение: "
    "её даст куратор школы или методист района."
)


def card(person: Person, profile: Profile, today: date, quiet: Quiet, news: str = "") -> Screen:
    """One's own data with a button a field."""
    given = given_of(profile, today)
    fields = fields_of(person, profile, today)
    lines = [f"{escape(news)}\n"] if news else []
    lines.append("<b>Профиль</b>\n")
    lines += [f"{field.title}: <b>{escape(value_of(field, given))}</b>" for field in fields]
    lines += ["", *(f"• {ROLE_TITLES[grant.role]}, {escape(grant.organisation.name)}" for grant in person.grants)]
    if not person.grants:
        lines.append(f"Вы сейчас не состоите в школе. {COME_IN_AGAIN}")
    if reason := _early_reason(profile, today):
        lines += ["", f"Вы молодой специалист: {reason}."]
    lines += ["", f"Напоминания: с {quiet.hour(person.reminder_hour)}:00"]
    edits = [button(f"✎ {field.title}", EditTap(field=field.code)) for field in fields]
    rows: list[Row] = [tuple(edits[place : place + 2]) for place in range(0, len(edits), 2)]
    pushes = (button("Сводки и сигналы", PushesTap()),) if is_overseer(person) else ()
    rows.append((button("Когда напоминать", RemindersTap()), *pushes))
    schools = schools_of(person)
    moving = schools_to_move_from(person)
    for school in schools:
        which = "" if len(schools) == 1 else f": {school.name}"
        if school in moving:
            rows.append((button(f"Сменить школу{which}", ChangeSchoolTap(organisation=school.id)),))
        rows.append((button(f"Уйти из школы{which}", LeaveTap(organisation=school.id)),))
    if person.grants:
        rows.append((button("Подключить ещё один телефон", PhoneTap()),))
    rows.append((to_menu(),))
    return Screen("\n".join(lines), tuple(rows))


def value_of(field: Field, given: Given) -> str:
    """A field's value as a person reads it."""
    return "не указано" if given.get(field.code) in (None, "") else shown(field.code, given)


def question(field: Field, given: Given, problem: str = "") -> Screen:
    """Another value of a field is to be written or chosen."""
    trouble = f"{escape(problem)}\n\n" if problem else ""
    rows: list[Row] = [
        (button(title.capitalize() if field is CATEGORY else title, ValueTap(field=field.code, choice=number)),)
        for number, title in enumerate(field.choices)
    ]
    rows.append((button("‹ Не менять", ProfileTap()),))
    now = escape(value_of(field, given))
    return Screen(f"{trouble}<b>{field.question}</b>\n\nСейчас указано: <b>{now}</b>", tuple(rows))


def schools(left: Organisation, page: Page[Organisation]) -> Screen:
    """A page of the schools that one may move to."""
    rows: list[Row] = [
        (button(school.name, MoveTap(organisation=left.id, to=school.id)),) for school in page.items
    ]
    rows += page.turns(lambda number: ChangeSchoolTap(organisation=left.id, page=number))
    rows.append((button("‹ Остаться", ProfileTap()),))
    if not page.items:
        return Screen("Других школ в вашем районе пока нет.", tuple(rows))
    return Screen(
        f"<b>Сменить школу</b>{page.heading}\n\nСейчас: {escape(left.name)}. В какую школу перейти?", tuple(rows)
    )


def move_asked(person: Person, left: Organisation, to: Organisation) -> Screen:
    """Whether to move, and what goes along."""
    roles = ", ".join(ROLE_TITLES[role] for role in MOVING if person.holds(role, left.id))
    lines = [
        "<b>Сменить школу?</b>",
        "",
        f"Было: {escape(left.name)}",
        f"Станет: {escape(to.name)}",
        "",
        f"Вместе с вами перейдут роли: {roles}. Данные, результаты и начатые опросы останутся с вами.",
    ]
    if person.holds(Role.CURATOR, left.id):
        lines.append("Роль куратора не переходит: вы останетесь куратором прежней школы, пока не уйдёте из неё.")
    return Screen(
        "\n".join(lines),
        (
            (button("Сменить школу", MoveTap(organisation=left.id, to=to.id, sure=True)),),
            (button("‹ Остаться", ProfileTap()),),
        ),
    )


def leave_asked(person: Person, school: Organisation, last_curator: bool) -> Screen:
    """Whether to leave, and what follows."""
    roles = [grant.role for grant in person.grants if grant.organisation.id == school.id]
    lines = [
        "<b>Уйти из школы?</b>",
        "",
        escape(school.name),
        "",
        f"Закончатся роли: {', '.join(ROLE_TITLES[role] for role in roles)}.",
        "Ваши данные и результаты останутся с вами. Вернуться можно по новой ссылке-приглашению.",
    ]
    if Role.CURATOR in roles:
        lines.append("Отчёты и люди этой школы для вас закроются.")
    if last_curator:
        lines.append("Другого куратора в школе нет: предупредите, пожалуйста, методиста.")
    return Screen(
        "\n".join(lines),
        (
            (button("Уйти из школы", LeaveTap(organisation=school.id, sure=True)),),
            (button("‹ Остаться", ProfileTap()),),
        ),
    )


def phone(desk: Desk, invite: Invite) -> Screen:
    return Screen(
        "<b>Ещё один телефон</b>\n\n"
        f"{desk.links.invite(invite.token)}\n\n"
        f"Откройте эту ссылку на другом телефоне: там будет тот же профиль и те же результаты. "
        f"{phone_limits(desk, invite)}",
        ((button("QR-код", PhoneTap(qr=True)),), (button("‹ К профилю", ProfileTap()), to_menu())),
    )


def phone_limits(desk: Desk, invite: Invite) -> str:
    """Until when the link for one's own other phone holds, and the warning with it."""
    until = invite.expires_at.astimezone(desk.zone)
    return f"Действует один раз, до {until:%H:%M}. Никому её не пересылайте: кто откроет, войдёт как вы."


def no_phone() -> Screen:
    return Screen(
        f"Подключить телефон можно, пока вы состоите в школе. {COME_IN_AGAIN}",
        ((button("‹ К профилю", ProfileTap()), to_menu()),),
    )


def _early_reason(profile: Profile, today: date) -> str:
    """Why the person counts as an early-career teacher, nothing when they do not."""
    reasons = []
    if is_early(replace(profile, years_of_work=None), today):
        reasons.append(f"вам меньше {YOUNG_UNDER} лет")
    if is_early(replace(profile, birth_year=None), today):
        reasons.append(f"вы в школе меньше {FIRST_YEARS} лет")
    return " и ".join(reasons)
