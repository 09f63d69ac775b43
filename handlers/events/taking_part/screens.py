"""Screens of whoever takes part in events."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.events.notices import marks
from handlers.events.plan.taps import PlanTap
from handlers.events.taking_part.taps import CommentTap, SignUpTap
from handlers.events.taps import EventsTap, EventTap, MyEventTap
from handlers.events.words import about, heading, noted, seats_words, titled, when
from handlers.iom.words import cut
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.screen import Row, Screen, button
from services.events.model import Event, EventState, Part, PartState
from services.people.model import Organisation

ON_PAGE = 6
ANSWERED_SHOWN, PLACES_SHOWN = 6, 4
LINE, PLACE = 90, 30
NOBODY_INVITES = (
    "Пока вас никуда не пригласили. Когда появится семинар, конкурс или встреча для вас, я напишу, "
    "и записаться можно будет одной кнопкой."
)

NOT_INVITED = "Приглашений для вас пока нет."


def events(
    page: Page[tuple[Event, Part]],
    answered: Sequence[Event],
    places: Sequence[Organisation],
    today: date,
    *,
    past: bool,
) -> Screen:
    """A page of events for the visitor, those they answer for, and plans that they make."""
    lines = [f"<b>{'События, где вы были' if past else 'События для вас'}</b>{page.heading}"]
    for event, part in page.items:
        lines += ["", f"{when(event.plan, today).capitalize()}. {escape(cut(event.plan.title, LINE))}"]
        lines.append(f"<i>{_standing(event, part, past=past)}</i>")
    if not page.items:
        nobody = NOT_INVITED if answered or places else NOBODY_INVITES
        lines += ["", "Здесь появятся события, на которых вы побывали." if past else nobody]
    rows: list[Row] = [(button(titled(event, today), MyEventTap(event=event.id)),) for event, _ in page.items]
    rows += page.turns(lambda number: EventsTap(past=past, page=number))
    led = "Вели" if past else "Веду"
    if answered:
        lines += ["", f"<b>{'Вы отвечали' if past else 'Вы отвечаете'}</b>"]
    for each in answered[:ANSWERED_SHOWN]:
        lines.append(f"{when(each.plan, today).capitalize()}. {escape(cut(each.plan.title, LINE))}")
        rows.append((button(titled(each, today, led), EventTap(event=each.id)),))
    rows += [
        (button(f"План: {cut(place.name, PLACE)}", PlanTap(organisation=place.id)),)
        for place in places[:PLACES_SHOWN]
    ]
    turn = button("‹ Впереди", EventsTap()) if past else button("Прошедшие", EventsTap(past=True))
    rows.append((turn, to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def mine(
    event: Event,
    part: Part,
    place: Organisation,
    signed_up: int,
    responsible: str,
    today: date,
    *,
    may_rate: bool,
    news: str = "",
) -> Screen:
    """An event for the visitor with what they can do: sign up, step back, say what they think."""
    lines = [*noted(news), *heading(event), escape(place.name), "", *about(event, today, responsible), ""]
    rows: list[Row] = []
    if event.state is EventState.CANCELLED:
        lines.append("<b>Отменено</b>" + (f": {escape(event.outcome)}" if event.outcome else "."))
    elif event.open_on(today):
        full = event.plan.seats is not None and signed_up >= event.plan.seats
        seats = seats_words(event.plan, signed_up)
        settled = full and part.state is PartState.SIGNED_UP
        lines += [f"{seats}."] if seats and not settled else []
        lines.append(_invited(event, part, today, full=full))
        rows += _answers(event, part, full=full)
    elif may_rate and part.mark is None:
        lines.append("Событие прошло. Как вам? Отметьте от 1 до 5.")
    else:
        lines.append("Событие прошло.")
    if may_rate:
        lines += [f"Ваша оценка: {part.mark}. Её можно изменить."] if part.mark is not None else []
        lines += [f"Ваши слова: «{escape(part.words)}»"] if part.words else []
        rows.append(marks(event, part.mark))
        if part.mark is not None:
            title = "Изменить слова" if part.words else "Добавить пару слов"
            rows.append((button(title, CommentTap(event=event.id)),))
    over = event.plan.held_on < today
    rows.append((button("‹ События", EventsTap(past=over)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def _invited(event: Event, part: Part, today: date, *, full: bool) -> str:
    if part.state is PartState.SIGNED_UP:
        reminds = " Накануне напомню." if (event.plan.held_on - today).days > 1 else ""
        return f"<b>Вы записаны.</b>{reminds}"
    if full:
        return "Место может освободиться: загляните позже."
    if part.state is PartState.DECLINED:
        return "Вы ответили, что не получится. Передумаете — запишитесь."
    return "Записывайтесь, если интересно."


def _answers(event: Event, part: Part, *, full: bool) -> list[Row]:
    """What somebody may say of an event that is ahead."""
    if part.state is PartState.SIGNED_UP:
        return [(button("Отменить запись", SignUpTap(event=event.id, going=False)),)]
    come = [] if full else [button("Записаться", SignUpTap(event=event.id, going=True))]
    if part.state is PartState.INVITED:
        come.append(button("Не получится", SignUpTap(event=event.id, going=False)))
    return [tuple(come)] if come else []


def _standing(event: Event, part: Part, *, past: bool) -> str:
    if event.state is EventState.CANCELLED:
        return "отменено"
    if past:
        return f"ваша оценка {part.mark}" if part.mark is not None else "можно оценить"
    said = {
        PartState.SIGNED_UP: "вы записаны",
        PartState.DECLINED: "вы не идёте",
        PartState.INVITED: "вы ещё не ответили",
    }
    return said[part.state]
