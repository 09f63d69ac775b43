"""What the rules about requests for a mentor ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.mentoring.requests.request import Request, RequestState, Unasked
from services.people.model import Organisation


class RequestStore(Protocol):
    """Requests for a mentor."""

    async def get(self, request_id: int) -> Request | None: ...

    async def open_of(self, person_id: int) -> Request | None:
        """The person's one open request."""
        ...

    async def draft_of(self, person_id: int) -> Request | None:
        """The request that is being written for the person, by whomever."""
        ...

    async def waiting(self, place: Organisation) -> Sequence[Request]:
        """Open requests of teachers of a school, or of all schools of a municipality: the longest waiting first.

        Without those who have an open pair already (one that is proposed, too), and without those who have taken
        back their consent.
        """
        ...

    async def unasked(self, place: Organisation) -> Sequence[Unasked]:
        """Registered teachers there with neither an open pair nor an open request, by name."""
        ...

    async def add(self, person_id: int, school_id: int, made_by: int | None, now: datetime) -> Request | None:
        """A new draft; None when the person has a draft or an open request already."""
        ...

    async def save(self, request: Request) -> Request | None:
        """Write what has changed; None when somebody has changed the request since it was read (`turn`)."""
        ...

    async def drop(self, request: Request) -> bool:
        """Delete a draft; False when it has changed meanwhile or is none any more."""
        ...

    async def close(self, request_id: int, state: RequestState, now: datetime) -> bool:
        """Close an open request; False when it is not open."""
        ...

    async def reopen(self, request_id: int, now: datetime) -> bool:
        """Open a closed request again, with its waiting time; a draft for the person gives way.

        False when it is not closed, or the person has another one open.
        """
        ...

    async def move(self, person_id: int, left_id: int, to_id: int) -> None:
        """What the person asks for is of another school from now on, if it was of the one they have left."""
        ...
