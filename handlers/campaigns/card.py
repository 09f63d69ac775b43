"""The live card of a campaign, of the whole and of one school, and what is done from it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.access import allowed_in
from handlers.campaigns import card_screens as screens
from handlers.campaigns.taps import (
    CampaignSchoolTap,
    CampaignTap,
    CloseTap,
    RemindTap,
    ReopenTap,
    SchoolUnfinishedTap,
    UnfinishedSheetTap,
    UnfinishedTap,
)
from handlers.campaigns.within import campaign_of, of_campaign, of_school, place_of
from handlers.campaigns.words import people_words
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Effect, Routes
from handlers.ui.screen import Document, Reply, Screen
from handlers.visit import Visit
from services.campaigns import launching, reminding
from services.campaigns.model import NOBODY, Campaign, SchoolStanding, State, Unfinished
from services.campaigns.sheet import unfinished_sheet
from services.diagnostics.answer_parsing import Unclear
from services.diagnostics.instrument import Instrument
from services.natural_order import natural
from services.privacy.ports import Action
from services.terms import parsed_term

routes = Routes()

REOPEN = "campaign_reopen"
"""The step at which a new term is written."""
NOT_NOW = "Сейчас не время: напоминания уходят с 9 до 19 часов, кроме воскресенья."
ALL_REMINDED = "Все, кто не ответил, сегодня уже получили сообщение."
NOT_RUNNING = "Кампания закрыта."


async def card(visit: Visit, campaign: Campaign) -> Screen:
    """How the campaign stands now."""
    if campaign.state is State.DRAFT:
        return screens.not_begun(campaign)
    organisation = await place_of(visit, campaign)
    schools = await _standing(visit, campaign)
    return screens.card(campaign, organisation, instrument_of(visit, campaign), schools, _local(visit))


@routes.tap(CampaignTap, Access.OVERSEER, Effect.READS, within=of_campaign)
async def show_card(visit: Visit, tap: CampaignTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    if tap.part == "schools":
        schools = await _standing(visit, campaign)
        return Reply(screens.schools(campaign, schools, tap.page, _local(visit)))
    return Reply(await card(visit, campaign))


@routes.tap(CampaignSchoolTap, Access.OVERSEER, Effect.READS, within=of_school)
async def show_school(visit: Visit, tap: CampaignSchoolTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    school = await of_school(visit, tap)
    assert school is not None
    schools = await _standing(visit, campaign)
    standing = next((one.standing for one in schools if one.school_id == school.id), NOBODY)
    instrument = instrument_of(visit, campaign)
    place = await place_of(visit, campaign)
    whole = place.id != school.id and allowed_in(Access.OVERSEER, visit.person, visit.desk.consent, place)
    return Reply(screens.school_card(campaign, school, instrument, standing, _local(visit), whole=whole))


@routes.tap(UnfinishedTap, Access.OVERSEER, within=of_campaign)
async def show_unfinished(visit: Visit, tap: UnfinishedTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    people = await _unfinished(visit, campaign)
    await _note_seen(visit, campaign, campaign.organisation_id)
    return Reply(screens.unfinished(campaign, people, tap.page))


@routes.tap(SchoolUnfinishedTap, Access.OVERSEER, within=of_school)
async def show_school_unfinished(visit: Visit, tap: SchoolUnfinishedTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    people = await _unfinished(visit, campaign, tap.school)
    await _note_seen(visit, campaign, tap.school)
    return Reply(screens.school_unfinished(campaign, tap.school, people, tap.page))


@routes.tap(UnfinishedSheetTap, Access.OVERSEER, within=of_campaign)
async def send_sheet(visit: Visit, tap: UnfinishedSheetTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    people = await _unfinished(visit, campaign)
    await _note_seen(visit, campaign, campaign.organisation_id)
    document = Document("ne-otvetili.xlsx", unfinished_sheet(people))
    caption = f"Кто ещё не ответил: {people_words(len(people))}. Только школы и имена."
    return Reply(Screen(caption, document=document), fresh=True)


@routes.tap(RemindTap, Access.OVERSEER, within=of_campaign)
async def remind(visit: Visit, tap: RemindTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    if campaign.state is not State.RUNNING:
        return Reply(await card(visit, campaign), NOT_RUNNING)
    if not reminding.good_time(_local(visit)):
        return Reply(toast=NOT_NOW)
    version, zone = visit.desk.consent.version, visit.desk.zone
    reminded = await reminding.remind_now(visit.work, campaign, version, visit.now, zone)
    return Reply(toast=f"Напоминание уходит: {people_words(reminded)}." if reminded else ALL_REMINDED)


@routes.tap(CloseTap, Access.OVERSEER, within=of_campaign)
async def close(visit: Visit, tap: CloseTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    if campaign.state is State.RUNNING and not tap.sure:
        schools = await _standing(visit, campaign)
        return Reply(screens.closing(campaign, screens.together(schools)))
    await launching.close(visit.work, campaign, visit.member.id, visit.now)
    return Reply(await card(visit, await campaign_of(visit, tap)))


@routes.tap(ReopenTap, Access.OVERSEER, within=of_campaign)
async def reopen(visit: Visit, tap: ReopenTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    if campaign.state is not State.CLOSED:
        return Reply(await card(visit, campaign))
    ends_on = visit.today + timedelta(days=tap.days)
    if not tap.days or not launching.fits_term(ends_on, visit.today):
        await visit.stand(REOPEN, {"campaign": campaign.id})
        return Reply(screens.reopening(campaign))
    return Reply(await _reopened(visit, campaign, ends_on))


@routes.step(REOPEN, Access.OVERSEER)
async def write_reopening(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    campaign = await visit.work.campaigns.get(int(data.get("campaign") or 0))
    place = await visit.work.organisations.get(campaign.organisation_id) if campaign else None
    if campaign is None or place is None or campaign.state is not State.CLOSED:
        return Reply(await menu_now(visit))
    if not allowed_in(Access.OVERSEER, visit.person, visit.desk.consent, place):
        return Reply(await menu_now(visit))
    try:
        ends_on = parsed_term(text, visit.today)
    except Unclear as unclear:
        return Reply(screens.reopening(campaign, str(unclear)))
    return Reply(await _reopened(visit, campaign, ends_on))


async def _reopened(visit: Visit, campaign: Campaign, ends_on: date) -> Screen:
    await visit.leave()
    version = visit.desk.consent.version
    await launching.reopen(visit.work, campaign, ends_on, visit.member.id, version, visit.today, visit.now)
    return await card(visit, await visit.work.campaigns.get(campaign.id) or campaign)


def instrument_of(visit: Visit, campaign: Campaign) -> Instrument | None:
    """What the campaign asks; None when it has been taken out of the library."""
    library = visit.desk.library
    return library.current(campaign.instrument) if campaign.instrument in library else None


async def _standing(visit: Visit, campaign: Campaign) -> Sequence[SchoolStanding]:
    schools = await visit.work.campaigns.standing(campaign.id, visit.desk.consent.version)
    return sorted(schools, key=lambda one: natural(one.school))


async def _unfinished(visit: Visit, campaign: Campaign, school_id: int | None = None) -> Sequence[Unfinished]:
    people = await visit.work.campaigns.unfinished(campaign.id, visit.desk.consent.version, school_id)
    return sorted(people, key=lambda one: natural(one.school))


def _local(visit: Visit) -> datetime:
    return visit.now.astimezone(visit.desk.zone)


async def _note_seen(visit: Visit, campaign: Campaign, organisation_id: int) -> None:
    await visit.work.audit.note(
        visit.now, visit.member.id, Action.PEOPLE_SEEN, organisation_id=organisation_id, campaign=campaign.id
    )
