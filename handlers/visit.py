"""What a conversation is given for one event: who, when, and what it may use."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from services.diagnostics.library import Library
from services.diagnostics.session import AnswerBook
from services.mentoring.policy import MentoringPolicy
from services.people.consent import Consent
from services.people.links import Links
from services.people.model import Account, Conversation, Person, Value
from services.people.zones import zone_of
from services.reporting.facts import Basis
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Desk:
    """What is the same for every visit: instruments, the answer book, settings.

    `iom_template` and `note_template` are the operator's own templates of the document of a route and of the
    analytical note.
    """

    library: Library
    answers: AnswerBook
    clock: Callable[[], datetime]
    zone: ZoneInfo
    min_group: int
    admins: frozenset[int]
    region: str
    consent: Consent
    links: Links
    retention_years: int
    quiet: Quiet
    mentoring: MentoringPolicy
    iom_template: Path | None = None
    note_template: Path | None = None

    @property
    def basis(self) -> Basis:
        """What counts of reports rest on at this moment."""
        return Basis(self.consent.version, self.min_group, self.zone, self.library, self.mentoring, self.clock())


@dataclass(frozen=True, slots=True)
class Visit:
    """One event of one person. `work` is open, and committed by the edge after the handler returns.

    `cause` names the event for deterministic keys: the same update gives the same cause.
    `suggested_name` is what the messenger's profile says.
    """

    desk: Desk
    account: Account
    person: Person | None
    conversation: Conversation | None
    work: UnitOfWork
    now: datetime
    cause: str
    suggested_name: str

    @property
    def member(self) -> Person:
        """The person; for handlers whose access rule admits nobody without one."""
        if self.person is None:
            raise PermissionError("the handler's access rule lets strangers in")
        return self.person

    @property
    def today(self) -> date:
        """The calendar day where the visitor lives."""
        return self.now.astimezone(self.zone).date()

    @property
    def minute(self) -> int:
        """Whole minutes since the epoch: what two taps in a row have in common."""
        return int(self.now.timestamp()) // 60

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the visitor lives by."""
        return zone_of(self.person, self.desk.zone)

    @property
    def agreed(self) -> bool:
        """Whether the person's consent to the present text is in force."""
        return self.desk.consent.given_by(self.person)

    @property
    def is_admin(self) -> bool:
        """Whether the settings name this account as an administrator's."""
        return self.account.external_id in self.desk.admins

    async def again(self) -> "Visit":
        """The visit with the person as they are now, out of any conversation."""
        await self.work.conversations.end(self.account)
        visitor = await self.work.people.visitor(self.account)
        return replace(self, person=visitor.person, conversation=None)

    async def stand(self, step: str, data: dict[str, Value]) -> None:
        """Remember where the person stands in a conversation."""
        await self.work.conversations.put(self.account, Conversation(step, data), self.now)

    async def leave(self) -> None:
        """Forget the conversation."""
        if self.conversation is not None:
            await self.work.conversations.end(self.account)
