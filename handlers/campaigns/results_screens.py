"""Screens of a campaign's results: whole groups only, beside those of the campaign before."""

from collections.abc import Iterator, Sequence
from html import escape

from handlers.campaigns.card_screens import turning
from handlers.campaigns.taps import CampaignResultsTap, CampaignSchoolTap, CampaignTap, SchoolResultsTap
from handlers.report.taps import ReportTap
from handlers.ui.russian import form, plural
from handlers.ui.screen import Row, Screen, button
from services.campaigns.model import Campaign
from services.campaigns.official import Summary
from services.campaigns.results import Compared, change, wave_of
from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.instrument import Instrument
from services.people.model import Organisation
from services.reporting.model import Choice, Distribution, GroupResults
from services.reporting.shares import NO_DATA, share

PAGE_LENGTH = 2_500
"""Characters of one page, markup left out; names of schools and questions may be long."""


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
        head.append(f"Ответы {people}, группами от {min_group}")
        if compared.before is not None:
            head.append(f"<i>В скобках — изменение к кампании «{escape(compared.before_title)}»</i>")
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
    blocks: list[list[str]] = []
    if found.totals:
        blocks.append(["<b>Всего</b>"])
    for total in found.totals:
        kind = "в среднем " if total.is_mean else ""
        unit = f" {escape(total.unit)}" if total.unit else ""
        told = plural(total.schools, "школа", "школы", "школ")
        blocks.append([f"• {escape(total.question)}: {kind}<b>{number_in_words(total.value)}</b>{unit} ({told})"])
    for count in found.counts:
        lines = [f"<b>{escape(count.question)}</b>"]
        lines += [f"  {escape(title)}: {number} из {count.schools}" for title, number in count.options]
        blocks.append(lines)
    for school in found.schools:
        lines = [f"<b>{escape(school.school)}</b>"]
        lines += [f"  {escape(question)}: {number_in_words(value)}" for question, value in school.numbers]
        blocks.append(lines)
    return _paged(campaign, place, head, blocks, page, [])


def _levels(one: Distribution, compared: Compared) -> list[str]:
    assert compared.now is not None
    before = _same(one.code, compared.before)
    lines = [f"<b>{escape(one.title.capitalize())}</b>"]
    if not one.people:
        return [*lines, f"  {NO_DATA}: ответов пока мало"]
    for index, title in enumerate(compared.now.level_titles):
        count = one.counts[index]
        moved = ""
        if before is not None and index < len(before.counts):
            moved = _moved(count, one.people, before.counts[index], before.people)
        lines.append(f"  {escape(title)}: {count} из {one.people}, {share(count, one.people)}{moved}")
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
        lines.append(f"  {escape(title)}: {count} из {one.people}, {share(count, one.people)}{moved}")
    return lines


def _moved(count: int, people: int, count_before: int, people_before: int) -> str:
    points = change(count, people, count_before, people_before)
    return f" ({points})" if points else ""


def _same(code: str, results: GroupResults | None) -> Distribution | None:
    if results is None:
        return None
    return next((one for one in results.factors if one.code == code), None)


def _withheld(campaign: Campaign, place: Organisation, min_group: int) -> list[str]:
    if campaign.anonymous and place.id != campaign.organisation_id:
        return ["Кампания анонимная: ответы не связаны со школами. Результаты есть только по всей кампании."]
    least = form(min_group, "человека", "человек", "человек")
    return [
        f"Показываем группы от {min_group} {least}, а столько ответов пока не набралось: "
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
    return Screen("\n".join([*head, "", *lines]), (*turns, *rows, (button("‹ К кампании", back),)))


def _pages(blocks: Sequence[list[str]]) -> Iterator[list[str]]:
    page: list[str] = []
    for block in blocks:
        if page and sum(map(len, page)) + sum(map(len, block)) > PAGE_LENGTH:
            yield page
            page = []
        page += block if len(block) == 1 else [*block, ""]
    if page:
        yield page
