"""Cards that wait for a decision, and what is decided about them."""

from datetime import date
from html import escape

from handlers.iom.words import cut, since_date
from handlers.mentoring.bank.taps import ApproveCardTap, ProposeTap, QueueTap, ReturnCardTap
from handlers.mentoring.bank.words import NAMELESS, about_help, about_owner, mentees
from handlers.mentoring.taps import BankTap, CardTap, MentoringTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.screen import Row, Screen, button
from services.mentoring.bank.card import COMMENT_LIMIT, BankCard, CardState
from services.people.model import Organisation

SHOWN = 8
TITLE_SHOWN = 40
READY = (
    "Опишите подробнее, с чем вы готовы помогать.",
    "Уточните, пожалуйста, когда и как вам удобно встречаться.",
    "Давайте сначала обсудим это лично.",
)
"""Comments that are given with one tap."""
READY_TITLES = ("Подробнее о помощи", "Уточнить время и формат", "Обсудим лично")
_WAITS = {
    CardState.OFFERED: "ждёт решения",
    CardState.PROPOSED: "приглашение отправлено, ответа ещё нет",
    CardState.RETURNED: "на доработке",
    CardState.DRAFT: "забрана на доработку",
}


def queue(place: Organisation, page: Page[BankCard], offered: int) -> Screen:
    """A page of cards that are not in the bank yet, those to decide about first."""
    lines = [f"<b>{escape(place.name)}: карточки наставников</b>{page.heading}", ""]
    lines.append(f"Ждут решения: {offered}." if offered else "Сейчас решать нечего.")
    if not page.items:
        lines.append("Пригласите в наставники опытных педагогов: они получат сообщение и заполнят карточку.")
    lines.append("")
    first = page.number * SHOWN + 1
    rows: list[Row] = []
    for number, seen in enumerate(page.items, first):
        name = seen.profile.full_name or NAMELESS
        lines.append(f"{number}. {escape(name)}: {_WAITS.get(seen.card.state, '')}")
        rows.append((button(f"{number}. {cut(name, TITLE_SHOWN)}", CardTap(person=seen.card.person_id)),))
    rows += page.turns(lambda number: QueueTap(organisation=place.id, page=number))
    rows.append((button("Пригласить в наставники", ProposeTap(organisation=place.id)),))
    rows.append((button("Банк наставников", BankTap()),))
    rows.append((button("‹ Наставничество", MentoringTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def card(seen: BankCard, listed_in: int, offered_on: date | None, today: date, note: str = "") -> Screen:
    """A card that is not in the bank, for whoever decides about it; the list behind it is of `listed_in`."""
    shown = seen.card
    lines = [f"{escape(note)}\n"] if note else []
    lines += about_owner(seen.profile, seen.school.name, today)
    state = _WAITS.get(shown.state, "")
    since = f" {since_date(offered_on, today)}" if offered_on and shown.state is CardState.OFFERED else ""
    lines += [f"<i>Карточка: {state}{since}</i>", ""]
    if shown.state is CardState.OFFERED:
        lines += [*about_help(shown), f"<b>Сколько человек возьмёт</b>: {shown.capacity}"]
        if seen.taken:
            lines.append(f"Уже в парах: {mentees(seen.taken)}.")
    elif shown.state is CardState.RETURNED:
        lines.append(f"<b>Ваш комментарий</b>: {escape(shown.comment)}")
    else:
        lines.append("Карточка откроется, когда её заполнят и отправят.")
    rows: list[Row] = []
    if shown.state is CardState.OFFERED:
        rows = [
            (button("Принять в банк", ApproveCardTap(person=shown.person_id, turn=shown.turn)),),
            (button("Вернуть с комментарием", ReturnCardTap(person=shown.person_id, turn=shown.turn)),),
        ]
    return Screen(
        "\n".join(lines), (*rows, (button("‹ К карточкам", QueueTap(organisation=listed_in)), to_menu()))
    )


def returning(seen: BankCard, note: str = "") -> Screen:
    """Asks for a comment."""
    head = f"{escape(note)}\n\n" if note else ""
    tap = {"person": seen.card.person_id, "turn": seen.card.turn}
    rows: list[Row] = [
        (button(title, ReturnCardTap(**tap, ready=number)),) for number, title in enumerate(READY_TITLES, 1)
    ]
    rows.append((button("‹ Не возвращать", CardTap(person=seen.card.person_id)),))
    return Screen(
        f"{head}<b>{escape(seen.profile.full_name)}</b>\n\n"
        f"Что поправить в карточке? Напишите или выберите готовое, до {COMMENT_LIMIT} знаков.",
        tuple(rows),
    )


def approved(seen: BankCard, listed_in: int) -> Screen:
    name = escape(seen.profile.full_name)
    return Screen(f"{name} теперь в банке наставников. Сообщение отправлено.", _onward(listed_in))


def returned(seen: BankCard, listed_in: int, comment: str) -> Screen:
    name = escape(seen.profile.full_name)
    return Screen(f"Карточка возвращена: {name}.\n\nКомментарий: {escape(comment)}", _onward(listed_in))


def _onward(listed_in: int) -> tuple[Row, ...]:
    return (
        (button("Другие карточки", QueueTap(organisation=listed_in)),),
        (button("Банк наставников", BankTap()), to_menu()),
    )
