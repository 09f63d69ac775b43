"""What alerts do by the clock."""

from datetime import datetime

from handlers.visit import Desk
from storage.database import Database


async def tend_alerts(database: Database, desk: Desk, now: datetime) -> None:
    """Raise and clear alerts."""
