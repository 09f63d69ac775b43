"""An info card in words, for every screen that shows one."""

from collections.abc import Iterable
from datetime import date
from html import escape

from handlers.iom.words import domains_words
from handlers.people.member_screens import profile_lines
from handlers.ui.russian import plural
from services.mentoring.bank.card import DOMAINS, FORMAT_TITLES, BankCard, Card, CardState, MeetFormat
from services.people.model import Profile

NAMELESS = "Без имени"
CARD_STATES = {
    CardState.PROPOSED: "вам предложили стать наставником",
    CardState.DRAFT: "черновик, виден только вам",
    CardState.OFFERED: "отправлена, ждёт решения",
    CardState.APPROVED: "в банке наставников",
    CardState.RETURNED: "возвращена, нужно доработать",
    CardState.RESTING: "в банке, новых наставляемых не предлагаем",
}
"""States as the card's owner reads them."""


def listed_domains(codes: Iterable[str]) -> str:
    """«методические и цифровые компетенции»; empty for none. What has gone from the instrument is left out."""
    return domains_words(tuple(code for code in codes if code in DOMAINS))


def listed_formats(formats: Iterable[MeetFormat]) -> str:
    """«очно в своей школе, онлайн»; empty for none."""
    return ", ".join(FORMAT_TITLES[each][0].lower() + FORMAT_TITLES[each][1:] for each in formats)


def mentees(number: int) -> str:
    """«3 наставляемых»."""
    return plural(number, "наставляемый", "наставляемых", "наставляемых")


def places(seen: BankCard) -> str:
    """How many mentees the mentor can take now."""
    if seen.card.state is CardState.RESTING:
        return "сейчас новых не берёт"
    return f"{plural(seen.free, 'место', 'места', 'мест')} из {seen.card.capacity}" if seen.free else "мест нет"


def about_owner(profile: Profile, school: str, today: date) -> list[str]:
    """The name with what the profile tells, escaped."""
    return [
        f"<b>{escape(profile.full_name or NAMELESS)}</b>",
        escape(school),
        *profile_lines(profile, today),
    ]


def about_help(card: Card) -> list[str]:
    """What the mentor offers, escaped; what is not told is left out."""
    told = (
        ("Сильные стороны", listed_domains(card.strengths)),
        ("С чем поможет", card.help_with),
        ("Как встречаться", listed_formats(card.formats)),
        ("Когда удобно", card.times),
    )
    lines = [f"<b>{title}</b>: {escape(words)}" for title, words in told if words]
    if card.reaches_out:
        lines.append("Берёт наставляемых и из других школ района.")
    if card.prefers_early:
        lines.append("Охотнее работает с молодыми специалистами.")
    return lines
