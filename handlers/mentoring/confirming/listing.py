"""Meetings of a pair, the latest first."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.mentoring.confirming.seeing import note_seen
from handlers.mentoring.confirming.view import Reader, names_of, reader_of
from handlers.mentoring.confirming.words import STATES, brief, button_title, next_words
from handlers.mentoring.meeting.words import minutes_words
from handlers.mentoring.taps import LogTap, MeetingListTap, MeetingTap, PairTap
from handlers.mentoring.within import pair_of, seen_pair
from handlers.menu.screens import to_menu
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.russian import plural
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.mentoring.meetings.counting import tally
from services.mentoring.meetings.meeting import Meeting
from services.mentoring.meetings.waiting import agreed_next
from services.mentoring.pair import Pair
from services.people.names import short_name

routes = Routes()

PAGE = 7


@routes.tap(MeetingListTap, Access.REGISTERED, within=seen_pair)
async def show_list(visit: Visit, tap: MeetingListTap) -> Reply:
    pair = await pair_of(visit, tap)
    await note_seen(visit, pair)
    return Reply(await list_screen(visit, pair, tap.page))


async def list_screen(visit: Visit, pair: Pair, page: int = 0) -> Screen:
    """The pair's meetings for the visitor, who may see them. Leaves any conversation."""
    await visit.leave()
    meetings = await visit.work.meetings.of_pair(pair.id)
    reader = reader_of(pair, visit.member.id)
    names = await names_of(visit.work, pair)
    return _screen(pair, meetings, reader, names, visit.today, page)


def _screen(
    pair: Pair, meetings: Sequence[Meeting], reader: Reader, names: tuple[str, str], today: date, number: int
) -> Screen:
    page = page_of(meetings, number, PAGE)
    lines = [f"<b>Встречи</b>{page.heading}", _whose(reader, names), ""]
    if meetings:
        lines += _counted(meetings)
        agreed = agreed_next(meetings, today)
        if agreed is not None and pair.live:
            lines.append(f"Следующая: {next_words(agreed.told, today)}")
        lines.append("")
        lines += [f"• {brief(meeting, today)} — {STATES[meeting.state]}" for meeting in page.items]
    elif reader is Reader.MENTOR and pair.live:
        lines.append(
            "Записанных встреч пока нет. После встречи просто напишите боту, например: «Сегодня 40 минут "
            "разбирали план урока». Или нажмите «Записать встречу»."
        )
    elif reader is Reader.MENTEE:
        lines.append("Записанных встреч пока нет. Их записывает наставник, а бот попросит вас подтвердить.")
    else:
        lines.append("Записанных встреч пока нет.")
    titles = [button(button_title(meeting), MeetingTap(meeting=meeting.id)) for meeting in page.items]
    rows: list[Row] = [(each,) for each in titles]
    rows += page.turns(lambda other: MeetingListTap(pair=pair.id, page=other))
    if reader is Reader.MENTOR and pair.live:
        rows.append((button("Записать встречу", LogTap(pair=pair.id)),))
    return Screen("\n".join(lines), (*rows, (button("‹ К паре", PairTap(pair=pair.id)), to_menu())))


def _whose(reader: Reader, names: tuple[str, str]) -> str:
    mentor, mentee = (escape(short_name(name)) for name in names)
    if reader is Reader.MENTOR:
        return f"Наставляемый: {mentee}"
    return f"Наставник: {mentor}" + (f"\nНаставляемый: {mentee}" if reader is Reader.OVERSEER else "")


def _counted(meetings: Sequence[Meeting]) -> list[str]:
    sums = tally(meetings)
    lines = [f"Всего: {plural(sums.meetings, 'встреча', 'встречи', 'встреч')}, подтверждено: {sums.confirmed}"]
    if sums.disputed:
        lines.append(f"С возражением: {sums.disputed}")
    if sums.minutes:
        lines.append(f"Вместе: {minutes_words(sums.minutes)}")
    if sums.without_length:
        lines.append(f"Без длительности: {sums.without_length}")
    return lines
