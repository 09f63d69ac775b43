"""A municipality with so many people, routes, pairs, events and tests as a test of reports asks for."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, insert

from services.diagnostics.library import Library
from services.diagnostics.loading import load_instruments
from services.iom.model import Form, RouteState, StepState
from services.mentoring.policy import MentoringPolicy
from services.people.model import Kind, Organisation, Role
from services.reporting.facts import Basis
from services.reporting.indicators.registry import registry
from services.reporting.periods import year_of
from services.reporting.statement.codec import from_json, to_json
from services.reporting.statement.composing import compose
from services.reporting.statement.model import PlaceFigures, Statement
from services.reporting.statement.wording import change_words, figure_words, plan_words
from storage.mentoring_tables import mentor_seats, pairs
from storage.reporting_tables import events
from storage.tables import consents, iom_routes, iom_steps, people, roles, survey_sessions
from storage.unit_of_work import StoredWork
from tests.storage.residents import CONSENT

LONG_AGO = datetime(2024, 9, 2, tzinfo=UTC)
YOUNG, EXPERIENCED = 1997, 1970
YEAR = year_of(date(2026, 11, 24))


@cache
def basis() -> Basis:
    """What reports of 24 November 2026 rest on."""

    async def no_wording(number: int) -> Any:
        raise LookupError(number)

    return Basis(
        consent=CONSENT,
        min_group=5,
        zone=ZoneInfo("Europe/Moscow"),
        library=Library(load_instruments().values(), no_wording),
        mentoring=MentoringPolicy(),
        now=datetime(2026, 11, 24, 7, tzinfo=UTC),
    )


class Roster:
    """A municipality that the test fills with rows."""

    def __init__(self, work: StoredWork, connection: Any, place: Organisation, schools: Sequence[int]) -> None:
        self.work, self._connection, self.place, self.schools = work, connection, place, schools
        self._ids: Iterator[int] = count(place.id * 10_000)

    async def put(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        await self._connection.execute(insert(table), list(rows))

    async def settle(self, number: int, role: Role, birth_year: int = EXPERIENCED) -> list[int]:
        """So many people who have agreed and registered, spread over the schools, with the role there."""
        ids = [next(self._ids) for _ in range(number)]
        told = {"full_name": "Педагог", "position": "Учитель", "subject": "", "birth_year": birth_year}
        joined = {"created_at": LONG_AGO, "registered_at": LONG_AGO}
        await self.put(people, [{"id": one, **told, **joined} for one in ids])
        agreed = {"version": CONSENT, "given_at": LONG_AGO}
        await self.put(consents, [{"person_id": one, **agreed} for one in ids])
        await self.put(
            roles,
            [
                {
                    "id": one,
                    "person_id": one,
                    "role": role.value,
                    "organisation_id": self.schools[at % len(self.schools)],
                    "granted_at": LONG_AGO,
                }
                for at, one in enumerate(ids)
            ],
        )
        return ids

    async def leave(self, gone: Sequence[int]) -> None:
        await self._connection.execute(delete(roles).where(roles.c.person_id.in_(gone)))

    async def routes(self, walkers: Sequence[int], agreed_at: datetime, done: int) -> None:
        """A route with a course for each; so many of the courses are confirmed."""
        await self.put(
            iom_routes,
            [
                {
                    "id": one,
                    "person_id": one,
                    "school_id": self.schools[at % len(self.schools)],
                    "kind": "deficits",
                    "state": RouteState.ACTIVE.value,
                    "deficits": [],
                    "reflection": {},
                    "created_at": agreed_at,
                    "submitted_at": agreed_at,
                    "agreed_at": agreed_at,
                }
                for at, one in enumerate(walkers)
            ],
        )
        await self.put(
            iom_steps,
            [
                {
                    "route_id": one,
                    "domain": "subject",
                    "title": "Курс",
                    "form": Form.COURSE.value,
                    "due_on": date(2027, 3, 1),
                    "agreed": True,
                    "state": (StepState.CONFIRMED if at < done else StepState.PLANNED).value,
                    "done_at": agreed_at if at < done else None,
                    "confirmed_at": agreed_at if at < done else None,
                }
                for at, one in enumerate(walkers)
            ],
        )

    async def pair_each_school(self) -> None:
        mentors = await self.settle(len(self.schools), Role.MENTOR)
        mentees = await self.settle(len(self.schools), Role.TEACHER, YOUNG)
        await self.put(mentor_seats, [{"mentor_id": one, "number": 1} for one in mentors])
        await self.put(
            pairs,
            [
                {
                    "mentor_id": mentor,
                    "mentee_id": mentee,
                    "school_id": school,
                    "form": "teacher_teacher",
                    "state": "active",
                    "seat": 1,
                    "reasons": [],
                    "proposed_at": LONG_AGO,
                    "answer_by": LONG_AGO,
                    "approved_at": LONG_AGO,
                    "started_on": date(2026, 10, 1),
                }
                for mentor, mentee, school in zip(mentors, mentees, self.schools, strict=True)
            ],
        )

    async def hold(self, days: Sequence[date]) -> None:
        event = {"kind": "seminar", "title": "Семинар", "audience": "everybody", "state": "held"}
        of_place = {"organisation_id": self.place.id, "created_at": LONG_AGO}
        await self.put(events, [{**event, **of_place, "held_on": day} for day in days])

    async def finish(self, takers: Sequence[int], instrument: str, answers: str, at: datetime) -> None:
        """All of them have finished the test at that moment, outside campaigns, with these answers."""
        taken = {"instrument": instrument, "version": "1", "answers": answers, "position": 0, "state": "finished"}
        times = {"started_at": at, "updated_at": at, "finished_at": at}
        await self.put(survey_sessions, [{"person_id": one, **taken, **times} for one in takers])

    async def statement(self, rests_on: Basis) -> Statement:
        statement = await compose(self.work, rests_on, self.place, YEAR)
        assert from_json(to_json(statement)) == statement
        return statement


async def founded(connection: Any, schools: int, name: str = "Район") -> Roster:
    work = StoredWork(connection)
    place = await work.organisations.add(Kind.MUNICIPALITY, name, None)
    made = [await work.organisations.add(Kind.SCHOOL, f"Школа № {n + 1}", place.id) for n in range(schools)]
    return Roster(work, connection, place, [school.id for school in made])


def told(place: PlaceFigures, code: str) -> str:
    """The figure with its change and its plan, in ordinary spaces."""
    indicator, figure = registry().of(code), place.figures[code]
    words = [figure_words(indicator, figure, 5), change_words(indicator, figure), plan_words(indicator, figure)]
    return "; ".join(filter(None, words)).replace("\N{NO-BREAK SPACE}", " ")
