"""What pushed summaries ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.iom.reminding_ports import Moment, Reader
from services.people.model import Organisation, Role
from services.pushes.model import Alert, How, Mark, MonitoringMark, Overdue, Stage, What


class SettingStore(Protocol):
    """How often everybody wants to hear."""

    async def settings(self, person_id: int) -> Mapping[What, How]:
        """What the person has set; the rest is as usual."""
        ...

    async def set(self, person_id: int, what: What, how: How) -> None: ...


class DigestStore(Protocol):
    """Whose digest is due, and what was in the last one."""

    async def zones(self) -> Sequence[str | None]:
        """Every zone that some school or municipality lives by."""
        ...

    async def weekly_due(self, moment: Moment, period: str, *, newcomers: bool) -> Sequence[Reader]:
        """Curators of the moment's schools who have had no digest of that week and have not switched it off.

        Where a school has no curator who can be told of everybody, the methodists above it, too, and those who
        want their alerts with it. Those who have never had any only as `newcomers`.
        """
        ...

    async def weekly_places(self, reader_id: int, consent: str) -> Sequence[Organisation]:
        """Schools that the reader curates; for a methodist also those below that nobody else can be told of."""
        ...

    async def monthly_due(
        self, moment: Moment, period: str, *, newcomers: bool
    ) -> Sequence[tuple[Reader, Organisation]]:
        """Methodists of the moment's municipalities who have had no digest of that month, with their place."""
        ...

    async def mark(self, person_id: int, what: What) -> Mark | None:
        """The last digest of the person."""
        ...

    async def put_mark(self, person_id: int, what: What, mark: Mark) -> bool:
        """Keep it as the last one; False when it is of that period already."""
        ...


class AlertStore(Protocol):
    """Thresholds that were crossed."""

    async def unchecked(self, moment: Moment) -> Sequence[Organisation]:
        """Municipalities of the moment's zone whose thresholds were not looked at today."""
        ...

    async def checked(self, organisation_id: int, day: date) -> bool:
        """Note that they were looked at; False when it is noted already."""
        ...

    async def open_alerts(self, organisation_ids: Collection[int]) -> Sequence[Alert]:
        """Alerts of just these organisations that are not over, the oldest first."""
        ...

    async def alerts_for(self, person_id: int, above: Collection[str]) -> Sequence[Alert]:
        """Open alerts of schools that the person curates and of municipalities where they are a methodist, and
        with a code of `above` of those municipalities' schools, the oldest first."""
        ...

    async def raise_alert(
        self, organisation_id: int, code: str, subject: int, value: int, of: int | None, now: datetime
    ) -> bool:
        """Note a new one; False when it is open already."""
        ...

    async def keep_alert(self, alert_id: int, value: int, of: int | None) -> None:
        """Note how it stands now."""
        ...

    async def clear_alert(self, alert_id: int, now: datetime) -> None:
        """It is over."""
        ...

    async def unmarked_events(self, organisation_ids: Collection[int], before: date) -> Sequence[Overdue]:
        """Events of just these organisations that were planned for days before that and are planned still."""
        ...

    async def recipients(self, role: Role, organisation_id: int, what: What, consent: str) -> Sequence[Reader]:
        """Who has the role there, can be written to, and wants it at once."""
        ...


class CyclogramStore(Protocol):
    """What of the cyclogram was done, by municipality."""

    async def municipalities(self, moment: Moment) -> Sequence[Organisation]:
        """Those of the moment's zone that have a methodist."""
        ...

    async def monitoring_marks(self, organisation_id: int, keys: Collection[str]) -> Sequence[MonitoringMark]:
        """Marks of these monitorings."""
        ...

    async def put_monitoring(self, organisation_id: int, key: str, stage: Stage, now: datetime) -> bool:
        """Note a stage; False when it is noted already."""
        ...

    async def judged_statements(self, moment: Moment, made_before: datetime, key: str) -> Sequence[Organisation]:
        """Schools and municipalities of the zone with a filled statement from before then.

        Only those of which nothing is owed yet under a key that begins with `key` and the organisation's id.
        """
        ...


class PushStore(SettingStore, DigestStore, AlertStore, CyclogramStore, Protocol):
    """Who is told what and how often, and what was told last."""
