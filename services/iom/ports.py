"""What the rules about routes ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.iom.model import (
    Attachment,
    Event,
    Evidence,
    EvidenceKind,
    Pause,
    PauseReason,
    Plan,
    Route,
    RouteKind,
    Step,
)


class RouteStore(Protocol):
    """Routes, their steps, evidence, pauses and history."""

    async def get(self, route_id: int) -> Route | None: ...

    async def open_of(self, person_id: int) -> Route | None:
        """The person's route that is neither closed nor cancelled."""
        ...

    async def all_of(self, person_id: int) -> Sequence[Route]:
        """Every route of the person, the newest first."""
        ...

    async def mentored(self, mentor_id: int, school_id: int) -> Sequence[Route]:
        """Open routes of the school that have this mentor, whether they are one there still or not."""
        ...

    async def add(
        self,
        person_id: int,
        school_id: int,
        kind: RouteKind,
        deficits: Sequence[str],
        session_id: int | None,
        now: datetime,
    ) -> Route | None:
        """A new draft; None when the person has an open route already."""
        ...

    async def save(self, route: Route) -> Route | None:
        """Write the route's fields if nobody has changed it since it was read; the route with its new turn.

        None when its turn is another by now: nothing is written.
        """
        ...

    async def drop(self, route: Route) -> bool:
        """Delete a draft that was never agreed, with its steps; False when it is no such draft any more."""
        ...

    async def steps(self, route_id: int) -> Sequence[Step]:
        """All steps of the route by their terms."""
        ...

    async def step(self, step_id: int) -> Step | None: ...

    async def add_step(self, route_id: int, plan: Plan) -> Step:
        """A new planned step that nobody has agreed to yet."""
        ...

    async def save_step(self, step: Step) -> Step | None:
        """Write the step's fields if nobody has changed it since it was read, as `save` does."""
        ...

    async def drop_step(self, step: Step) -> bool:
        """Delete a step that was never agreed, with its evidence; False when it is no such step any more."""
        ...

    async def evidence(self, step_id: int) -> Sequence[Evidence]:
        """The step's evidence, the oldest first."""
        ...

    async def add_words(self, step_id: int, words: str, cause: str, now: datetime) -> bool:
        """Keep words as evidence; False when the same event has brought them already."""
        ...

    async def add_file(self, step_id: int, attachment: Attachment, cause: str, now: datetime) -> bool:
        """Keep a file as evidence; False when the same event has brought it already."""
        ...

    async def file(self, evidence_id: int) -> tuple[EvidenceKind, str, bytes] | None:
        """Kind, name and bytes of a file of evidence; None for words and what is not there."""
        ...

    async def evidence_step(self, evidence_id: int) -> int | None:
        """The step that the piece of evidence belongs to."""
        ...

    async def drop_evidence(self, evidence_id: int) -> None: ...

    async def pause(self, route_id: int) -> Pause | None:
        """The pause of the route that is not over: the present one or one to come."""
        ...

    async def add_pause(
        self, route_id: int, reason: PauseReason, starts_on: date, ends_on: date | None
    ) -> Pause | None:
        """A new pause; None when one is there that is not over."""
        ...

    async def end_pause(self, pause_id: int, ends_on: date) -> bool:
        """Mark the pause as over with this last day; False when it is over already."""
        ...

    async def ended_pauses(self, before: date) -> Sequence[Pause]:
        """Pauses whose last day is before this day and which are not marked as over."""
        ...

    async def note(self, event: Event) -> None:
        """Add a line to the route's history."""
        ...

    async def history(self, route_id: int) -> Sequence[Event]:
        """The route's history, the oldest first."""
        ...
