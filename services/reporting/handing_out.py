"""What a statement that was ordered is filled from, the same for the chat and for the command line."""

from dataclasses import replace
from datetime import timedelta

from services.people.model import Organisation
from services.people.zones import zone_at
from services.reporting.facts import Basis
from services.reporting.periods import by_key
from services.reporting.ports import Kept
from services.reporting.statement.composing import compose
from services.reporting.statement.model import Statement
from services.work import UnitOfWork

COMPLETE = "services.reporting.analysis.job:complete"
"""The function of the worker that completes what `material` gives: JSON of the whole statement."""
NOTE = "services.reporting.note.job:write"
TABLE = "services.reporting.table.job:write"
EARLIER_PERIODS = 4
EFFECT_AFTER = timedelta(days=30)
"""How old a statement is at least whose measures may have had an effect: yesterday's have had none."""


async def material(
    work: UnitOfWork, basis: Basis, place: Organisation, kept: Kept
) -> tuple[Statement, Statement | None]:
    """The figures as they are now, and the earlier statement whose measures are looked back upon.

    Raises ValueError for a period that is none.
    """
    period = by_key(kept.period)
    if period is None:
        raise ValueError(f"statement {kept.id} is about no period")
    composed = await compose(work, basis, place, period, dynamics=EARLIER_PERIODS)
    # People read its day where they live.
    local = composed.made_at.astimezone(zone_at(place, basis.zone))
    return replace(composed, made_at=local), await work.statements.before(place.id, kept.asked_at - EFFECT_AFTER)
