"""The digest of a week as a message."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from handlers.campaigns.taps import CampaignListTap, CampaignSchoolTap, CampaignTap
from handlers.events.taps import EventsTap
from handlers.events.words import when
from handlers.iom import notices as routes
from handlers.iom.words import cut, near_date
from handlers.mentoring.health import notices as pairs
from handlers.pushes.alert_screens import alert_lines, alert_rows
from handlers.pushes.frame import pushed, rest
from handlers.report.figures.lines import figure_line
from handlers.report.figures.taps import FiguresTap
from handlers.ui.russian import plural
from handlers.ui.screen import Button, Row, Screen, button
from services.people.model import Organisation
from services.pushes.weekly import Running, Week
from services.reporting.periods import year_of
from services.reporting.shares import share

FIGURES, FIGURES_OF_EACH, PLACES, CAMPAIGNS = 6, 3, 4, 3
WITH_BUTTONS = 3
TITLE, NAME = 70, 34
STANDS_IN = "Эти школы сейчас без куратора, которому можно рассказать обо всех педагогах, поэтому пишем вам."


def weekly(week: Week, names: Mapping[int, str], today: date, zone: ZoneInfo, *, stands_in: bool) -> Screen:
    """Everything of the week; `names` are those of places that alerts are about.

    `stands_in`: it is for a methodist, of schools whose curators cannot be told.
    """

    def lines(shown: int) -> Sequence[str]:
        told = [f"<b>Сводка недели, {near_date(today, today)}</b>"]
        told += [f"<i>{STANDS_IN}</i>"] if stands_in and week.places else []
        told += _figures(week)
        told += _headed("Сигналы", alert_lines(week.alerts, names, shown))
        told += _headed("Маршруты педагогов", routes.digest_part(week.routes, today, zone, shown))
        told += _headed("Наставничество", pairs.digest_part(week.pairs, today, zone, shown))
        told += _headed("Идут кампании", [_campaign(week, one, today) for one in week.campaigns[:shown]])
        told += rest(len(week.campaigns) - shown) if week.campaigns else []
        told += _headed("На этой неделе", _events(week, today, shown))
        return told

    return pushed(lines, _rows(week, names, today))


def _figures(week: Week) -> list[str]:
    """What has changed since the last digest; the first time what there is."""
    if not week.figures:
        return ["", "Показатели с прошлой сводки не изменились."] if not week.first else []
    several = len(week.places) > 1
    lines = ["", "<b>Как идёт учебный год</b>" if week.first else "<b>Изменилось с прошлой сводки</b>"]
    told = [place for place in week.places if place.id in week.figures]
    for place in told[:PLACES]:
        lines += [f"<u>{escape(place.name)}</u>"] if several else []
        figures = week.figures[place.id]
        most = FIGURES_OF_EACH if several else FIGURES
        lines += [f"• {figure_line(figure, 0)}" for figure in figures[:most]]
    if len(told) > PLACES:
        lines.append(f"и ещё {plural(len(told) - PLACES, 'школа', 'школы', 'школ')}")
    return lines


def _headed(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"<b>{title}</b>", *lines] if lines else []


def _campaign(week: Week, running: Running, today: date) -> str:
    """«• Опрос: ответили 12 из 30 (40 %), +3 за неделю, до 5 декабря»."""
    of = f"ответили {running.finished} из {running.people} ({share(running.finished, running.people)})"
    more = running.finished - running.before if running.before is not None else 0
    since = f", +{more} с прошлой сводки" if more > 0 else ""
    place = _school(week, running) if len(week.places) > 1 else ""
    until = near_date(running.campaign.ends_on, today)
    return f"• {escape(cut(running.campaign.title, TITLE))}{place}: {of}{since}, до {until}"


def _school(week: Week, running: Running) -> str:
    if running.schools > 1:
        return f", {plural(running.schools, 'школа', 'школы', 'школ')}"
    school_id = running.school_id or running.campaign.organisation_id
    name = next((place.name for place in week.places if place.id == school_id), "")
    return f", {escape(name)}" if name else ""


def _events(week: Week, today: date, shown: int) -> list[str]:
    lines = [
        f"• {escape(cut(one.event.plan.title, TITLE))}: {when(one.event.plan, today)}"
        for one in week.events[:shown]
    ]
    return lines + rest(len(week.events) - shown)


def _rows(week: Week, names: Mapping[int, str], today: date) -> list[Row]:
    rows: list[Row] = alert_rows(week.alerts, names, WITH_BUTTONS)
    rows += routes.digest_rows(week.routes, WITH_BUTTONS)
    rows += pairs.digest_rows(week.pairs, week.places, WITH_BUTTONS)
    if len(week.campaigns) > CAMPAIGNS or any(one.schools > 1 for one in week.campaigns):
        rows.append((button("Кампании", CampaignListTap()),))
    else:
        rows += [(_way(one),) for one in week.campaigns]
    if week.events:
        rows.append((button("События", EventsTap()),))
    return rows + [(_report(place, week.places, today),) for place in week.places[:WITH_BUTTONS]]


def _way(running: Running) -> Button:
    campaign, school = running.campaign, running.school_id
    title = cut(campaign.title, NAME)
    if school is None:
        return button(title, CampaignTap(campaign=campaign.id))
    return button(title, CampaignSchoolTap(campaign=campaign.id, school=school))


def _report(place: Organisation, places: Sequence[Organisation], today: date) -> Button:
    title = "Отчёт" if len(places) == 1 else cut(f"Отчёт: {place.name}", NAME)
    return button(title, FiguresTap(organisation=place.id, period=year_of(today).key))
