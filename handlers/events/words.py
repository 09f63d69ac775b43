"""How an event is put into words."""

from datetime import date
from html import escape

from handlers.iom.words import cut, near_date
from handlers.mentoring.meeting.words import day_words
from handlers.ui.russian import plural
from services.events.model import Counts, Event, EventKind, EventState, Plan
from services.events.wording import KIND_TITLES

BUTTON, EXPECTED = 44, 600
"""Characters of a button, and of an expected result."""


def when(plan: Plan, today: date) -> str:
    """«завтра, 25 ноября, в 14:30»."""
    return day_words(plan.held_on, today) + (f", в\N{NO-BREAK SPACE}{plan.held_at}" if plan.held_at else "")


def heading(event: Event) -> list[str]:
    """The title, and what is held; HTML."""
    known = event.plan.kind is not EventKind.OTHER
    kind = [f"<i>{KIND_TITLES[event.plan.kind]}</i>"] if known else []
    return [f"<b>{escape(event.plan.title)}</b>", *kind]


def about(event: Event, today: date, responsible: str) -> list[str]:
    """When, where, who answers for it; HTML."""
    plan = event.plan
    lines = [f"Когда: {when(plan, today)}"]
    lines += [f"Где: {escape(plan.place)}"] if plan.place else []
    lines += [f"Отвечает: {escape(responsible)}"] if responsible else []
    lines += [f"Ожидаемый результат: {escape(cut(plan.expected, EXPECTED))}"] if plan.expected else []
    return lines


def titled(event: Event, today: date, led: str = "") -> str:
    """A button: «5 декабря: Название»; with `led` «Веду 5 декабря: Название»."""
    mark = {EventState.HELD: "✓ ", EventState.CANCELLED: "✕ ", EventState.PLANNED: ""}[event.state]
    day = f"{led} {near_date(event.plan.held_on, today)}".lstrip()
    return cut(f"{mark}{day}: {event.plan.title}", BUTTON)


def seats_words(plan: Plan, signed_up: int) -> str:
    """«Свободно 3 места из 20»; empty where seats are not counted."""
    if plan.seats is None:
        return ""
    free = plan.seats - signed_up
    if free <= 0:
        return f"Все места заняты ({plan.seats})"
    return f"Свободно {plural(free, 'место', 'места', 'мест')} из {plan.seats}"


def rating_words(counts: Counts) -> str:
    """«4,6 из 5, оценок 8»."""
    return f"{counts.rating / counts.marks:.1f} из 5, оценок {counts.marks}".replace(".", ",")


def noted(news: str) -> list[str]:
    """A line that is said first."""
    return [f"{escape(news)}\n"] if news else []
