"""Phrases about campaigns that several screens share."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.ui.russian import form, long_date, plural
from services.campaigns.model import Audience, Campaign, State
from services.diagnostics.instrument import Instrument, Privacy
from services.people.model import Organisation, Role

ROLES = {Role.TEACHER: "педагоги", Role.MENTOR: "наставники", Role.CURATOR: "кураторы"}
"""Whom a campaign may be for."""

NAMED_AT_MOST = 3


def people_words(number: int) -> str:
    return plural(number, "человек", "человека", "человек")


def days_words(number: int) -> str:
    return plural(number, "день", "дня", "дней")


def until(ends_on: date) -> str:
    return f"до {long_date(ends_on)}".rstrip(".") + "."


def audience_words(audience: Audience, organisation: Organisation, schools: Sequence[Organisation]) -> str:
    """«педагоги; только молодые; 3 школы; математика»; escaped."""
    parts = [", ".join(title for role, title in ROLES.items() if role in audience.roles)]
    if audience.early_career:
        parts.append("только молодые педагоги")
    if not schools:
        parts.append(organisation.name)
    elif not audience.schools:
        parts.append("все школы")
    else:
        names = [school.name for school in schools if school.id in audience.schools]
        few = len(names) <= NAMED_AT_MOST
        parts.append(", ".join(names) if few else plural(len(names), "школа", "школы", "школ"))
    if audience.subjects:
        few = len(audience.subjects) <= NAMED_AT_MOST
        count = plural(len(audience.subjects), "предмет", "предмета", "предметов")
        parts.append(", ".join(audience.subjects) if few else count)
    return escape("; ".join(parts))


def term_words(campaign: Campaign, today: date) -> str:
    """The state of a launched campaign with what is left of its term."""
    if campaign.state is State.CLOSED:
        return "Закрыта"
    left = (campaign.ends_on - today).days
    if left <= 0:
        return f"Идёт {until(campaign.ends_on)} Сегодня последний день"
    verb = form(left, "остался", "осталось", "осталось")
    return f"Идёт {until(campaign.ends_on)} {verb.capitalize()} {days_words(left)}"


def who_sees(instrument: Instrument, *, anonymous: bool, min_group: int) -> str:
    """Who will see what of the answers."""
    if anonymous:
        return (
            "Опрос анонимный: после последнего вопроса ответы отвязываются от вас, и узнать, чьи они, нельзя. "
            "Куратору и методисту видно, кто ещё не ответил, и общие цифры по всем вместе."
        )
    if instrument.privacy is Privacy.OFFICIAL:
        return "Это сведения о школе, а не о вас: их увидят куратор и методист."
    own = "Ваш результат видите только вы." if instrument.scales else "Ваши ответы видите только вы."
    return (
        f"{own} В отчётах — общие цифры групп от {from_people(min_group)}. "
        "Куратору и методисту видно, кто ещё не ответил, но не ответы."
    )


def from_people(number: int) -> str:
    """«5 человек», as it stands after «от»."""
    return plural(number, "человека", "человек", "человек")
