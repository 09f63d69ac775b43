"""Screens of a campaign that runs or has run: counts, schools, and who has not finished."""

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.campaigns.draft_screens import DAYS
from handlers.campaigns.taps import (
    CampaignListTap,
    CampaignResultsTap,
    CampaignSchoolTap,
    CampaignTap,
    CloseTap,
    DraftTap,
    RemindTap,
    ReopenTap,
    RepeatTap,
    SchoolResultsTap,
    SchoolUnfinishedTap,
    UnfinishedSheetTap,
    UnfinishedTap,
)
from handlers.campaigns.words import days_words, people_words, term_words
from handlers.menu.taps import MenuTap
from handlers.ui.bar import bar
from handlers.ui.russian import form, long_date
from handlers.ui.screen import Button, Row, Screen, button
from services.campaigns.model import NOBODY, Campaign, SchoolStanding, Standing, State, Unfinished
from services.diagnostics.instrument import Instrument
from services.people.model import Organisation

SCHOOLS_SHOWN = 8
PEOPLE_SHOWN = 20
NAME_SHOWN = 80


def together(schools: Sequence[SchoolStanding]) -> Standing:
    """All schools' people."""
    return sum((school.standing for school in schools), NOBODY)


def card(
    campaign: Campaign,
    organisation: Organisation,
    instrument: Instrument | None,
    schools: Sequence[SchoolStanding],
    local: datetime,
) -> Screen:
    """How the whole campaign stands at the moment `local`, told in the users' time."""
    whole = together(schools)
    left = whole.people - whole.finished
    running = campaign.state is State.RUNNING
    rows: list[Row] = [(button("Обновить", CampaignTap(campaign=campaign.id)),)]
    if len(schools) > 1:
        rows[0] += (button("По школам", CampaignTap(campaign=campaign.id, part="schools")),)
    looking: list[Button] = []
    if left:
        looking.append(button(f"Кто не ответил: {left}", UnfinishedTap(campaign=campaign.id)))
    if whole.finished:
        looking.append(button("Результаты", CampaignResultsTap(campaign=campaign.id)))
    rows += [tuple(looking)] if looking else []
    if running:
        remind = (button("Напомнить", RemindTap(campaign=campaign.id)),) if left else ()
        rows.append((*remind, button("Закрыть", CloseTap(campaign=campaign.id))))
    else:
        rows.append(
            (
                button("Открыть снова", ReopenTap(campaign=campaign.id)),
                button("Повторить", RepeatTap(campaign=campaign.id)),
            )
        )
    rows.append((button("‹ Кампании", CampaignListTap()), button("Меню", MenuTap())))
    head = _head(campaign, organisation.name, instrument, local)
    return Screen("\n".join([*head, "", *_standing(whole), "", _moment(local)]), tuple(rows))


def not_begun(campaign: Campaign) -> Screen:
    """A draft has no card; the way to what it is."""
    draft = button("К черновику", DraftTap(campaign=campaign.id, part="preview"))
    return Screen(f"<b>{escape(campaign.title)}</b>\n\nКампания ещё не запущена.", ((draft,),))


def school_card(
    campaign: Campaign,
    school: Organisation,
    instrument: Instrument | None,
    standing: Standing,
    local: datetime,
    *,
    whole: bool,
) -> Screen:
    """How one school stands, for those who oversee it; `whole` when they oversee all the campaign's schools."""
    here = {"campaign": campaign.id, "school": school.id}
    left = standing.people - standing.finished
    rows: list[Row] = [(button("Обновить", CampaignSchoolTap(**here)),)]
    looking: list[Button] = []
    if left:
        looking.append(button(f"Кто не ответил: {left}", SchoolUnfinishedTap(**here)))
    if standing.finished:
        looking.append(button("Результаты", SchoolResultsTap(**here)))
    rows += [tuple(looking)] if looking else []
    if whole:
        rows.append((button("‹ Все школы", CampaignTap(campaign=campaign.id, part="schools")),))
    rows.append((button("‹ Кампании", CampaignListTap()), button("Меню", MenuTap())))
    head = _head(campaign, school.name, instrument, local)
    return Screen("\n".join([*head, "", *_standing(standing), "", _moment(local)]), tuple(rows))


def schools(campaign: Campaign, found: Sequence[SchoolStanding], page: int, local: datetime) -> Screen:
    """A page of schools with their bars."""
    pages = max(1, -(-len(found) // SCHOOLS_SHOWN))
    page = min(page, pages - 1)
    shown = found[page * SCHOOLS_SHOWN : (page + 1) * SCHOOLS_SHOWN]
    lines = [f"<b>{escape(campaign.title)}: по школам</b>", _moment(local), ""]
    for school in shown:
        one = school.standing
        lines.append(f"<b>{escape(_short(school.school))}</b>")
        absent = f", не в боте {one.absent}" if one.absent else ""
        lines.append(f"{bar(one.finished, one.people)}  {one.finished} из {one.people}{absent}")
    rows: list[Row] = [
        (button(_short(school.school), CampaignSchoolTap(campaign=campaign.id, school=school.school_id)),)
        for school in shown
    ]
    rows += turning(pages, page, lambda number: CampaignTap(campaign=campaign.id, part="schools", page=number))
    rows.append((button("‹ К кампании", CampaignTap(campaign=campaign.id)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def unfinished(campaign: Campaign, people: Sequence[Unfinished], page: int) -> Screen:
    """A page of those who have not finished, by school."""
    pages, page, lines = _names(campaign, people, page, with_schools=True)
    rows = turning(pages, page, lambda number: UnfinishedTap(campaign=campaign.id, page=number))
    if people:
        rows.append((button("Списком в Excel", UnfinishedSheetTap(campaign=campaign.id)),))
    rows.append((button("‹ К кампании", CampaignTap(campaign=campaign.id)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def school_unfinished(campaign: Campaign, school_id: int, people: Sequence[Unfinished], page: int) -> Screen:
    """A page of those of one school who have not finished."""
    pages, page, lines = _names(campaign, people, page, with_schools=False)
    rows = turning(
        pages, page, lambda number: SchoolUnfinishedTap(campaign=campaign.id, school=school_id, page=number)
    )
    rows.append(
        (
            button("‹ Назад", CampaignSchoolTap(campaign=campaign.id, school=school_id)),
            button("Меню", MenuTap()),
        )
    )
    return Screen("\n".join(lines), tuple(rows))


def closing(campaign: Campaign, standing: Standing) -> Screen:
    """Asks before closing."""
    left = standing.people - standing.finished
    answered = form(left, "не ответил", "не ответили", "не ответили")
    waiting = f" Ещё {answered} {people_words(left)}: напоминаний они больше не получат." if left else ""
    return Screen(
        f"<b>Закрыть кампанию?</b>\n\n{escape(campaign.title)}\n\n"
        f"Всё, что уже отвечено, сохранится.{waiting} Потом кампанию можно открыть снова.",
        (
            (button("Да, закрыть", CloseTap(campaign=campaign.id, sure=True)),),
            (button("‹ К кампании", CampaignTap(campaign=campaign.id)),),
        ),
    )


def reopening(campaign: Campaign, note: str = "") -> Screen:
    """Asks for the new term."""
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Открыть снова</b>\n\n{escape(campaign.title)}\n\nНа сколько? Выберите или напишите, например: "
        "до 15 декабря.",
        (
            tuple(button(days_words(days), ReopenTap(campaign=campaign.id, days=days)) for days in DAYS),
            (button("‹ К кампании", CampaignTap(campaign=campaign.id)),),
        ),
    )


def _head(campaign: Campaign, place: str, instrument: Instrument | None, local: datetime) -> list[str]:
    lines = [f"<b>{escape(campaign.title)}</b>", escape(place)]
    if instrument is not None:
        lines.append(escape(instrument.title))
    lines.append(term_words(campaign, local.date()))
    if campaign.anonymous:
        lines.append("Анонимная: ответы ни с кем не связаны")
    return lines


def _standing(standing: Standing) -> list[str]:
    if not standing.people:
        return ["Пока никого: приглашения получат те, кто войдёт в бот позже."]
    lines = [
        f"{bar(standing.finished, standing.people)}  {standing.finished} из {standing.people}",
        f"Приглашены {standing.invited} · открыли {standing.opened} · отвечают {standing.in_progress} · "
        f"завершили {standing.finished}",
    ]
    if standing.absent:
        lines.append(f"Ещё не в боте или остановили его: {standing.absent}")
    return lines


def _names(
    campaign: Campaign, people: Sequence[Unfinished], page: int, *, with_schools: bool
) -> tuple[int, int, list[str]]:
    pages = max(1, -(-len(people) // PEOPLE_SHOWN))
    page = min(page, pages - 1)
    lines = [f"<b>{escape(campaign.title)}</b>"]
    if not people:
        return pages, page, [*lines, "", "Ответили все."]
    on_page = f", страница {page + 1} из {pages}" if pages > 1 else ""
    lines += [f"Ещё не ответили: {people_words(len(people))}{on_page}", ""]
    school = ""
    for person in people[page * PEOPLE_SHOWN : (page + 1) * PEOPLE_SHOWN]:
        if with_schools and person.school != school:
            school = person.school
            lines.append(f"<b>{escape(_short(school))}</b>")
        absent = "" if person.reachable else " <i>(не в боте)</i>"
        lines.append(f"• {escape(_short(person.full_name))}{absent}")
    return pages, page, lines


def turning(pages: int, page: int, tap: Callable[[int], CallbackData]) -> list[Row]:
    """The row of buttons to the pages beside this one, if there are any."""
    turns = [(page - 1, "‹ Раньше"), (page + 1, "Дальше ›")]
    row = tuple(button(title, tap(number)) for number, title in turns if 0 <= number < pages)
    return [row] if row else []


def _moment(local: datetime) -> str:
    return f"<i>На {long_date(local.date())}, {local:%H:%M}</i>"


def _short(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
