"""Screens of counts, lists and plans: figures of many, and names only of routes that were sent to be agreed to."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.measures.taps import MeasuresTap
from handlers.iom.overview.taps import OverviewsTap, OverviewTap, PlanTap, RoutesTap, SchoolsTap, SetPlanTap
from handlers.iom.reviewing.taps import InboxTap
from handlers.iom.taps import RouteTap
from handlers.iom.words import cut
from handlers.menu.taps import MenuTap
from handlers.ui.pages import Page
from handlers.ui.russian import long_date, plural
from handlers.ui.screen import Button, Row, Screen, button
from services.iom.counting import Counts, year_title
from services.iom.model import RouteKind, RouteState
from services.iom.overview_ports import Filter, Line
from services.iom.planning import Planned, against_plan, missing, target_words
from services.iom.wording import ROUTE_STATES
from services.people import rights
from services.people.model import Kind, Organisation, Person, Role
from services.reporting.shares import share
from services.reporting.target import Target

ON_PAGE = 8
SHARES = (20, 50, 100)
"""Plans on buttons, in tenths of a per cent."""
NAME = 30
"""Characters of a name on a button."""

FILTERS = {
    Filter.ALL: "Все",
    Filter.WAITING: "Ждут",
    Filter.ACTIVE: "В работе",
    Filter.OVERDUE: "Просрочены",
    Filter.CLOSED: "Завершены",
}
NOTHING = {
    Filter.ALL: "На согласование здесь ещё ничего не отправляли.",
    Filter.WAITING: "Сейчас согласования ничего не ждёт.",
    Filter.ACTIVE: "Маршрутов в работе пока нет.",
    Filter.OVERDUE: "Просроченных шагов нет, всё идёт по срокам.",
    Filter.CLOSED: "Завершённых маршрутов пока нет.",
}
HEADINGS = {
    Filter.ALL: "все маршруты",
    Filter.WAITING: "ждут согласования",
    Filter.ACTIVE: "маршруты в работе",
    Filter.OVERDUE: "просроченные маршруты",
    Filter.CLOSED: "завершённые маршруты",
}


def choice(places: Sequence[Organisation]) -> Screen:
    rows: list[Row] = [(button(place.name, OverviewTap(organisation=place.id)),) for place in places]
    rows.append((button("‹ Маршруты", InboxTap()), button("Меню", MenuTap())))
    return Screen("<b>Маршруты в цифрах</b>\n\nПо какой школе или району?", tuple(rows))


def overview(
    person: Person,
    place: Organisation,
    above: Organisation | None,
    year: int,
    today: date,
    counts: Counts,
    target: Target | None,
    *,
    before: bool = False,
    news: str = "",
) -> Screen:
    """The figures of a place; `above` is the municipality of a school that the reader oversees, too."""
    lines = [f"{escape(news)}\n"] if news else []
    lines += [f"<b>{escape(place.name)}: маршруты</b>", f"{year_title(year)}, на {long_date(today)}", ""]
    lines += _plan_lines(counts, target)
    if not before:
        lines += ["", *_attention(counts)]
    lines += ["", *_figures(counts, before=before)]
    return Screen("\n".join(lines), _overview_rows(person, place, above, counts, year, before=before))


def schools(place: Organisation, year: int, page: Page[Planned]) -> Screen:
    """A page of schools with their figures, those that need attention first."""
    lines = [f"<b>{escape(place.name)}: по школам</b>{page.heading}", year_title(year)]
    if page.items:
        lines += ["Сначала те, где нужно внимание."]
    else:
        lines += ["", "Школ пока нет."]
    for one in page.items:
        lines += ["", f"<b>{escape(one.school.school)}</b>", *_school_lines(one)]
    rows: list[Row] = [
        (button(one.school.school, OverviewTap(organisation=one.school.school_id)),) for one in page.items
    ]
    rows += page.turns(lambda number: SchoolsTap(organisation=place.id, page=number))
    rows.append((button("‹ Все вместе", OverviewTap(organisation=place.id)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def route_list(place: Organisation, chosen: Filter, page: Page[Line], total: int) -> Screen:
    """A page of routes; a municipality's are told with their schools."""
    lines = [f"<b>{escape(place.name)}: {HEADINGS[chosen]}</b>{page.heading}", ""]
    if page.items:
        lines += [f"Всего: {total}", ""]
    first = page.number * ON_PAGE + 1
    for number, line in enumerate(page.items, start=first):
        school = f", {escape(line.school)}" if place.kind is not Kind.SCHOOL else ""
        lines.append(f"{number}. {escape(line.teacher)}{school}\n{_standing(line)}")
    if not page.items:
        lines.append(NOTHING[chosen])
    if chosen is Filter.ALL:
        lines += ["", "<i>Черновики, которые ещё не отправляли, видны только их авторам.</i>"]
    rows: list[Row] = [
        (button(cut(f"{number}. {line.teacher}", NAME), RouteTap(route=line.route_id)),)
        for number, line in enumerate(page.items, start=first)
    ]
    rows += page.turns(lambda number: RoutesTap(organisation=place.id, state=chosen, page=number))
    filters = [
        button(f"✓ {title}" if each is chosen else title, RoutesTap(organisation=place.id, state=each))
        for each, title in FILTERS.items()
    ]
    rows += [tuple(filters[:3]), tuple(filters[3:])]
    rows.append((button("‹ К цифрам", OverviewTap(organisation=place.id)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def plan(place: Organisation, year: int, own: Target | None, above: Target | None, complaint: str = "") -> Screen:
    """What is planned now, and how to change it."""
    lines = [f"{escape(complaint)}\n"] if complaint else []
    lines += [f"<b>{escape(place.name)}: план маршрутов</b>", year_title(year), ""]
    if own is not None:
        lines.append(f"Сейчас: {_target(own)}.")
    elif place.kind is Kind.SCHOOL and above is not None and above.share is not None:
        lines.append(f"Своего плана у школы нет, действует план района: {_target(above)}.")
    else:
        lines.append("План пока не задан.")
    lines += ["", "Выберите долю от всех педагогов или напишите своё: число маршрутов (36) или долю (2,5 %)."]
    shares: Row = tuple(
        button(target_words(Target(share=each)), SetPlanTap(organisation=place.id, share=each)) for each in SHARES
    )
    rows: list[Row] = [shares]
    if own is not None:
        rows.append((button("Убрать план", SetPlanTap(organisation=place.id, share=0)),))
    rows.append((button("‹ К цифрам", OverviewTap(organisation=place.id)),))
    return Screen("\n".join(lines), tuple(rows))


def _plan_lines(counts: Counts, target: Target | None) -> list[str]:
    """Fact against plan, and the share of all teachers where the plan does not tell it already."""
    done, teachers = counts.developed, counts.teachers
    of_all = f"от {plural(teachers, 'педагога', 'педагогов', 'педагогов')}"
    if target is None:
        told = f"{share(done, teachers)} {of_all}" if teachers else share(done, teachers)
        return [f"Разработано <b>{done}</b>: {told}", "План не задан"]
    lines = [
        f"План: {_target(target)}",
        f"Разработано <b>{done}</b>: <b>{against_plan(target, done, teachers)}</b>",
    ]
    if left := missing(target, done, teachers):
        lines.append(f"До плана ещё {plural(left, 'маршрут', 'маршрута', 'маршрутов')}")
    if target.number is not None and teachers:
        lines.append(f"Это {share(done, teachers)} {of_all}")
    elif teachers:
        lines.append(f"Всего педагогов: {teachers}")
    return lines


def _target(target: Target) -> str:
    if target.number is not None:
        return plural(target.number, "маршрут", "маршрута", "маршрутов")
    return f"{target_words(target)} педагогов"


def _attention(counts: Counts) -> list[str]:
    found = []
    if overdue := counts.total.overdue:
        steps = plural(counts.steps.overdue, "шаг", "шага", "шагов")
        found.append(
            f"• просрочено: {plural(overdue, 'маршрут', 'маршрута', 'маршрутов')}, {steps}"
            f"{_by_kind(counts, 'overdue')}"
        )
    if waiting := counts.total.waiting:
        found.append(
            f"• ждут согласования: {plural(waiting, 'маршрут', 'маршрута', 'маршрутов')}"
            f"{_by_kind(counts, 'waiting')}"
        )
    if handed_in := counts.steps.handed_in:
        found.append(f"• ждут подтверждения: {plural(handed_in, 'шаг', 'шага', 'шагов')}")
    return ["<b>Нужно внимание</b>", *found] if found else ["Всё по срокам, решений ничего не ждёт."]


def _figures(counts: Counts, *, before: bool) -> list[str]:
    def line(title: str, of: str) -> str:
        return f"{title}: {getattr(counts.total, of)}{_by_kind(counts, of)}"

    def having(kind: RouteKind) -> str:
        number = counts.with_kind.get(kind, 0)
        return f"{number} ({share(number, counts.teachers)})"

    lines = [
        "<b>За учебный год</b>",
        line("Начато, с черновиками", "drafted"),
        line("Согласовано", "agreed"),
        line("Завершено", "finished"),
        *([line("Отменено", "cancelled")] if counts.total.cancelled else []),
        f"Шагов подтверждено: {counts.steps.confirmed}",
        f"Педагогов с маршрутом: {counts.with_route} ({share(counts.with_route, counts.teachers)})",
        f"С ИОМ по дефицитам: {having(RouteKind.DEFICITS)}, для роста: {having(RouteKind.GROWTH)}",
        f"Выполняли шаги: {counts.took_part} из {counts.with_route} "
        f"({share(counts.took_part, counts.with_route)})",
    ]
    if before:
        return lines
    return [
        *lines,
        "",
        "<b>Сейчас</b>",
        line("В работе", "in_progress"),
        f"Шагов впереди: {counts.steps.planned}",
    ]


def _by_kind(counts: Counts, of: str) -> str:
    """« (дефициты 2, рост 1)», nothing where there is none of either."""
    deficits, growth = (getattr(counts.of(kind), of) for kind in (RouteKind.DEFICITS, RouteKind.GROWTH))
    return f" (дефициты {deficits}, рост {growth})" if deficits or growth else ""


def _overview_rows(
    person: Person, place: Organisation, above: Organisation | None, counts: Counts, year: int, *, before: bool
) -> tuple[Row, ...]:
    rows: list[Row] = []
    if before:
        rows.append((button("‹ К этому учебному году", OverviewTap(organisation=place.id)),))
        return (*rows, (button("Меню", MenuTap()),))
    if overdue := counts.total.overdue:
        tap = RoutesTap(organisation=place.id, state=Filter.OVERDUE)
        rows.append((button(f"Просроченные: {overdue}", tap),))
    if waiting := counts.total.waiting:
        tap = RoutesTap(organisation=place.id, state=Filter.WAITING)
        rows.append((button(f"Ждут согласования: {waiting}", tap),))
    lists: list[Button] = [button("Все маршруты", RoutesTap(organisation=place.id))]
    if place.kind is not Kind.SCHOOL:
        lists.insert(0, button("По школам", SchoolsTap(organisation=place.id)))
    rows.append(tuple(lists))
    if rights.directs(person, place):
        kept = [button("План", PlanTap(organisation=place.id))]
        if place.kind is Kind.MUNICIPALITY:
            kept.append(button("Мероприятия", MeasuresTap(organisation=place.id)))
        rows.append(tuple(kept))
    rows.append(
        (button(f"Прошлый год, {year_title(year - 1)[:7]}", OverviewTap(organisation=place.id, before=True)),)
    )
    if above is not None:
        rows.append((button("‹ Все школы", SchoolsTap(organisation=above.id)), button("Меню", MenuTap())))
        return tuple(rows)
    if len(person.scopes(Role.METHODIST, Role.CURATOR)) > 1:
        rows.append((button("Другая школа или район", OverviewsTap()),))
    rows.append((button("‹ Маршруты", InboxTap()), button("Меню", MenuTap())))
    return tuple(rows)


def _school_lines(one: Planned) -> list[str]:
    counts = one.school.counts
    total = counts.total
    if one.target is not None:
        told = f"{against_plan(one.target, counts.developed, counts.teachers)} ({_target(one.target)})"
    else:
        told = share(counts.developed, counts.teachers)
    lines = [f"разработано {counts.developed}: {told}"]
    if total.overdue or total.waiting:
        found = [f"просрочено: {total.overdue}"] if total.overdue else []
        found += [f"ждут согласования: {total.waiting}"] if total.waiting else []
        lines.append(", ".join(found))
    return lines


def _standing(line: Line) -> str:
    if line.overdue:
        return f"<b>просрочено: {plural(line.overdue, 'шаг', 'шага', 'шагов')}</b>"
    told = ROUTE_STATES[line.state]
    if line.state is RouteState.DRAFT:
        told = "дорабатывается"
    if line.open_steps:
        told += f", шагов осталось: {line.open_steps}"
    return told
