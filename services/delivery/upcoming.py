"""What becomes due next, for whoever moves the clock and does not want to wait for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """What becomes due."""

    PARCEL = "parcel"
    STEP_REMINDER = "step_reminder"
    OVERDUE = "overdue"
    DIGEST = "digest"
    PAUSE_END = "pause_end"
    CAMPAIGN_REMINDER = "campaign_reminder"
    CAMPAIGN_END = "campaign_end"
    OFFER_REMINDER = "offer_reminder"
    OFFER_END = "offer_end"
    PAIR_PAUSE_END = "pair_pause_end"
    COMFORT = "comfort"
    STAGE_REMINDER = "stage_reminder"
    MEETING_REMINDER = "meeting_reminder"
    UNCONFIRMED = "unconfirmed"
    SILENT_PAIR = "silent_pair"
    MONTHLY_DIGEST = "monthly_digest"
    CYCLOGRAM = "cyclogram"
    ALERT = "alert"
    EFFECT = "effect"
    EVENT_DUTY = "event_duty"
    EVENT_REMINDER = "event_reminder"
    EVENT_OPINION = "event_opinion"


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that becomes due at a moment, in UTC."""

    at: datetime
    what: What
