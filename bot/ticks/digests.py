"""What digests do by the clock."""

from datetime import datetime

from handlers.visit import Desk
from storage.database import Database


async def tend_digests(database: Database, desk: Desk, now: datetime) -> None:
    """Owe the summaries of the week and of the month."""
