"""Invented routes, pairs and campaigns of the teachers of `benchmarks.population`, put into a database in bulk."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert

from benchmarks.population import CHUNK, DAY, SCHOOLS
from services.diagnostics.instrument import Instrument
from services.iom.model import Form, RouteKind, RouteState, StepState
from services.mentoring.meetings.meeting import MeetingForm, MeetingState
from services.mentoring.pair import PairForm, PairState
from services.people.model import Role
from storage.database import Database
from storage.mentoring_tables import meetings, mentee_requests, mentor_seats, pair_stages, pairs
from storage.tables import campaign_people, campaigns, iom_routes, iom_steps, roles, survey_sessions

STEPS_EACH = 4
MEETINGS_EACH = 10
PEOPLE_A_PAIR = 20
"""Every so-manieth teacher has a mentor, who is the next one."""
SECOND_SCHOOL = 50
"""Every so-manieth teacher teaches in another school, too."""
MENTORS, SECOND = 1_000_000, 2_000_000
"""What ids of further roles and tests begin after."""
CAMPAIGN = 1
TODAY = DAY.date()
_LAUNCHED = DAY - timedelta(days=60)


async def accompany(database: Database, first: int, last: int, asked: Instrument, answers: str) -> None:
    """Routes for every other teacher, pairs, and a campaign that all are asked in and half have finished.

    Teachers are those with numbers from `first` to `last`; `answers` are a finished sheet of `asked`.
    """
    if first == 1:
        await _launch(database, asked)
    for start in range(first, last + 1, CHUNK):
        numbers = range(start, min(start + CHUNK, last + 1))
        await _route(database, [number for number in numbers if number % 2])
        await _pair(database, [number for number in numbers if number % PEOPLE_A_PAIR == 0])
        await _ask(database, numbers, asked, answers)


async def _launch(database: Database, asked: Instrument) -> None:
    async with database.write() as connection:
        row = {"id": CAMPAIGN, "organisation_id": 1, "instrument": asked.id, "title": "Кампания", "audience": {}}
        row |= {"state": "running", "ends_on": TODAY, "created_at": _LAUNCHED, "launched_at": _LAUNCHED}
        await connection.execute(insert(campaigns), [row])
        await connection.commit()


async def _route(database: Database, numbers: list[int]) -> None:
    def route(number: int) -> dict[str, object]:
        began = _ago(number)
        closed = number % 3 == 0
        return {
            "id": number,
            "person_id": number,
            "school_id": _school(number),
            "kind": (RouteKind.GROWTH if number % 5 == 0 else RouteKind.DEFICITS).value,
            "state": (RouteState.CLOSED if closed else RouteState.ACTIVE).value,
            "deficits": [],
            "reflection": {},
            "created_at": began,
            "submitted_at": began,
            "agreed_at": began,
            "closed_at": DAY - timedelta(days=number % 30) if closed else None,
        }

    def step(number: int, each: int) -> dict[str, object]:
        done = (number + each) % 3 == 0
        return {
            "route_id": number,
            "domain": "",
            "title": "Шаг",
            "form": (Form.COURSE if each == 0 else Form.WEBINAR).value,
            "due_on": TODAY + timedelta(days=(number + 40 * each) % 120 - 20),
            "state": (StepState.CONFIRMED if done else StepState.PLANNED).value,
            "agreed": True,
            "done_at": DAY - timedelta(days=number % 90) if done else None,
            "confirmed_at": DAY - timedelta(days=number % 90) if done else None,
        }

    async with database.write() as connection:
        await connection.execute(insert(iom_routes), [route(number) for number in numbers])
        await connection.execute(insert(iom_steps), [step(n, each) for n in numbers for each in range(STEPS_EACH)])
        await connection.commit()


async def _pair(database: Database, numbers: list[int]) -> None:
    def pair(number: int) -> dict[str, object]:
        return {
            "id": number,
            "mentor_id": number - 1,
            "mentee_id": number,
            "seat": 1,
            "school_id": _school(number),
            "request_id": number,
            "form": PairForm.TEACHER_TEACHER.value,
            "state": PairState.ACTIVE.value,
            "reasons": [],
            "proposed_at": _ago(number),
            "answer_by": _ago(number),
            "approved_at": _ago(number),
            "started_on": _ago(number).date(),
            "last_met_on": _met(number, 0),
        }

    request = {"state": "paired", "domains": [], "formats": [], "waits_since": DAY}
    mentor = {"role": Role.MENTOR.value, "granted_at": DAY}
    async with database.write() as connection:
        await connection.execute(
            insert(roles),
            [{"id": MENTORS + n, "person_id": n - 1, "organisation_id": _school(n), **mentor} for n in numbers],
        )
        await connection.execute(insert(mentor_seats), [{"mentor_id": n - 1, "number": 1} for n in numbers])
        await connection.execute(
            insert(mentee_requests),
            [
                {
                    "id": n,
                    "person_id": n,
                    "school_id": _school(n),
                    "created_at": _ago(n),
                    **request,
                }
                for n in numbers
            ],
        )
        await connection.execute(insert(pairs), [pair(number) for number in numbers])
        await connection.execute(
            insert(pair_stages),
            [
                {"pair_id": n, "number": stage, "ends_on": TODAY + timedelta(days=60 * stage), "done_on": None}
                for n in numbers
                for stage in (1, 2, 3)
            ],
        )
        await connection.execute(
            insert(meetings),
            [
                {
                    "pair_id": n,
                    "state": (MeetingState.LOGGED if (n + each) % 4 == 0 else MeetingState.CONFIRMED).value,
                    "held_on": _met(n, each),
                    "minutes": 45,
                    "form": MeetingForm.CONSULTATION.value,
                    "logged_at": DAY,
                }
                for n in numbers
                for each in range(MEETINGS_EACH)
            ],
        )
        await connection.commit()


async def _ask(database: Database, numbers: range, asked: Instrument, answers: str) -> None:
    test = {"instrument": asked.id, "version": asked.version, "answers": answers, "state": "finished"}
    test |= {"campaign_id": CAMPAIGN, "started_at": DAY, "updated_at": DAY, "finished_at": DAY}
    async with database.write() as connection:
        await connection.execute(
            insert(campaign_people),
            [
                {"campaign_id": CAMPAIGN, "person_id": n, "school_id": _school(n), "finished": n % 2 == 0}
                for n in numbers
            ],
        )
        await connection.execute(
            insert(survey_sessions), [{"id": SECOND + n, "person_id": n, **test} for n in numbers if n % 2 == 0]
        )
        second = {"role": Role.TEACHER.value, "granted_at": DAY}
        await connection.execute(
            insert(roles),
            [
                {"id": SECOND + n, "person_id": n, "organisation_id": _school(n + 1), **second}
                for n in numbers
                if n % SECOND_SCHOOL == 0
            ],
        )
        await connection.commit()


def _school(number: int) -> int:
    return 2 + number % SCHOOLS


def _ago(number: int) -> datetime:
    return DAY - timedelta(days=20 + number % 360)


def _met(number: int, each: int) -> date:
    return TODAY - timedelta(days=number % 9 + 9 * each)
