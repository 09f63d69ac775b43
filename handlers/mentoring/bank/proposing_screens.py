"""Inviting somebody of a school to become a mentor."""

from html import escape

from handlers.mentoring.bank.taps import ProposeTap, ProposeToTap, QueueTap
from handlers.menu.screens import to_menu
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.people.ports import Member

HEADING = "Кого пригласить в наставники"
EMPTY = "Приглашать некого: все, кто есть в боте, уже в банке или получили приглашение."


def back(place: Organisation) -> Row:
    return (button("‹ К карточкам", QueueTap(organisation=place.id)), to_menu())


def sure(place: Organisation, member: Member) -> Screen:
    """Whether to invite them."""
    return Screen(
        f"<b>Пригласить в наставники?</b>\n\n{escape(member.profile.full_name)}, {escape(place.name)}\n\n"
        "Придёт сообщение с предложением заполнить карточку. Можно и отказаться.",
        (
            (button("Пригласить", ProposeToTap(organisation=place.id, person=member.id, sure=True)),),
            (button("‹ Не приглашать", ProposeTap(organisation=place.id)),),
        ),
    )


def proposed(place: Organisation, member: Member) -> Screen:
    return Screen(
        f"Приглашение отправлено: {escape(member.profile.full_name)}.",
        ((button("Пригласить ещё", ProposeTap(organisation=place.id)),), back(place)),
    )
