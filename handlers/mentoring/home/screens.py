"""The beginning of mentoring: what the visitor has to do with it, as a mentee, a mentor, an overseer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.iom.words import cut, days_words, near_date
from handlers.mentoring.bank.taps import QueueTap
from handlers.mentoring.bank.words import CARD_STATES
from handlers.mentoring.home.taps import PlaceTap
from handlers.mentoring.requests.screens import waits
from handlers.mentoring.taps import (
    BankTap,
    HealthTap,
    LogTap,
    MatchTap,
    MeetingTap,
    MentoringTap,
    MyCardTap,
    OfferTap,
    PairListTap,
    PairTap,
    RequestsTap,
    RequestTap,
)
from handlers.menu.screens import to_menu
from handlers.ui.russian import plural
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.bank.card import Card
from services.mentoring.life.ports import PairLine
from services.mentoring.pair import PairState
from services.people.model import Organisation
from services.people.names import short_name

NAME_SHOWN = 34
PLACES_SHOWN = 12
PAST_SHOWN = 3
ASK = "Попросить наставника"
_DAYS_AGO = {0: "сегодня", 1: "вчера", 2: "позавчера"}


@dataclass(frozen=True, slots=True)
class AsMentee:
    """`since`: the day from which the open request waits; None: there is none. `drafted`: one is being written.

    `unconfirmed` are ids of meetings that wait for the mentee's word.
    """

    pair: PairLine | None
    since: date | None
    drafted: bool
    unconfirmed: Sequence[int]


@dataclass(frozen=True, slots=True)
class AsMentor:
    """`disputed` are ids of meetings to be corrected, `silent` of pairs. `in_bank`: the card is in force."""

    card: Card | None
    in_bank: bool
    pairs: Sequence[PairLine]
    disputed: Sequence[int]
    silent: Collection[int]


@dataclass(frozen=True, slots=True)
class OfPlace:
    """Numbers of a place: those who wait, cards to decide about, open pairs, and those that need something."""

    place: Organisation
    waiting: int
    to_decide: int
    pairs: int
    needing: int


def home(
    mentee: AsMentee | None,
    mentor: AsMentor | None,
    places: Sequence[OfPlace],
    many: Sequence[Organisation],
    today: date,
    *,
    may_offer: bool,
    past: Sequence[tuple[int, str]] = (),
) -> Screen:
    """What of the three the visitor is. `many` are several places to look after, in the stead of `places`.

    `past`: ended pairs, each with the name of the other one in it.
    `may_offer`: they may offer themselves as a mentor.
    """
    lines: list[str] = ["<b>Наставничество</b>"]
    rows: list[Row] = []
    if places:
        _add(lines, rows, _place(places[0]))
    if many:
        lines += ["", "<b>Школы, за которые вы отвечаете</b>", "Выберите, где посмотреть заявки, карточки и пары."]
        rows += [
            (button(cut(each.name, NAME_SHOWN), PlaceTap(organisation=each.id)),) for each in many[:PLACES_SHOWN]
        ]
    if mentor is not None:
        _add(lines, rows, _mentor(mentor, today))
    asked = mentee is not None and (mentee.pair is not None or mentee.since is not None or mentee.drafted)
    only_mentee = mentor is None and not places and not many
    if mentee is not None and (asked or only_mentee):
        _add(lines, rows, _mentee(mentee, today))
    elif mentee is not None:
        rows.append((button(ASK, RequestTap()),))
    if mentee is None and mentor is None and not places and not many:
        lines += ["", "Здесь появятся наставники, заявки и пары, когда вас добавят в школу или муниципалитет."]
        return Screen("\n".join(lines), ((to_menu(),),))
    rows += [
        (button(cut(f"Прошлая пара: {short_name(name)}", NAME_SHOWN), PairTap(pair=pair)),) for pair, name in past
    ]
    bank: Row = (button("Банк наставников", BankTap()),)
    if mentor is None and may_offer:
        bank = (*bank, button("Стать наставником", MyCardTap()))
    return Screen("\n".join(lines), (*rows, bank, (to_menu(),)))


def place(shown: OfPlace) -> Screen:
    """One of several places."""
    lines: list[str] = ["<b>Наставничество</b>"]
    rows: list[Row] = []
    _add(lines, rows, _place(shown))
    return Screen("\n".join(lines), (*rows, (button("‹ Наставничество", MentoringTap()), to_menu())))


def _add(lines: list[str], rows: list[Row], part: tuple[list[str], list[Row]]) -> None:
    lines += ["", *part[0]]
    rows += part[1]


def _place(shown: OfPlace) -> tuple[list[str], list[Row]]:
    place_id = shown.place.id
    told = []
    if shown.waiting:
        told.append(f"Ждут наставника: {shown.waiting}.")
    if shown.to_decide:
        told.append(f"Карточек на решение: {shown.to_decide}.")
    if shown.needing:
        told.append(f"Пар, где нужно ваше внимание: {shown.needing}.")
    lines = [f"<b>{escape(shown.place.name)}</b>", *(told or ["Сейчас ничего не ждёт вашего решения."])]
    rows: list[Row] = [
        (
            button(f"Заявки: {shown.waiting}", RequestsTap(organisation=place_id)),
            button(f"Карточки: {shown.to_decide}", QueueTap(organisation=place_id)),
        ),
        (
            button(f"Пары: {shown.pairs}", PairListTap(organisation=place_id)),
            button("Как дела у пар", HealthTap(organisation=place_id)),
        ),
    ]
    if shown.waiting:
        rows.insert(0, (button("Подобрать пары", MatchTap(organisation=place_id)),))
    return lines, rows


def _mentor(shown: AsMentor, today: date) -> tuple[list[str], list[Row]]:
    lines = ["<b>Вы наставник</b>" if shown.in_bank or shown.pairs else "<b>Карточка наставника</b>"]
    rows: list[Row] = []
    for line in shown.pairs:
        lines.append(
            f"• {escape(short_name(line.mentee))}: {_stands(line, today, silent=line.id in shown.silent)}"
        )
        rows.append((_to_pair(line, line.mentee, answered=line.mentor_agreed),))
    if shown.in_bank and not shown.pairs:
        lines.append("Пар пока нет. Как только предложат, придёт сообщение.")
    if shown.card is None:
        lines.append("Заполните карточку, чтобы вам могли предложить наставляемых.")
    elif not shown.in_bank:
        state = "не в банке" if shown.card.in_bank else CARD_STATES[shown.card.state]
        lines.append(f"Карточка: {state}." if shown.pairs else f"{state.capitalize()}.")
    if any(line.state in (PairState.APPROVED, PairState.ACTIVE) for line in shown.pairs):
        lines.append("Была встреча? Просто напишите о ней сюда, например: «вчера 40 минут разбирали план урока».")
        rows.insert(0, (button("Записать встречу", LogTap()),))
    if shown.disputed:
        title = f"Поправить встречи: {len(shown.disputed)}"
        rows.insert(0, (button(title, MeetingTap(meeting=shown.disputed[0])),))
    rows.append((button("Моя карточка", MyCardTap()),))
    return lines, rows


def _mentee(shown: AsMentee, today: date) -> tuple[list[str], list[Row]]:
    pair = shown.pair
    if pair is not None:
        lines = ["<b>Ваш наставник</b>", f"{escape(pair.mentor)}: {_for_mentee(pair, today)}"]
        lines += _to_confirm(shown)
        return lines, [*_confirming(shown), (_to_pair(pair, pair.mentor, answered=pair.mentee_agreed),)]
    lines = ["<b>Ваша заявка на наставника</b>"]
    if shown.since is not None:
        lines.append(
            f"{waits((today - shown.since).days).capitalize()}. Как только найдётся наставник, придёт сообщение."
        )
        title = "Моя заявка"
    elif shown.drafted:
        lines.append("Черновик ещё не отправлен.")
        title = "Дописать заявку"
    else:
        lines.append("Нужна поддержка коллеги? Расскажите, в чём, и вам подберут наставника.")
        title = ASK
    if shown.unconfirmed:
        # A pair that has ended leaves meetings that nobody has answered to.
        lines = [*_to_confirm(shown), "", *lines]
    return lines, [*_confirming(shown), (button(title, RequestTap()),)]


def _to_confirm(shown: AsMentee) -> list[str]:
    if not shown.unconfirmed:
        return []
    meetings = plural(len(shown.unconfirmed), "встреча", "встречи", "встреч")
    return [f"Подтвердите, пожалуйста: {meetings}."]


def _confirming(shown: AsMentee) -> list[Row]:
    if not shown.unconfirmed:
        return []
    title = f"Подтвердить встречи: {len(shown.unconfirmed)}"
    return [(button(title, MeetingTap(meeting=shown.unconfirmed[0])),)]


def _to_pair(line: PairLine, other: str, *, answered: bool) -> Button:
    name = cut(short_name(other), NAME_SHOWN)
    if line.state is PairState.PROPOSED:
        return button(f"{name}: {'предложение' if answered else 'ответить'}", OfferTap(pair=line.id))
    return button(name, PairTap(pair=line.id))


def _stands(line: PairLine, today: date, *, silent: bool) -> str:
    """How a pair stands, for its mentor."""
    if line.state is PairState.PROPOSED:
        return "ждём ответа педагога" if line.mentor_agreed else "<b>ждёт вашего ответа</b>"
    if line.state is PairState.APPROVED:
        return "оба согласны, можно начинать"
    if line.state is PairState.PAUSED:
        return _pause(line, today)
    met = line.last_met_on
    if met is None:
        return "встреч ещё не было"
    days = (today - met).days
    words = f"последняя встреча {_DAYS_AGO.get(max(days, 0)) or f'{days_words(days)} назад'}"
    return f"<b>{words}</b>" if silent else words


def _for_mentee(line: PairLine, today: date) -> str:
    if line.state is PairState.PROPOSED:
        return "ждём ответа наставника" if line.mentee_agreed else "<b>предложение ждёт вашего ответа</b>"
    return _stands(line, today, silent=False)


def _pause(line: PairLine, today: date) -> str:
    return f"пауза до {near_date(line.paused_until, today)}" if line.paused_until else "пауза"
