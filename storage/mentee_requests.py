"""Requests for a mentor, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.bank.card import MeetFormat
from services.mentoring.requests.request import ASKING, Request, RequestState, Unasked
from services.people.model import Kind, Organisation, Profile, Role
from storage.conflict import insertion
from storage.mentoring_tables import mentee_requests, pairs
from storage.reachable import agrees
from storage.tables import organisations, people, roles


class RequestTable:
    """`services.mentoring.requests.ports.RequestStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, request_id: int) -> Request | None:
        return await self._one(select(mentee_requests).where(mentee_requests.c.id == request_id))

    async def open_of(self, person_id: int) -> Request | None:
        return await self._of(person_id, RequestState.OPEN)

    async def draft_of(self, person_id: int) -> Request | None:
        return await self._of(person_id, RequestState.DRAFT)

    async def waiting(self, place: Organisation) -> Sequence[Request]:
        query = (
            select(mentee_requests)
            .join(organisations, organisations.c.id == mentee_requests.c.school_id)
            .where(
                _within(place),
                mentee_requests.c.state == RequestState.OPEN.value,
                _teaches(mentee_requests.c.person_id),
                agrees(mentee_requests.c.person_id, None),
                ~_paired(mentee_requests.c.person_id),
            )
            .order_by(mentee_requests.c.waits_since, mentee_requests.c.id)
        )
        return [_request(row) for row in await self._connection.execute(query)]

    async def unasked(self, place: Organisation) -> Sequence[Unasked]:
        open_request = exists().where(
            mentee_requests.c.person_id == people.c.id, mentee_requests.c.state == RequestState.OPEN.value
        )
        query = (
            select(
                people.c.id,
                people.c.full_name,
                people.c.position,
                people.c.subject,
                people.c.years_of_work,
                people.c.birth_year,
                people.c.category,
                people.c.profile_on,
                organisations.c.id.label("school_id"),
                organisations.c.name.label("school_name"),
                organisations.c.parent_id,
            )
            .join(roles, roles.c.person_id == people.c.id)
            .join(organisations, organisations.c.id == roles.c.organisation_id)
            .where(
                _within(place),
                roles.c.role == Role.TEACHER.value,
                people.c.registered_at.is_not(None),
                agrees(people.c.id, None),
                ~open_request,
                ~_paired(people.c.id),
            )
            .order_by(people.c.name_key, people.c.id, organisations.c.id)
        )
        return [_unasked(row) for row in await self._connection.execute(query)]

    async def add(self, person_id: int, school_id: int, made_by: int | None, now: datetime) -> Request | None:
        new = {
            "person_id": person_id,
            "school_id": school_id,
            "state": RequestState.DRAFT.value,
            "domains": [],
            "formats": [],
            "made_by": made_by,
            "created_at": now,
            "waits_since": now,
        }
        made = insertion(self._connection.dialect, mentee_requests, new).returning(mentee_requests)
        return await self._one(made)

    async def save(self, request: Request) -> Request | None:
        return await self._one(
            update(mentee_requests)
            .where(mentee_requests.c.id == request.id, mentee_requests.c.turn == request.turn)
            .values(_columns(request))
            .returning(mentee_requests)
        )

    async def drop(self, request: Request) -> bool:
        result = await self._connection.execute(
            delete(mentee_requests).where(
                mentee_requests.c.id == request.id,
                mentee_requests.c.turn == request.turn,
                mentee_requests.c.state == RequestState.DRAFT.value,
            )
        )
        return result.rowcount == 1

    async def close(self, request_id: int, state: RequestState, now: datetime) -> bool:
        result = await self._connection.execute(
            update(mentee_requests)
            .where(mentee_requests.c.id == request_id, mentee_requests.c.state == RequestState.OPEN.value)
            .values(state=state.value, closed_at=now, turn=mentee_requests.c.turn + 1)
        )
        return result.rowcount == 1

    async def reopen(self, request_id: int, now: datetime) -> bool:
        request = await self.get(request_id)
        if request is None or request.state in ASKING or await self.open_of(request.person_id) is not None:
            return False
        await self._connection.execute(
            delete(mentee_requests).where(
                mentee_requests.c.person_id == request.person_id,
                mentee_requests.c.state == RequestState.DRAFT.value,
            )
        )
        result = await self._connection.execute(
            update(mentee_requests)
            .where(mentee_requests.c.id == request_id, mentee_requests.c.turn == request.turn)
            .values(state=RequestState.OPEN.value, closed_at=None, turn=request.turn + 1)
        )
        return result.rowcount == 1

    async def move(self, person_id: int, left_id: int, to_id: int) -> None:
        await self._connection.execute(
            update(mentee_requests)
            .where(
                mentee_requests.c.person_id == person_id,
                mentee_requests.c.school_id == left_id,
                # One whose pair ends later is open again where the teacher works then.
                mentee_requests.c.state != RequestState.WITHDRAWN.value,
            )
            .values(school_id=to_id, turn=mentee_requests.c.turn + 1)
        )

    async def _of(self, person_id: int, state: RequestState) -> Request | None:
        return await self._one(
            select(mentee_requests).where(
                mentee_requests.c.person_id == person_id, mentee_requests.c.state == state.value
            )
        )

    async def _one(self, statement: Select[Any] | Any) -> Request | None:
        row = (await self._connection.execute(statement)).first()
        return _request(row) if row else None


def _within(place: Organisation) -> ColumnElement[bool]:
    return organisations.c.id == place.id if place.kind is Kind.SCHOOL else organisations.c.parent_id == place.id


def _paired(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(pairs.c.mentee_id == person_id, pairs.c.seat.is_not(None))


def _teaches(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether they are still a teacher in the school of the request."""
    return exists().where(
        roles.c.person_id == person_id,
        roles.c.organisation_id == mentee_requests.c.school_id,
        roles.c.role == Role.TEACHER.value,
    )


def _columns(request: Request) -> dict[str, Any]:
    first, second, third, *_ = (*request.choices, None, None, None)
    return {
        "school_id": request.school_id,
        "state": request.state.value,
        "turn": request.turn + 1,
        "domains": list(request.domains),
        "purpose": request.purpose,
        "wishes": request.wishes,
        "formats": [each.value for each in request.formats],
        "first_choice": first,
        "second_choice": second,
        "third_choice": third,
        "made_by": request.made_by,
        "waits_since": request.waits_since,
        "closed_at": request.closed_at,
    }


def _request(row: Any) -> Request:
    chosen = (row.first_choice, row.second_choice, row.third_choice)
    return Request(
        id=row.id,
        person_id=row.person_id,
        school_id=row.school_id,
        state=RequestState(row.state),
        created_at=row.created_at,
        waits_since=row.waits_since,
        turn=row.turn,
        domains=tuple(row.domains),
        purpose=row.purpose,
        wishes=row.wishes,
        formats=tuple(MeetFormat(code) for code in row.formats),
        choices=tuple(person_id for person_id in chosen if person_id is not None),
        made_by=row.made_by,
        closed_at=row.closed_at,
    )


def _unasked(row: Any) -> Unasked:
    profile = Profile(
        row.full_name,
        row.position,
        row.subject,
        row.years_of_work,
        row.birth_year,
        row.category,
        row.profile_on,
    )
    return Unasked(row.id, profile, Organisation(row.school_id, Kind.SCHOOL, row.school_name, row.parent_id))
