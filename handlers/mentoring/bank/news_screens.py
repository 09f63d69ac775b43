"""What is told later of cards and requests."""

from datetime import date
from html import escape

from handlers.mentoring.bank.taps import ApproveCardTap, ReturnCardTap
from handlers.mentoring.bank.words import about_help, about_owner, listed_domains
from handlers.mentoring.requests.taps import OneRequestTap
from handlers.mentoring.taps import CardTap, MatchTap, MyCardTap, RequestsTap, RequestTap
from handlers.ui.screen import Screen, button
from services.mentoring.bank.card import BankCard, Card
from services.mentoring.requests.request import Request
from services.people.model import Organisation


def to_decide(seen: BankCard, today: date) -> Screen:
    """A card waits for the reader's decision."""
    card = seen.card
    lines = ["<b>Новая карточка наставника</b>", "", *about_owner(seen.profile, seen.school.name, today), ""]
    lines += [*about_help(card), f"<b>Сколько человек возьмёт</b>: {card.capacity}"]
    decide = {"person": card.person_id, "turn": card.turn}
    return Screen(
        "\n".join(lines),
        (
            (button("Принять в банк", ApproveCardTap(**decide)),),
            (button("Вернуть", ReturnCardTap(**decide)), button("Открыть", CardTap(person=card.person_id))),
        ),
    )


def approved() -> Screen:
    return Screen(
        "<b>Вы в банке наставников</b>\n\nКарточку приняли. Когда вам предложат наставляемого, придёт сообщение: "
        "согласиться или отказаться решаете вы.",
        ((button("Моя карточка", MyCardTap()),),),
    )


def returned(card: Card) -> Screen:
    return Screen(
        "<b>Карточку наставника просят доработать</b>\n\n"
        f"Комментарий: {escape(card.comment)}\n\nВсё, что вы написали, на месте. Поправьте и отправьте снова.",
        ((button("Открыть карточку", MyCardTap()),),),
    )


def proposed(school: str) -> Screen:
    return Screen(
        "<b>Вас приглашают в наставники</b>\n\n"
        f"{escape(school)} предлагает вам поддержать коллег. Если согласны, заполните короткую карточку: в чём вы "
        "сильны и с чем поможете. Если сейчас не время, откажитесь там же.",
        ((button("Открыть карточку", MyCardTap()),),),
    )


def new_request(request: Request, mentee: str, school: Organisation) -> Screen:
    """A teacher of the reader's school waits for a mentor."""
    lines = ["<b>Новая заявка на наставника</b>", "", f"{escape(mentee)}, {escape(school.name)}"]
    if domains := listed_domains(request.domains):
        lines.append(f"<b>Направления</b>: {domains}")
    if request.purpose:
        lines.append(f"<b>С чем помочь</b>: {escape(request.purpose)}")
    return Screen(
        "\n".join(lines),
        (
            (button("Открыть заявку", OneRequestTap(request=request.id)),),
            (
                button("Все заявки", RequestsTap(organisation=school.id)),
                button("Подобрать пары", MatchTap(organisation=school.id)),
            ),
        ),
    )


def asked_for_you() -> Screen:
    """Somebody has asked for a mentor in the reader's stead."""
    return Screen(
        "<b>Для вас ищут наставника</b>\n\nЗаявку подал за вас тот, кто отвечает за наставничество в школе. "
        "Её можно дополнить или отозвать.",
        ((button("Моя заявка", RequestTap()),),),
    )
