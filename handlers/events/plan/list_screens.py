"""Screens of a plan: events in pages, and the months of a school year."""

from collections.abc import Mapping
from datetime import date
from html import escape

from handlers.events.plan.taps import AHEAD, MONTHS, PAST, NewEventTap, PlanFileTap, PlanTap
from handlers.events.taps import EventsTap, EventTap
from handlers.events.words import noted, titled, when
from handlers.iom.words import cut
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.events.model import EventState, Listed
from services.people.model import Organisation

ON_PAGE = 8
LINE = 90
"""Characters of a title in the list."""
_MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
_EMPTY = {
    AHEAD: "Впереди пока ничего не запланировано. Добавьте событие или загрузите план из Excel.",
    PAST: "Прошедших событий пока нет.",
}


def plan(place: Organisation, show: str, page: Page[Listed], today: date, news: str = "") -> Screen:
    """A page of the plan."""
    lines = [*noted(news), f"<b>{_heading(place, show)}</b>{page.heading}"]
    for each in page.items:
        lines += ["", *_told(each, place, today)]
    if not page.items:
        lines += ["", _EMPTY.get(show, "В этом месяце событий нет.")]
    rows: list[Row] = [(button(titled(each.event, today), EventTap(event=each.event.id)),) for each in page.items]
    rows += page.turns(lambda number: PlanTap(organisation=place.id, show=show, page=number))
    others = ((AHEAD, "Впереди"), (PAST, "Прошедшие"), (MONTHS, "По месяцам"))
    rows += [
        tuple(button(title, PlanTap(organisation=place.id, show=each)) for each, title in others if each != show),
        (
            button("Добавить", NewEventTap(organisation=place.id)),
            button("Загрузить из Excel", PlanFileTap(organisation=place.id)),
        ),
        (button("‹ События", EventsTap()), to_menu()),
    ]
    return Screen("\n".join(lines), tuple(rows))


def months(place: Organisation, counts: Mapping[date, int], today: date) -> Screen:
    """The months of the school year with how many events each has."""
    begins = min(counts)
    lines = [
        f"<b>План событий: {escape(place.name)}</b>",
        f"{begins.year}/{begins.year + 1} учебный год, всего {_events(sum(counts.values()))}.",
    ]
    here = today.replace(day=1)
    buttons = [
        button(
            f"{'• ' if month == here else ''}{_MONTHS[month.month - 1]}: {count}",
            PlanTap(organisation=place.id, show=f"{month:%Y-%m}"),
        )
        for month, count in counts.items()
    ]
    rows: list[Row] = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    rows.append((button("‹ План", PlanTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def _heading(place: Organisation, show: str) -> str:
    name = escape(place.name)
    if show == PAST:
        return f"{name}: прошедшие события"
    if show != AHEAD:
        return f"{name}: {_MONTHS[int(show[5:7]) - 1].lower()} {show[:4]}"
    return f"План событий: {name}"


def _told(each: Listed, place: Organisation, today: date) -> list[str]:
    event = each.event
    marks = []
    if each.organisation.id != place.id:
        marks.append(escape(each.organisation.name))
    if event.state is EventState.CANCELLED:
        marks.append("отменено")
    elif event.state is EventState.HELD:
        marks.append("состоялось")
    elif event.plan.held_on < today:
        marks.append("<b>отметьте, прошло ли</b>")
    elif event.announced:
        seats = f" из {event.plan.seats}" if event.plan.seats is not None else ""
        marks.append(f"записей {each.signed_up}{seats}")
    else:
        marks.append("ещё не объявлено")
    return [
        f"{when(event.plan, today).capitalize()}. {escape(cut(event.plan.title, LINE))}",
        f"<i>{', '.join(marks)}</i>",
    ]


def _events(number: int) -> str:
    return plural(number, "событие", "события", "событий")
