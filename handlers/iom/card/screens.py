"""The card of a route: what comes next first, what is finished folded."""

from html import escape

from handlers.iom.card.view import View
from handlers.iom.closing.taps import CloseTap, DocumentTap, OutcomeTap
from handlers.iom.drafting.taps import ChangeTap, DraftTap, NewRouteTap, TakeBackTap
from handlers.iom.reviewing.taps import InboxTap, MentorTap, ReviewTap
from handlers.iom.taps import RouteTap, StepTap
from handlers.iom.walking.taps import PauseTap, ResumeTap
from handlers.iom.words import cut, domains_words, near_date, since_date, state_words, term_words
from handlers.menu.taps import MenuTap
from handlers.ui.bar import bar
from handlers.ui.pages import page_of
from handlers.ui.russian import long_date
from handlers.ui.screen import Button, Row, Screen, button
from services.iom.model import Pause, Route, RouteKind, RouteState, Step
from services.iom.pausing import may_pause
from services.iom.wording import FORM_TITLES, PAUSE_REASONS

STEPS_SHOWN = 6
TITLE_SHOWN = 150
BUTTON_SHOWN = 30
COMMENT_SHOWN = 1000

_KINDS = {
    RouteKind.DEFICITS: "Для устранения дефицитов",
    RouteKind.GROWTH: "Для профессионального роста",
}


def card(view: View, page: int = 0) -> Screen:
    """The route on a page of its unfinished steps, with what its reader can do about it."""
    route, found = view.route, view.progress
    if not route.open:
        return _closed(view)
    listed = found.ahead + found.handed_in if view.own else found.handed_in + found.ahead
    shown = page_of(listed + found.proposed, page, STEPS_SHOWN)
    lines = _head(view)
    first = shown.number * STEPS_SHOWN + 1
    section = ""
    for number, step in enumerate(shown.items, first):
        lines.append("")
        if (heading := _section(view, step)) != section:
            section = heading
            lines.append(f"<b>{heading}</b>")
        lines.append(_line(number, step, view))
    lines += _nothing_left(view)
    steps = [
        (button(f"{number}. {short(step.plan.title)}", StepTap(step=step.id)),)
        for number, step in enumerate(shown.items, first)
    ]
    turns = shown.turns(lambda number: RouteTap(route=route.id, page=number))
    rows = [*_deciding(view), *steps, *turns, *_beside(view), *_ways_out(view)]
    return Screen("\n".join(lines) + shown.heading, tuple(rows))


def no_route(*, teaches: bool) -> Screen:
    """What a route is, for whoever has none."""
    text = (
        "<b>Индивидуальный маршрут (ИОМ)</b>\n\n"
        "Это ваш личный план развития: несколько мероприятий со сроками, которые помогут закрыть найденные "
        "дефициты или вырасти в профессии. "
    )
    if not teaches:
        text += "Маршруты составляют педагоги школ: если вы преподаёте, попросите куратора добавить вам эту роль."
        return Screen(text, ((button("Меню", MenuTap()),),))
    text += "Бот предложит шаги по итогам диагностики, напомнит о сроках и сохранит подтверждения."
    return Screen(text, ((button("Составить маршрут", NewRouteTap()),), (button("Меню", MenuTap()),)))


def short(title: str) -> str:
    """A title as it stands on a button."""
    return cut(title, BUTTON_SHOWN)


def heading(view: View) -> str:
    """Whose route it is, in one line of markup."""
    if view.own:
        return "<b>Мой маршрут (ИОМ)</b>"
    return f"<b>{escape(view.teacher or 'Педагог')}</b>\nМаршрут (ИОМ), {escape(cut(view.school, TITLE_SHOWN))}"


def pause_words(pause: Pause, view: View) -> str:
    """When the route rests and what it means. Why is nobody else's business: it may be an illness."""
    reason = f": {PAUSE_REASONS[pause.reason]}" if view.own else ""
    until = f" по {near_date(pause.ends_on, view.today)}" if pause.ends_on else ""
    if pause.starts_on > view.today:
        return f"Будет пауза{reason}, {since_date(pause.starts_on, view.today)}{until}."
    return f"<b>Пауза</b>{reason}{until or ', без даты окончания'}. Напоминаний нет, сроки потом сдвинутся."


def _head(view: View) -> list[str]:
    route, found = view.route, view.progress
    about = _KINDS[route.kind]
    if domains := domains_words(route.deficits):
        about += f": {domains}"
    lines = [heading(view), about]
    if found.total:
        lines += ["", f"{bar(found.confirmed, found.total)}  выполнено {found.confirmed} из {found.total}"]
    if view.pause is not None:
        lines += ["", pause_words(view.pause, view)]
    if route.state is RouteState.REVIEW:
        lines += ["", _review_words(view)]
    if route.state is RouteState.DRAFT:
        lines += ["", *_changing_words(view)]
    return lines


def _review_words(view: View) -> str:
    route = view.route
    since = f" {since_date(view.day(route.submitted_at), view.today)}" if route.submitted_at else ""
    if view.mine:
        return f"<b>На согласовании</b>{since}. Решение за вами."
    waited = f"наставник, {escape(view.mentor)}" if view.mentor else "куратор школы"
    return f"<b>На согласовании</b>{since}. Решение примет {waited}."


def _changing_words(view: View) -> list[str]:
    if not view.own:
        return ["Педагог дорабатывает маршрут: новые шаги появятся, когда их отправят на согласование."]
    said = _comment(view.route)
    going_on = "Вы меняете маршрут. Согласованные шаги идут своим чередом."
    return [*said, "", going_on] if said else [going_on]


def _comment(route: Route) -> list[str]:
    if not route.comment:
        return []
    return ["<b>Маршрут вернули на доработку</b>", f"«{escape(cut(route.comment, COMMENT_SHOWN))}»"]


def _section(view: View, step: Step) -> str:
    found = view.progress
    if step in found.handed_in:
        return "Ждут подтверждения"
    if step in found.proposed:
        return "Ещё не согласованы" if found.ahead or found.finished else "Шаги маршрута"
    if step == found.ahead[0]:
        return "Следующий шаг"
    return "Дальше"


def _line(number: int, step: Step, view: View) -> str:
    title = escape(cut(step.plan.title, TITLE_SHOWN))
    words = (term_words if not step.agreed else state_words)(step, view.today, view.pause)
    return f"{number}. {title}\n<i>{FORM_TITLES[step.plan.form]}</i> · {words}"


def _nothing_left(view: View) -> list[str]:
    found = view.progress
    if found.complete and view.own:
        return ["", "Все шаги пройдены! Осталось подвести итоги и завершить маршрут."]
    if found.complete:
        return ["", "Все шаги пройдены: остаётся завершение маршрута самим педагогом."]
    return []


def _deciding(view: View) -> list[Row]:
    """What matters most right now."""
    route = view.route
    if view.own and route.state is RouteState.DRAFT:
        return [(button("Открыть черновик", DraftTap(route=route.id)),)]
    if view.own and route.state is RouteState.REVIEW:
        return [(button("Забрать и поправить", TakeBackTap(route=route.id)),)]
    if view.own and view.progress.complete:
        return [(button("Завершить маршрут", CloseTap(route=route.id)),)]
    if not view.own and route.state is RouteState.REVIEW:
        return [(button("Прочитать и решить", ReviewTap(route=route.id)),)]
    return []


def _beside(view: View) -> list[Row]:
    route, found = view.route, view.progress
    rows: list[Row] = []
    if found.finished:
        rows.append((button(_finished_title(view), RouteTap(route=route.id, part="finished")),))
    if view.own and may_pause(route):
        rest = button("Пауза", PauseTap(route=route.id))
        if view.pause is not None:
            begun = view.pause.starts_on <= view.today
            rest = button("Снять с паузы" if begun else "Отменить паузу", ResumeTap(route=route.id))
        change = (button("Изменить маршрут", ChangeTap(route=route.id)),)
        rows.append((rest, *(change if route.state is RouteState.ACTIVE else ())))
    return rows


def _finished_title(view: View) -> str:
    found = view.progress
    if not found.cancelled:
        return f"Выполнено: {found.confirmed}"
    if not found.confirmed:
        return f"Отменено: {found.cancelled}"
    return f"Выполнено: {found.confirmed}, отменено: {found.cancelled}"


def _ways_out(view: View) -> list[Row]:
    route = view.route
    rows: list[Row] = [(button("Документ", DocumentTap(route=route.id)), history_button(route))]
    if view.oversees:
        rows.append((button("Наставник маршрута", MentorTap(route=route.id)),))
    if view.own and route.state is RouteState.ACTIVE and not view.progress.complete:
        rows.append((button("Завершить досрочно", CloseTap(route=route.id)),))
    rows.append(_away(view))
    return rows


def history_button(route: Route) -> Button:
    return button("История", RouteTap(route=route.id, part="history"))


def _away(view: View) -> Row:
    inbox = () if view.own else (button("‹ Маршруты", InboxTap()),)
    return (*inbox, button("Меню", MenuTap()))


def _closed(view: View) -> Screen:
    """How a route has ended; to its teacher a new one is offered."""
    route, found = view.route, view.progress
    ended = f" {long_date(view.day(route.closed_at))}" if route.closed_at else ""
    closed = route.state is RouteState.CLOSED
    lines = [heading(view), _KINDS[route.kind], ""]
    lines.append(f"<b>Маршрут {'завершён' if closed else 'отменён'}</b>{ended}")
    if found.total:
        lines.append(f"{bar(found.confirmed, found.total)}  выполнено {found.confirmed} из {found.total}")
    rows: list[Row] = []
    if closed and view.own:
        rows.append((button("Итоги маршрута", OutcomeTap(route=route.id)),))
    rows += _beside(view)
    if closed:
        rows.append((button("Документ", DocumentTap(route=route.id)), history_button(route)))
    if view.own:
        rows.append((button("Составить новый маршрут", NewRouteTap()),))
    return Screen("\n".join(lines), (*rows, _away(view)))
