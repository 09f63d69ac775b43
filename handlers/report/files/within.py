"""Where a tap about a statement belongs."""

from typing import Protocol

from handlers.visit import Visit
from services.people.model import Organisation


class OfStatement(Protocol):
    """A tap that names a statement."""

    statement: int


async def of_statement(visit: Visit, tap: OfStatement) -> Organisation | None:
    """The place that the statement is about."""
    kept = await visit.work.statements.get(tap.statement)
    return await visit.work.organisations.get(kept.organisation_id) if kept else None
