"""Screens of showing one result to one psychologist."""

from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from handlers.menu.taps import MenuTap
from handlers.privacy.taps import PrivacyTap
from handlers.results.taps import ResultTap
from handlers.sharing.taps import ShareEndTap, SharesTap, ShareTap, ShownTap
from handlers.ui.pages import Page
from handlers.ui.russian import day_of, long_date
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session
from services.people.model import Person
from services.privacy.ports import Share

PAGE = 8

NOBODY = "В вашем районе психологов в боте пока нет."

CLOSED = "Доступ к этому результату закрыт."

HONESTLY = (
    "Доступ можно закрыть в любой момент, и открыть результат в боте станет нельзя. Но то, что уже прочитано "
    "или осталось в чужом чате, забрать назад бот не сможет. Должность каждый пишет о себе сам: выбирайте того, "
    "кого знаете."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A share with the name of its result."""

    share: Share
    result: str


def result_name(instrument: Instrument, session: Session, zone: ZoneInfo) -> str:
    """«Выгорание, 21 ноября 2026 г.»"""
    return f"{instrument.short_title}, {long_date(day_of(session.finished_at or session.started_at, zone))}"


def choice_screen(session_id: int, result: str, near: Page[Person]) -> Screen:
    """Whom to show the result to."""
    head = f"<b>Показать результат психологу</b>\n{escape(result)}\n\n"
    back: Row = (button("‹ К результату", ResultTap(session=session_id)),)
    if not near.items:
        return Screen(head + NOBODY, (back,))
    rows = tuple((button(_who(viewer), ShareTap(session=session_id, viewer=viewer.id)),) for viewer in near.items)
    turns = near.turns(lambda page: ShareTap(session=session_id, page=page))
    return Screen(
        f"{head}Решаете только вы. Выбранный психолог увидит один этот результат и больше ничего: ни ответов, "
        "ни других результатов. Куратор и методист об этом не узнают; у администратора службы в журнале останется "
        f"строка, что доступ открыт, без самого результата.\n\n{HONESTLY}\n\nКому показать?{near.heading}",
        (*rows, *turns, back),
    )


def confirm_screen(session: Session, result: str, viewer: Person) -> Screen:
    """The last question before the result is shown."""
    taken_on = escape(result.rpartition(", ")[2])
    return Screen(
        f"<b>{escape(_name(viewer))}</b>\n{escape(_where(viewer))}\n\n"
        f"Увидит: один результат от {taken_on}, больше ничего.\n\n{HONESTLY}",
        (
            (button("Показать", ShareTap(session=session.id, viewer=viewer.id, sure=True)),),
            (button("‹ Выбрать другого", ShareTap(session=session.id)),),
            (button("Не показывать", ResultTap(session=session.id)),),
        ),
    )


def shared_already(share: Share, result: str, zone: ZoneInfo) -> Screen:
    """The result is shown to somebody: only one person at a time may see it."""
    return Screen(
        f"<b>{escape(result)}</b>\n\n{_line(share, zone)}\n\n"
        "Результат можно показывать одному человеку. Чтобы показать другому, сначала закройте этот доступ.",
        (
            (button("Закрыть доступ", ShareEndTap(share=share.id)),),
            (button("‹ К результату", ResultTap(session=share.session_id)),),
        ),
    )


def shares_screen(shown: Page[Shown], zone: ZoneInfo, news: str = "") -> Screen:
    """Everything that the person shows now."""
    head = f"{escape(news)}\n\n" if news else ""
    back: Row = (button("‹ Мои данные", PrivacyTap(do="show")), button("Меню", MenuTap()))
    if not shown.items:
        return Screen(
            f"{head}<b>Кому я показываю результаты</b>\n\nСейчас никому: ваши результаты видите только вы. "
            "Показать один из них психологу можно под самим результатом.",
            (back,),
        )
    numbered = list(enumerate(shown.items, start=shown.number * PAGE + 1))
    # A name and a result are too long for a button: where there are several, numbers tell them apart.
    several = shown.count > 1 or len(numbered) > 1
    lines = "\n\n".join(
        f"<b>{f'{number}. ' if several else ''}{escape(one.result)}</b>\n{_line(one.share, zone)}"
        for number, one in numbered
    )
    rows = tuple(
        (button(f"Закрыть доступ{f': {number}' if several else ''}", ShareEndTap(share=one.share.id)),)
        for number, one in numbered
    )
    turns = shown.turns(lambda page: SharesTap(page=page))
    return Screen(f"{head}<b>Кому я показываю результаты</b>{shown.heading}\n\n{lines}", (*rows, *turns, back))


def news_screen(share: Share, result: str) -> Screen:
    """What the viewer is told."""
    return Screen(
        f"<b>{escape(share.owner_name)}</b> показывает вам один результат.\n{escape(result)}\n\n"
        "Его можно открыть, пока доступ не закрыт. Тот, кто его показал, увидит, что вы его открыли. "
        "Пожалуйста, никому его не пересылайте.",
        ((button("Открыть", ShownTap(share=share.id)),),),
    )


def shown_screen(share: Share, text: str) -> Screen:
    """The result as its viewer reads it; `text` is what its owner reads."""
    return Screen(
        f"Результат показывает вам <b>{escape(share.owner_name)}</b>. Ниже то, что видит на этом экране "
        f"владелец результата: «вы» обращено не к вам.\n\n{text}",
        ((button("Убрать с экрана", ShownTap(share=share.id, hide=True)), button("Меню", MenuTap())),),
    )


def closed_screen() -> Screen:
    """The viewer comes too late."""
    return Screen(CLOSED, ((button("Меню", MenuTap()),),))


def done(viewer_name: str) -> str:
    """The line that says that the result is shown."""
    return f"Готово. Результат видит теперь и {viewer_name}; сообщение об этом уже отправляется."


def _line(share: Share, zone: ZoneInfo) -> str:
    since = long_date(day_of(share.shared_at, zone))
    opened = (
        f"результат открыт впервые {long_date(day_of(share.opened_at, zone))}"
        if share.opened_at
        else "результат ещё не открыт"
    )
    return f"Видит: {escape(share.viewer_name)}. Доступ с {since}, {opened}"


def _name(viewer: Person) -> str:
    return viewer.profile.full_name if viewer.profile else ""


def _where(viewer: Person) -> str:
    places = dict.fromkeys(grant.organisation.name for grant in viewer.grants)
    return ", ".join(places)


def _who(viewer: Person) -> str:
    return f"{_name(viewer)}, {_where(viewer)}"[:60]
