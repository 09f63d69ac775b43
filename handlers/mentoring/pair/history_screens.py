"""What has happened to a pair, and who did it, for those who look after it."""

from collections.abc import Mapping, Sequence
from html import escape

from handlers.iom.words import cut, near_date
from handlers.mentoring.pair.taps import PairHistoryTap
from handlers.mentoring.pair.view import View
from handlers.mentoring.taps import PairTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import page_of
from handlers.ui.screen import Screen, button
from services.mentoring.life.wording import HAPPENINGS
from services.mentoring.pair import PairEvent
from services.people.names import short_name

ON_PAGE = 12
WORDS_SHOWN = 150


def history(view: View, events: Sequence[PairEvent], names: Mapping[int, str], page: int) -> Screen:
    """A page of the history, the newest first."""
    shown = page_of(list(reversed(events)), page, ON_PAGE)
    lines = ["<b>История пары</b>", escape(view.name), ""]
    lines += [_line(view, event, names) for event in shown.items] or ["Пока ничего не произошло."]
    turns = shown.turns(lambda number: PairHistoryTap(pair=view.pair.id, page=number))
    back = (button("‹ К паре", PairTap(pair=view.pair.id)), to_menu())
    return Screen("\n".join(lines) + shown.heading, (*turns, back))


def _line(view: View, event: PairEvent, names: Mapping[int, str]) -> str:
    day = near_date(view.day(event.at), view.today)
    name = names.get(event.actor_id, "") if event.actor_id is not None else ""
    who = f" · {escape(short_name(name))}" if name else ""
    words = f": {escape(cut(event.words, WORDS_SHOWN))}" if event.words else ""
    return f"• {day}, {HAPPENINGS[event.what]}{words}{who}"
