"""Invitations to campaigns and reminders of them."""

from bot.parcels.made import Maker, NotDueError
from handlers.campaigns.invitation import invitation, reminder
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.campaigns.audience import still_holds
from services.campaigns.model import Campaign, State
from services.delivery.model import Kind, Parcel
from services.people.model import Person
from storage.unit_of_work import StoredWork


async def campaign_invite(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    campaign = await work.campaigns.get(parcel.payload["campaign_id"])
    if campaign is None or campaign.state is not State.RUNNING:
        raise NotDueError("the campaign does not run")
    if not _goes_on(desk, campaign) or campaign.instrument not in desk.library:
        raise NotDueError("the campaign's term is over")
    if not still_holds(campaign, person) or not await work.campaigns.awaits(campaign.id, person.id):
        raise NotDueError("the campaign does not wait for the person")
    return invitation(campaign, desk.library.current(campaign.instrument), desk.min_group)


async def campaign_reminder(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    if desk.clock().astimezone(desk.zone).date().toordinal() != parcel.payload["day"]:
        raise NotDueError("the day of the reminder has passed")
    waiting = [
        (campaign, desk.library.current(campaign.instrument))
        for campaign in await work.campaigns.running_for(person.id)
        if _goes_on(desk, campaign) and still_holds(campaign, person) and campaign.instrument in desk.library
    ]
    if not waiting:
        raise NotDueError("everything is finished")
    return reminder(waiting)


def _goes_on(desk: Desk, campaign: Campaign) -> bool:
    return desk.clock().astimezone(desk.zone).date() <= campaign.ends_on


MAKERS: dict[Kind, Maker] = {
    Kind.CAMPAIGN_INVITE: campaign_invite,
    Kind.CAMPAIGN_REMINDER: campaign_reminder,
}
