"""Results of a campaign, and its repetition."""

from handlers.campaigns import results_screens as screens
from handlers.campaigns.card import card, instrument_of
from handlers.campaigns.drafting import preview
from handlers.campaigns.taps import CampaignResultsTap, RepeatTap, SchoolResultsTap
from handlers.campaigns.within import campaign_of, of_campaign, of_school, place_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.campaigns import launching
from services.campaigns.model import Campaign, State
from services.campaigns.official import summary
from services.campaigns.results import compared
from services.diagnostics.instrument import Privacy
from services.natural_order import natural
from services.people.model import Organisation
from services.privacy.ports import Action

routes = Routes()


@routes.tap(CampaignResultsTap, Access.OVERSEER, within=of_campaign)
async def show_results(visit: Visit, tap: CampaignResultsTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    return await _results(visit, campaign, await place_of(visit, campaign), tap.page)


@routes.tap(SchoolResultsTap, Access.OVERSEER, within=of_school)
async def show_school_results(visit: Visit, tap: SchoolResultsTap) -> Reply:
    school = await of_school(visit, tap)
    assert school is not None
    return await _results(visit, await campaign_of(visit, tap), school, tap.page)


@routes.tap(RepeatTap, Access.OVERSEER, within=of_campaign)
async def repeat(visit: Visit, tap: RepeatTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    instrument = instrument_of(visit, campaign)
    if instrument is None or campaign.state is State.DRAFT:
        return Reply(await card(visit, campaign))
    again = await launching.repeat(visit.work, campaign, instrument, visit.member.id, visit.today, visit.now)
    return Reply(await preview(visit, again))


async def _results(visit: Visit, campaign: Campaign, place: Organisation, page: int) -> Reply:
    instrument = instrument_of(visit, campaign)
    if instrument is None or campaign.state is State.DRAFT:
        return Reply(await card(visit, campaign))
    if instrument.privacy is Privacy.OFFICIAL:
        answers = await visit.work.campaigns.official(campaign.id)
        own = place.id == campaign.organisation_id
        forms = [answer for answer in answers if own or answer.school_id == place.id]
        forms.sort(key=lambda form: natural(form.school))
        return Reply(screens.of_schools(campaign, place, summary(instrument, forms), page))
    smallest = visit.desk.min_group
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.REPORT_SEEN,
        organisation_id=place.id,
        instrument=instrument.id,
        campaign=campaign.id,
    )
    shown = await compared(visit.work, campaign, instrument, place, smallest, visit.now)
    return Reply(screens.of_people(campaign, instrument, place, shown, smallest, page))
