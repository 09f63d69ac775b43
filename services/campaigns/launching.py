"""A campaign's life: drafted, launched, closed, opened again, repeated."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from services.campaigns import wording
from services.campaigns.joining import gather
from services.campaigns.model import ROLES, Audience, Campaign, Plan, State
from services.diagnostics.instrument import Audience as OfferedTo
from services.diagnostics.instrument import Instrument
from services.privacy.ports import Action
from services.terms import LONGEST_DAYS
from services.work import UnitOfWork

DEFAULT_DAYS = 14


class NotLaunchable(ValueError):  # noqa: N818 - it is a question back to the person, not a failure
    """The draft cannot begin as it is; the message says in Russian how to mend it."""


async def draft(
    work: UnitOfWork, organisation_id: int, instrument: Instrument, created_by: int, today: date, now: datetime
) -> Campaign:
    """A draft with everything decided as it is most often; one that nobody has touched yet is used again."""
    known = [listed.campaign for listed in await work.campaigns.listed([organisation_id])]
    plan = Plan(
        instrument=instrument.id,
        title=_free_title(instrument, today, known),
        words=wording.invitation(instrument),
        audience=_audience(instrument),
        anonymous=False,
        ends_on=today + timedelta(days=DEFAULT_DAYS),
    )
    for campaign in known:
        if campaign.state is State.DRAFT and campaign.plan == plan and campaign.repeat_of is None:
            return campaign
    return await work.campaigns.add(organisation_id, plan, None, created_by, now)


async def launch(
    work: UnitOfWork, campaign: Campaign, actor_id: int, consent: str, today: date, now: datetime
) -> int | None:
    """Begin a draft: its people are gathered and invited; how many invitations, None when it has begun already.

    Raises NotLaunchable.
    """
    if campaign.state is State.DRAFT:
        if campaign.ends_on < today:
            raise NotLaunchable("Срок уже прошёл. Выберите, пожалуйста, новый.")
        if not fits_term(campaign.ends_on, today):
            raise NotLaunchable("Срок слишком далёкий. Выберите, пожалуйста, не больше года.")
    if not await work.campaigns.launch(campaign.id, now):
        return None
    invited = await gather(work, campaign, today, consent, now)
    await work.audit.note(
        now,
        actor_id,
        Action.CAMPAIGN_LAUNCHED,
        organisation_id=campaign.organisation_id,
        campaign=campaign.id,
        instrument=campaign.instrument,
        invited=invited,
    )
    return invited


async def close(work: UnitOfWork, campaign: Campaign, actor_id: int, now: datetime) -> None:
    """End a running campaign; what has been answered stays."""
    if await work.campaigns.close(campaign.id, now):
        await _note(work, campaign, actor_id, Action.CAMPAIGN_CLOSED, now)


async def close_ended(work: UnitOfWork, today: date, now: datetime) -> None:
    """End those campaigns whose last day has passed."""
    for campaign in await work.campaigns.close_ended(today, now):
        await _note(work, campaign, None, Action.CAMPAIGN_CLOSED, now)


async def reopen(
    work: UnitOfWork, campaign: Campaign, ends_on: date, actor_id: int, consent: str, today: date, now: datetime
) -> None:
    """Let a closed campaign run until `ends_on`; whoever has joined or was not reached is invited."""
    if await work.campaigns.reopen(campaign.id, ends_on):
        await work.campaigns.forget_failed(campaign.id)
        await gather(work, campaign, today, consent, now)
        await _note(work, campaign, actor_id, Action.CAMPAIGN_OPENED, now)


async def repeat(
    work: UnitOfWork, campaign: Campaign, instrument: Instrument, created_by: int, today: date, now: datetime
) -> Campaign:
    """A draft with the same settings, as long as before; an untouched one is used again."""
    began = campaign.launched_at.date() if campaign.launched_at else today
    days = min(max((campaign.ends_on - began).days, 1), LONGEST_DAYS)
    known = [listed.campaign for listed in await work.campaigns.listed([campaign.organisation_id])]
    title = _free_title(instrument, today, known)
    plan = replace(campaign.plan, title=title, ends_on=today + timedelta(days=days))
    for other in known:
        if other.state is State.DRAFT and other.repeat_of == campaign.id and other.plan == plan:
            return other
    return await work.campaigns.add(campaign.organisation_id, plan, campaign.id, created_by, now)


def fits_term(ends_on: date, today: date) -> bool:
    """Whether a campaign may end on that day."""
    return today <= ends_on <= today + timedelta(days=LONGEST_DAYS)


def _free_title(instrument: Instrument, today: date, known: Sequence[Campaign]) -> str:
    """The usual title, with a number when another campaign has it: nothing else tells them apart in lists."""
    usual = wording.title(instrument, today)
    taken = {campaign.title for campaign in known if campaign.state is not State.DRAFT}
    numbered = (f"{usual} ({number})" for number in count(2))
    return usual if usual not in taken else next(title for title in numbered if title not in taken)


def _audience(instrument: Instrument) -> Audience:
    if OfferedTo.EARLY_CAREER in instrument.audience:
        return Audience(early_career=True)
    roles = tuple(role for role in ROLES if role.value in instrument.audience)
    return Audience(roles=roles or wording.usual_roles(instrument))


async def _note(work: UnitOfWork, campaign: Campaign, actor_id: int | None, action: Action, now: datetime) -> None:
    await work.audit.note(now, actor_id, action, organisation_id=campaign.organisation_id, campaign=campaign.id)
