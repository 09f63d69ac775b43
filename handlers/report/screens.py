"""Screens of a report: counts and shares, never a name."""

import re
from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.menu.taps import MenuTap
from handlers.report.taps import ReportChartTap, ReportTap
from handlers.ui.russian import form, long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.reporting.model import Frequency, GroupResults
from services.reporting.report import Report, SchoolReport
from services.reporting.shares import NO_DATA, share

SCHOOLS_SHOWN = 8
TOP_SYMPTOMS = 4


def choice(scopes: Sequence[Organisation]) -> Screen:
    rows: list[Row] = [(button(scope.name, ReportTap(organisation=scope.id)),) for scope in scopes]
    rows.append((button("Меню", MenuTap()),))
    return Screen("<b>Отчёт</b>\n\nПо какой школе или району?", tuple(rows))


def nothing_to_report() -> Screen:
    return Screen(
        "Отчёты видят куратор школы и методист района. Если это ваша роль, попросите приглашение у методиста.",
        ((button("Меню", MenuTap()),),),
    )


def main(report: Report, zone: ZoneInfo) -> Screen:
    total = report.total
    idle = total.registered - total.finished - total.in_progress
    lines = [
        f"<b>{escape(report.organisation.name)}</b>",
        escape(report.instrument),
        f"<i>{_moment(report, zone)}</i>",
        "",
        "<b>Участие</b>",
        f"Приглашено: {total.invited}",
        f"Зарегистрировано: {total.registered}",
        f"Завершили тест: {total.finished} из {total.registered} ({share(total.finished, total.registered)})",
        f"В процессе: {total.in_progress}",
        f"Не начинали: {idle}",
        "",
        *_results(report),
    ]
    organisation = report.organisation.id
    rows: list[Row] = []
    if report.results is not None:
        rows.append(
            (
                button("Все симптомы", ReportTap(organisation=organisation, part="symptoms")),
                button("График", ReportChartTap(organisation=organisation)),
            )
        )
    if report.several:
        rows.append((button("По школам", ReportTap(organisation=organisation, part="schools")),))
    rows.append((button("Обновить", ReportTap(organisation=organisation)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def symptoms(report: Report, zone: ZoneInfo) -> Screen:
    results = report.results
    lines = [f"<b>{escape(report.organisation.name)}</b>", f"<i>{_moment(report, zone)}</i>", ""]
    if results is None:
        lines += _withheld(report)
    else:
        lines += [f"Симптом сложился или доминирует, {_of_people(results)}:", ""]
        lines += [
            f"• {escape(symptom.title)}: {symptom.count} ({share(symptom.count, results.people)})"
            for symptom in _ranked(results)
        ]
    back = button("‹ К отчёту", ReportTap(organisation=report.organisation.id))
    return Screen("\n".join(lines), ((back,),))


def schools(report: Report, zone: ZoneInfo, page: int = 0) -> Screen:
    """A page of schools, each with its line and its button."""
    ordered = sorted(report.schools, key=lambda school: _natural(school.participation.school))
    pages = school_pages(report)
    page = min(page, pages - 1)
    shown = ordered[page * SCHOOLS_SHOWN : (page + 1) * SCHOOLS_SHOWN]
    lines = [f"<b>{escape(report.organisation.name)}: по школам</b>", f"<i>{_moment(report, zone)}</i>"]
    if pages > 1:
        lines.append(f"<i>Страница {page + 1} из {pages}</i>")
    lines.append("")
    for school in shown:
        lines.append(f"<b>{escape(school.participation.school)}</b>")
        lines.append(_school_line(school, report.min_group))
    if not ordered:
        lines.append("Школ пока нет.")
    rows: list[Row] = [
        (button(school.participation.school, ReportTap(organisation=school.participation.school_id)),)
        for school in shown
    ]
    organisation = report.organisation.id
    turns = [(page - 1, "‹ Раньше"), (page + 1, "Дальше ›")]
    rows.append(
        tuple(
            button(title, ReportTap(organisation=organisation, part="schools", page=number))
            for number, title in turns
            if 0 <= number < pages
        )
    )
    rows.append((button("‹ К отчёту", ReportTap(organisation=organisation)),))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def school_pages(report: Report) -> int:
    """How many pages the list of schools has."""
    return max(1, -(-len(report.schools) // SCHOOLS_SHOWN))


def _natural(name: str) -> list[tuple[int, str]]:
    """«Школа № 2» before «Школа № 10»."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def _school_line(school: SchoolReport, min_group: int) -> str:
    row = school.participation
    line = f"завершили {row.finished} из {row.registered} ({share(row.finished, row.registered)})"
    if school.results is not None:
        formed = ", ".join(f"{factor.title.lower()} {factor.counts[-1]}" for factor in school.results.factors)
        return f"{line}\nв расчёте {school.results.people}; фаза сформировалась: {escape(formed)}"
    if row.finished:
        return f"{line}\nрезультаты скрыты: меньше {plural(min_group, 'человека', 'человек', 'человек')}"
    return line


def _results(report: Report) -> list[str]:
    results = report.results
    if results is None:
        return _withheld(report)
    lines = [f"<b>Фазы</b>, {_of_people(results)}"]
    for factor in results.factors:
        lines.append(f"<u>{escape(factor.title.capitalize())}</u>")
        lines += [
            f"  {escape(title)}: {count} ({share(count, results.people)})"
            for title, count in zip(results.level_titles, factor.counts, strict=True)
        ]
    lines += ["", "<b>Чаще всего сложились или доминируют</b>"]
    lines += [
        f"• {escape(symptom.title)}: {symptom.count} ({share(symptom.count, results.people)})"
        for symptom in _ranked(results)[:TOP_SYMPTOMS]
    ]
    if report.left_out:
        lines += ["", f"<i>{_left_out(report)}</i>"]
    return lines


def _left_out(report: Report) -> str:
    """Why the figures count fewer people than have finished."""
    verb = form(report.left_out, "не вошёл", "не вошли", "не вошли")
    return (
        f"В расчёт {verb} {plural(report.left_out, 'человек', 'человека', 'человек')} из тех, кто прошёл тест. "
        f"В каждой школе результаты добавляются группами по {report.min_group}: так новые цифры "
        "никого не выдают."
    )


def _withheld(report: Report) -> list[str]:
    finished = report.total.finished
    if report.several and finished:
        return [
            "<b>Результаты скрыты</b>",
            f"Показываем группы от {report.min_group} человек в школе, а таких пока нет: "
            "иначе можно узнать, кто как ответил.",
        ]
    if not finished:
        return ["<b>Результаты</b>", f"{NO_DATA}: тест ещё никто не завершил."]
    return [
        "<b>Результаты скрыты</b>",
        f"Тест {form(finished, 'завершил', 'завершили', 'завершили')} "
        f"{plural(finished, 'человек', 'человека', 'человек')}, а показываем группы от {report.min_group}: "
        "иначе можно узнать, кто как ответил.",
    ]


def _of_people(results: GroupResults) -> str:
    return plural(results.people, "педагог", "педагога", "педагогов")


def _ranked(results: GroupResults) -> list[Frequency]:
    return sorted(results.symptoms, key=lambda symptom: -symptom.count)


def _moment(report: Report, zone: ZoneInfo) -> str:
    made = report.made_at.astimezone(zone)
    return f"На {long_date(made.date())}, {made:%H:%M}"
