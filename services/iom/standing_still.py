"""What has stood still for long of the routes that somebody looks after: a part of the weekly digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.iom.reminding import WAITING, due_before_curator, due_before_mentor
from services.iom.reminding_ports import LateStep, Waiting
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Still:
    """Steps whose terms have passed long ago, routes and steps that wait for a decision; the oldest first."""

    late: Sequence[LateStep]
    to_agree: Sequence[Waiting]
    to_confirm: Sequence[Waiting]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.late or self.to_agree or self.to_confirm)


async def standing_still(work: UnitOfWork, reader_id: int, today: date, now: datetime, consent: str) -> Still:
    """What the reader hears of routes on that day."""
    store, since = work.iom_reminders, now - WAITING
    return Still(
        await store.late_for_curator(
            reader_id, due_before_curator(today), due_before_mentor(today), today, consent
        ),
        await store.routes_waiting(reader_id, since, consent),
        await store.steps_waiting(reader_id, since, consent),
    )
