"""What comes by the clock: reminders for teachers, what is overdue for mentors, the curators' week."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import TypeVar
from zoneinfo import ZoneInfo

from handlers.iom.reviewing.taps import InboxTap
from handlers.iom.taps import RouteTap, StepTap
from handlers.iom.walking.taps import DoneTap, PostponeTap
from handlers.iom.words import capitalised, cut, days_words, since_date, term_words
from handlers.ui.russian import day_of, plural
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Step
from services.iom.reminding import WAITING
from services.iom.reminding_ports import LateStep, Waiting
from services.iom.standing_still import Still
from services.iom.wording import FORM_TITLES

TITLE_SHOWN = 120
NAME_SHOWN = 32
STEPS_SHOWN = 10
STEPS_WITH_BUTTONS = 5
NAME_IN_LINE = 60
TEACHERS_WITH_BUTTONS = 6
_INBOX = (button("Открыть маршруты", InboxTap()),)
Item = TypeVar("Item", LateStep, Waiting)
LATE_WORDS = (
    "У педагогов, которых вы сопровождаете, прошли сроки. Возможно, нужна ваша помощь или стоит перенести срок."
)
HELP = "Уже сделано? Нажмите «Готово». Не успеваете? Нажмите «Отложить»."


def reminder(steps: Sequence[Step], today: date) -> Screen:
    """A reminder of steps of one route, those that are due first above."""
    first = steps[0]
    if len(steps) == 1:
        plan = first.plan
        term = capitalised(term_words(first, today))
        text = (
            f"Напоминаем о шаге вашего маршрута.\n\n<b>{escape(cut(plan.title, TITLE_SHOWN))}</b>\n"
            f"{FORM_TITLES[plan.form]}\n{term}\n\n<i>{HELP}</i>"
        )
        away = (button("Отложить", PostponeTap(step=first.id)), button("Открыть", StepTap(step=first.id)))
        return Screen(text, ((button("Готово", DoneTap(step=first.id)),), away))
    lines = [f"Напоминаем о шагах вашего маршрута: {len(steps)}.", ""]
    for number, step in enumerate(steps[:STEPS_SHOWN], 1):
        lines.append(f"{number}. <b>{escape(cut(step.plan.title, TITLE_SHOWN))}</b>: {term_words(step, today)}")
    lines += [*_rest(len(steps) - STEPS_SHOWN), "", f"<i>{HELP}</i>"]
    rows: list[Row] = [
        (
            button(f"{number}. Готово", DoneTap(step=step.id)),
            button("Отложить", PostponeTap(step=step.id)),
            button("Открыть", StepTap(step=step.id)),
        )
        for number, step in enumerate(steps[:STEPS_WITH_BUTTONS], 1)
    ]
    return Screen("\n".join(lines), (*rows, (button("Открыть маршрут", RouteTap(route=first.route_id)),)))


def overdue(steps: Sequence[LateStep], today: date) -> Screen:
    """What a mentor's teachers are late with, those with the oldest terms above."""
    lines = ["<b>Просроченные шаги</b>", "", LATE_WORDS]
    shown = _by_route(steps[:STEPS_SHOWN])
    for theirs in shown:
        lines += ["", f"<b>{escape(theirs[0].teacher)}</b>"]
        lines += [f"• {escape(cut(step.title, TITLE_SHOWN))}: {_late(step, today)}" for step in theirs]
    lines += _rest(len(steps) - STEPS_SHOWN)
    return Screen("\n".join(lines), (*_routes(steps[:STEPS_SHOWN]), _INBOX))


def digest_part(still: Still, today: date, zone: ZoneInfo, shown: int) -> list[str]:
    """What has stood still in a curator's schools for long, as lines; so many teachers are named of each."""

    def since(waiting: Waiting) -> str:
        return since_date(day_of(waiting.since, zone), today)

    longer = f"дольше {plural(WAITING.days, 'дня', 'дней', 'дней')}"
    steps = plural(len(still.late), "шаг", "шага", "шагов")
    routes = plural(len(still.to_agree), "маршрут", "маршрута", "маршрутов")
    handed_in = plural(len(still.to_confirm), "шаг", "шага", "шагов")
    return [
        *_part(f"Срок давно прошёл: {steps}", still.late, lambda step: _late(step, today), shown),
        *_part(f"Ждут согласования {longer}: {routes}", still.to_agree, since, shown),
        *_part(f"Ждут подтверждения {longer}: {handed_in}", still.to_confirm, since, shown),
    ]


def digest_rows(still: Still, most: int) -> list[Row]:
    """Ways to the first routes of that part, and to all."""
    if still.empty:
        return []
    return [*_routes([*still.late, *still.to_agree, *still.to_confirm], most), _INBOX]


def _part(heading: str, items: Sequence[Item], words: Callable[[Item], str], shown: int) -> list[str]:
    """Teachers with what waits of theirs, told by the oldest of it; nothing when there is none."""
    if not items:
        return []
    routes = _by_route(items)
    lines = [f"<u>{heading}</u>"]
    for theirs in routes[:shown]:
        more = f", всего {len(theirs)}" if len(theirs) > 1 else ""
        lines.append(f"• {escape(cut(theirs[0].teacher, NAME_IN_LINE))}: {words(theirs[0])}{more}")
    return lines + _rest(len(routes) - shown)


def _routes(items: Sequence[LateStep | Waiting], most: int = TEACHERS_WITH_BUTTONS) -> list[Row]:
    """Ways to the first routes, each under the name of its teacher."""
    teachers: dict[int, str] = {}
    for item in items:
        teachers.setdefault(item.route_id, item.teacher)
    shown = list(teachers.items())[:most]
    return [(button(cut(teacher, NAME_SHOWN), RouteTap(route=route_id)),) for route_id, teacher in shown]


def _by_route(items: Sequence[Item]) -> list[list[Item]]:
    found: dict[int, list[Item]] = {}
    for item in items:
        found.setdefault(item.route_id, []).append(item)
    return list(found.values())


def _late(step: LateStep, today: date) -> str:
    return f"просрочено на {days_words((today - step.due_on).days)}"


def _rest(left_out: int) -> list[str]:
    return [f"и ещё {left_out}"] if left_out > 0 else []
