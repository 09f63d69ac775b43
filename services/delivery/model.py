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
    IOM_REMINDER = "iom_reminder"
    IOM_TO_AGREE = "iom_to_agree"
    IOM_DECIDED = "iom_decided"
    IOM_TO_CONFIRM = "iom_to_confirm"
    IOM_STEP_DECIDED = "iom_step_decided"
    IOM_MENTOR = "iom_mentor"
    IOM_OVERDUE = "iom_overdue"
    IOM_EVIDENCE = "iom_evidence"
    IOM_DOCUMENT = "iom_document"
    IOM_SUMMARY = "iom_summary"
    BANK_TO_DECIDE = "bank_to_decide"
    BANK_NEWS = "bank_news"
    REQUEST_NEW = "request_new"
    MATCHING = "matching"
    PAIR_OFFER = "pair_offer"
    PAIR_NEWS = "pair_news"
    PAIR_ORDER = "pair_order"
    PAIR_SURVEY = "pair_survey"
    PAIR_SILENT = "pair_silent"
    STAGE_REMINDER = "stage_reminder"
    MEETING_TO_CONFIRM = "meeting_to_confirm"
    MEETING_NEWS = "meeting_news"
    MEETING_REMINDER = "meeting_reminder"
    MEETING_FILE = "meeting_file"
    REPORT_CHART = "report_chart"
    REPORT_DOCUMENT = "report_document"
    REPORT_TABLE = "report_table"
    WEEKLY_DIGEST = "weekly_digest"
    MONTHLY_DIGEST = "monthly_digest"
    ALERTS = "alerts"
    CYCLOGRAM = "cyclogram"
    CYCLOGRAM_NOTE = "cyclogram_note"
    EFFECT = "effect"
    EVENT_INVITE = "event_invite"
    EVENT_REMINDER = "event_reminder"
    EVENT_CHANGED = "event_changed"
    EVENT_DUTY = "event_duty"
    EVENT_FEEDBACK = "event_feedback"
    NOT_MADE = "not_made"


MASS = (
    Kind.CAMPAIGN_INVITE,
    Kind.CAMPAIGN_REMINDER,
    Kind.IOM_REMINDER,
    Kind.IOM_OVERDUE,
    Kind.STAGE_REMINDER,
    Kind.MEETING_REMINDER,
    Kind.PAIR_SILENT,
    Kind.WEEKLY_DIGEST,
    Kind.MONTHLY_DIGEST,
    Kind.ALERTS,
    Kind.CYCLOGRAM,
    Kind.CYCLOGRAM_NOTE,
    Kind.EFFECT,
    Kind.EVENT_INVITE,
    Kind.EVENT_REMINDER,
    Kind.EVENT_CHANGED,
    Kind.EVENT_DUTY,
    Kind.EVENT_FEEDBACK,
)
"""Sent to many at once, and waited for by nobody."""

COULD_WAIT = (
    *MASS,
    Kind.IOM_TO_AGREE,
    Kind.IOM_DECIDED,
    Kind.IOM_TO_CONFIRM,
    Kind.IOM_STEP_DECIDED,
    Kind.IOM_MENTOR,
    Kind.BANK_TO_DECIDE,
    Kind.BANK_NEWS,
    Kind.REQUEST_NEW,
    Kind.PAIR_OFFER,
    Kind.PAIR_NEWS,
    Kind.PAIR_SURVEY,
    Kind.MEETING_TO_CONFIRM,
    Kind.MEETING_NEWS,
)
"""Not asked for by whoever gets them: they wait for the end of quiet hours."""

HEAVY = (
    Kind.RESULT_CHART,
    Kind.DYNAMICS_CHART,
    Kind.GROUP_CHART,
    Kind.INVITE_QR,
    Kind.INVITE_SHEETS,
    Kind.DATA_EXPORT,
    Kind.IOM_DOCUMENT,
    Kind.IOM_SUMMARY,
    Kind.MATCHING,
    Kind.PAIR_ORDER,
    Kind.REPORT_CHART,
    Kind.REPORT_DOCUMENT,
    Kind.REPORT_TABLE,
)
"""Made in the worker process, which may take seconds: what is quickly made does not wait behind them."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row to be delivered to one account.

    `attempts` is how often it was taken, this time included: whoever holds a smaller number holds it no longer.
    """

    id: int
    account: Account
    kind: Kind
    payload: Mapping[str, int]
    attempts: int


class Failure(StrEnum):
    """Why a row was given up. The words that are kept begin with the value, but for what was not due any more."""

    NOT_DUE = "not due"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    UNMADE = "unmade"
    REFUSED = "refused"

    def told(self, details: str) -> str:
        """The reason in words, for whoever looks at the row."""
        return f"{self.value}: {details}"

    @classmethod
    def of(cls, reason: str) -> "Failure":
        """Which of them the words tell about."""
        kind = reason.partition(":")[0]
        return cls(kind) if kind in set(cls) else cls.NOT_DUE


CURABLE = (Failure.UNREACHABLE, Failure.UNMADE)
"""Another try may go well."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """How the outbox stands, in numbers of rows; `blocked` counts accounts.

    `waiting` is due now or in hand, `postponed` is for later, the first of it at `next_at`; `sent` and `failed`
    are those of some time back.
    """

    waiting: int
    postponed: int
    next_at: datetime | None
    sent: int
    failed: Mapping[Failure, int]
    blocked: int


NO_CONSENT = "no consent in force"
"""The reason of a row that could not be sent to somebody who does not agree, or not any more."""


class Outbox(Protocol):
    """Rows to be delivered. Every call works inside the caller's transaction."""

    async def owe(self, account_id: int, kind: Kind, key: str, payload: Mapping[str, int], now: datetime) -> bool:
        """Add a row; False when the key is there already (the same thing is never owed twice)."""
        ...

    async def traffic(self, now: datetime, sent_since: datetime, failed_since: datetime) -> Traffic:
        """How the outbox stands."""
        ...

    async def send_again(self, now: datetime, failed_since: datetime) -> int:
        """Make what failed since then for a curable reason due again; how many rows."""
        ...
