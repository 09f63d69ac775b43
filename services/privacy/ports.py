"""What privacy asks of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from services.people.model import Person


class Action(StrEnum):
    """What the audit log tells of."""

    REPORT_SEEN = "report_seen"
    REPORT_EXPORTED = "report_exported"
    RESULT_SHARED = "result_shared"
    SHARE_OPENED = "share_opened"
    SHARE_REVOKED = "share_revoked"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    INVITE_ISSUED = "invite_issued"
    INVITE_REVOKED = "invite_revoked"
    SCHOOL_ADDED = "school_added"
    SCHOOL_RENAMED = "school_renamed"
    ZONE_SET = "zone_set"
    ROSTER_IMPORTED = "roster_imported"
    INVITES_PRINTED = "invites_printed"
    PEOPLE_SEEN = "people_seen"
    CAMPAIGN_LAUNCHED = "campaign_launched"
    CAMPAIGN_CLOSED = "campaign_closed"
    CAMPAIGN_OPENED = "campaign_opened"
    PROFILE_CHANGED = "profile_changed"
    SCHOOL_CHANGED = "school_changed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REVOKED = "consent_revoked"
    DATA_EXPORTED = "data_exported"
    PERSON_DELETED = "person_deleted"
    AUDIT_SEEN = "audit_seen"
    IOM_SEEN = "iom_seen"
    IOM_EVIDENCE_SEEN = "iom_evidence_seen"
    IOM_AGREED = "iom_agreed"
    IOM_RETURNED = "iom_returned"
    IOM_MENTOR_SET = "iom_mentor_set"
    IOM_EXPORTED = "iom_exported"
    IOM_PLAN_SET = "iom_plan_set"
    IOM_MEASURES_CHANGED = "iom_measures_changed"
    MENTOR_CARD_SEEN = "mentor_card_seen"
    MENTOR_CARD_APPROVED = "mentor_card_approved"
    MENTOR_CARD_RETURNED = "mentor_card_returned"
    MENTOR_PROPOSED = "mentor_proposed"
    MENTOR_ASKED_FOR = "mentor_asked_for"
    MENTOR_REQUEST_SEEN = "mentor_request_seen"
    PAIRS_MATCHED = "pairs_matched"
    PAIR_EXCLUDED = "pair_excluded"
    PAIR_PROPOSED = "pair_proposed"
    PAIR_WITHDRAWN = "pair_withdrawn"
    PAIR_SEEN = "pair_seen"
    PAIR_STARTED = "pair_started"
    PAIR_PAUSED = "pair_paused"
    PAIR_RESUMED = "pair_resumed"
    PAIR_KEPT_ON = "pair_kept_on"
    PAIR_COMPLETED = "pair_completed"
    PAIR_CLOSED = "pair_closed"
    PAIRS_SEEN = "pairs_seen"
    PAIR_ORDER_EXPORTED = "pair_order_exported"
    MEETINGS_SEEN = "meetings_seen"
    MEETING_FILE_SEEN = "meeting_file_seen"
    FIGURES_SEEN = "figures_seen"
    STATEMENT_EXPORTED = "statement_exported"
    PLAN_SET = "plan_set"
    AMOUNT_GIVEN = "amount_given"
    EVENTS_CHANGED = "events_changed"
    EVENTS_IMPORTED = "events_imported"
    EVENT_PEOPLE_SEEN = "event_people_seen"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log: who (None: the service itself) did what, about whom, where. No answers, no names.

    A negative number stands for somebody who is deleted: the same one in all entries, and nobody's id.
    """

    id: int
    at: datetime
    actor_id: int | None
    action: Action
    person_id: int | None
    organisation_id: int | None
    details: Mapping[str, int | str]


class AuditLog(Protocol):
    """Who saw, exported, appointed, deleted what."""

    async def note(
        self,
        now: datetime,
        actor_id: int | None,
        action: Action,
        person_id: int | None = None,
        organisation_id: int | None = None,
        **details: int | str,
    ) -> int:
        """Add an entry; its id."""
        ...

    async def newest(
        self, most: int, before: int | None = None, actions: Collection[Action] | None = None
    ) -> Sequence[Entry]:
        """Entries, the newest first, of those with an id below `before` and, if given, one of the `actions`."""
        ...

    async def noted_since(
        self, actor_id: int, action: Action, since: datetime, person_id: int | None = None
    ) -> bool:
        """Whether the actor has done it at `since` or later, with `person_id` about just that person."""
        ...

    async def names(self, person_ids: Collection[int]) -> Mapping[int, str]:
        """Full names of those who are still known; empty for those who have told none."""
        ...

    async def disown(self, person_id: int, alias: int) -> None:
        """Put the number `alias` in place of the person's id everywhere."""
        ...

    async def forget(self, before: datetime) -> None:
        """Drop the entries older than that."""
        ...


@dataclass(frozen=True, slots=True)
class Share:
    """One result that its owner shows to one person, with the names of both; in force until `revoked_at`."""

    id: int
    session_id: int
    owner_id: int
    owner_name: str
    viewer_id: int
    viewer_name: str
    shared_at: datetime
    opened_at: datetime | None
    revoked_at: datetime | None


class ShareStore(Protocol):
    """Results that their owners have shared."""

    async def psychologists(self, municipality_ids: Collection[int]) -> Sequence[Person]:
        """Registered people with a consent in force and a role in one of the municipalities or its schools, whose
        position is a psychologist's, by name."""
        ...

    async def person(self, person_id: int) -> Person | None:
        """Somebody with an account, whoever asks; with several, the first that has not blocked the bot."""
        ...

    async def add(self, session_id: int, owner_id: int, viewer_id: int, now: datetime) -> int | None:
        """The id of a new share; None when the result is shared already."""
        ...

    async def get(self, share_id: int) -> Share | None: ...

    async def of_session(self, session_id: int) -> Share | None:
        """The share in force of a result."""
        ...

    async def given(self, owner_id: int) -> Sequence[Share]:
        """All that the person shares now, the newest first."""
        ...

    async def opened(self, share_id: int, now: datetime) -> None:
        """Note the moment if it is the first."""
        ...

    async def end(self, share_id: int, now: datetime) -> bool:
        """End a share; False when it is not in force."""
        ...

    async def end_all(self, person_id: int, now: datetime) -> int:
        """End everything that the person shares and is shown; how many there were."""
        ...


Rows = Sequence[Mapping[str, Any]]
"""Rows of a table by column names, moments in UTC."""


class PersonalStore(Protocol):
    """Everything that the service holds about one person: read whole, and deleted whole."""

    async def everything(self, person_id: int) -> Mapping[str, Rows]:
        """All that refers to the person, by kinds; `services.privacy.copy` has their names."""
        ...

    async def erase(self, person_id: int) -> None:
        """Delete the person and all that is theirs; what they made for others stays without an author.

        Figures of groups already counted stay. The audit log is not touched.
        """
        ...

    async def forget_answers(self, before: datetime) -> None:
        """Delete tests last touched before then and sheets of anonymous campaigns closed by then, with what hangs
        on them."""
        ...

    async def departed(self, before: datetime) -> Sequence[int]:
        """People without a role who have left no trace since."""
        ...
