"""What campaigns ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.campaigns.model import (
    Audience,
    Campaign,
    Candidate,
    Listed,
    OfficialAnswer,
    Plan,
    SchoolStanding,
    Unfinished,
)


class CampaignStore(Protocol):
    """Campaigns and the people they are for.

    `consent` is the version of the consent that must be in force for a person to count as reachable; None is any.
    """

    async def get(self, campaign_id: int) -> Campaign | None: ...

    async def add(
        self, organisation_id: int, plan: Plan, repeat_of: int | None, created_by: int, now: datetime
    ) -> Campaign:
        """A new draft."""
        ...

    async def change(self, campaign_id: int, plan: Plan) -> bool:
        """Decide anew; False when it is not a draft any more."""
        ...

    async def drop(self, campaign_id: int) -> bool:
        """Throw a draft away; False when it is none."""
        ...

    async def listed(self, organisation_ids: Sequence[int]) -> Sequence[Listed]:
        """Campaigns of these organisations: running, drafts, closed; of each kind the newest first."""
        ...

    async def around(self, school_ids: Sequence[int]) -> Sequence[Listed]:
        """Launched campaigns of others that are for people of these schools, one row a school."""
        ...

    async def running(self) -> Sequence[Campaign]:
        """All running campaigns."""
        ...

    async def running_for(self, person_id: int) -> Sequence[Campaign]:
        """Running campaigns that the person has not finished, those that end soonest first."""
        ...

    async def opened(self, campaign_id: int, person_id: int, now: datetime) -> None:
        """The person has seen what the campaign is about; the first time counts."""
        ...

    async def launch(self, campaign_id: int, now: datetime) -> bool:
        """Make a draft run; False when it is none, so that of two launches one counts."""
        ...

    async def close(self, campaign_id: int, now: datetime) -> bool:
        """End it; False when it is not running."""
        ...

    async def reopen(self, campaign_id: int, ends_on: date) -> bool:
        """Make a closed one run on; False when it is not closed."""
        ...

    async def close_ended(self, today: date, now: datetime) -> Sequence[Campaign]:
        """End those whose last day has passed; the campaigns that were ended."""
        ...

    async def candidates(
        self,
        organisation_id: int,
        audience: Audience,
        consent: str | None,
        *,
        beside: int | None = None,
        person_id: int | None = None,
    ) -> Sequence[Candidate]:
        """People with the audience's roles in its schools, in the order of their roles, perhaps several times.

        Subjects and early career are not looked at. With `beside` only those who are not in that campaign, with
        `person_id` only that person.
        """
        ...

    async def attach_begun(self, campaign_id: int, instrument: str) -> None:
        """Make open tests that the campaign's people had begun before, in no campaign, its own."""
        ...

    async def enrol(self, campaign_id: int, people: Sequence[tuple[int, int]]) -> None:
        """Add people, each with a school; who is in the campaign stays as they are."""
        ...

    async def unenrol(self, campaign_id: int, audience: Audience, person_id: int | None = None) -> None:
        """Take out those who have not finished and hold none of the audience's roles in their school any more."""
        ...

    async def invite(
        self, campaign_id: int, consent: str | None, now: datetime, person_id: int | None = None
    ) -> int:
        """Owe the invitation to those who are reachable and have not finished; to how many it is new."""
        ...

    async def forget_failed(self, campaign_id: int) -> None:
        """Drop the invitations that were given up, so that they may be owed again."""
        ...

    async def remind(
        self, campaign_ids: Sequence[int], day: date, since: datetime, consent: str, now: datetime
    ) -> int:
        """Owe one reminder to each who has not finished some of the campaigns; to how many it is new.

        Not to those who are owed one on that day already, or an invitation since the moment `since`.
        """
        ...

    async def awaits(self, campaign_id: int, person_id: int) -> bool:
        """Whether the campaign is for the person, who has not finished it."""
        ...

    async def standing(self, campaign_id: int, consent: str) -> Sequence[SchoolStanding]:
        """A row for every school whose people the campaign is for, by name."""
        ...

    async def unfinished(
        self, campaign_id: int, consent: str, school_id: int | None = None
    ) -> Sequence[Unfinished]:
        """Who has not finished, in one school or in all, by school and name."""
        ...

    async def official(self, campaign_id: int) -> Sequence[OfficialAnswer]:
        """The newest finished form about each school of the campaign's organisation, by the school's name."""
        ...
