"""What is told before anyone asks, and how often, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.reporting.statement.model import Amount


class What(StrEnum):
    """What somebody may hear of by the clock, each with a switch of its own."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ALERTS = "alerts"
    CYCLOGRAM = "cyclogram"


class How(StrEnum):
    """How often; `WEEKLY` is for alerts alone: along with the digest of the week."""

    ON = "on"
    WEEKLY = "weekly"
    OFF = "off"


class Stage(StrEnum):
    """What has become of a monitoring of the cyclogram in a month."""

    OFFERED = "offered"
    PREPARED = "prepared"
    DECLINED = "declined"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Mark:
    """The last digest of somebody: its `period`, and the amounts that it told of by their keys.

    `before` are those of the digest before it; None: there was none to compare with.
    """

    period: str
    now: Mapping[str, Amount]
    before: Mapping[str, Amount] | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold that was crossed in an organisation. `subject` is the campaign that it is about, 0 for none.

    `value` and `of` are what was counted when it was last looked at; `of` is None for a count.
    """

    id: int
    organisation_id: int
    code: str
    subject: int
    value: int
    of: int | None
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class MonitoringMark:
    """A stage that a monitoring has come to; `key` is «2026-09:deficits»."""

    key: str
    stage: Stage
    at: datetime


@dataclass(frozen=True, slots=True)
class Overdue:
    """Planned events of a place whose day has passed a while ago."""

    organisation_id: int
    count: int
    first_on: date
