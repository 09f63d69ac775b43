"""The unit of work that use cases are given: all stores inside one transaction, committed by the edge."""

from typing import Protocol

from services.delivery.model import Outbox
from services.diagnostics.ports import SurveyStore, WordingStore
from services.people.ports import ConversationStore, InviteStore, OrganisationStore, PeopleStore
from services.reporting.ports import ReportStore


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
