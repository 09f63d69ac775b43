"""A random district, and its reports counted in plain Python."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.reporting.groups.ports import Participation

MUNICIPALITIES = 2
SCHOOLS_EACH = 3
SCHOOLS = MUNICIPALITIES * SCHOOLS_EACH


@dataclass(frozen=True, slots=True)
class Test:
    """A finished test, and which it is."""

    __test__ = False

    answers: str
    instrument: str = "boyko"
    version: str = "1"
    year: int = 2026

    @property
    def taken_at(self) -> datetime:
        """In the school year that begins in `year`."""
        return datetime(self.year, 9, 1, 9, 30, 15, 123456, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody who wrote to the bot: where they teach, in the order of joining, and what they did."""

    teaches_in: tuple[int, ...]
    curates: int | None
    registered: bool
    stopped_before: bool
    finished: tuple[Test, ...]
    open_test: bool
    revoked: bool

    def counts_in(self, school: int) -> bool:
        """In the school joined first, and only there."""
        return self.registered and not self.revoked and self.teaches_in[:1] == (school,)

    def latest(self) -> str | None:
        """Answers of the last finished test of the version and the school year that the report is about."""
        about = ("boyko", "1", 2026)
        sheets = [test.answers for test in self.finished if (test.instrument, test.version, test.year) == about]
        return sheets[-1] if sheets else None


@dataclass(frozen=True, slots=True)
class District:
    """Schools 0 to 5, three in each of two municipalities; invites are (school, for teachers, seats)."""

    people: list[Inhabitant]
    invites: list[tuple[int, bool, int]] = field(default_factory=list)

    def participation(self, school: int, school_id: int, name: str) -> Participation:
        teachers = [person for person in self.people if person.counts_in(school)]
        finished = [person for person in teachers if person.latest() is not None]
        return Participation(
            school_id=school_id,
            school=name,
            invited=sum(seats for place, for_teachers, seats in self.invites if for_teachers and place == school),
            registered=len(teachers),
            finished=len(finished),
            in_progress=sum(person.open_test for person in teachers if person.latest() is None),
            waiting=len(finished),
        )

    def sheets(self, school: int) -> list[str]:
        """Sorted, for they carry no names."""
        teachers = [person for person in self.people if person.counts_in(school)]
        return sorted(sheet for person in teachers if (sheet := person.latest()) is not None)
