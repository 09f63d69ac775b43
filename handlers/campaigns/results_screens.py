"""Screens of a campaign's results: whole groups only, beside those of the campaign before."""

from collections.abc import Iterator, Sequence
from html import escape

from handlers.campaigns.card_screens import turning
from handlers.campaigns.taps import CampaignResultsTap, CampaignSchoolTap, CampaignTap, SchoolResultsTap
from handlers.menu.taps import MenuTap
from handlers.report.groups.taps import ReportTap
from handlers.ui.russian import form, plural
from handlers.ui.screen import Row, Screen, button
from services.campaigns.model import Campaign, State
from services.campaigns.official import Count, SchoolAnswers, Summary, Total
from services.campaigns.results import Compared, change, wave_of
from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.instrument import Instrument
from services.people.model import Kind, Organisation
from services.reporting.groups.model import Choice, Distribution, GroupResults
from services.reporting.shares import NO_DATA, share

PAGE_LENGTH = 2_500
"""Characters of one page, markup left out; names of schools and questions may be long."""
LONG_LIST = 5
"""Options of a question beyond which those that no school chose are left out."""
TEXT_SHOWN = 300
"""Characters of what a school wrote in words."""


def of_people(
    campaign: Campaign,
    instrument: Instrument,
    place: Organisation,
    compared: Compared,
    min_group: int,
    page: int,
) -> Screen:
    """Levels and options with the change against the campaign before, and the way to the whole report."""
    if compared.now is None:
        blocks = [_withheld(campaign, place, min_group)]
    else:
        blocks = [_levels(one, compared) for one in compared.now.factors]
        blocks += [_choice(one, compared) for one in compared.now.choices]
    head = [f"<b>{escape(campaign.title)}</b>", escape(place.name)]
    if compared.now is not None:
        people = plural(compared.now.people, "человека", "человек", "человек")
        head.append(f"В расчёте ответы {people}. Новые добавляются группами по {min_group}: так никого не узнать.")
        if compared.before is not None:
            head.append(f"<i>Второе число в скобках — изменение к кампании «{escape(compared.before_title)}»</i>")
    report = ReportTap(organisation=place.id, instrument=instrument.id, wave=wave_of(campaign).key)
    rows: list[Row] = [(button("Отчёт целиком", report),)] if compared.now is not None else []
    return _paged(campaign, place, head, blocks, page, rows)


def of_schools(campaign: Campaign, place: Organisation, found: Summary, page: int) -> Screen:
    """Official forms added up, then a block a school."""
    head = [
        f"<b>{escape(campaign.title)}</b>",
        escape(place.name),
        f"Форм заполнено: {found.forms}",
    ]
    single = found.forms == 1
    schools = [_told(school) for school in found.schools]
    chosen = [_chosen(count, single=single) for count in found.counts if count.schools]
    # The sums of one school are what the school told.
    blocks = [*schools, *chosen] if single else [_totals(found.totals), *chosen, *schools]
    return _paged(campaign, place, head, blocks, page, [])


def _totals(totals: Sequence[Total]) -> list[str]:
    lines = ["<b>Всего</b>"]
    for total in totals:
        kind = "в среднем по школам " if total.is_mean else ""
        unit = f" {escape(total.unit)}" if total.unit else ""
        told = plural(total.schools, "школа", "школы", "школ")
        lines.append(f"• {_asked(total.question)}: {kind}<b>{number_in_words(total.value)}</b>{unit} ({told})")
    return lines


def _chosen(count: Count, *, single: bool) -> list[str]:
    """What schools chose; of a long list only what anybody did."""
    lines = [f"<b>{escape(count.question)}</b>"]
    for title, number in count.options:
        if number or not (single or len(count.options) > LONG_LIST):
            lines.append(f"  {escape(title)}" if single else f"  {escape(title)}: {number} из {count.schools}")
    return lines


def _told(school: SchoolAnswers) -> list[str]:
    lines = [f"<b>{escape(school.school)}</b>"]
    lines += [f"  {_asked(question)}: {number_in_words(value)}" for question, value in school.numbers]
    for question, words in school.texts:
        shown = words if len(words) <= TEXT_SHOWN else words[: TEXT_SHOWN - 1] + "…"
        lines.append(f"  {_asked(question)}: {escape(shown)}")
    return lines


def _asked(question: str) -> str:
    """The question before its answer; escaped."""
    return escape(question.rstrip("?: "))


def _levels(one: Distribution, compared: Compared) -> list[str]:
    assert compared.now is not None
    before = _same(one.code, compared.before)
    lines = [f"<b>{escape(one.title[:1].upper() + one.title[1:])}</b>"]
    if not one.people:
        return [*lines, f"  {NO_DATA}: ответов пока мало"]
    for index, title in enumerate(compared.now.level_titles):
        count = one.counts[index]
        moved = ""
        if before is not None and index < len(before.counts):
            moved = _moved(count, one.people, before.counts[index], before.people)
        lines.append(f"  {escape(title)}: {count} из {one.people} ({share(count, one.people)}{moved})")
    return lines


def _choice(one: Choice, compared: Compared) -> list[str]:
    earlier = compared.before.choices if compared.before is not None else ()
    before = next((choice for choice in earlier if choice.question == one.question), None)
    chosen_before = dict(before.options) if before is not None else {}
    lines = [f"<b>{escape(one.question)}</b>"]
    for title, count in one.options:
        moved = ""
        if before is not None and title in chosen_before:
            moved = _moved(count, one.people, chosen_before[title], before.people)
        lines.append(f"  {escape(title)}: {count} из {one.people} ({share(count, one.people)}{moved})")
    return lines


def _moved(count: int, people: int, count_before: int, people_before: int) -> str:
    points = change(count, people, count_before, people_before)
    return f", {points}" if points else ""


def _same(code: str, results: GroupResults | None) -> Distribution | None:
    if results is None:
        return None
    return next((one for one in results.factors if one.code == code), None)


def _withheld(campaign: Campaign, place: Organisation, min_group: int) -> list[str]:
    if campaign.anonymous and place.id != campaign.organisation_id:
        return ["Кампания анонимная: ответы не связаны со школами. Результаты есть только по всей кампании."]
    if campaign.anonymous and campaign.state is State.RUNNING:
        return [
            "Кампания анонимная: общие цифры появятся, когда она закроется. Так никого нельзя узнать по времени."
        ]
    least = form(min_group, "человека", "человек", "человек")
    where = " ни в одной школе" if place.kind is not Kind.SCHOOL and not campaign.anonymous else ""
    return [
        f"Показываем группы от {min_group} {least}, а столько ответов пока не набралось{where}: "
        "иначе можно узнать, кто как ответил."
    ]


def _paged(
    campaign: Campaign,
    place: Organisation,
    head: list[str],
    blocks: Sequence[list[str]],
    page: int,
    rows: list[Row],
) -> Screen:
    found = list(_pages(blocks))
    pages = max(1, len(found))
    page = min(page, pages - 1)
    if pages > 1:
        head = [*head, f"<i>Страница {page + 1} из {pages}</i>"]
    lines = found[page] if found else ["Пока ответов нет."]
    own = place.id == campaign.organisation_id
    turns = turning(
        pages,
        page,
        lambda number: (
            CampaignResultsTap(campaign=campaign.id, page=number)
            if own
            else SchoolResultsTap(campaign=campaign.id, school=place.id, page=number)
        ),
    )
    back = CampaignTap(campaign=campaign.id) if own else CampaignSchoolTap(campaign=campaign.id, school=place.id)
    rows.append((button("‹ К кампании", back), button("Меню", MenuTap())))
    return Screen("\n".join([*head, "", *lines]), (*turns, *rows))


def _pages(blocks: Sequence[list[str]]) -> Iterator[list[str]]:
    page: list[str] = []
    for block in blocks:
        if page and sum(map(len, page)) + sum(map(len, block)) > PAGE_LENGTH:
            yield page
            page = []
        for line in block:
            # A block may be longer than a page: many questions about one school.
            if page and sum(map(len, page)) + len(line) > PAGE_LENGTH:
                yield page
                page = []
            page.append(line)
        page.append("")
    if page:
        yield page
