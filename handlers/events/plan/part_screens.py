"""Questions about an event: the first three of a new one, and each of its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from handlers.events.plan.card_screens import PARTS
from handlers.events.plan.taps import EditEventTap, EventPartTap, NewEventTap, PlanTap, SetEventTap
from handlers.events.taps import EventTap
from handlers.events.words import noted, when
from handlers.iom.words import cut
from handlers.menu.screens import to_menu
from handlers.ui.date_picker import calendar
from handlers.ui.russian import long_date
from handlers.ui.screen import Button, Row, Screen, button
from services.diagnostics.answer_parsing import Unclear
from services.events.model import Audience, Colleague, Event, EventKind
from services.events.moments import AHEAD_DAYS, PAST_DAYS
from services.events.wording import AUDIENCE_TITLES, KIND_TITLES
from services.people.model import Kind, Organisation

HOURS = ("0900", "1000", "1300", "1400", "1430", "1500", "1600")
SEATS = (10, 15, 20, 25, 30)
NAME = 40
LONG_AGO = 30
"""Days back of the example of a day that is over."""
_ASK = {
    "title": "Напишите новое название.",
    "kind": "Что это за событие?",
    "hour": "Во сколько начало? Выберите или напишите, например 14:30.",
    "place": "Где пройдёт? Напишите место, например: Школа № 1, кабинет 12.",
    "audience": "Для кого событие? Приглашение получат только они.",
    "responsible": "Кто отвечает? Напишите фамилию, и я поищу среди коллег. Кого в боте нет, запишу словами.",
    "expected": "Какого результата ждёте? Напишите коротко.",
    "seats": "Сколько мест? Выберите или напишите число. Когда места закончатся, запись закроется.",
}


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a question stands: in a `flow` the fields that are asked one after the other."""

    event: Event
    part: str
    flow: tuple[str, ...] = ()

    def set_to(self, value: str) -> SetEventTap:
        """The button that answers with this."""
        return SetEventTap(
            event=self.event.id, turn=self.event.turn, part=self.part, value=value, flow=bool(self.flow)
        )

    @property
    def heading(self) -> list[str]:
        """The field, and how far the flow has come; HTML."""
        if self.part == "title":
            # The present one is told in full below.
            return [f"<b>{PARTS[self.part]}</b>", ""]
        title = escape(cut(self.event.plan.title, 100))
        if not self.flow:
            return [f"<b>{PARTS[self.part]}</b>", title, ""]
        number = self.flow.index(self.part) + 1
        return [f"<b>{PARTS[self.part]}</b> · {number} из {len(self.flow)}", title, ""]

    @property
    def last(self) -> tuple[Row, ...]:
        """The ways out of the question."""
        if not self.flow:
            return ((button("‹ Не менять", EditEventTap(event=self.event.id)), to_menu()),)
        place = self.flow.index(self.part)
        done = EventTap(event=self.event.id)
        back: Button = (
            button("‹ Назад", EventPartTap(event=self.event.id, part=self.flow[place - 1], flow=True))
            if place
            else button("‹ К событию", done)
        )
        if place + 1 == len(self.flow):
            return ((back, button("Пропустить", done)),)
        following = EventPartTap(event=self.event.id, part=self.flow[place + 1], flow=True)
        return ((back, button("Пропустить", following)), (button("Остальное потом", done),))


def new_title(place: Organisation, title: str = "", note: str = "") -> Screen:
    """What a new event is called."""
    lines = [*noted(note), f"<b>Новое событие</b>\n{escape(place.name)}", ""]
    rows: list[Row] = []
    if title:
        lines += [f"Сейчас: «{escape(title)}»", "", "Напишите другое название или оставьте это."]
        rows.append((button("Оставить", NewEventTap(organisation=place.id, part="kind")),))
    else:
        lines.append("Напишите название, например: Как говорить с родителями.")
    rows.append((button("‹ К плану", PlanTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def new_kind(place: Organisation, title: str, note: str = "") -> Screen:
    """What kind of event it is."""
    lines = [*noted(note), f"<b>{escape(title)}</b>", "", _ASK["kind"]]
    buttons = [
        button(name, NewEventTap(organisation=place.id, part="kind", value=kind.value))
        for kind, name in KIND_TITLES.items()
    ]
    back = button("‹ Название", NewEventTap(organisation=place.id, part="title"))
    return Screen("\n".join(lines), (*_in_rows(buttons, 2), (back, to_menu())))


def added(event: Event, today: date) -> str:
    """What is said when a new event has its day."""
    return f"Событие в плане: {when(event.plan, today)}. Осталось несколько вопросов, любой можно пропустить."


def new_day(place: Organisation, title: str, today: date, shown: date | None = None, note: str = "") -> Screen:
    """On which day it is held."""
    lines = [*noted(note), f"<b>{escape(title)}</b>", "", _ask_day(today)]
    days = calendar(
        shown or today,
        today,
        today - timedelta(days=PAST_DAYS),
        today + timedelta(days=AHEAD_DAYS),
        lambda day: NewEventTap(organisation=place.id, part="day", value=str(day.toordinal())),
        lambda day: NewEventTap(organisation=place.id, part="day", value=f"m{day.toordinal()}"),
    )
    back = button("‹ Вид", NewEventTap(organisation=place.id, part="kind"))
    return Screen("\n".join(lines), (*days, (back, to_menu())))


def day(steps: Steps, today: date, shown: date | None = None, note: str = "") -> Screen:
    """Another day."""
    present = steps.event.plan.held_on
    lines = [*noted(note), *steps.heading, f"Сейчас: {long_date(present)}", "", _ask_day(today)]
    days = calendar(
        shown or present,
        today,
        today - timedelta(days=PAST_DAYS),
        today + timedelta(days=AHEAD_DAYS),
        lambda day: steps.set_to(str(day.toordinal())),
        lambda day: EventPartTap(event=steps.event.id, part="day", month=day.toordinal()),
        present,
    )
    return Screen("\n".join(lines), (*days, *steps.last))


def part(steps: Steps, place: Organisation, note: str = "") -> Screen:
    """Any field but the day and who is responsible."""
    plan = steps.event.plan
    present = {
        "title": plan.title,
        "kind": KIND_TITLES[plan.kind].lower(),
        "hour": plan.held_at or "",
        "place": plan.place,
        "audience": AUDIENCE_TITLES[plan.audience].lower(),
        "expected": plan.expected,
        "seats": str(plan.seats or ""),
    }[steps.part]
    lines = [*noted(note), *steps.heading]
    lines += [f"Сейчас: {escape(present)}", ""] if present else []
    lines.append(_ASK[steps.part])
    if steps.part == "audience" and steps.event.announced:
        lines += ["", "<i>Событие уже объявлено: кого ещё не звали, получат приглашение сразу.</i>"]
    rows = _choices(steps, place)
    if present and steps.part in ("hour", "place", "expected", "seats"):
        rows.append((button("Убрать", steps.set_to("-")),))
    return Screen("\n".join(lines), (*rows, *steps.last))


def responsible(steps: Steps, present: str, note: str = "") -> Screen:
    """Who answers for the event."""
    lines = [*noted(note), *steps.heading]
    lines += [f"Сейчас: {escape(present)}", ""] if present else []
    lines.append(_ASK["responsible"])
    rows: list[Row] = [(button("Я", steps.set_to("me")),)]
    if present:
        rows.append((button("Убрать", steps.set_to("-")),))
    return Screen("\n".join(lines), (*rows, *steps.last))


def found_colleagues(steps: Steps, words: str, found: Sequence[Colleague]) -> Screen:
    """Colleagues whose names hold what was written."""
    lines = [*steps.heading, "Кого вы имеете в виду? Если здесь нет, напишите фамилию точнее.", ""]
    lines += [f"{number}. {escape(each.name)}, {escape(each.place)}" for number, each in enumerate(found, 1)]
    rows: list[Row] = [
        (button(f"{number}. {cut(each.name, NAME)}", steps.set_to(str(each.person_id))),)
        for number, each in enumerate(found, 1)
    ]
    rows.append((button(f"Записать словами: {cut(words, 24)}", steps.set_to("words")),))
    return Screen("\n".join(lines), (*rows, *steps.last))


def kind_in(text: str) -> EventKind:
    """The kind that the words name. Raises Unclear."""
    word = text.strip(" .!").casefold()
    for kind, title in KIND_TITLES.items():
        if word == title.casefold():
            return kind
    raise Unclear("Выберите, пожалуйста, вид кнопкой.")


def audience_in(text: str) -> Audience:
    """The audience that the words name. Raises Unclear."""
    word = text.strip(" .!").casefold()
    for audience, title in AUDIENCE_TITLES.items():
        if word == title.casefold():
            return audience
    raise Unclear("Выберите, пожалуйста, кнопкой.")


def _choices(steps: Steps, place: Organisation) -> list[Row]:
    present = steps.event.plan
    if steps.part == "kind":
        return _in_rows([button(title, steps.set_to(kind.value)) for kind, title in KIND_TITLES.items()], 2)
    if steps.part == "audience":
        return [
            (button(f"{'✓ ' if each is present.audience else ''}{title}", steps.set_to(each.value)),)
            for each, title in AUDIENCE_TITLES.items()
        ]
    if steps.part == "hour":
        return _in_rows([button(f"{hour[:2]}:{hour[2:]}", steps.set_to(hour)) for hour in HOURS], 4)
    if steps.part == "seats":
        return [tuple(button(str(number), steps.set_to(str(number))) for number in SEATS)]
    if steps.part == "place" and place.kind is Kind.SCHOOL:
        return [(button(cut(place.name, NAME), steps.set_to("own")),)]
    return []


def _ask_day(today: date) -> str:
    past = f"{today - timedelta(days=LONG_AGO):%d.%m.%Y}"
    return f"В какой день? Выберите или напишите: «15 декабря», «в пятницу». Прошедший день — с годом: {past}."


def _in_rows(buttons: Sequence[Button], wide: int) -> list[Row]:
    return [tuple(buttons[start : start + wide]) for start in range(0, len(buttons), wide)]
