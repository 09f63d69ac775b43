"""Where each account stands in a conversation."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Account, Conversation
from storage.conflict import insert_for
from storage.tables import conversations


class ConversationTable:
    """`services.people.ports.ConversationStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, account: Account, conversation: Conversation, now: datetime) -> None:
        present = {"step": conversation.step, "data": conversation.data, "updated_at": now}
        await self._connection.execute(
            insert_for(self._connection.dialect)(conversations)
            .values(channel=account.channel, external_id=account.external_id, **present)
            .on_conflict_do_update(index_elements=["channel", "external_id"], set_=present)
        )

    async def forget(self, step: str, before: datetime) -> None:
        """Drop those who have stood at the step since `before`."""
        await self._connection.execute(
            delete(conversations).where(conversations.c.step == step, conversations.c.updated_at < before)
        )

    async def end(self, account: Account) -> None:
        await self._connection.execute(
            delete(conversations).where(
                conversations.c.channel == account.channel,
                conversations.c.external_id == account.external_id,
            )
        )
