"""Where each account stands in a conversation."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Account, Conversation
from storage.tables import conversations


class ConversationTable:
    """`services.people.ports.ConversationStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, account: Account, conversation: Conversation, now: datetime) -> None:
        build = sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert
        present = {"step": conversation.step, "data": conversation.data, "updated_at": now}
        await self._connection.execute(
            build(conversations)
            .values(channel=account.channel, external_id=account.external_id, **present)
            .on_conflict_do_update(index_elements=["channel", "external_id"], set_=present)
        )

    async def end(self, account: Account) -> None:
        await self._connection.execute(
            delete(conversations).where(
                conversations.c.channel == account.channel,
                conversations.c.external_id == account.external_id,
            )
        )
