"""The unit of work: every store over one connection, one transaction."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit import AuditTable
from storage.campaigns import CampaignTable
from storage.conversations import ConversationTable
from storage.directory import DirectoryTable
from storage.events import EventTable
from storage.facts import FactTable
from storage.invites import InviteTable
from storage.iom import RouteTable
from storage.iom_counts import CountTable
from storage.iom_lists import RouteListTable
from storage.iom_measures import MeasureTable
from storage.iom_plans import RoutePlanTable
from storage.iom_reminders import ReminderTable
from storage.matching import MatchingTable
from storage.meeting_drafts import DraftTable
from storage.meeting_reminders import MeetingReminderTable
from storage.meetings import MeetingTable
from storage.mentee_requests import RequestTable
from storage.mentor_cards import CardTable
from storage.organisations import OrganisationTable
from storage.outbox import OutboxTable
from storage.pair_health import HealthTable
from storage.pair_lists import PairListTable
from storage.pair_programs import ProgramTable
from storage.pairs import PairTable
from storage.people import PeopleTable
from storage.personal import PersonalTable
from storage.plans import GivenTable, PlanTable
from storage.portions import PortionTable
from storage.pushes import PushTable
from storage.report_lists import ReportListTable
from storage.reports import ReportTable
from storage.roster import RosterTable
from storage.shares import ShareTable
from storage.statements import ChoiceTable, StatementTable
from storage.surveys import SurveyTable
from storage.updates import UpdateTable
from storage.uploads import UploadTable
from storage.wordings import WordingTable


class StoredWork:
    """`services.work.UnitOfWork` over a connection of `Database.write()` or `Database.read()`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def people(self) -> PeopleTable:
        return PeopleTable(self._connection)

    @cached_property
    def invites(self) -> InviteTable:
        return InviteTable(self._connection)

    @cached_property
    def organisations(self) -> OrganisationTable:
        return OrganisationTable(self._connection)

    @cached_property
    def conversations(self) -> ConversationTable:
        return ConversationTable(self._connection)

    @cached_property
    def surveys(self) -> SurveyTable:
        return SurveyTable(self._connection)

    @cached_property
    def wordings(self) -> WordingTable:
        return WordingTable(self._connection)

    @cached_property
    def outbox(self) -> OutboxTable:
        return OutboxTable(self._connection)

    @cached_property
    def reports(self) -> ReportTable:
        return ReportTable(self._connection)

    @cached_property
    def updates(self) -> UpdateTable:
        return UpdateTable(self._connection)

    @cached_property
    def campaigns(self) -> CampaignTable:
        return CampaignTable(self._connection)

    @cached_property
    def roster(self) -> RosterTable:
        return RosterTable(self._connection)

    @cached_property
    def portions(self) -> PortionTable:
        return PortionTable(self._connection)

    @cached_property
    def uploads(self) -> UploadTable:
        return UploadTable(self._connection)

    @cached_property
    def audit(self) -> AuditTable:
        return AuditTable(self._connection)

    @cached_property
    def shares(self) -> ShareTable:
        return ShareTable(self._connection)

    @cached_property
    def personal(self) -> PersonalTable:
        return PersonalTable(self._connection)

    @cached_property
    def directory(self) -> DirectoryTable:
        return DirectoryTable(self._connection)

    @cached_property
    def iom(self) -> RouteTable:
        return RouteTable(self._connection)

    @cached_property
    def iom_lists(self) -> RouteListTable:
        return RouteListTable(self._connection)

    @cached_property
    def iom_reminders(self) -> ReminderTable:
        return ReminderTable(self._connection)

    @cached_property
    def iom_counts(self) -> CountTable:
        return CountTable(self._connection)

    @cached_property
    def iom_plans(self) -> RoutePlanTable:
        return RoutePlanTable(self._connection)

    @cached_property
    def measures(self) -> MeasureTable:
        return MeasureTable(self._connection)

    @cached_property
    def pairs(self) -> PairTable:
        return PairTable(self._connection)

    @cached_property
    def mentor_cards(self) -> CardTable:
        return CardTable(self._connection)

    @cached_property
    def mentee_requests(self) -> RequestTable:
        return RequestTable(self._connection)

    @cached_property
    def matching(self) -> MatchingTable:
        return MatchingTable(self._connection)

    @cached_property
    def pair_lists(self) -> PairListTable:
        return PairListTable(self._connection)

    @cached_property
    def programs(self) -> ProgramTable:
        return ProgramTable(self._connection)

    @cached_property
    def meeting_drafts(self) -> DraftTable:
        return DraftTable(self._connection)

    @cached_property
    def meetings(self) -> MeetingTable:
        return MeetingTable(self._connection)

    @cached_property
    def meeting_reminders(self) -> MeetingReminderTable:
        return MeetingReminderTable(self._connection)

    @cached_property
    def pair_health(self) -> HealthTable:
        return HealthTable(self._connection)

    @cached_property
    def facts(self) -> FactTable:
        return FactTable(self._connection)

    @cached_property
    def plans(self) -> PlanTable:
        return PlanTable(self._connection)

    @cached_property
    def given(self) -> GivenTable:
        return GivenTable(self._connection)

    @cached_property
    def statements(self) -> StatementTable:
        return StatementTable(self._connection)

    @cached_property
    def report_choices(self) -> ChoiceTable:
        return ChoiceTable(self._connection)

    @cached_property
    def report_lists(self) -> ReportListTable:
        return ReportListTable(self._connection)

    @cached_property
    def events(self) -> EventTable:
        return EventTable(self._connection)

    @cached_property
    def pushes(self) -> PushTable:
        return PushTable(self._connection)

    async def commit(self) -> None:
        """Make everything done so far permanent."""
        await self._connection.commit()
