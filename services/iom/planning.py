"""The plan of routes of a school year, and how far it is carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from services.iom.counting import SchoolCounts
from services.natural_order import natural
from services.reporting import target_parsing
from services.reporting.shares import NO_DATA, share
from services.reporting.target import Target
from services.reporting.target_parsing import WHOLE, Counted

INDICATOR = "iom.developed"
"""The indicator of reports that is planned here."""
ROUTES = Counted("маршрутов", ("маршрут", "иом"), "педагогов")
"""What is planned here, in words."""


class Standing(StrEnum):
    """How the fact compares with the plan."""

    ABOVE = "above"
    EVEN = "even"
    BELOW = "below"


STANDINGS = {
    Standing.ABOVE: "выше плана",
    Standing.EVEN: "план выполнен",
    Standing.BELOW: "ниже плана",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A school with the plan that is in force for it, if any."""

    school: SchoolCounts
    target: Target | None


def completion(target: Target, done: int, teachers: int) -> Fraction | None:
    """The part of the plan that is done, 1 for all of it; None where nobody could be planned for."""
    planned = _planned(target, teachers)
    return Fraction(done) / planned if planned else None


def missing(target: Target, done: int, teachers: int) -> int:
    """How many routes more the plan takes; 0 when it is carried out."""
    return max(0, ceil(_planned(target, teachers)) - done)


def standing(target: Target, done: int, teachers: int) -> Standing | None:
    """How the fact compares with the plan; None where nobody could be planned for."""
    part = completion(target, done, teachers)
    if part is None:
        return None
    if part == 1:
        return Standing.EVEN
    return Standing.ABOVE if part > 1 else Standing.BELOW


def in_force(own: Target | None, above: Target | None) -> Target | None:
    """The plan of a school: its own, else the municipality's if that is a share, which holds in every school."""
    return own or (above if above is not None and above.share is not None else None)


def by_need(schools: Sequence[Planned]) -> list[Planned]:
    """Schools that need attention first: by overdue routes, then those to agree to, then what the plan lacks."""

    def key(one: Planned) -> tuple[int, int, bool, Fraction, list[tuple[int, str]]]:
        counts, total = one.school.counts, one.school.counts.total
        # Without a plan schools compare by the share of their teachers.
        part = completion(one.target or Target(share=WHOLE), counts.developed, counts.teachers)
        return -total.overdue, -total.waiting, part is None, part or Fraction(0), natural(one.school.school)

    return sorted(schools, key=key)


def against_plan(target: Target, done: int, teachers: int) -> str:
    """The fact against the plan: «100 % плана», «8,0 %, выше плана», «нет данных»."""
    found = standing(target, done, teachers)
    if found is None:
        return NO_DATA
    if target.number is not None:
        return f"{share(done, target.number)} плана"
    return f"{share(done, teachers)}, {STANDINGS[found]}"


def target_words(target: Target) -> str:
    """The plan as people write it: «36», «5 %», «2,5 %»."""
    if target.share is None:
        return str(target.number)
    whole, tenths = divmod(target.share, 10)
    return f"{whole}{f',{tenths}' if tenths else ''}\N{NO-BREAK SPACE}%"


def parsed_target(text: str) -> Target:
    """A plan from words: «36», «36 маршрутов», «5 %», «2,5 процента». Raises Unclear."""
    return target_parsing.parsed_target(text, ROUTES)


def _planned(target: Target, teachers: int) -> Fraction:
    if target.share is not None:
        return Fraction(target.share * teachers, WHOLE)
    return Fraction(target.number or 0)
