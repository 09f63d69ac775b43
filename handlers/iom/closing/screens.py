"""Screens of the end of a route: steps left, the closing questions, and the answers before the close."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.closing.taps import CloseTap, EarlyTap, EndTap, ReflectTap
from handlers.iom.taps import RouteTap
from handlers.iom.words import cut, state_words
from handlers.menu.taps import MenuTap
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.iom.closing import QUESTIONS, REASON
from services.iom.model import Route, RouteState, Step

STEPS_SHOWN = 8
TITLE_SHOWN = 90
ANSWER_SHOWN = 600
"""Characters of an answer on a screen; the whole of it is in the document."""

REASONS = {
    "moved": "Сменились школа или нагрузка",
    "off": "Мероприятия не состоялись",
    "reached": "Цель достигнута раньше",
}
"""Ready reasons to close a route with steps left."""
WHO_SEES = "Ответы войдут в документ маршрута: их увидят те, кто с вами его согласует."
SKIPPED = "без ответа"
STATES = {
    RouteState.DRAFT: (
        "Маршрут сейчас меняется. Отправьте изменения на согласование или верните как было, "
        "и его можно будет завершить."
    ),
    RouteState.REVIEW: "Маршрут на согласовании. Завершить его можно, когда он снова будет в работе.",
    RouteState.CANCELLED: "Этот маршрут отменён: подводить итоги не нужно.",
}
"""Why a route that is not walked cannot be closed."""


def not_now(route: Route) -> Screen:
    """The route is in a state in which it cannot be closed."""
    return Screen(STATES[route.state], (_home(route),))


def steps_left(route: Route, left: Sequence[Step], today: date) -> Screen:
    """Asks before a route is closed with steps left."""
    lines = ["<b>Завершить маршрут?</b>", ""]
    lines.append(f"Осталось: {plural(len(left), 'шаг', 'шага', 'шагов')}.")
    lines += [
        f"• {escape(cut(step.plan.title, TITLE_SHOWN))} — {state_words(step, today)}"
        for step in left[:STEPS_SHOWN]
    ]
    if len(left) > STEPS_SHOWN:
        lines.append(f"…и ещё {len(left) - STEPS_SHOWN}")
    lines += [
        "",
        "Их можно спокойно закончить и вернуться сюда. Или завершить маршрут сейчас: "
        "тогда бот спросит причину, она войдёт в документ.",
    ]
    return Screen(
        "\n".join(lines),
        (
            (button("Сначала закончить шаги", RouteTap(route=route.id)),),
            (button("Завершить сейчас", EarlyTap(route=route.id)),),
            (button("Меню", MenuTap()),),
        ),
    )


def reason(route: Route, trouble: str = "") -> Screen:
    """Asks why the route is closed with steps left; `trouble` is what was wrong with the answer before."""
    rows: list[Row] = [(button(words, EarlyTap(route=route.id, reason=code)),) for code, words in REASONS.items()]
    rows.append((button("‹ Назад", CloseTap(route=route.id)),))
    head = f"{escape(trouble)}\n\n" if trouble else ""
    return Screen(
        f"{head}<b>Почему завершаем раньше?</b>\n\nВыберите причину или напишите своими словами.", tuple(rows)
    )


def question(route: Route, index: int, trouble: str = "") -> Screen:
    """One closing question with what is written to it by now, if anything is."""
    asked = QUESTIONS[index]
    written = (route.reflection or {}).get(asked.code)
    lines = [f"{escape(trouble)}\n"] if trouble else []
    lines += [f"<b>Подводим итоги: вопрос {index + 1} из {len(QUESTIONS)}</b>", "", asked.asked, ""]
    if written:
        lines += [f"<i>Сейчас записано:</i> {escape(written)}", ""]
        lines.append("Можно оставить так или прислать новый ответ.")
    else:
        lines.append("Напишите ответ обычным сообщением.")
    if index == 0:
        lines += ["", f"<i>{WHO_SEES} Прерваться можно в любой момент: ответы сохраняются сразу.</i>"]
    skip = button(
        "Оставить так" if written else "Пропустить", ReflectTap(route=route.id, question=index, skip=True)
    )
    back = (
        button("‹ Назад", ReflectTap(route=route.id, question=index - 1))
        if index
        else button("‹ К маршруту", RouteTap(route=route.id))
    )
    return Screen("\n".join(lines), ((skip,), (back,)))


def answers(route: Route) -> Screen:
    """All answers, before the route is closed."""
    lines = ["<b>Всё готово, чтобы завершить маршрут</b>", "", *reflection_lines(route)]
    lines.append("После завершения ответы уже не изменить. Документ и итоги останутся у вас.")
    mending = [button("Поправить ответы", ReflectTap(route=route.id))]
    if (route.reflection or {}).get(REASON):
        mending.append(button("Поправить причину", EarlyTap(route=route.id)))
    return Screen(
        "\n".join(lines),
        (
            (button("Завершить маршрут", EndTap(route=route.id)),),
            tuple(mending),
            (button("‹ К маршруту", RouteTap(route=route.id)),),
        ),
    )


def reflection_lines(route: Route, most: int = ANSWER_SHOWN) -> list[str]:
    """The answers under their titles as HTML, `most` characters of each, with an empty line after it."""
    reflection = route.reflection or {}
    lines: list[str] = []
    for asked in QUESTIONS:
        words = reflection.get(asked.code)
        lines += [f"<b>{asked.title}</b>", escape(cut(words, most)) if words else f"<i>{SKIPPED}</i>", ""]
    if reflection.get(REASON):
        lines += ["<b>Причина завершения раньше срока</b>", escape(cut(reflection[REASON], most)), ""]
    return lines


def _home(route: Route) -> Row:
    return (button("‹ К маршруту", RouteTap(route=route.id)), button("Меню", MenuTap()))
