"""Parts of a route's card that are folded: finished steps, and the history."""

from collections.abc import Mapping, Sequence
from html import escape

from handlers.iom.card.screens import heading, short
from handlers.iom.card.view import View
from handlers.iom.taps import RouteTap, StepTap
from handlers.iom.words import cut, near_date
from handlers.menu.taps import MenuTap
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Event, Happening, Step, StepState
from services.iom.wording import HAPPENINGS, STEP_STATES
from services.people.names import short_name

SHOWN = 8
EVENTS_SHOWN = 10
TITLE_SHOWN = 80
WORDS_SHOWN = 150


def finished(view: View, page: int) -> Screen:
    """A page of the steps that wait for nothing, the last ones first."""
    shown = page_of(view.progress.finished[::-1], page, SHOWN)
    lines = [heading(view), "", "<b>Завершённые шаги</b>"]
    lines += [_line(step, view) for step in shown.items]
    if not shown.items:
        lines.append("Пока ни одного.")
    rows: list[Row] = [(button(short(step.plan.title), StepTap(step=step.id)),) for step in shown.items]
    rows += shown.turns(lambda number: RouteTap(route=view.route.id, part="finished", page=number))
    return Screen("\n".join(lines) + shown.heading, (*rows, _back(view)))


def history(
    view: View, events: Sequence[Event], titles: Mapping[int, str], names: Mapping[int, str], page: int
) -> Screen:
    """A page of what has happened to the route, the newest first; with `titles` of steps, `names` of people."""
    shown = page_of(events[::-1], page, EVENTS_SHOWN)
    lines = [heading(view), "", "<b>История</b>"]
    lines += [_told(event, view, titles, names) for event in shown.items]
    if not shown.items:
        lines.append("Пока ничего не происходило.")
    turns = shown.turns(lambda number: RouteTap(route=view.route.id, part="history", page=number))
    return Screen("\n".join(lines) + shown.heading, (*turns, _back(view)))


def _line(step: Step, view: View) -> str:
    title = escape(cut(step.plan.title, WORDS_SHOWN))
    if step.state is StepState.CONFIRMED and step.confirmed_at is not None:
        return f"✓ {title}\n<i>выполнено {near_date(view.day(step.confirmed_at), view.today)}</i>"
    why = f": {escape(cut(step.comment, WORDS_SHOWN))}" if step.comment else ""
    return f"• {title}\n<i>{STEP_STATES[step.state]}{why}</i>"


def _told(event: Event, view: View, titles: Mapping[int, str], names: Mapping[int, str]) -> str:
    day = near_date(view.day(event.at), view.today)
    title = titles.get(event.step_id) if event.step_id is not None else None
    about = f"\n<i>{escape(cut(title, TITLE_SHOWN))}</i>" if title else ""
    told = view.own or event.what is not Happening.PAUSED
    words = f": {escape(cut(event.words, WORDS_SHOWN))}" if event.words and told else ""
    name = names.get(event.actor_id, "") if event.actor_id is not None else ""
    by = f" ({escape(short_name(name))})" if name and event.actor_id != view.route.person_id else ""
    return f"• {day}, {_what(event)}{by}{words}{about}"


def _what(event: Event) -> str:
    if event.what is Happening.TAKEN_BACK and event.step_id is not None:
        return "шаг взят на доработку"
    return HAPPENINGS[event.what]


def _back(view: View) -> Row:
    return (button("‹ К маршруту", RouteTap(route=view.route.id)), button("Меню", MenuTap()))
