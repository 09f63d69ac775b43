"""Events and who takes part."""

from sqlalchemy.ext.asyncio import AsyncConnection


class EventTable:
    """`services.events.ports.EventStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
