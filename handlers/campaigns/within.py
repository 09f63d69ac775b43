"""Where a tap about a campaign belongs: the edge asks whether the visitor's role holds there."""

from typing import Protocol

from handlers.visit import Visit
from services.campaigns.model import Campaign, State
from services.people.model import Organisation


class OfCampaign(Protocol):
    """A tap that names a campaign."""

    campaign: int


class OfSchool(OfCampaign, Protocol):
    """A tap that names a campaign and a school."""

    school: int


async def of_campaign(visit: Visit, tap: OfCampaign) -> Organisation | None:
    """The organisation whose campaign it is: a curator has no say in the campaign of a municipality."""
    campaign = await visit.work.campaigns.get(tap.campaign)
    return await visit.work.organisations.get(campaign.organisation_id) if campaign else None


async def of_school(visit: Visit, tap: OfSchool) -> Organisation | None:
    """The school, if the campaign has begun and is of the school or of its municipality."""
    campaign = await visit.work.campaigns.get(tap.campaign)
    school = await visit.work.organisations.get(tap.school)
    if campaign is None or school is None or campaign.state is State.DRAFT:
        return None
    return school if campaign.organisation_id in (school.id, school.parent_id) else None


async def campaign_of(visit: Visit, tap: OfCampaign) -> Campaign:
    """The campaign of a tap that the edge has let in. Raises LookupError when it is gone."""
    campaign = await visit.work.campaigns.get(tap.campaign)
    if campaign is None:
        raise LookupError("no such campaign")
    return campaign


async def place_of(visit: Visit, campaign: Campaign) -> Organisation:
    """The organisation whose campaign it is. Raises LookupError when it is gone."""
    place = await visit.work.organisations.get(campaign.organisation_id)
    if place is None:
        raise LookupError("no such organisation")
    return place
