"""Pairs by where they stand, each with what it needs."""

from collections.abc import Sequence
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.words import cut, days_words, near_date, since_date
from handlers.mentoring.pair.taps import OrderTap, StartAllTap
from handlers.mentoring.taps import MatchTap, MentoringTap, PairListTap, PairTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import page_of
from handlers.ui.russian import plural
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.life.groups import Group, Need, by_need, need_of, of_group
from services.mentoring.life.ports import PairLine
from services.mentoring.life.wording import END_REASONS
from services.mentoring.pair import PairState
from services.people.model import Kind, Organisation
from services.people.names import short_name

ON_PAGE = 8
TITLES = {
    Group.OPEN: "Все открытые",
    Group.OFFERED: "Ждут ответа",
    Group.AGREED: "Согласованы",
    Group.ACTIVE: "Работают",
    Group.PAUSED: "На паузе",
    Group.OVER: "Завершены",
}
NOTHING_TO_ORDER = "Таких пар нет, в приказ пока некого вписать."
WRITING = "Составляю список, он придёт файлом."
SCHOOL_SHOWN = 60


def pair_list(
    place: Organisation,
    lines: Sequence[PairLine],
    group: Group,
    page: int,
    today: date,
    silent_days: int,
    zone: ZoneInfo,
) -> Screen:
    """A page of the pairs of the group, those that need something first; `zone` is the one of `today`."""
    found = by_need(of_group(list(lines), group), today, silent_days, zone)
    shown = page_of(found, page, ON_PAGE)
    text = [f"<b>Пары</b> · {escape(place.name)}", _heading(group, found)]
    district = place.kind is Kind.MUNICIPALITY
    first = shown.number * ON_PAGE + 1
    for number, line in enumerate(shown.items, first):
        text += ["", *_line(number, line, today, need_of(line, today, silent_days, zone), district=district)]
    rows: list[Row] = [
        (button(f"{number}. {_names(line)}", PairTap(pair=line.id)),)
        for number, line in enumerate(shown.items, first)
    ]
    rows += shown.turns(lambda number: PairListTap(organisation=place.id, page=number, group=group.value))
    rows += _acts(place, lines, group)
    rows += _filters(place, lines, group)
    rows.append((button("‹ Наставничество", MentoringTap()), to_menu()))
    return Screen("\n".join(text) + shown.heading, tuple(rows))


def _heading(group: Group, found: Sequence[PairLine]) -> str:
    if not found:
        return (
            "\nПар пока нет. Подберите их: бот предложит, кого с кем соединить и почему, а решите вы."
            if group is Group.OPEN
            else "\nТаких пар сейчас нет."
        )
    return f"{TITLES[group]}: {plural(len(found), 'пара', 'пары', 'пар')}"


def _line(number: int, line: PairLine, today: date, need: Need, *, district: bool) -> list[str]:
    school = f" · {escape(cut(line.school, SCHOOL_SHOWN))}" if district else ""
    mentor, mentee = escape(short_name(line.mentor)), escape(short_name(line.mentee))
    return [f"{number}. <b>{mentor}</b> и <b>{mentee}</b>{school}", _needs(line, today, need)]


def _needs(line: PairLine, today: date, need: Need) -> str:
    """Where the pair stands, and what it needs."""
    if need is Need.END_ASKED:
        return "<b>просят завершить</b>: решите, закрыть или продолжать"
    if need is Need.ORDER:
        return "оба согласны, <b>нужен приказ</b>"
    met = line.last_met_on or line.started_on
    if need is Need.SILENT and met is not None:
        return f"<b>{days_words((today - met).days)} без встреч</b>: узнайте, как дела"
    if need is Need.ANSWERS:
        missing = [
            who
            for who, has in (("наставник", line.mentor_agreed), ("наставляемый", line.mentee_agreed))
            if not has
        ]
        return f"ждём ответа: {' и '.join(missing)}"
    return _state(line, today)


def _state(line: PairLine, today: date) -> str:
    if line.state is PairState.PAUSED:
        until = f" по {near_date(line.paused_until, today)}" if line.paused_until else ", пока её не снимут"
        return f"на паузе{until}"
    if line.state is PairState.ACTIVE:
        if line.last_met_on is None:
            since = f" {since_date(line.started_on, today)}" if line.started_on else ""
            return f"работает{since}, встреч пока нет"
        return f"работает, последняя встреча {near_date(line.last_met_on, today)}"
    ended = f" {near_date(line.ended_on, today)}" if line.ended_on else ""
    if line.state is PairState.COMPLETED:
        return f"завершена{ended}"
    reason = f": {END_REASONS[line.end_reason]}" if line.end_reason is not None else ""
    return f"закрыта{ended}{reason}"


def _acts(place: Organisation, lines: Sequence[PairLine], group: Group) -> list[Row]:
    """What can be done with all pairs of the list."""
    agreed = len(of_group(list(lines), Group.AGREED))
    working = [line for line in lines if line.state in (PairState.ACTIVE, PairState.PAUSED)]
    rows: list[Row] = []
    if agreed and group in (Group.OPEN, Group.AGREED):
        rows.append((button(f"Список для приказа ({agreed})", OrderTap(organisation=place.id)),))
        rows.append((button(f"Приказ подписан, начать все ({agreed})", StartAllTap(organisation=place.id)),))
    if working and group is Group.ACTIVE:
        rows.append((button("Список всех пар для приказа", OrderTap(organisation=place.id, active=True)),))
    if not lines:
        rows.append((button("Подобрать пары", MatchTap(organisation=place.id)),))
    return rows


def _filters(place: Organisation, lines: Sequence[PairLine], group: Group) -> list[Row]:
    """The groups that have somebody in them, but for the one that is shown; two in a row."""
    buttons: list[Button] = []
    for each in Group:
        count = len(of_group(list(lines), each))
        if each is not group and (count or each is Group.OPEN):
            tap = PairListTap(organisation=place.id, group=each.value)
            buttons.append(button(f"{TITLES[each]}: {count}", tap))
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def _names(line: PairLine) -> str:
    return f"{short_name(line.mentor)} и {short_name(line.mentee)}"
