"""Messages that come by themselves: something waits for a decision, something has been decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from handlers.iom.closing.taps import CloseTap
from handlers.iom.drafting.taps import DraftTap
from handlers.iom.reviewing.deciding import NAMELESS, decision_button
from handlers.iom.reviewing.taps import ConfirmTap, InboxTap, ReturnStepTap, ReviewTap
from handlers.iom.taps import RouteTap, StepTap
from handlers.iom.words import cut, near_date
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.iom.lists_ports import Waiting
from services.iom.model import Evidence, EvidenceKind, Route, Step
from services.iom.telling import StepDecision
from services.people.names import short_name

TITLE_SHOWN = 200
WORDS_SHOWN = 300
COMMENT_SHOWN = 1000
BRIEF = 200
OTHERS_SHOWN = 5
DECISIONS_SHOWN = 8


def to_agree(item: Waiting, others: Sequence[Waiting], steps: Sequence[Step], today: date) -> Screen:
    """A route has come to be agreed to; `others` wait as well."""
    counted = plural(len(steps), "шаг", "шага", "шагов")
    until = f", последний до {near_date(max(step.plan.due_on for step in steps), today)}" if steps else ""
    lines = ["<b>Маршрут на согласование</b>", _whose(item), f"{counted.capitalize()}{until}."]
    rows: list[Row] = [(button("Открыть", ReviewTap(route=item.route_id)),)]
    return _with_others(lines, rows, others)


def to_confirm(item: Waiting, others: Sequence[Waiting], step: Step, evidence: Sequence[Evidence]) -> Screen:
    """A step has been handed in; `others` wait as well."""
    lines = ["<b>Шаг ждёт подтверждения</b>", _whose(item), f"«{escape(cut(item.title, TITLE_SHOWN))}»"]
    words = [piece.words for piece in evidence if piece.words]
    files = sum(piece.kind is not EvidenceKind.TEXT for piece in evidence)
    if words:
        lines += ["", f"<i>{escape(cut(words[0], WORDS_SHOWN))}</i>"]
    if files:
        lines += ["", f"Приложено: {plural(files, 'файл', 'файла', 'файлов')}."]
    rows: list[Row] = [
        (
            button("Подтвердить", ConfirmTap(step=step.id, turn=step.turn)),
            button("Вернуть", ReturnStepTap(step=step.id)),
        ),
        (button("Открыть", StepTap(step=step.id)),),
    ]
    return _with_others(lines, rows, others)


def agreed(route: Route, decider: str, first: Step | None, today: date) -> Screen:
    """To the teacher: the route is agreed to."""
    by = f"Решение: {escape(short_name(decider))}\n" if decider else ""
    text = f"<b>Маршрут согласован</b>\n{by}\n"
    if first is not None:
        title = escape(cut(first.plan.title, TITLE_SHOWN))
        text += f"Первый шаг: «{title}», до {near_date(first.plan.due_on, today)}. "
    text += "О сроках бот напомнит."
    return Screen(text, ((button("Открыть маршрут", RouteTap(route=route.id)),),))


def returned(route: Route, decider: str, comment: str) -> Screen:
    """To the teacher: the route is to be mended."""
    by = f"\n{escape(short_name(decider))}" if decider else ""
    return Screen(
        f"<b>Маршрут вернулся на доработку</b>\n\n«{escape(cut(comment, COMMENT_SHOWN))}»{by}\n\n"
        "Поправьте черновик и отправьте снова.",
        ((button("Открыть черновик", DraftTap(route=route.id)),),),
    )


def steps_decided(
    route: Route, decisions: Sequence[StepDecision], titles: Mapping[int, str], *, complete: bool
) -> Screen:
    """To the teacher: what has been decided about steps; `complete`: none is left, the route may be closed."""
    one = decisions[0] if len(decisions) == 1 else None
    if one is not None and one.confirmed:
        lines = ["<b>Выполнение подтверждено</b>", f"«{_title(one, titles)}»"]
    elif one is not None:
        lines = ["<b>Шаг вернулся на доработку</b>", f"«{_title(one, titles)}»"]
        lines += ["", f"Комментарий: «{escape(cut(one.comment, COMMENT_SHOWN))}»"]
    else:
        lines = ["<b>Решения по вашим шагам</b>", ""]
        for each in decisions[:DECISIONS_SHOWN]:
            what = "подтверждено" if each.confirmed else f"вернулось: «{escape(cut(each.comment, BRIEF))}»"
            lines.append(f"{'✓' if each.confirmed else '•'} «{_title(each, titles)}» — {what}")
        if len(decisions) > DECISIONS_SHOWN:
            lines.append(f"и ещё {len(decisions) - DECISIONS_SHOWN}")
    rows: list[Row] = [
        (button(f"Доработать: {cut(titles.get(each.step_id, ''), 20)}", StepTap(step=each.step_id)),)
        for each in decisions[:DECISIONS_SHOWN]
        if not each.confirmed
    ]
    if complete:
        lines += ["", "Все шаги маршрута пройдены, поздравляем! Осталось подвести итоги."]
        rows.insert(0, (button("Завершить маршрут", CloseTap(route=route.id)),))
    return Screen("\n".join(lines), (*rows, (button("Открыть маршрут", RouteTap(route=route.id)),)))


def entrusted(route: Route, teacher: str, school: str, waiting: int) -> Screen:
    """To a new mentor: the route is theirs to look after."""
    lines = ["<b>Вы наставник маршрута</b>", f"{escape(teacher or NAMELESS)}, {escape(cut(school, 100))}", ""]
    lines.append("Вы согласуете изменения и подтверждаете выполненные шаги.")
    if waiting:
        lines.append(f"Уже ждут подтверждения: {plural(waiting, 'шаг', 'шага', 'шагов')}.")
    rows = ((button("Открыть маршрут", RouteTap(route=route.id)),), (button("Все маршруты", InboxTap()),))
    return Screen("\n".join(lines), rows)


def _with_others(lines: list[str], rows: list[Row], others: Sequence[Waiting]) -> Screen:
    if others:
        lines += ["", f"<b>Ещё ждут вашего решения: {len(others)}</b>"]
        lines += [_line(other) for other in others[:OTHERS_SHOWN]]
        rows += [(decision_button(other),) for other in others[:OTHERS_SHOWN]]
        rows.append((button("Все маршруты", InboxTap()),))
    return Screen("\n".join(lines), tuple(rows))


def _line(item: Waiting) -> str:
    what = "маршрут" if item.step_id is None else f"«{escape(cut(item.title, 100))}»"
    return f"• {escape(item.teacher or NAMELESS)}: {what}"


def _whose(item: Waiting) -> str:
    return f"{escape(item.teacher or NAMELESS)}, {escape(cut(item.school, 100))}"


def _title(decision: StepDecision, titles: Mapping[int, str]) -> str:
    return escape(cut(titles.get(decision.step_id, "Шаг"), TITLE_SHOWN))
