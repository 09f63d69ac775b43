"""What the cyclogram does by the clock."""

from datetime import datetime

from handlers.visit import Desk
from storage.database import Database


async def tend_cyclogram(database: Database, desk: Desk, now: datetime) -> None:
    """Offer the monitoring of the month, and its note at the end."""
