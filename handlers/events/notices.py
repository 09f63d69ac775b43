"""What comes by itself: invitations, reminders, changes, questions."""

from datetime import date
from html import escape

from handlers.events.taking_part.taps import SignUpTap
from handlers.events.taps import EventPeopleTap, EventTap, MyEventTap, OutcomeTap, RateTap
from handlers.events.words import about, heading, seats_words, when
from handlers.iom.words import near_date
from handlers.menu.screens import to_menu
from handlers.ui.russian import plural
from handlers.ui.screen import Button, Row, Screen, button
from services.events.model import Counts, Event, EventState


def invitation(event: Event, place: str, signed_up: int, responsible: str, today: date) -> Screen:
    """To whom an event is for."""
    lines = ["Вас приглашают.", "", *heading(event), escape(place), "", *about(event, today, responsible)]
    if seats := seats_words(event.plan, signed_up):
        lines += ["", seats + "."]
    rows: tuple[Row, ...] = (
        (
            button("Записаться", SignUpTap(event=event.id, going=True)),
            button("Не получится", SignUpTap(event=event.id, going=False)),
        ),
        (button("Подробнее", MyEventTap(event=event.id)), to_menu()),
    )
    return Screen("\n".join(lines), rows)


def reminder(event: Event, responsible: str, today: date) -> Screen:
    """To who has signed up, the day before."""
    lines = [
        "<b>Скоро событие, на которое вы записаны</b>",
        "",
        *heading(event),
        "",
        *about(event, today, responsible),
    ]
    return Screen(
        "\n".join(lines),
        (
            (button("Отменить запись", SignUpTap(event=event.id, going=False)),),
            (button("Подробнее", MyEventTap(event=event.id)), to_menu()),
        ),
    )


def changed(event: Event, was: date, responsible: str, today: date) -> Screen:
    """To who has signed up: another day, hour or place, or that it is cancelled."""
    rows: list[Row] = [(button("Подробнее", MyEventTap(event=event.id)), to_menu())]
    if event.state is EventState.CANCELLED:
        lines = ["<b>Событие отменено</b>", "", *heading(event), f"Было назначено на {near_date(was, today)}."]
        lines += [f"Причина: {escape(event.outcome)}"] if event.outcome else []
        return Screen("\n".join(lines), tuple(rows))
    moved = event.plan.held_on != was
    title = "Событие перенесено" if moved else "Изменилось время или место события"
    lines = [f"<b>{title}</b>", "", *heading(event), ""]
    lines += [f"Было назначено на {near_date(was, today)}."] if moved else []
    lines += about(event, today, responsible)
    lines += ["", "Ваша запись сохранилась."]
    rows.insert(0, (button("Отменить запись", SignUpTap(event=event.id, going=False)),))
    return Screen("\n".join(lines), tuple(rows))


def duty(event: Event, counts: Counts, today: date, *, may_plan: bool) -> Screen:
    """To whoever answers for the event: that it is near, or whether it was; who plans it may also call it off."""
    card: Row = (button("Открыть событие", EventTap(event=event.id)), to_menu())
    if event.plan.held_on < today:
        lines = [
            "<b>Событие прошло?</b>",
            "",
            *heading(event),
            f"Было назначено на {near_date(event.plan.held_on, today)}.",
            "",
            "Отметьте, кто был, и запишите итог: он попадёт в отчёт.",
        ]
        if may_plan:
            lines.append("Не состоялось? Откройте событие, там это можно отметить.")
        people = (button("Кто был", EventPeopleTap(event=event.id)),) if event.announced else ()
        return Screen("\n".join(lines), ((*people, button("Записать итог", OutcomeTap(event=event.id))), card))
    left = (event.plan.held_on - today).days
    near = {0: "Сегодня", 1: "Завтра"}
    soon = near.get(left) or f"Через {plural(left, 'день', 'дня', 'дней')}"
    lines = [
        f"<b>{soon} событие, за которое вы отвечаете</b>",
        "",
        *heading(event),
        "",
        f"Когда: {when(event.plan, today)}",
    ]
    lines += [f"Где: {escape(event.plan.place)}"] if event.plan.place else ["Место ещё не указано."]
    if event.announced:
        seats = f" из {event.plan.seats}" if event.plan.seats is not None else ""
        lines.append(f"Записей: {counts.signed_up}{seats}.")
    else:
        lines.append("Событие ещё не объявлено: приглашений никто не получал.")
    return Screen("\n".join(lines), (card,))


def feedback(event: Event, today: date) -> Screen:
    """To who was there, the day after."""
    lines = [
        "<b>Как вам событие?</b>",
        "",
        *heading(event),
        f"{when(event.plan, today).capitalize()}.",
        "",
        "Отметьте от 1 до 5, где 5 — очень полезно. Организаторам видны только общие цифры и слова без имён.",
    ]
    return Screen("\n".join(lines), (marks(event), (button("Подробнее", MyEventTap(event=event.id)), to_menu())))


def marks(event: Event, chosen: int | None = None) -> tuple[Button, ...]:
    """A row of marks to tap."""
    return tuple(
        button(f"{'✓ ' if mark == chosen else ''}{mark}", RateTap(event=event.id, mark=mark))
        for mark in range(1, 6)
    )
