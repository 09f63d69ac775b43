"""Screens of results of a diagnostics: counts and shares, never a name."""

from collections.abc import Iterator, Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.menu.taps import MenuTap
from handlers.report.groups.taps import ReportChartTap, ReportTap
from handlers.report.home.taps import PeriodsTap
from handlers.ui.russian import form, long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.natural_order import natural
from services.reporting.groups.model import Choice, Distribution, Frequency, GroupResults
from services.reporting.groups.report import Report, SchoolReport
from services.reporting.shares import NO_DATA, share

SCHOOLS_SHOWN = 8
TOP_SCALES = 4
PAGE_LENGTH = 3000
"""Characters of a page of questions with their answers."""


def main(report: Report, zone: ZoneInfo, others: Row = (), whole: int | None = None) -> Screen:
    """The report itself; `others` are buttons to other reports, `whole` the district that the reader came from."""
    lines = [
        f"<b>{escape(report.organisation.name)}</b>",
        escape(report.instrument.title),
        escape(report.wave.title),
        f"<i>{_moment(report, zone)}</i>",
        "",
        *_participation(report),
        "",
        *(_withheld(report) if report.results is None else _results(report, report.results)),
    ]
    rows: list[Row] = []
    if report.results is not None:
        rows.append(_details(report, report.results))
    if report.several:
        rows.append((button("По школам", _tap(report, "schools")),))
    if whole is not None:
        rows.append((button("‹ Все школы", _tap(report, "schools", organisation=whole)),))
    rows += [others, (button("‹ Отчёт", PeriodsTap(organisation=report.organisation.id)),)]
    rows.append((button("Обновить", _tap(report)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def scales(report: Report, zone: ZoneInfo) -> Screen:
    """How many people have each symptom expressed, or each deficit."""
    results = report.results
    lines = [f"<b>{escape(report.organisation.name)}</b>", f"<i>{_moment(report, zone)}</i>", ""]
    if results is None or not results.symptoms:
        lines += _withheld(report)
    else:
        lines += [f"{_frequent(report)}, {_of_people(results)}:", ""]
        lines += [f"• {_frequency(symptom)}" for symptom in _ranked(results)]
    return Screen("\n".join(lines), (_back(report),))


def answers(report: Report, zone: ZoneInfo, page: int = 0) -> Screen:
    """A page of the questions that are not scored, with how many chose each answer."""
    lines = [f"<b>{escape(report.organisation.name)}</b>", f"<i>{_moment(report, zone)}</i>", ""]
    if report.results is None or not report.results.choices:
        return Screen("\n".join([*lines, *_withheld(report)]), (_back(report),))
    pages = list(_pages(report.results.choices))
    page = min(page, len(pages) - 1)
    rows = (_turns(report, "answers", page, len(pages)), _back(report))
    return Screen("\n".join([*lines, *pages[page]]), tuple(row for row in rows if row))


def schools(report: Report, zone: ZoneInfo, page: int = 0) -> Screen:
    """A page of schools, each with its line and its button."""
    ordered = sorted(report.schools, key=lambda school: natural(school.participation.school))
    pages = school_pages(report)
    page = min(page, pages - 1)
    shown = ordered[page * SCHOOLS_SHOWN : (page + 1) * SCHOOLS_SHOWN]
    lines = [f"<b>{escape(report.organisation.name)}: по школам</b>", f"<i>{_moment(report, zone)}</i>"]
    if pages > 1:
        lines.append(f"<i>Страница {page + 1} из {pages}</i>")
    lines.append("")
    for school in shown:
        lines.append(f"<b>{escape(school.participation.school)}</b>")
        lines.append(_school_line(school, report))
    if not ordered:
        lines.append("Школ пока нет.")
    rows: list[Row] = [
        (button(school.participation.school, _tap(report, organisation=school.participation.school_id)),)
        for school in shown
    ]
    rows += [_turns(report, "schools", page, pages), _back(report)]
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def school_pages(report: Report) -> int:
    """How many pages the list of schools has."""
    return max(1, -(-len(report.schools) // SCHOOLS_SHOWN))


def answer_pages(report: Report) -> int:
    """How many pages the answers have; 0 when there are none to show."""
    return len(list(_pages(report.results.choices))) if report.results is not None else 0


def _tap(report: Report, part: str = "main", page: int = 0, organisation: int | None = None) -> ReportTap:
    return ReportTap(
        organisation=organisation or report.organisation.id,
        part=part,
        page=page,
        instrument=report.instrument.id,
        wave=report.wave.key,
    )


def _back(report: Report) -> Row:
    return (button("‹ К результатам", _tap(report)), button("Меню", MenuTap()))


def _turns(report: Report, part: str, page: int, pages: int) -> Row:
    turns = [(page - 1, "‹ Раньше"), (page + 1, "Дальше ›")]
    return tuple(button(title, _tap(report, part, number)) for number, title in turns if 0 <= number < pages)


def _details(report: Report, results: GroupResults) -> Row:
    row: Row = ()
    if results.symptoms:
        title = "Все дефициты" if _finds_deficits(report) else "Все симптомы"
        row += (button(title, _tap(report, "scales")),)
    if results.choices:
        row += (button("Ответы", _tap(report, "answers")),)
    if results.factors:
        chart = ReportChartTap(
            organisation=report.organisation.id, instrument=report.instrument.id, wave=report.wave.key
        )
        row += (button("График", chart),)
    return row


def _participation(report: Report) -> list[str]:
    total = report.total
    finished = share(total.finished, total.registered)
    invited = "Участников" if report.wave.campaign_id is not None else "Приглашено"
    return [
        "<b>Участие</b>",
        f"{invited}: {total.invited}",
        f"Зарегистрировано: {total.registered}",
        f"Завершили {_what(report)}: {total.finished} из {total.registered} ({finished})",
        f"В процессе: {total.in_progress}",
        f"Не начинали: {total.registered - total.finished - total.in_progress}",
    ]


def _school_line(school: SchoolReport, report: Report) -> str:
    row = school.participation
    line = f"завершили {row.finished} из {row.registered} ({share(row.finished, row.registered)})"
    if school.results is not None:
        counted = f"в расчёте {school.results.people}"
        if not school.results.factors:
            return f"{line}\n{counted}"
        if found := school.results.with_deficits:
            return f"{line}\n{counted}; {escape(_lowered(found.title))}: {found.count}"
        highest = ", ".join(f"{_lowered(one.title)} {one.counts[-1]}" for one in school.results.factors)
        return f"{line}\n{counted}; {escape(school.results.level_titles[-1])}: {escape(highest)}"
    if row.finished and not report.wave.anonymous:
        smallest = plural(report.min_group, "человека", "человек", "человек")
        return f"{line}\nрезультаты скрыты: меньше {smallest}"
    return line


def _results(report: Report, results: GroupResults) -> list[str]:
    lines = [f"<b>Результаты</b>, {_of_people(results)}"]
    if not results.factors and results.choices:
        lines.append("Сколько человек выбрали каждый вариант — по кнопке «Ответы».")
    for one in results.factors:
        lines += _levels(one, results)
    if results.with_deficits is not None:
        lines += ["", _frequency(results.with_deficits)]
    if results.symptoms:
        lines += ["", f"<b>{_frequent(report)}</b>"]
        top = [symptom for symptom in _ranked(results)[:TOP_SCALES] if symptom.count]
        lines += [f"• {_frequency(symptom)}" for symptom in top] or ["Пока ни у кого."]
    if report.left_out:
        lines += ["", f"<i>{_left_out(report)}</i>"]
    if not report.wave.anonymous and results.people + report.left_out > report.total.finished:
        lines += ["", "<i>Учтены и ответы тех, кто потом перешёл в другую школу или ушёл.</i>"]
    return lines


def _levels(one: Distribution, results: GroupResults) -> list[str]:
    partly = f" (из {one.people})" if 0 < one.people < results.people else ""
    lines = [f"<u>{escape(one.title[:1].upper() + one.title[1:])}</u>{partly}"]
    if not one.people:
        return [*lines, f"  {NO_DATA}: ответов пока мало"]
    return lines + [
        f"  {escape(title)}: {count} ({share(count, one.people)})"
        for title, count in zip(results.level_titles, one.counts, strict=True)
    ]


def _frequency(symptom: Frequency) -> str:
    return f"{escape(symptom.title)}: {symptom.count} ({share(symptom.count, symptom.people)})"


def _lowered(title: str) -> str:
    """The title inside a sentence; «ИКТ» stays what it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _pages(choices: Sequence[Choice]) -> Iterator[list[str]]:
    page: list[str] = []
    for choice in choices:
        people = plural(choice.people, "ответ", "ответа", "ответов")
        block = [f"<b>{escape(choice.question)}</b>", f"<i>{people}</i>"]
        block += [f"  {escape(title)}: {count} ({share(count, choice.people)})" for title, count in choice.options]
        if page and sum(map(len, page)) + sum(map(len, block)) > PAGE_LENGTH:
            yield page
            page = []
        page += [*block, ""]
    if page:
        yield page


def _left_out(report: Report) -> str:
    """Why the figures count fewer people than have finished."""
    verb = form(report.left_out, "не вошёл", "не вошли", "не вошли")
    return (
        f"В расчёт {verb} {plural(report.left_out, 'человек', 'человека', 'человек')} из тех, "
        f"кто прошёл {_what(report)}. "
        f"{'Результаты' if report.wave.anonymous else 'В каждой школе результаты'} добавляются группами "
        f"по {report.min_group}: так новые цифры никого не выдают."
    )


def _withheld(report: Report) -> list[str]:
    finished = report.total.finished
    if not finished:
        return ["<b>Результаты</b>", f"{NO_DATA}: {_what(report)} ещё никто не завершил."]
    if report.wave.anonymous and not report.left_out:
        return [
            "<b>Результаты</b>",
            "Кампания анонимная: ответы не связаны со школами. Результаты видны только по всем вместе "
            "и после закрытия кампании.",
        ]
    if report.several:
        place = "" if report.wave.anonymous else " в школе"
        return [
            "<b>Результаты скрыты</b>",
            f"Показываем группы от {report.min_group} человек{place}, а таких пока нет: "
            "иначе можно узнать, кто как ответил.",
        ]
    return [
        "<b>Результаты скрыты</b>",
        f"{_what(report).capitalize()} {form(finished, 'завершил', 'завершили', 'завершили')} "
        f"{plural(finished, 'человек', 'человека', 'человек')}, а показываем группы от {report.min_group}: "
        "иначе можно узнать, кто как ответил.",
    ]


def _what(report: Report) -> str:
    """What people have finished, in the accusative."""
    return "тест" if report.instrument.scales else "опрос"


def _finds_deficits(report: Report) -> bool:
    return any(band.deficit for band in report.instrument.scale_bands)


def _frequent(report: Report) -> str:
    return "Чаще всего нужна поддержка" if _finds_deficits(report) else "Чаще всего сложились или доминируют"


def _of_people(results: GroupResults) -> str:
    return plural(results.people, "педагог", "педагога", "педагогов")


def _ranked(results: GroupResults) -> list[Frequency]:
    return sorted(results.symptoms, key=lambda symptom: -symptom.count)


def _moment(report: Report, zone: ZoneInfo) -> str:
    made = report.made_at.astimezone(zone)
    return f"На {long_date(made.date())}, {made:%H:%M}"
