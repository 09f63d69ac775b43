"""What is owed to people: rows of the outbox, written in the transaction of what causes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from services.people.model import Account


class Kind(StrEnum):
    """What an outbox row asks for; the payload holds ids only."""

    RESULT_CHART = "result_chart"
    DYNAMICS_CHART = "dynamics_chart"
    GROUP_CHART = "group_chart"
    COMMAND_MENU = "command_menu"
    ROLES_NEWS = "roles_news"
    INVITE_QR = "invite_qr"
    INVITE_SHEETS = "invite_sheets"
    CAMPAIGN_INVITE = "campaign_invite"
    CAMPAIGN_REMINDER = "campaign_reminder"
    SHARED_RESULT = "shared_result"
    DATA_EXPORT = "data_export"


MASS = (Kind.CAMPAIGN_INVITE, Kind.CAMPAIGN_REMINDER)
"""Sent to many at once, and waited for by nobody."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row to be delivered to one account."""

    id: int
    account: Account
    kind: Kind
    payload: Mapping[str, int]
    attempts: int


class Outbox(Protocol):
    """Rows to be delivered. Every call works inside the caller's transaction."""

    async def owe(self, account_id: int, kind: Kind, key: str, payload: Mapping[str, int], now: datetime) -> bool:
        """Add a row; False when the key is there already (the same thing is never owed twice)."""
        ...
