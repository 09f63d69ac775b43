"""The invitation and the reminder, as people get them."""

from collections.abc import Sequence
from html import escape

from handlers.campaigns.words import until, who_sees
from handlers.survey.taps import OpenTap
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.campaigns.model import Campaign
from services.diagnostics.instrument import Instrument

SHOWN = 8
"""Campaigns named in one reminder."""


def invitation(campaign: Campaign, instrument: Instrument, min_group: int) -> Screen:
    """What the campaign asks for, until when, and who will see what."""
    text = (
        f"<b>{escape(campaign.title)}</b>\n\n{escape(campaign.words)}\n\n"
        f"Срок: {until(campaign.ends_on)} Это займёт около {_minutes(instrument)}, можно с перерывами.\n\n"
        f"<i>{who_sees(instrument, anonymous=campaign.anonymous, min_group=min_group)}</i>"
    )
    return Screen(text, (_begin(campaign, "Начать"),))


def reminder(waiting: Sequence[tuple[Campaign, Instrument]]) -> Screen:
    """One reminder of everything that waits for the person, those that end first above."""
    lines = ["Напоминаем: эти опросы ждут вас, а всё начатое сохранено.", ""]
    for campaign, instrument in waiting[:SHOWN]:
        lines.append(f"• <b>{escape(campaign.title)}</b>: {until(campaign.ends_on)} Около {_minutes(instrument)}.")
    single = len(waiting) == 1
    rows = tuple(_begin(campaign, "Ответить" if single else campaign.title) for campaign, _ in waiting[:SHOWN])
    return Screen("\n".join(lines), rows)


def _begin(campaign: Campaign, title: str) -> Row:
    return (button(title, OpenTap(instrument=campaign.instrument, campaign=campaign.id)),)


def _minutes(instrument: Instrument) -> str:
    return plural(instrument.minutes, "минуты", "минут", "минут")
