"""The people of running campaigns: who joins later is added and invited, who leaves is let go."""

from datetime import date, datetime

from services.campaigns.audience import fitting
from services.campaigns.model import Campaign
from services.work import UnitOfWork


async def joined(work: UnitOfWork, person_id: int, now: datetime) -> int:
    """Add somebody who has registered or moved to the running campaigns they fit; how many invitations that is."""
    invited = 0
    for campaign in await work.campaigns.running():
        invited += await gather(work, campaign, now.date(), None, now, person_id)
    return invited


async def gather(
    work: UnitOfWork,
    campaign: Campaign,
    today: date,
    consent: str | None,
    now: datetime,
    person_id: int | None = None,
) -> int:
    """Make the campaign's people those of its audience now, and invite whom it can; how many invitations are new.

    Whoever has finished stays, and so does whoever has only grown out of the audience. With `person_id` only that
    person is looked at.
    """
    store = work.campaigns
    await store.unenrol(campaign.id, campaign.audience, person_id)
    candidates = await store.candidates(
        campaign.organisation_id, campaign.audience, consent, beside=campaign.id, person_id=person_id
    )
    people = fitting(campaign.audience, candidates, today)
    await store.enrol(campaign.id, [(person.person_id, person.school_id) for person in people])
    if not campaign.anonymous:
        await store.attach_begun(campaign.id, campaign.instrument)
    return await store.invite(campaign.id, consent, now, person_id)
