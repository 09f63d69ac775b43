"""Screens of one event: its card, and its fields to be changed."""

from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.events.plan.taps import (
    AnnounceTap,
    CancelEventTap,
    DropEventTap,
    EditEventTap,
    EventPartTap,
    PlanTap,
)
from handlers.events.taps import EventPeopleTap, EventsTap, EventTap, OutcomeTap
from handlers.events.words import about, heading, noted, rating_words, when
from handlers.iom.words import cut
from handlers.menu.screens import to_menu
from handlers.ui.screen import Button, Row, Screen, button
from services.events.model import Counts, Event, EventState
from services.events.taking_part import OPINIONS_FROM, may_mark
from services.events.wording import AUDIENCE_TITLES, KIND_TITLES
from services.people.model import Organisation

OPINIONS_SHOWN, OPINION = 5, 200
WORDS_SHOWN = 600
PARTS = {
    "title": "Название",
    "kind": "Вид",
    "day": "День",
    "hour": "Время",
    "place": "Место",
    "audience": "Для кого",
    "responsible": "Кто отвечает",
    "expected": "Результат",
    "seats": "Сколько мест",
}


@dataclass(frozen=True, slots=True)
class View:
    """An event as somebody sees it: who plans it changes it, who keeps it sees its people.

    `plan_of` is the organisation whose plan they see it in; None for who makes no such plan.
    """

    event: Event
    place: Organisation
    counts: Counts
    responsible: str
    today: date
    may_plan: bool
    may_keep: bool
    plan_of: int | None = None
    opinions: tuple[str, ...] = ()


def card(view: View, news: str = "") -> Screen:
    """All of an event with what can be done about it."""
    event, today = view.event, view.today
    lines = [*noted(news), *heading(event), escape(view.place.name), ""]
    lines += about(event, today, view.responsible)
    lines.append(f"Для кого: {AUDIENCE_TITLES[event.plan.audience].lower()}")
    if event.plan.seats is not None and not event.announced:
        lines.append(f"Мест: {event.plan.seats}")
    lines += ["", *_standing(view)]
    if view.may_keep:
        lines += _opinions(view)
    rows: list[Row] = []
    if event.planned and view.may_plan and not event.announced and event.plan.held_on >= today:
        rows.append((button("Объявить и пригласить", AnnounceTap(event=event.id, turn=event.turn)),))
    if view.may_keep and event.announced:
        title = "Кто был" if may_mark(event, today) else f"Кто записан: {view.counts.signed_up}"
        rows.append((button(title, EventPeopleTap(event=event.id)),))
    if view.may_keep and may_mark(event, today):
        title = "Изменить итог" if event.state is EventState.HELD else "Состоялось: записать итог"
        rows.append((button(title, OutcomeTap(event=event.id)),))
    if event.planned and view.may_plan:
        rows.append((button("Изменить", EditEventTap(event=event.id)), _ending(event, today)))
    back = (
        button("‹ К плану", PlanTap(organisation=view.plan_of))
        if view.plan_of is not None
        else button("‹ События", EventsTap())
    )
    return Screen("\n".join(lines), (*rows, (back, to_menu())))


def fields(event: Event, responsible: str, today: date, news: str = "") -> Screen:
    """Every field with a button to change it."""
    plan = event.plan
    told = {
        "title": escape(cut(plan.title, WORDS_SHOWN)),
        "kind": KIND_TITLES[plan.kind].lower(),
        "day": when(plan, today).partition(", в\N{NO-BREAK SPACE}")[0],
        "hour": plan.held_at or "",
        "place": escape(plan.place),
        "audience": AUDIENCE_TITLES[plan.audience].lower(),
        "responsible": escape(responsible),
        "expected": escape(cut(plan.expected, WORDS_SHOWN)),
        "seats": str(plan.seats) if plan.seats is not None else "сколько придёт",
    }
    lines = [*noted(news), "<b>Что изменить?</b>", ""]
    lines += [f"{title}: {told[part] or '<i>не указано</i>'}" for part, title in PARTS.items()]
    if event.announced:
        lines += ["", "<i>Если изменятся день, время или место, участники узнают об этом сами.</i>"]
    buttons = [button(title, EventPartTap(event=event.id, part=part)) for part, title in PARTS.items()]
    rows: list[Row] = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    rows.append((_back_to(event), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def sure_to_drop(event: Event) -> Screen:
    """Whether an event that nobody was told of is to be deleted."""
    return Screen(
        f"Удалить «{escape(event.plan.title)}» из плана? О нём ещё никому не сообщали.",
        (
            (button("Удалить", DropEventTap(event=event.id, turn=event.turn, sure=True)),),
            (_back_to(event, "‹ Оставить"),),
        ),
    )


def _back_to(event: Event, title: str = "‹ К событию") -> Button:
    return button(title, EventTap(event=event.id))


def _ending(event: Event, today: date) -> Button:
    if event.announced:
        title = "Не состоялось" if event.plan.held_on < today else "Отменить"
        return button(title, CancelEventTap(event=event.id, turn=event.turn))
    return button("Удалить", DropEventTap(event=event.id, turn=event.turn))


def _standing(view: View) -> list[str]:
    """Where the event is, and its people in numbers."""
    event, counts = view.event, view.counts
    if event.state is EventState.CANCELLED:
        reason = f": {escape(cut(event.outcome, WORDS_SHOWN))}" if event.outcome else "."
        return [f"<b>Отменено</b>{reason}"]
    lines = []
    if event.state is EventState.HELD:
        lines.append(
            "<b>Состоялось.</b>" + (f" {escape(cut(event.outcome, WORDS_SHOWN))}" if event.outcome else "")
        )
    elif event.plan.held_on < view.today:
        lines.append("<b>Прошло?</b> Отметьте, кто был, и запишите итог.")
    elif not event.announced:
        lines.append("Ещё не объявлено: приглашений никто не получал.")
    if event.announced:
        seats = f" из {event.plan.seats}" if event.plan.seats is not None else ""
        lines.append(
            f"Приглашений: {counts.invited}. Записей: {counts.signed_up}{seats}. Отказов: {counts.declined}."
        )
    if counts.attended or counts.absent:
        lines.append(f"Было: {counts.attended}, не было: {counts.absent}.")
    return lines


def _opinions(view: View) -> list[str]:
    counts = view.counts
    if not counts.marks:
        return []
    if counts.marks < OPINIONS_FROM:
        return [f"Отзывы покажу, когда их будет {OPINIONS_FROM} или больше: так не узнать, чьи они."]
    said = [f"• {escape(cut(words, OPINION))}" for words in view.opinions[:OPINIONS_SHOWN]]
    more = len(view.opinions) - OPINIONS_SHOWN
    return [f"Оценка: {rating_words(counts)}.", *said, *([f"…и ещё {more}"] if more > 0 else [])]
