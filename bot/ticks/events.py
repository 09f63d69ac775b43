"""What events do by the clock."""

from datetime import datetime

from handlers.visit import Desk
from storage.database import Database


async def tend_events(database: Database, desk: Desk, now: datetime) -> None:
    """Owe reminders of events, and ask what people thought of them."""
