"""The draft: its steps, what is missing before it can be sent, and ways to change it."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.drafting.taps import (
    DraftTap,
    DropDraftTap,
    EditStepTap,
    RestoreTap,
    SubmitTap,
    SuggestTap,
)
from handlers.iom.taps import RouteTap
from handlers.iom.words import cut, domain_words, domains_words, near_date
from handlers.menu.taps import MenuTap
from handlers.ui.pages import page_of
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.iom.drafting import has_room
from services.iom.model import STEPS_LIMIT, Route, RouteKind, Step, StepState
from services.iom.submitting import is_ready, late, proposals
from services.iom.wording import FORM_TITLES, KIND_TITLES

SHOWN = 8
TITLE_SHOWN = 180
BUTTON_SHOWN = 30
COMMENT_SHOWN = 1000


def draft(
    route: Route, steps: Sequence[Step], found: Sequence[str], today: date, page: int = 0, news: str = ""
) -> Screen:
    """The draft for its teacher; `found` are the deficits of the diagnosis, `news` a line to be said first."""
    planned = [step for step in steps if step.state is StepState.PLANNED]
    shown = page_of(planned, page, SHOWN)
    lines = [f"{escape(news)}\n"] if news else []
    lines += ["<b>Черновик маршрута</b>", _about(route, found)]
    if route.comment:
        comment = escape(cut(route.comment, COMMENT_SHOWN))
        lines += ["", f"<b>Маршрут вернули с комментарием</b>:\n«{comment}»"]
    if route.agreed_at is not None:
        lines += [
            "",
            "Согласованные мероприятия идут своим чередом, новые и изменённые нужно согласовать ещё раз.",
        ]
    first = shown.number * SHOWN + 1
    for number, step in enumerate(shown.items, first):
        lines += ["", *_step(number, step, today, changed=route.agreed_at is not None)]
    lines += _notes(route, steps, planned, found, today)
    rows: list[Row] = []
    if is_ready(route, steps, today):
        rows.append((button("Отправить на согласование", SubmitTap(route=route.id)),))
    elif route.agreed_at is not None and not proposals(steps):
        rows.append((button("Оставить как есть", RestoreTap(route=route.id)),))
    rows += [
        (button(f"{number}. {cut(step.plan.title, BUTTON_SHOWN)}", EditStepTap(step=step.id)),)
        for number, step in enumerate(shown.items, first)
    ]
    rows += shown.turns(lambda number: DraftTap(route=route.id, page=number))
    if has_room(route, steps):
        rows.append((button("Добавить мероприятие", SuggestTap(route=route.id)),))
    if route.agreed_at is None:
        rows.append((button("Удалить черновик", DropDraftTap(route=route.id)),))
    elif proposals(steps):
        rows.append((button("Вернуть как было", RestoreTap(route=route.id)),))
    rows.append(_away(route))
    return Screen("\n".join(lines) + shown.heading, tuple(rows))


def dropping(route: Route) -> Screen:
    """Asks before a draft is deleted."""
    return Screen(
        "<b>Удалить черновик?</b>\n\nВсе его мероприятия пропадут. Новый маршрут можно составить в любой момент.",
        (
            (button("Да, удалить", DropDraftTap(route=route.id, sure=True)),),
            (button("‹ К черновику", DraftTap(route=route.id)),),
        ),
    )


def restoring(route: Route, steps: Sequence[Step]) -> Screen:
    """Asks before the changes of an agreed route are given up."""
    count = plural(len(proposals(steps)), "мероприятие", "мероприятия", "мероприятий")
    return Screen(
        f"<b>Отменить правки?</b>\n\nНовые мероприятия пропадут, изменённые станут такими, как были согласованы. "
        f"Сейчас не согласовано: {count}.",
        (
            (button("Да, вернуть как было", RestoreTap(route=route.id, sure=True)),),
            (button("‹ К черновику", DraftTap(route=route.id)),),
        ),
    )


def _about(route: Route, found: Sequence[str]) -> str:
    about = KIND_TITLES[route.kind]
    domains = domains_words(tuple(found)) if route.kind is RouteKind.DEFICITS else ""
    return f"{about[:1].upper()}{about[1:]}" + (f": {domains}" if domains else "")


def _step(number: int, step: Step, today: date, *, changed: bool) -> list[str]:
    plan = step.plan
    mark = ""
    if changed and not step.agreed:
        mark = " · <b>изменено</b>" if step.first_due_on is not None else " · <b>новое</b>"
    term = f"до {near_date(plan.due_on, today)}"
    if plan.due_on < today:
        term = f"<b>срок прошёл {near_date(plan.due_on, today)}</b>"
    return [
        f"{number}. {escape(cut(plan.title, TITLE_SHOWN))}",
        f"<i>{FORM_TITLES[plan.form]}</i> · {term} · {domain_words(plan.domain).lower()}{mark}",
    ]


def _notes(
    route: Route, steps: Sequence[Step], planned: Sequence[Step], found: Sequence[str], today: date
) -> list[str]:
    """What is done already, and what is missing."""
    lines: list[str] = []
    confirmed = sum(step.state is StepState.CONFIRMED for step in steps)
    if confirmed:
        lines.append(f"Уже выполнено: {plural(confirmed, 'мероприятие', 'мероприятия', 'мероприятий')}.")
    handed_in = sum(step.state is StepState.DONE for step in steps)
    if handed_in:
        lines.append(f"На подтверждении: {plural(handed_in, 'мероприятие', 'мероприятия', 'мероприятий')}.")
    if not planned and not confirmed and not handed_in:
        lines.append("Пока здесь пусто. Добавьте хотя бы одно мероприятие, и маршрут можно будет отправить.")
    if late(steps, today):
        lines.append("<b>Перед отправкой выберите новый срок там, где он уже прошёл.</b>")
    stepped = {step.plan.domain for step in steps if step.state is not StepState.CANCELLED}
    if planned and route.kind is RouteKind.DEFICITS and found and not stepped & set(found):
        lines.append("Среди мероприятий нет ни одного для областей, которые показала диагностика.")
    if not has_room(route, steps):
        lines.append(f"В маршруте уже {STEPS_LIMIT} мероприятий, больше не поместится.")
    return ["", *lines] if lines else []


def _away(route: Route) -> Row:
    """Until somebody has agreed to it, the draft is all there is of the route."""
    menu = button("Меню", MenuTap())
    return (menu,) if route.agreed_at is None else (button("‹ К маршруту", RouteTap(route=route.id)), menu)
