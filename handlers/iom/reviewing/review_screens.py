"""A route that waits to be agreed to: every step in full, and what has changed since it was agreed to last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.iom.reviewing.taps import AgreeTap, InboxTap, MentorTap, ReturnTap, ReviewTap
from handlers.iom.taps import RouteTap
from handlers.iom.words import cut, domain_words, near_date, width
from handlers.menu.taps import MenuTap
from handlers.ui.pages import Page, page_of
from handlers.ui.russian import form, plural
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Route, Step
from services.iom.versions import Changed, Changes
from services.iom.wording import FORM_TITLES, KIND_TITLES

ROOM = 2600
"""UTF-16 units for the steps of a page."""
RESULT_SHOWN = 600
REMOVED_SHOWN = 5
TITLE_SHOWN = 100
READY_FOR_ROUTE = ("Уточните сроки", "Добавьте ожидаемый результат", "Выберите другие мероприятия")
"""Comments that need not be written, numbered from 1."""
_FIELDS = {
    "title": "название",
    "domain": "область",
    "form": "форма",
    "due_on": "срок",
    "responsible": "ответственный",
    "result": "результат",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A route as its decider reads it. `changes` is None when it was never agreed to before.

    `steps` are the unfinished ones, `late` those of them that are to be agreed to after their terms. `waited` is
    who is to decide, as it stands after «ждёт»; empty when the reader is. `oversees`: they may set the mentor.
    """

    route: Route
    teacher: str
    school: str
    waited: str
    sent_on: date | None
    steps: Sequence[Step]
    finished: int
    late: Sequence[Step]
    changes: Changes | None
    today: date
    oversees: bool


def review(seen: Review, page: int, note: str = "") -> Screen:
    """A page of the route to be agreed to."""
    route = seen.route
    shown = _pages(seen, page)
    lines = [f"{escape(note)}\n"] if note else []
    lines += _head(seen)
    added = {step["id"] for step in seen.changes.added} if seen.changes else set()
    changed = {one.after["id"]: one for one in seen.changes.changed} if seen.changes else {}
    for number, step in shown.items:
        lines += ["", *_step(number, step, seen, new=str(step.id) in added, changed=changed.get(str(step.id)))]
    if seen.changes and seen.changes.removed and shown.number == shown.count - 1:
        lines += ["", *_removed(seen.changes.removed)]
    agree = button("Согласовать", AgreeTap(route=route.id, turn=route.turn))
    back = button("Вернуть", ReturnTap(route=route.id))
    rows: list[Row] = [(back, agree) if seen.late else (agree, back)]
    rows += shown.turns(lambda number: ReviewTap(route=route.id, page=number))
    beside = (button("История", RouteTap(route=route.id, part="history")),)
    rows.append((button("Наставник", MentorTap(route=route.id)), *beside) if seen.oversees else beside)
    rows.append((button("‹ Маршруты", InboxTap()), button("Меню", MenuTap())))
    return Screen("\n".join(lines) + shown.heading, tuple(rows))


def late_terms(seen: Review) -> Screen:
    """Asks before agreeing to terms that have passed."""
    count = len(seen.late)
    verb = form(count, "прошёл", "прошли", "прошли")
    overdue = "этот шаг сразу окажется просроченным" if count == 1 else "эти шаги сразу окажутся просроченными"
    lines = [
        f"<b>{escape(seen.teacher)}</b>",
        "",
        f"Пока маршрут ждал, {verb} {plural(count, 'срок', 'срока', 'сроков')}:",
        *(
            f"• {escape(cut(step.plan.title, TITLE_SHOWN))}, {near_date(step.plan.due_on, seen.today)}"
            for step in seen.late
        ),
        "",
        f"Лучше вернуть маршрут и попросить новые сроки: иначе {overdue}.",
    ]
    route = seen.route
    return Screen(
        "\n".join(lines),
        (
            (button("Вернуть: уточните сроки", ReturnTap(route=route.id, ready=1, turn=route.turn)),),
            (button("Согласовать как есть", AgreeTap(route=route.id, turn=route.turn, sure=True)),),
            (button("‹ К маршруту", ReviewTap(route=route.id)),),
        ),
    )


def returning(route: Route, teacher: str, problem: str = "") -> Screen:
    """Asks what is to be mended."""
    head = f"{escape(problem)}\n\n" if problem else ""
    ready: list[Row] = [
        (button(words, ReturnTap(route=route.id, ready=number, turn=route.turn)),)
        for number, words in enumerate(READY_FOR_ROUTE, 1)
    ]
    return Screen(
        f"{head}<b>Вернуть на доработку</b>\n{escape(teacher)}\n\n"
        "Что поправить? Выберите или напишите своими словами: комментарий увидит педагог.",
        (*ready, (button("‹ Не возвращать", ReviewTap(route=route.id)),)),
    )


def agreed(name: str) -> str:
    """What has been done, and what follows from it."""
    return (
        f"<b>Маршрут согласован</b>: {escape(name)}\n\n"
        "Педагог получит сообщение, а бот будет напоминать о сроках. Выполненные шаги придут на подтверждение."
    )


def returned(name: str, comment: str) -> str:
    """What has been done, with the comment."""
    return f"<b>Маршрут возвращён</b>: {escape(name)}\n\n«{escape(comment)}»\n\nПедагог получит ваш комментарий."


def again(route: Route) -> tuple[Row, ...]:
    """The way to the route as it is now."""
    return ((button("Открыть маршрут", RouteTap(route=route.id)),),)


def _head(seen: Review) -> list[str]:
    sent = f" Отправлен {near_date(seen.sent_on, seen.today)}." if seen.sent_on else ""
    lines = [
        "<b>Маршрут на согласовании</b>",
        f"{escape(seen.teacher)}, {escape(cut(seen.school, TITLE_SHOWN))}",
        f"{KIND_TITLES[seen.route.kind].capitalize()}.{sent}",
    ]
    if seen.waited:
        lines.append(f"<i>Маршрут ждёт {escape(seen.waited)}, но решить можете и вы.</i>")
    if seen.late:
        count = len(seen.late)
        verb = form(count, "Прошёл", "Прошли", "Прошли")
        lines += [
            "",
            f"<b>{verb} {plural(count, 'срок', 'срока', 'сроков')}</b>: попросите новые, вернув маршрут.",
        ]
    if seen.changes is not None:
        lines += ["", _changes_words(seen.changes)]
    if seen.finished:
        lines.append(f"Уже завершено шагов: {seen.finished}.")
    return lines


def _changes_words(changes: Changes) -> str:
    counts = [
        f"{title} {len(found)}"
        for title, found in (
            ("новых шагов", changes.added),
            ("изменено", changes.changed),
            ("убрано", changes.removed),
        )
        if found
    ]
    if not counts:
        return "С прошлого согласования ничего не изменилось."
    return f"С прошлого согласования: {', '.join(counts)}."


def _step(number: int, step: Step, seen: Review, *, new: bool, changed: Changed | None) -> list[str]:
    plan = step.plan
    mark = ""
    if new:
        mark = " · <i>новый</i>"
    elif changed is not None:
        mark = f" · <i>изменено: {', '.join(_FIELDS[name] for name in changed.fields)}</i>"
    late = ", <b>уже прошёл</b>" if step in seen.late else ""
    lines = [
        f"<b>{number}. {escape(plan.title)}</b>{mark}",
        f"{FORM_TITLES[plan.form]} · {escape(domain_words(plan.domain))}",
        f"Срок: {near_date(plan.due_on, seen.today)}{late}{_before(changed, seen.today)}",
    ]
    if plan.responsible:
        lines.append(f"Ответственный: {escape(plan.responsible)}")
    if plan.result:
        lines.append(f"Результат: {escape(cut(plan.result, RESULT_SHOWN))}")
    return lines


def _before(changed: Changed | None, today: date) -> str:
    if changed is None or "due_on" not in changed.fields:
        return ""
    return f" (было {near_date(date.fromisoformat(changed.before['due_on']), today)})"


def _removed(steps: Sequence[Mapping[str, str]]) -> list[str]:
    lines = ["<b>Убрано из маршрута</b>"]
    lines += [f"• {escape(cut(step['title'], TITLE_SHOWN))}" for step in steps[:REMOVED_SHOWN]]
    return lines + ([f"и ещё {len(steps) - REMOVED_SHOWN}"] if len(steps) > REMOVED_SHOWN else [])


def _pages(seen: Review, page: int) -> Page[tuple[int, Step]]:
    """As many steps to a page as there is room for."""
    pages: list[list[tuple[int, Step]]] = [[]]
    left = ROOM
    for number, step in enumerate(seen.steps, 1):
        taken = width(step.plan.title + step.plan.responsible + cut(step.plan.result, RESULT_SHOWN)) + 250
        if pages[-1] and taken > left:
            pages.append([])
            left = ROOM
        pages[-1].append((number, step))
        left -= taken
    chosen = page_of(pages, page, 1)
    return Page(chosen.items[0], chosen.number, chosen.count)
