"""What is told before anyone asks."""

from sqlalchemy.ext.asyncio import AsyncConnection


class PushTable:
    """`services.pushes.ports.PushStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
