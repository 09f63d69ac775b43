"""A pair is gone with the data of one of the two: told to the other one and to whoever looks after it."""

from html import escape

from handlers.iom.words import cut
from handlers.mentoring.taps import MatchTap, MentoringTap, RequestsTap, RequestTap
from handlers.menu.screens import to_menu
from handlers.ui.screen import Screen, button
from services.people.model import Organisation

SCHOOL_SHOWN = 80


def mentor_gone(*, live: bool, waits: bool) -> Screen:
    """For the mentee; `waits`: they have an open request."""
    if live:
        text = "Ваш наставник удалил свои данные из бота, поэтому пара закрыта."
    else:
        text = "Пара не состоится: педагог, которого вам предложили в наставники, удалил свои данные из бота."
    if waits:
        text += "\n\nВаша заявка в очереди, время ожидания сохранилось: куратор подберёт другого наставника."
    else:
        text += "\n\nЕсли наставник ещё нужен, подайте заявку или скажите куратору."
    request = button("Моя заявка" if waits else "Попросить наставника", RequestTap())
    return Screen(text, ((request,), (button("Наставничество", MentoringTap()), to_menu())))


def mentee_gone(*, live: bool) -> Screen:
    """For the mentor."""
    if live:
        text = "Ваш наставляемый удалил свои данные из бота, поэтому пара закрыта, а её встреч больше нет в боте."
        text += "\n\nСпасибо за вашу работу! Место для другого педагога снова свободно."
    else:
        text = "Пара не состоится: педагог, которого вам предложили, удалил свои данные из бота."
        text += "\n\nМесто для другого педагога снова свободно."
    return Screen(text, ((button("Наставничество", MentoringTap()), to_menu()),))


def mentee_waits(mentee: str, school: Organisation, *, live: bool, waits: bool) -> Screen:
    """For whoever looks after the mentee, whose mentor is gone."""
    place = escape(cut(school.name, SCHOOL_SHOWN))
    ended = "пара закрыта" if live else "предложенная пара не состоится"
    text = f"Наставник удалил свои данные из бота, {ended}.\n\nБез наставника: <b>{escape(mentee)}</b>, {place}."
    if waits:
        text += " Заявка педагога снова в очереди: подберите другого наставника."
        way = button("Подобрать наставника", MatchTap(organisation=school.id))
    else:
        text += " Заявки у педагога нет: откройте её, если наставник ещё нужен."
        way = button("Кто ждёт наставника", RequestsTap(organisation=school.id))
    return Screen(text, ((way,), (button("Наставничество", MentoringTap()), to_menu())))
