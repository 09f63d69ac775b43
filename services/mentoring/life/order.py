"""What the list of pairs for the director's order says, as plain words.

Nothing of the diagnosis and of what pairs are for is in it: it hangs in the staff room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from services.mentoring.life.ports import PairLine
from services.mentoring.life.wording import FORM_TITLES
from services.mentoring.pair import PairState
from services.mentoring.programs.planning import end_of
from services.mentoring.programs.templates import fitting, shipped
from services.people.early_career import years_now
from services.people.model import Kind, Organisation, Profile, Role
from services.people.names import short_name
from services.people.ports import Member
from services.work import UnitOfWork

_CATEGORIES = {
    "высшая": "высшая категория",
    "первая": "первая категория",
    "соответствие": "соответствие занимаемой должности",
    "нет": "",
}
"""Categories of a roster as a paper names them."""


@dataclass(frozen=True, slots=True)
class OrderPair:
    """A line of the table; what nobody has told is empty."""

    number: str
    mentor: str
    mentor_about: str
    mentee: str
    mentee_about: str
    form: str
    period: str


@dataclass(frozen=True, slots=True)
class OrderSchool:
    """The pairs of one school, whose director signs. `curator_short` is empty where there is no one curator."""

    school: str
    municipality: str
    school_year: str
    curator_short: str
    pairs: tuple[OrderPair, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A page or more for each school; `made_on` is written 22.11.2026."""

    schools: tuple[OrderSchool, ...]
    made_on: str


async def compose(work: UnitOfWork, place: Organisation, today: date, *, active: bool) -> Order:
    """The list of the approved pairs of the school, or of the municipality's schools; with `active` of those that
    work already, too. Schools without such a pair are not in it.
    """
    states = {PairState.APPROVED}
    if active:
        states |= {PairState.ACTIVE, PairState.PAUSED}
    lines = [line for line in await work.pair_lists.of_place(place) if line.state in states]
    made = []
    for school_id, group in groupby(lines, key=lambda line: line.school_id):
        school = await work.organisations.get(school_id)
        if school is not None:
            made.append(await _school(work, school, list(group), today))
    return Order(tuple(made), _date(today))


async def _school(work: UnitOfWork, school: Organisation, lines: Sequence[PairLine], today: date) -> OrderSchool:
    above = await work.organisations.get(school.parent_id) if school.parent_id is not None else None
    members = {member.id: member for member in await work.directory.members(school.id)}
    curators = [member for member in members.values() if Role.CURATOR in member.roles]
    pairs = [await _pair(work, number, line, school, members, today) for number, line in enumerate(lines, start=1)]
    return OrderSchool(
        school=school.name,
        municipality=above.name if above is not None else "",
        school_year=school_year(today),
        curator_short=short_name(curators[0].profile.full_name) if len(curators) == 1 else "",
        pairs=tuple(pairs),
    )


async def _pair(
    work: UnitOfWork,
    number: int,
    line: PairLine,
    school: Organisation,
    members: dict[int, Member],
    today: date,
) -> OrderPair:
    led = members[line.mentee_id].profile if line.mentee_id in members else None
    mentor, elsewhere = await _mentor(work, line.mentor_id, school, members)
    program = await work.programs.get(line.id)
    starts_on = line.started_on
    # One that has not begun gets its program on the day of the order.
    template = fitting(shipped(), led, today)
    ends_on = program.ends_on if program is not None else end_of(template, today)
    since = f"с {_date(starts_on)}" if starts_on is not None else "с даты приказа"
    return OrderPair(
        number=str(number),
        mentor=line.mentor,
        mentor_about=_told(*_post(mentor), *_years(mentor, today), *_category(mentor), elsewhere),
        mentee=line.mentee,
        mentee_about=_told(*_post(led), *_years(led, today)),
        form=FORM_TITLES[line.form],
        period=f"{since} по\N{NO-BREAK SPACE}{_date(ends_on)}",
    )


async def _mentor(
    work: UnitOfWork, mentor_id: int, school: Organisation, members: dict[int, Member]
) -> tuple[Profile | None, str]:
    """The mentor's profile, and their school when it is another one."""
    grants = [grant for grant in await work.directory.grants(mentor_id) if grant.organisation.kind is Kind.SCHOOL]
    taught = [grant.organisation for grant in grants if grant.role is Role.TEACHER]
    taught = taught or [grant.organisation for grant in grants]
    own = members.get(mentor_id)
    if school.id in {each.id for each in taught} and own is not None:
        return own.profile, ""
    for each in taught:
        member = await work.directory.member(each.id, mentor_id)
        if member is not None:
            return member.profile, each.name
    return (own.profile if own is not None else None), ""


def _told(*words: str) -> str:
    return ", ".join(filter(None, words))


def _post(profile: Profile | None) -> list[str]:
    if profile is None:
        return []
    return [profile.position.lower(), profile.subject.lower() if profile.subject else ""]


def _category(profile: Profile | None) -> list[str]:
    category = profile.category.lower() if profile is not None else ""
    return [_CATEGORIES.get(category, category)]


def _years(profile: Profile | None, today: date) -> list[str]:
    years = years_now(profile, today) if profile is not None else None
    if years is None:
        return []
    return ["стаж менее года" if years == 0 else f"стаж {_years_words(years)}"]


def _years_words(years: int) -> str:
    if 11 <= years % 100 <= 14 or not 1 <= years % 10 <= 4:
        return f"{years}\N{NO-BREAK SPACE}лет"
    return f"{years}\N{NO-BREAK SPACE}{'год' if years % 10 == 1 else 'года'}"


def school_year(today: date) -> str:
    """«2026/2027»: until the end of June it is still the year that began in September."""
    first = today.year if today.month >= 7 else today.year - 1
    return f"{first}/{first + 1}"


def _date(day: date) -> str:
    return f"{day:%d.%m.%Y}"
