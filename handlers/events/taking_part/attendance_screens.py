"""Screens of the people of an event."""

from collections.abc import Sequence
from html import escape

from handlers.events.taking_part.taps import AllAttendTap, AttendTap
from handlers.events.taps import EventPeopleTap, EventTap, OutcomeTap
from handlers.iom.words import cut
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.screen import Button, Row, Screen, button
from services.events.model import Attendee, Event, EventState, PartState
from services.people.names import short_name

ON_PAGE = 12
NAME = 40


def people(event: Event, page: Page[Attendee], everybody: Sequence[Attendee], *, marking: bool) -> Screen:
    """Who has signed up; once the day has come, each with a button of whether they were there."""
    lines = [f"<b>{escape(event.plan.title)}</b>{page.heading}", ""]
    signed_up = sum(each.part.state is PartState.SIGNED_UP for each in everybody)
    were = sum(each.part.attended is True for each in everybody)
    lines.append(f"Записей: {signed_up}" + (f", было: {were}" if marking else ""))
    lines += ["", *_listed(page.items, page.number * ON_PAGE, marking=marking)]
    if not everybody:
        lines.append("Пока никто не записан.")
    rows: list[Row] = []
    if marking:
        lines += ["", "Нажмите на имя, чтобы отметить. Пришёл кто-то без записи? Напишите часть фамилии."]
        unmarked = any(each.part.attended is None for each in everybody)
        rows += [(button("Были все", AllAttendTap(event=event.id)),)] if unmarked and everybody else []
        rows += _toggles(event, page.items, page.number)
    rows += page.turns(lambda number: EventPeopleTap(event=event.id, page=number))
    if marking:
        title = "Изменить итог" if event.state is EventState.HELD else "Записать итог"
        rows.append((button(title, OutcomeTap(event=event.id)),))
    rows.append((button("‹ К событию", EventTap(event=event.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def found(event: Event, query: str, attendees: Sequence[Attendee], *, marking: bool) -> Screen:
    """People whom the event is for, by what was written of their names."""
    lines = [f"<b>{escape(event.plan.title)}</b>, поиск: «{escape(query)}»", ""]
    lines += _listed(attendees, 0, marking=marking)
    if not attendees:
        lines.append("Среди тех, для кого событие, такого имени нет. Напишите по-другому, хватит нескольких букв.")
    rows = _toggles(event, attendees, 0) if marking else []
    rows.append((button("‹ К списку", EventPeopleTap(event=event.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def _listed(attendees: Sequence[Attendee], before: int, *, marking: bool) -> list[str]:
    lines = []
    for number, each in enumerate(attendees, before + 1):
        said = {
            PartState.SIGNED_UP: "",
            PartState.INVITED: ", без записи",
            PartState.DECLINED: ", запись отменена",
        }
        was = {True: " ✓", False: " ✕", None: ""}[each.part.attended] if marking else ""
        lines.append(
            f"{number}. {escape(cut(each.name, 80))}, {escape(cut(each.school, 60))}{said[each.part.state]}{was}"
        )
    return lines


def _toggles(event: Event, attendees: Sequence[Attendee], page: int) -> list[Row]:
    def toggle(each: Attendee) -> Button:
        was = each.part.attended
        mark = {True: "✓ ", False: "✕ ", None: ""}[was]
        tap = AttendTap(event=event.id, person=each.person_id, was=was is not True, page=page)
        return button(f"{mark}{cut(short_name(each.name), NAME)}", tap)

    buttons = [toggle(each) for each in attendees]
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
