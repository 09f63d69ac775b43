"""Screens of municipalities and schools."""

from collections.abc import Callable, Sequence
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.menu.screens import to_menu
from handlers.people.taps import (
    FoundPlacesTap,
    InviteTap,
    LinksTap,
    NewMunicipalityTap,
    NewSchoolTap,
    PeopleTap,
    PlacesTap,
    PlaceTap,
    RenameTap,
    ZoneTap,
)
from handlers.report.home.taps import PeriodsTap
from handlers.roster.taps import RosterTap, SheetTap
from handlers.ui.pages import Page
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.people import appointing, places, rights
from services.people.model import Kind, Organisation, Person, Role
from services.people.ports import Attendance, Member

SHOWN = 10
SEARCH_FROM = 20
"""Lists longer than this are searched by writing a part of a name."""

NAME_SCHOOL = "Напишите название новой школы, например: Школа № 3."
NAME_MUNICIPALITY = "Напишите название нового муниципалитета, например: Сосновский район."


def choice(person: Person, page: Page[Organisation], region: Organisation | None) -> Screen:
    """All places of somebody who keeps several; an administrator's `region` has the other administrators."""
    rows: list[Row] = [(button(place.name, PlaceTap(organisation=place.id)),) for place in page.items]
    rows += page.turns(lambda number: PlacesTap(page=number))
    text = (
        "Что откроем?" if page.items else "Муниципалитетов пока нет. Добавьте первый и пригласите его методиста."
    )
    if person.has(Role.ADMIN):
        rows.append((button("Добавить муниципалитет", NewMunicipalityTap()),))
    if region is not None:
        rows.append((button("Администраторы", PlaceTap(organisation=region.id)),))
    rows.append((to_menu(),))
    return Screen(f"<b>Люди и школы</b>{page.heading}\n\n{text}", tuple(rows))


def municipality(
    person: Person,
    place: Organisation,
    schools: Sequence[Attendance],
    page: Page[Attendance],
    methodists: Sequence[Member],
    several: bool,
) -> Screen:
    """A municipality with a page of its schools; `several`: the person keeps other places, too."""
    people, joined = sum(one.people for one in schools), sum(one.joined for one in schools)
    lines = [f"<b>{escape(place.name)}</b>{page.heading}", ""]
    if schools:
        lines.append(
            f"Школ: {len(schools)}. В боте {joined} из {plural(people, 'человека', 'человек', 'человек')}."
        )
    elif rights.oversees(person, place):
        lines.append("Школ пока нет. Добавьте их или загрузите список педагогов из Excel: школы появятся сами.")
    else:
        lines.append("Школ пока нет. Их добавит методист, или начните сами.")
    if person.has(Role.ADMIN):
        lines.append(_names("Методист", "Методисты", methodists) or "Методиста пока нет: пригласите ссылкой.")
    lines += ["", *_attendance(page.items)]
    if len(schools) > SEARCH_FROM:
        lines += ["", "Чтобы найти школу, напишите часть названия."]
    rows = _schools(page, lambda number: PlaceTap(organisation=place.id, page=number))
    if place.kind is Kind.MUNICIPALITY:
        rows.append((button("Добавить школу", NewSchoolTap(organisation=place.id)),))
    rows += _work(person, place)
    rows.append((button("‹ Все места", PlacesTap()), to_menu()) if several else (to_menu(),))
    return Screen("\n".join(lines), tuple(rows))


def found_schools(place: Organisation, query: str, page: Page[Attendance]) -> Screen:
    """Schools whose names hold what was written."""
    lines = [f"<b>{escape(place.name)}</b>, поиск: «{escape(query)}»{page.heading}", ""]
    lines += _attendance(page.items) or ["Такой школы не нашлось. Напишите по-другому, хватит нескольких букв."]
    rows = _schools(page, lambda number: FoundPlacesTap(organisation=place.id, page=number))
    rows.append((button("‹ Все школы", PlaceTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def school(
    person: Person,
    place: Organisation,
    above: Organisation | None,
    members: Sequence[Member],
    early: int,
    several: bool,
) -> Screen:
    """The card of a school; `early` counts its early-career teachers."""
    joined = sum(member.joined for member in members)
    mentors = sum(Role.MENTOR in member.roles for member in members)
    curators = [member for member in members if Role.CURATOR in member.roles]
    lines = [f"<b>{escape(place.name)}</b>"]
    if above is not None:
        lines.append(escape(above.name))
    lines.append("")
    if members:
        lines += [
            f"В списке: {len(members)}",
            f"Уже в боте: {joined}, ещё нет: {len(members) - joined}",
            f"Молодые специалисты: {early}, наставники: {mentors}",
        ]
    else:
        lines.append("Пока никого. Пригласите педагогов одной ссылкой или загрузите список из Excel.")
    lines.append(_names("Куратор", "Кураторы", curators) or "Куратора пока нет.")
    rows: list[Row] = []
    if appointing.givable(person, place):
        rows.append((button("Пригласить", InviteTap(organisation=place.id)),))
    rows.append(
        (button("Люди", PeopleTap(organisation=place.id)), button("Ссылки", LinksTap(organisation=place.id)))
    )
    if rights.oversees(person, place):
        rows.append((button("Отчёт", PeriodsTap(organisation=place.id)), button("Загрузить список", RosterTap())))
        if joined < len(members):
            rows.append((button("Листы приглашений", SheetTap(organisation=place.id)),))
    rows.append(_settings(person, place))
    if above is not None and rights.manages(person, above):
        rows.append((button("‹ Все школы", PlaceTap(organisation=above.id)), to_menu()))
    else:
        rows.append((button("‹ Все места", PlacesTap()), to_menu()) if several else (to_menu(),))
    return Screen("\n".join(lines), tuple(rows))


def region(person: Person, place: Organisation) -> Screen:
    """The card of a region: it has administrators only."""
    rows = [*_work(person, place), (button("‹ Все места", PlacesTap()), to_menu())]
    return Screen(
        f"<b>{escape(place.name)}</b>\n\nАдминистраторы добавляют муниципалитеты и методистов.", tuple(rows)
    )


def name_asked(question: str, back: CallbackData, problem: str = "") -> Screen:
    """A name is to be written."""
    trouble = f"{escape(problem)}\n\n" if problem else ""
    return Screen(f"{trouble}{question}", ((button("‹ Назад", back),),))


def rename_asked(place: Organisation, problem: str = "") -> Screen:
    question = f"Сейчас: <b>{escape(place.name)}</b>\n\nНапишите новое название."
    return name_asked(question, PlaceTap(organisation=place.id), problem)


def renamed(place: Organisation) -> str:
    """What is said once the place has another name; `place` has the former one."""
    return f"Название изменено, было: {escape(place.name)}"


def new_confirmed(name: str, like: str | None, sure: CallbackData, back: CallbackData) -> Screen:
    """Whether to add a place of this name; `like` is a known one that it resembles."""
    warning = f"Похожее название уже есть: {escape(like)}. Если это оно же, не добавляйте.\n\n" if like else ""
    return Screen(
        f"{warning}Добавить?\n\n<b>{escape(name)}</b>\n\nЕсли в названии ошибка, просто напишите его ещё раз.",
        ((button("Добавить", sure),), (button("‹ Не добавлять", back),)),
    )


def already_there(place: Organisation, back: CallbackData) -> Screen:
    return Screen(
        f"{escape(place.name)}: такое название уже есть. Напишите другое название или откройте эту карточку.",
        ((button("Открыть", PlaceTap(organisation=place.id)),), (button("‹ Назад", back),)),
    )


def _work(person: Person, place: Organisation) -> list[Row]:
    """What is done with a municipality or a region as a whole."""
    rows: list[Row] = []
    if appointing.givable(person, place):
        invite = "Пригласить методиста" if place.kind is Kind.MUNICIPALITY else "Пригласить администратора"
        staff = "Методисты" if place.kind is Kind.MUNICIPALITY else "Администраторы"
        rows.append((button(invite, InviteTap(organisation=place.id)),))
        people, links = PeopleTap(organisation=place.id), LinksTap(organisation=place.id)
        rows.append((button(staff, people), button("Ссылки", links)))
    if rights.oversees(person, place):
        rows.append((button("Отчёт", PeriodsTap(organisation=place.id)), button("Загрузить список", RosterTap())))
    if place.kind is Kind.MUNICIPALITY:
        rows.append(_settings(person, place))
    return rows


def _settings(person: Person, place: Organisation) -> Row:
    """What is seldom changed."""
    row: Row = (button("Часовой пояс", ZoneTap(organisation=place.id)),)
    if places.may_rename(person, place):
        row = (button("Переименовать", RenameTap(organisation=place.id)), *row)
    return row


def _attendance(schools: Sequence[Attendance]) -> list[str]:
    return [
        f"{escape(one.school.name)}: " + (f"в боте {one.joined} из {one.people}" if one.people else "пока никого")
        for one in schools
    ]


def _schools(page: Page[Attendance], tap: Callable[[int], CallbackData]) -> list[Row]:
    rows: list[Row] = [(button(one.school.name, PlaceTap(organisation=one.school.id)),) for one in page.items]
    return [*rows, *page.turns(tap)]


def _names(one: str, many: str, people: Sequence[Member]) -> str:
    """«Кураторы: Иванова Мария, Петров Пётр», nothing for nobody."""
    if not people:
        return ""
    names = [escape(member.profile.full_name or "имя ещё не указано") for member in people[:SHOWN]]
    more = f" и ещё {len(people) - SHOWN}" if len(people) > SHOWN else ""
    return f"{one if len(people) == 1 else many}: {', '.join(names)}{more}"
