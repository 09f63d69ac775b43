"""A proposed pair, as each of the two and their curator see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.iom.words import cut, domains_words, near_date
from handlers.mentoring.offers.taps import AcceptTap, DeclineTap, WithdrawTap
from handlers.mentoring.taps import MatchTap, MentoringTap, MyCardTap, OfferTap, PairListTap, PairTap, RequestTap
from handlers.menu.taps import MenuTap
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.bank.card import FORMAT_TITLES, Card
from services.mentoring.pair import EndReason, Pair, PairState
from services.mentoring.requests.request import Request
from services.people.model import Profile

WORDS_SHOWN = 600
PLACE_SHOWN = 80
REASONS_SHOWN = 3
"""The strongest, for the two; whoever looks after the pair sees all of them."""
NEEDLESS = "Наставник мне больше не нужен"
WITHOUT_REASON = "Без объяснения"
FOR_MENTOR = ("Сейчас нет времени", "Нужен наставник по другому предмету", "С этой темой помогут лучше другие")
FOR_MENTEE = ("Хочу другого наставника", "Не подходит время или формат", NEEDLESS)
"""Reasons that need not be written, numbered from 1."""
_HOME: Row = (button("‹ Наставничество", MentoringTap()), button("Меню", MenuTap()))
_MEANS_FOR_MENTOR = (
    "Если согласитесь вы оба, директор утвердит пару, и вы наметите встречи на учебный год. О встрече достаточно "
    "написать боту одной фразой."
)
_MEANS_FOR_MENTEE = (
    "Если согласитесь вы оба, директор утвердит пару, и вы наметите встречи на учебный год. Наставник помогает "
    "и поддерживает: оценок не ставит, результатов ваших психологических тестов не видит."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A pair with both people. `request` and `card` are None when they are gone; `until` is the last day.

    `reader_id` is one of the two, or whoever looks after the pair.
    """

    pair: Pair
    reader_id: int
    mentor: Profile | None
    mentee: Profile | None
    mentor_school: str
    mentee_school: str
    years: int | None
    early: bool
    card: Card | None
    request: Request | None
    until: date
    today: date

    @property
    def leads(self) -> bool:
        """Whether the reader would be the mentor."""
        return self.reader_id == self.pair.mentor_id


def offer(seen: Offer, before: str = "") -> Screen:
    """Who, why, what it means, until when."""
    pair = seen.pair
    title = "Вам предлагают стать наставником" if seen.leads else "Вам предлагают наставника"
    lines = [f"{before}\n"] if before else []
    lines += [f"<b>{title}</b>", "", *(_about_mentee(seen) if seen.leads else _about_mentor(seen))]
    if pair.reasons:
        lines += ["", "<b>Почему вы подходите друг другу</b>", *_reasons(pair.reasons[:REASONS_SHOWN])]
    lines += ["", _MEANS_FOR_MENTOR if seen.leads else _MEANS_FOR_MENTEE, "", _until(seen)]
    agreed = pair.mentor_agreed_at if seen.leads else pair.mentee_agreed_at
    if agreed is not None:
        who = "педагога" if seen.leads else "наставника"
        lines.append(f"<b>Вы согласились.</b> Ждём ответа {who}.")
        return Screen("\n".join(lines), ((button("Передумать", DeclineTap(pair=pair.id)),), _HOME))
    yes = button("Согласиться", AcceptTap(pair=pair.id))
    return Screen("\n".join(lines), ((yes, button("Отказаться", DeclineTap(pair=pair.id))), _HOME))


def declining(seen: Offer, problem: str = "") -> Screen:
    """Asks why, without insisting."""
    head = f"{escape(problem)}\n\n" if problem else ""
    ready = FOR_MENTOR if seen.leads else FOR_MENTEE
    rows: list[Row] = [
        (button(words, DeclineTap(pair=seen.pair.id, reason=number)),) for number, words in enumerate(ready, 1)
    ]
    rows.append((button(WITHOUT_REASON, DeclineTap(pair=seen.pair.id, reason=len(ready) + 1)),))
    return Screen(
        f"{head}<b>Отказаться от этой пары?</b>\n\n"
        "Отказаться можно без объяснений. Если подскажете причину, следующий вариант подойдёт лучше: выберите или "
        "напишите коротко. Причину увидит только куратор.",
        (*rows, (button("‹ К предложению", OfferTap(pair=seen.pair.id)),)),
    )


def accepted(seen: Offer) -> Screen:
    """The reader has agreed."""
    if seen.pair.state is PairState.PROPOSED:
        other = "педагог" if seen.leads else "наставник"
        return Screen(
            f"<b>Спасибо, согласие записано.</b>\n\nПара сложится, когда согласится и {other}. Напишем вам сразу.",
            ((button("К предложению", OfferTap(pair=seen.pair.id)),), _HOME),
        )
    other_one = seen.mentee if seen.leads else seen.mentor
    whom = escape(other_one.full_name) if other_one is not None else "Ваша пара"
    return Screen(
        f"<b>Пара сложилась!</b>\n{whom}\n\nСогласились оба. Куратор подготовит приказ, а познакомиться и "
        "договориться о первой встрече можно уже сейчас.",
        ((button("Открыть пару", PairTap(pair=seen.pair.id)),), _HOME),
    )


def declined(seen: Offer, *, needless: bool) -> Screen:
    """The reader has declined."""
    if seen.leads:
        text = "Педагогу предложим другого наставника. Если сейчас вам не до новых пар, карточку можно поставить "
        text += "на отдых."
    elif needless:
        text = "Заявка на наставника закрыта. Понадобится помощь, подайте новую."
    else:
        text = "Предложим вам другого наставника, как только найдём. Место в очереди сохранится."
    rows = [(button("Моя карточка", MyCardTap()),) if seen.leads else (button("Моя заявка", RequestTap()),)]
    return Screen(f"<b>Отказ записан.</b>\n\n{text}", (*rows, _HOME))


def over(seen: Offer) -> Screen:
    """One of the two reads that the pair has not come about; nobody is blamed."""
    if seen.leads:
        text = "Эта пара не сложилась. Спасибо, что вы в банке наставников: появится другой педагог, напишем."
        return Screen(text, (_HOME,))
    text = "Эта пара не сложилась, так бывает. Ваша заявка остаётся в очереди, подберём другого наставника."
    if seen.request is None:
        text = "Эта пара не сложилась."
    return Screen(text, ((button("Моя заявка", RequestTap()),), _HOME))


def settled(pair: Pair) -> Screen:
    """One of the two opens an offer that both have agreed to."""
    return Screen("<b>Эта пара уже сложилась.</b>", ((button("Открыть пару", PairTap(pair=pair.id)),), _HOME))


def term_over() -> Screen:
    """The term has passed a moment ago."""
    return Screen("Срок ответа на это предложение прошёл.", (_HOME,))


def kept(seen: Offer) -> Screen:
    """Whoever looks after the pair sees who has answered."""
    pair = seen.pair
    lines = ["<b>Предложенная пара</b>", *_both(seen), ""]
    if pair.state is PairState.PROPOSED:
        lines += [
            f"Наставник: {'согласие есть' if pair.mentor_agreed_at else 'ждём ответа'}.",
            f"Педагог: {'согласие есть' if pair.mentee_agreed_at else 'ждём ответа'}.",
            _until(seen),
        ]
    elif pair.state is PairState.DECLINED:
        lines.append(_ended(pair))
    if pair.reasons:
        score = f", совпадение {pair.score} из 100" if pair.score is not None else ""
        lines += ["", f"<b>Почему эта пара</b>{score}", *_reasons(pair.reasons)]
    rows: list[Row] = []
    if pair.state is PairState.PROPOSED:
        rows.append((button("Отозвать предложение", WithdrawTap(pair=pair.id)),))
    elif pair.live:
        rows.append((button("Открыть пару", PairTap(pair=pair.id)),))
    return Screen("\n".join(lines), (*rows, _to_pairs(pair)))


def withdrawing(seen: Offer) -> Screen:
    """Asks before the proposal is taken back."""
    return Screen(
        "\n".join(
            [
                "<b>Отозвать предложение?</b>",
                *_both(seen),
                "",
                "Оба узнают, что пары не будет. Заявка педагога останется в очереди.",
            ]
        ),
        (
            (button("Отозвать", WithdrawTap(pair=seen.pair.id, sure=True)),),
            (button("‹ К предложению", OfferTap(pair=seen.pair.id)),),
        ),
    )


def nobody_left(seen: Offer, place_id: int) -> Screen:
    """Whoever proposed the pair reads that there is no next choice."""
    lines = ["<b>Пара не сложилась</b>", *_both(seen), "", _ended(seen.pair)]
    if seen.request is not None and seen.mentee is not None:
        lines.append("Следующего по совпадению нет, заявка ждёт дальше. Подберите наставника ещё раз или вручную.")
        rows: tuple[Row, ...] = ((button("К подбору", MatchTap(organisation=place_id)),),)
    else:
        lines.append("Заявка закрыта.")
        rows = ()
    return Screen("\n".join(lines), (*rows, _to_pairs(seen.pair)))


def _ended(pair: Pair) -> str:
    words = {
        EndReason.MENTOR_DECLINED: "Наставник отвечает отказом.",
        EndReason.MENTEE_DECLINED: "Педагог отвечает отказом.",
        EndReason.NO_ANSWER: _silent(pair),
        EndReason.WITHDRAWN: "Предложение отозвано.",
        EndReason.MENTOR_LEFT: "Наставник больше не участвует.",
        EndReason.MENTEE_LEFT: "Педагог больше не участвует.",
    }
    text = words.get(pair.end_reason, "Пара не сложилась.") if pair.end_reason else "Пара не сложилась."
    return f"{text} Причина: «{escape(cut(pair.comment, WORDS_SHOWN))}»." if pair.comment else text


def _silent(pair: Pair) -> str:
    if pair.mentor_agreed_at is not None:
        return "В срок нет ответа педагога."
    return "В срок нет ответа наставника." if pair.mentee_agreed_at is not None else "В срок нет ответа обоих."


def _both(seen: Offer) -> list[str]:
    mentor = escape(seen.mentor.full_name) if seen.mentor is not None else "данные скрыты"
    mentee = escape(seen.mentee.full_name) if seen.mentee is not None else "данные скрыты"
    return [f"Наставник: {mentor}", f"Педагог: {mentee}"]


def _about_mentee(seen: Offer) -> list[str]:
    if seen.mentee is None:
        return []
    about = [seen.mentee.subject, cut(seen.mentee_school, PLACE_SHOWN)]
    if seen.early:
        about.append("молодой специалист")
    lines = [f"<b>{escape(seen.mentee.full_name)}</b>", escape(", ".join(filter(None, about)))]
    if seen.request is not None and seen.request.domains:
        lines.append(f"Нужна помощь: {domains_words(seen.request.domains)}.")
    if seen.request is not None and seen.request.purpose:
        lines.append(f"«{escape(cut(seen.request.purpose, WORDS_SHOWN))}»")
    return lines


def _about_mentor(seen: Offer) -> list[str]:
    if seen.mentor is None:
        return []
    about = [seen.mentor.subject]
    if seen.years is not None:
        about.append(f"стаж {plural(seen.years, 'год', 'года', 'лет')}")
    about += [seen.mentor.category, cut(seen.mentor_school, PLACE_SHOWN)]
    lines = [f"<b>{escape(seen.mentor.full_name)}</b>", escape(", ".join(filter(None, about)))]
    card = seen.card
    if card is not None and card.help_with:
        lines.append(f"Поможет: «{escape(cut(card.help_with, WORDS_SHOWN))}»")
    if card is not None and card.formats:
        lines.append(f"Встречи: {', '.join(FORMAT_TITLES[each].lower() for each in card.formats)}.")
    return lines


def _reasons(reasons: Sequence[str]) -> list[str]:
    return [f"• {escape(words)}" for words in reasons]


def _until(seen: Offer) -> str:
    day = near_date(seen.until, seen.today)
    if seen.pair.holds(seen.reader_id):
        return f"Ответьте, пожалуйста, до <b>{day}</b> включительно."
    return f"Ответы ждём до {day} включительно."


def _to_pairs(pair: Pair) -> Row:
    return (button("‹ Пары", PairListTap(organisation=pair.school_id)), button("Меню", MenuTap()))
