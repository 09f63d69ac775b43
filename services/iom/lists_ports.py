"""What mentors, curators and methodists are shown of other people's routes, as lists; asked of storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.iom.model import RouteState
from services.people.model import Person, Role


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a decision: a route to agree to, or with `step_id` a step to confirm.

    `turn` is that of the route or of the step, `title` the step's. `awaits` is the role that is to decide: the
    route's mentor, or the school's curators where it has none, or the methodists where the school has none.
    `mine`: whoever asks is one of them; others may decide in their place.
    """

    route_id: int
    step_id: int | None
    turn: int
    title: str
    teacher: str
    school: str
    since: datetime
    awaits: Role
    mine: bool


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """An open route that somebody is the mentor of. `steps` are those not cancelled, `waiting` handed in.

    A step is not `overdue` while a pause has begun before its term and goes on.
    """

    route_id: int
    teacher: str
    state: RouteState
    steps: int
    confirmed: int
    waiting: int
    overdue: int


class RouteLists(Protocol):
    """Lists of routes for those who decide about them. Every call works inside the caller's transaction.

    Whoever has taken their consent back is in none of them.
    """

    async def waiting(self, reader: Person) -> Sequence[Waiting]:
        """What the reader may decide about: their own to decide first, then the oldest first.

        A methodist gets only what no mentor and no curator is there for.
        """
        ...

    async def looked_after(self, reader: Person, today: date) -> Sequence[LookedAfter]:
        """Open routes, once submitted, that the reader is the mentor of: overdue ones first, then by name."""
        ...
