"""What reports do by the clock."""

from datetime import datetime

from handlers.visit import Desk
from storage.database import Database


async def tend_facts(database: Database, desk: Desk, now: datetime) -> None:
    """Keep the facts of the day that only the day can tell."""
