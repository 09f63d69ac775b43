"""Lists of what calls for attention, each with ways to the pairs themselves."""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Protocol, TypeVar

from aiogram.filters.callback_data import CallbackData

from handlers.iom.words import cut, days_words, near_date
from handlers.mentoring.health.taps import Concern, ConcernTap
from handlers.mentoring.taps import HealthTap, MatchTap, MeetingTap, PairTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.screen import Row, Screen, button
from services.mentoring.health.ports import LateStage, LostOffer, OpenMeeting, SilentPair
from services.mentoring.programs.wording import stage_name
from services.people.model import Kind, Organisation
from services.people.names import short_name

ON_PAGE = 8
SCHOOL_SHOWN = 60
NAMES_SHOWN = 46
GONE = "Здесь больше никого нет: всё уладилось."


class OfPair(Protocol):
    """Something about a pair, with both names and the school."""

    @property
    def mentor(self) -> str: ...
    @property
    def mentee(self) -> str: ...
    @property
    def school(self) -> str: ...


Item = TypeVar("Item", bound=OfPair)


def silent(place: Organisation, page: Page[SilentPair], total: int, today: date) -> Screen:
    """Silent pairs."""

    def words(pair: SilentPair) -> str:
        asked = f"; наставника спросили {near_date(pair.nudged_on, today)}" if pair.nudged_on else ""
        return f"{silence_words(pair, today)}{asked}"

    heading = f"<b>Пары без встреч: {total}</b>"
    hint = "Откройте пару: можно поставить её на паузу, поговорить с обоими или сменить наставника."
    return _list(place, Concern.SILENT, page, (heading, hint), words, lambda pair: PairTap(pair=pair.pair_id))


def meetings(place: Organisation, page: Page[OpenMeeting], total: int, today: date) -> Screen:
    """Meetings that are not confirmed."""

    def words(meeting: OpenMeeting) -> str:
        state = "<b>наставляемый возражает</b>" if meeting.disputed else "ждёт подтверждения"
        return f"{near_date(meeting.held_on, today)}: {state}"

    heading = f"<b>Встречи без подтверждения: {total}</b>"
    hint = "Подтверждает наставляемый. Если он возражает, встречу поправляет наставник."
    return _list(
        place,
        Concern.MEETINGS,
        page,
        (heading, hint),
        words,
        lambda meeting: MeetingTap(meeting=meeting.meeting_id),
    )


def stages(place: Organisation, page: Page[LateStage], total: int, today: date) -> Screen:
    """Stages that wait for their mentors."""

    def words(stage: LateStage) -> str:
        return f"{stage_words(stage, today)}, {near_date(stage.ends_on, today)}"

    heading = f"<b>Этапы ждут наставника: {total}</b>"
    hint = "Наставник завершает этап или продлевает его в программе пары."
    return _list(place, Concern.STAGES, page, (heading, hint), words, lambda stage: PairTap(pair=stage.pair_id))


def offers(place: Organisation, page: Page[LostOffer], total: int, today: date) -> Screen:
    """Offers that nobody answered in time."""

    def words(offer: LostOffer) -> str:
        return f"срок ответа истёк {near_date(offer.ended_on, today)}"

    heading = f"<b>Не дождались ответа: {total}</b>"
    hint = "Педагог по-прежнему ждёт наставника. Подберите пару ещё раз или поговорите с обоими."
    match = (button("Подобрать пары", MatchTap(organisation=place.id)),)
    return _list(
        place,
        Concern.OFFERS,
        page,
        (heading, hint),
        words,
        lambda offer: PairTap(pair=offer.pair_id),
        match,
    )


def silence_words(pair: SilentPair, today: date) -> str:
    """«последняя встреча 8 ноября, 16 дней назад»."""
    if pair.met_on is None:
        return f"встреч ещё не было, пара работает {days_words((today - pair.started_on).days)}"
    return f"последняя встреча {near_date(pair.met_on, today)}, {days_words((today - pair.met_on).days)} назад"


def stage_words(stage: LateStage, today: date) -> str:
    """«основной этап, срок прошёл 3 дня назад»."""
    return f"{stage_name(stage.number)}, срок прошёл {days_words((today - stage.ends_on).days)} назад"


def names(item: OfPair) -> str:
    """Both of the pair, as a button calls them."""
    return cut(f"{short_name(item.mentor)} и {short_name(item.mentee)}", NAMES_SHOWN)


def _list(
    place: Organisation,
    what: Concern,
    page: Page[Item],
    top: tuple[str, str],
    words: Callable[[Item], str],
    tap: Callable[[Item], CallbackData],
    act: Row = (),
) -> Screen:
    heading, hint = top
    text = [f"{heading} · {escape(place.name)}{page.heading}", "", f"<i>{hint}</i>" if page.items else GONE]
    rows: list[Row] = []
    first = page.number * ON_PAGE + 1
    for number, item in enumerate(page.items, first):
        school = f" · {escape(cut(item.school, SCHOOL_SHOWN))}" if place.kind is Kind.MUNICIPALITY else ""
        both = f"<b>{escape(short_name(item.mentor))}</b> и <b>{escape(short_name(item.mentee))}</b>"
        text += ["", f"{number}. {both}{school}", words(item)]
        rows.append((button(f"{number}. {names(item)}", tap(item)),))
    rows += page.turns(lambda turned: ConcernTap(organisation=place.id, what=what, page=turned))
    if act and page.items:
        rows.append(act)
    rows.append((button("‹ Как дела у пар", HealthTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(text), tuple(rows))
