"""The screen of what came of a route, for its teacher."""

from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.closing.screens import reflection_lines
from handlers.iom.closing.taps import DocumentTap, SummaryTap
from handlers.iom.drafting.taps import NewRouteTap
from handlers.iom.taps import RouteTap
from handlers.menu.taps import MenuTap
from handlers.survey.taps import OpenTap
from handlers.ui.bar import bar
from handlers.ui.russian import day_of, long_date
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.answer_parsing import number_in_words
from services.iom.drafting import DEFICITS_TEST
from services.iom.model import Route, RouteKind
from services.iom.outcome import Change, Comparison, Outcome
from services.iom.wording import KIND_TITLES

CLOSED = "Маршрут завершён. Спасибо за эту работу!"
DRAWING = "Готовлю картинку, она придёт следующим сообщением."
WRITING = "Готовлю документ, он придёт следующим сообщением."
ANSWER_SHOWN = 350
"""Characters of an answer beside the comparison."""
NOT_CLOSED = "Итоги появятся, когда маршрут будет завершён."


def outcome(found: Outcome, zone: ZoneInfo, *, free: bool, news: str = "") -> Screen:
    """What came of a closed route; `free` when the teacher may begin another one."""
    route = found.route
    lines = [f"{news}\n"] if news else []
    lines += [f"<b>Итоги маршрута {KIND_TITLES[route.kind]}</b>", _period(route, zone), ""]
    done = found.progress
    lines.append(f"{bar(done.confirmed, done.total)}  выполнено {done.confirmed} из {done.total}")
    if done.handed_in:
        lines.append(f"Ещё ждут подтверждения: {len(done.handed_in)}")
    lines += ["", *_changes(found), *reflection_lines(route, ANSWER_SHOWN)]
    return Screen("\n".join(lines).strip(), _rows(found, free=free))


def _period(route: Route, zone: ZoneInfo) -> str:
    begun = day_of(route.agreed_at or route.created_at, zone)
    ended = day_of(route.closed_at or route.created_at, zone)
    return f"С {long_date(begun)} по {long_date(ended)}"


def _changes(found: Outcome) -> list[str]:
    if found.comparison is not None:
        return _compared(found.comparison)
    if found.comparable:
        return ["Пройдите диагностику ещё раз, и здесь будет видно, что изменилось за время маршрута.", ""]
    if found.route.kind is RouteKind.DEFICITS:
        return ["Сравнить с первой диагностикой уже нельзя: её методика обновилась или ответы удалены.", ""]
    return []


def _compared(comparison: Comparison) -> list[str]:
    before, after = long_date(comparison.before_on), long_date(comparison.after_on)
    lines = ["<b>Что изменилось</b>", f"<i>Диагностика: {before} → {after}</i>"]
    for change in comparison.changes:
        lines.append(f"• {escape(change.title)}: {points_words(change)}")
        levels = (change.before_level, change.after_level)
        lines.append(f"   {escape(levels[1] if levels[0] == levels[1] else ' → '.join(levels))}")
    return [*lines, "<i>Чем меньше баллов, тем меньше затруднений. Баллы видите только вы.</i>", ""]


def points_words(change: Change) -> str:
    """«было 14 → стало 8, −6»."""
    words = f"было {number_in_words(change.before)} → стало {number_in_words(change.after)}"
    if not change.difference:
        return f"{words}, без изменений"
    sign = "−" if change.difference < 0 else "+"
    return f"{words}, {sign}{number_in_words(abs(change.difference))}"


def _rows(found: Outcome, *, free: bool) -> tuple[Row, ...]:
    route = found.route.id
    rows: list[Row] = []
    if found.comparison is None:
        title = "Пройти диагностику снова" if found.route.session_id else "Пройти диагностику"
        rows.append((button(title, OpenTap(instrument=DEFICITS_TEST)),))
    rows.append((button("Итоги картинкой", SummaryTap(route=route)), button("Документ", DocumentTap(route=route))))
    if free:
        rows.append((button("Новый маршрут", NewRouteTap()),))
    rows.append((button("‹ К маршруту", RouteTap(route=route)), button("Меню", MenuTap())))
    return tuple(rows)
