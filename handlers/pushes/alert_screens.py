"""Alerts as a message: what has crossed its threshold where, and what to do next."""

from collections.abc import Mapping, Sequence
from html import escape

from handlers.campaigns.taps import CampaignTap
from handlers.events.plan.taps import PAST, PlanTap
from handlers.iom.overview.taps import RoutesTap
from handlers.iom.words import cut
from handlers.mentoring.taps import HealthTap
from handlers.pushes.frame import pushed, rest
from handlers.report.groups.taps import ReportTap
from handlers.ui.russian import plural
from handlers.ui.screen import Button, Row, Screen, button
from services.iom.overview_ports import Filter
from services.pushes.model import Alert
from services.pushes.thresholds import Threshold, Watched, thresholds
from services.reporting.shares import share

WITH_BUTTONS = 8
BUTTON = 56


def alerts(found: Sequence[Alert], names: Mapping[int, str]) -> Screen:
    """What was raised just now, by thresholds; `names` are those of the places."""

    def lines(shown: int) -> Sequence[str]:
        return ["<b>Нужно ваше внимание</b>", "", *alert_lines(found, names, shown, advised=True)]

    return pushed(lines, alert_rows(found, names, WITH_BUTTONS))


def alert_lines(
    found: Sequence[Alert], names: Mapping[int, str], shown: int, *, advised: bool = False
) -> list[str]:
    """Places under the title of their threshold, with what to do when `advised`."""
    lines: list[str] = []
    for threshold in thresholds().values():
        here = [one for one in found if one.code == threshold.code]
        if not here:
            continue
        lines += [""] if lines and advised else []
        lines.append(f"<u>{threshold.title}</u>")
        lines += [f"• {_told(one, threshold, names)}" for one in here[:shown]]
        lines += rest(len(here) - shown)
        lines += [f"<i>{threshold.advice}</i>"] if advised else []
    return lines


def alert_rows(found: Sequence[Alert], names: Mapping[int, str], most: int) -> list[Row]:
    """Where to go on with the first of them."""
    ordered = [(one, each) for each in thresholds().values() for one in found if one.code == each.code]
    return [(_way(one, threshold, names),) for one, threshold in ordered[:most]]


def _told(alert: Alert, threshold: Threshold, names: Mapping[int, str]) -> str:
    """«Школа № 3: 40 % открытых пар (2 из 5)»."""
    value = str(alert.value)
    if threshold.kind is Watched.EVENTS:
        value = plural(alert.value, "мероприятие", "мероприятия", "мероприятий")
    part = share(alert.value, alert.of) if alert.of else ""
    words = threshold.words.format(value=value, of=alert.of, share=part)
    return f"{escape(names.get(alert.organisation_id, ''))}: {words}"


def _way(alert: Alert, threshold: Threshold, names: Mapping[int, str]) -> Button:
    place = alert.organisation_id
    taps = {
        "burnout": ReportTap(organisation=place),
        "silent_pairs": HealthTap(organisation=place),
        "overdue_routes": RoutesTap(organisation=place, state=Filter.OVERDUE.value),
        "unmarked_events": PlanTap(organisation=place, show=PAST),
    }
    tap = CampaignTap(campaign=alert.subject) if threshold.kind is Watched.CAMPAIGN else taps[threshold.code]
    return button(cut(f"{names.get(place, '')}: {threshold.button}", BUTTON), tap)
