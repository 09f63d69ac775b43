"""What a person tells when registering, how each answer is checked, and what registering does."""

import re
from datetime import datetime

from services.people.model import Kind, Person, Profile
from services.work import UnitOfWork

OLDEST = 90
YOUNGEST = 17
LONGEST_CAREER = 70
NAME_LIMIT = 100
FIELD_LIMIT = 80

_NAME = re.compile(r"[А-ЯЁа-яёA-Za-z][А-ЯЁа-яёA-Za-z'’\-. ]*")
_NUMBER = re.compile(r"\d{1,4}")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](\d{4})(?:\s.*)?|(\d{4})-\d{1,2}-\d{1,2}(?:[\sT].*)?")


class Unclear(ValueError):  # noqa: N818 - it is a question back to the person, not a failure
    """The answer cannot be taken; the message says in Russian how to mend it."""


async def register(work: UnitOfWork, person: Person, profile: Profile, now: datetime) -> None:
    """Keep what the person told. What a roster of their school holds of them becomes theirs."""
    schools = [grant.organisation.id for grant in person.grants if grant.organisation.kind is Kind.SCHOOL]
    if schools and profile.birth_year is not None:
        twin = await work.people.unclaimed(schools, profile.full_name, profile.birth_year)
        if twin is not None:
            await work.people.absorb(person.id, twin)
            await work.invites.revoke_personal(person.id, now)
    await work.people.save_profile(person.id, profile, now)


def full_name(text: str) -> str:
    """Surname, name and patronymic with single spaces. Raises Unclear."""
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        raise Unclear("Получилось слишком длинно. Напишите только фамилию, имя и отчество.")
    if not _NAME.fullmatch(name):
        raise Unclear("Напишите фамилию, имя и отчество буквами, например: Иванова Мария Петровна.")
    if " " not in name:
        raise Unclear("Нужны хотя бы фамилия и имя, например: Иванова Мария.")
    if name.islower() or name.isupper():
        name = re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), name)
    return name


def short_field(text: str) -> str:
    """A position or a subject in the person's own words. Raises Unclear."""
    value = " ".join(text.split())
    if len(value) > FIELD_LIMIT:
        raise Unclear(f"Уместите, пожалуйста, в {FIELD_LIMIT} знаков: хватит одного-двух слов.")
    if not any(letter.isalpha() for letter in value):
        raise Unclear("Напишите, пожалуйста, словами.")
    return value


def years_of_work(text: str, birth_year: int | None = None, this_year: int | None = None) -> int:
    """Whole years of teaching, 0 for the first year. Raises Unclear."""
    number = _whole(text, "Напишите стаж числом полных лет, например: 12. Если это первый год, напишите 0.")
    if number > LONGEST_CAREER:
        raise Unclear(f"Стаж {number} — похоже на опечатку. Напишите число полных лет, например: 12.")
    if birth_year is not None and this_year is not None and number > this_year - birth_year - YOUNGEST + 1:
        raise Unclear("Стаж не сходится с годом рождения. Проверьте, пожалуйста, число лет.")
    return number


def birth_year(text: str, this_year: int, years_of_work: int | None = None) -> int:
    """The year of birth, four digits; only the year is kept of a whole date. Raises Unclear."""
    day = _DATE.fullmatch(text.strip())
    year = _whole((day[1] or day[2]) if day else text, "Напишите год рождения четырьмя цифрами, например: 1976.")
    if not this_year - OLDEST <= year <= this_year - YOUNGEST:
        raise Unclear(f"Год {year} похож на опечатку. Напишите год рождения четырьмя цифрами, например: 1976.")
    if years_of_work is not None and years_of_work > this_year - year - YOUNGEST + 1:
        raise Unclear("Год рождения не сходится со стажем. Проверьте год или вернитесь к стажу кнопкой «Назад».")
    return year


def _whole(text: str, mend: str) -> int:
    """The only number in the text ("12 лет" is fine)."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or "-" in text.split(numbers[0])[0]:
        raise Unclear(mend)
    return int(numbers[0])
