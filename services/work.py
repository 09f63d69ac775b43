"""The unit of work that use cases are given: all stores inside one transaction, committed by the edge."""

from typing import Protocol

from services.campaigns.ports import CampaignStore
from services.delivery.model import Outbox
from services.diagnostics.ports import SurveyStore, WordingStore
from services.people.ports import (
    ConversationStore,
    Directory,
    InviteStore,
    OrganisationStore,
    PeopleStore,
    UploadStore,
)
from services.people.roster.ports import RosterStore
from services.privacy.ports import AuditLog, PersonalStore, ShareStore
from services.reporting.ports import PortionStore, ReportStore


class UnitOfWork(Protocol):
    """Stores that share a transaction. What is not committed is rolled back."""

    @property
    def people(self) -> PeopleStore: ...
    @property
    def invites(self) -> InviteStore: ...
    @property
    def organisations(self) -> OrganisationStore: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def surveys(self) -> SurveyStore: ...
    @property
    def wordings(self) -> WordingStore: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def reports(self) -> ReportStore: ...
    @property
    def campaigns(self) -> CampaignStore: ...
    @property
    def roster(self) -> RosterStore: ...
    @property
    def portions(self) -> PortionStore: ...
    @property
    def uploads(self) -> UploadStore: ...
    @property
    def audit(self) -> AuditLog: ...
    @property
    def shares(self) -> ShareStore: ...
    @property
    def personal(self) -> PersonalStore: ...
    @property
    def directory(self) -> Directory: ...
