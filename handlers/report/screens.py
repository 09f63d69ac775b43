"""Screens of a report: counts and shares, never a name."""

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

SCHOOLS_SHOWN = 24
TOP_SYMPTOMS = 4


def choice(scopes: Sequence[Organisation]) -> Screen:
    rows: list[Row] = [(button(scope.name, ReportTap(organisation=scope.id)),) for scope in scopes]
    rows.append((button("Меню", MenuTap()),))
    return Screen("<b>Отчёт</b>\n\nО ком?", tuple(rows))


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


def schools(report: Report, zone: ZoneInfo) -> Screen:
    lines = [
        f"<b>{escape(report.organisation.name)}: по школам</b>",
        f"<i>{_moment(report, zone)}</i>",
        "",
    ]
    for school in report.schools[:SCHOOLS_SHOWN]:
        lines.append(f"<b>{escape(school.participation.school)}</b>")
        lines.append(_school_line(school, report.min_group))
    if not report.schools:
        lines.append("Школ пока нет.")
    hidden = len(report.schools) - SCHOOLS_SHOWN
    if hidden > 0:
        lines += ["", f"Ещё {plural(hidden, 'школа', 'школы', 'школ')}: в выгрузке отчёта."]
    rows: list[Row] = [
        (button(school.participation.school, ReportTap(organisation=school.participation.school_id)),)
        for school in report.schools[:SCHOOLS_SHOWN]
    ]
    rows.append((button("‹ К отчёту", ReportTap(organisation=report.organisation.id)),))
    return Screen("\n".join(lines), tuple(rows))


def _school_line(school: SchoolReport, min_group: int) -> str:
    row = school.participation
    line = f"завершили {row.finished} из {row.registered} ({share(row.finished, row.registered)})"
    if school.results is not None:
        formed = ", ".join(f"{factor.title} {factor.counts[-1]}" for factor in school.results.factors)
        return f"{line}\nфаза сформировалась: {escape(formed)}"
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
        lines += [
            "",
            f"<i>Не вошли {plural(report.left_out, 'человек', 'человека', 'человек')}: в их школах тест "
            f"завершили меньше {report.min_group}, и общий итог мог бы их выдать.</i>",
        ]
    return lines


def _withheld(report: Report) -> list[str]:
    finished = report.total.finished
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
