"""Making a campaign: the draft is a row from the first choice on, so that nothing is lost on the way."""

from dataclasses import replace
from datetime import timedelta

from handlers.access import allowed_in
from handlers.campaigns import draft_screens as screens
from handlers.campaigns.card import card
from handlers.campaigns.listing import campaign_list, own_places
from handlers.campaigns.taps import (
    ChooseInstrumentTap,
    DecideTap,
    DraftTap,
    DropTap,
    LaunchTap,
    NewCampaignOfTap,
    NewCampaignTap,
)
from handlers.campaigns.within import campaign_of, of_campaign, place_of
from handlers.campaigns.words import ROLES, people_words
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.russian import plural
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.campaigns import audience as audiences
from services.campaigns import launching, wording
from services.campaigns.launching import NotLaunchable
from services.campaigns.model import WORDS_LIMIT, Audience, Campaign, Plan, State
from services.diagnostics.answer_parsing import Unclear
from services.diagnostics.instrument import Instrument, Privacy
from services.natural_order import natural
from services.people.model import Kind, Organisation, Role
from services.terms import parsed_term

routes = Routes()

PARTS = ("audience", "term", "anonymity", "words", "preview")
TERM, WORDS = "campaign_term", "campaign_words"
"""Steps at which something is written."""
DROPPED = "Черновик удалён."
NOBODY_LEFT = "Пусть останется хотя бы одна роль."


@routes.tap(NewCampaignTap, Access.OVERSEER)
async def new(visit: Visit, tap: NewCampaignTap) -> Reply:
    places = own_places(visit)
    if len(places) == 1:
        return Reply(_instruments(visit, places[0]))
    return Reply(screens.places(places))


@routes.tap(NewCampaignOfTap, Access.OVERSEER, within=of_organisation)
async def new_of(visit: Visit, tap: NewCampaignOfTap) -> Reply:
    organisation = await of_organisation(visit, tap)
    assert organisation is not None
    return Reply(_instruments(visit, organisation))


@routes.tap(ChooseInstrumentTap, Access.OVERSEER, within=of_organisation)
async def choose_instrument(visit: Visit, tap: ChooseInstrumentTap) -> Reply:
    if tap.instrument not in visit.desk.library:
        return Reply(await campaign_list(visit))
    instrument = visit.desk.library.current(tap.instrument)
    campaign = await launching.draft(
        visit.work, tap.organisation, instrument, visit.member.id, visit.today, visit.now
    )
    return Reply(await _part(visit, campaign, "audience", back=False))


@routes.tap(DraftTap, Access.OVERSEER, within=of_campaign)
async def show_part(visit: Visit, tap: DraftTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    return Reply(await _part(visit, campaign, tap.part, tap.page, back=tap.back))


@routes.tap(DecideTap, Access.OVERSEER, within=of_campaign)
async def decide(visit: Visit, tap: DecideTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    if tap.what == "keep":
        return Reply(
            await _part(visit, campaign, _after(visit, campaign, tap.value, back=tap.back), back=tap.back)
        )
    plan = await _decided(visit, campaign, tap)
    if plan is not None:
        campaign = await _change(visit, campaign, plan)
    elif tap.what == "role":
        return Reply(await _part(visit, campaign, "audience", back=tap.back), toast=NOBODY_LEFT)
    staying = {"role": "audience", "early": "audience", "school": "schools", "subject": "subjects"}
    if tap.what in staying:
        return Reply(await _part(visit, campaign, staying[tap.what], tap.page, back=tap.back))
    part = {"days": "term", "anonymous": "anonymity"}.get(tap.what, "words")
    return Reply(await _part(visit, campaign, _after(visit, campaign, part, back=tap.back), back=tap.back))


@routes.step(TERM, Access.OVERSEER)
async def write_term(visit: Visit, text: str) -> Reply:
    campaign, back = await _written_for(visit)
    if campaign is None:
        return Reply(await menu_now(visit))
    try:
        ends_on = parsed_term(text, visit.today)
    except Unclear as unclear:
        return Reply(screens.term(campaign, str(unclear), back=back))
    campaign = await _change(visit, campaign, replace(campaign.plan, ends_on=ends_on))
    return Reply(await _part(visit, campaign, _after(visit, campaign, "term", back=back), back=back))


@routes.step(WORDS, Access.OVERSEER)
async def write_words(visit: Visit, text: str) -> Reply:
    campaign, back = await _written_for(visit)
    if campaign is None:
        return Reply(await menu_now(visit))
    words = "".join(char for char in text if char.isprintable() or char == "\n").strip()
    if not words:
        return Reply(screens.words(campaign, "Напишите, пожалуйста, словами.", back=back))
    if len(words) > WORDS_LIMIT:
        signs = plural(len(words), "знак", "знака", "знаков")
        note = f"Получилось {signs}, а поместится {WORDS_LIMIT}. Сократите, пожалуйста."
        return Reply(screens.words(campaign, note, back=back))
    campaign = await _change(visit, campaign, replace(campaign.plan, words=words))
    return Reply(await _part(visit, campaign, _after(visit, campaign, "words", back=back), back=back))


@routes.tap(LaunchTap, Access.OVERSEER, within=of_campaign)
async def launch(visit: Visit, tap: LaunchTap) -> Reply:
    campaign = await campaign_of(visit, tap)
    version = visit.desk.consent.version
    try:
        invited = await launching.launch(visit.work, campaign, visit.member.id, version, visit.today, visit.now)
    except NotLaunchable as reason:
        return Reply(await preview(visit, campaign, str(reason)))
    await visit.leave()
    toast = None if invited is None else f"Кампания запущена. Приглашения уходят: {people_words(invited)}."
    return Reply(await card(visit, await campaign_of(visit, tap)), toast)


@routes.tap(DropTap, Access.OVERSEER, within=of_campaign)
async def drop(visit: Visit, tap: DropTap) -> Reply:
    dropped = await visit.work.campaigns.drop(tap.campaign)
    return Reply(await campaign_list(visit, news=DROPPED if dropped else ""))


def _instruments(visit: Visit, organisation: Organisation) -> Screen:
    return screens.instruments(organisation, visit.desk.library.instruments)


async def _written_for(visit: Visit) -> tuple[Campaign | None, bool]:
    """The draft that the person writes about, if it is still one and still within their scope."""
    data = visit.conversation.data if visit.conversation else {}
    campaign = await visit.work.campaigns.get(int(data.get("campaign") or 0))
    if campaign is None or campaign.state is not State.DRAFT:
        return None, False
    place = await visit.work.organisations.get(campaign.organisation_id)
    if place is None or not allowed_in(Access.OVERSEER, visit.person, visit.desk.consent, place):
        return None, False
    return campaign, bool(data.get("back"))


async def _change(visit: Visit, campaign: Campaign, plan: Plan) -> Campaign:
    await visit.work.campaigns.change(campaign.id, plan)
    return await visit.work.campaigns.get(campaign.id) or campaign


async def _decided(visit: Visit, campaign: Campaign, tap: DecideTap) -> Plan | None:
    """The plan after the decision; None for one that cannot be taken."""
    plan, audience = campaign.plan, campaign.audience
    if tap.what == "days" and tap.value.isdecimal() and int(tap.value) in screens.DAYS:
        return replace(plan, ends_on=visit.today + timedelta(days=int(tap.value)))
    if tap.what == "anonymous":
        official = _instrument(visit, campaign).privacy is Privacy.OFFICIAL
        return replace(plan, anonymous=tap.value == "yes" and not official)
    if tap.what == "words":
        return replace(plan, words=wording.invitation(_instrument(visit, campaign)))
    if tap.what == "early":
        return replace(plan, audience=replace(audience, early_career=not audience.early_career))
    if tap.what == "role":
        return _with_role(plan, tap.value)
    if tap.what == "school":
        known = [str(school.id) for school in await _schools(visit, campaign)]
        chosen = _toggled([str(school) for school in audience.schools], tap.value, known)
        return replace(plan, audience=replace(audience, schools=tuple(int(school) for school in chosen)))
    if tap.what == "subject":
        found = await audiences.subjects(visit.work, campaign.organisation_id, audience)
        codes = {screens.subject_code(subject): subject for subject in (*found, *audience.subjects)}
        present = [screens.subject_code(subject) for subject in audience.subjects]
        chosen = _toggled(present, tap.value, list(codes))
        return replace(plan, audience=replace(audience, subjects=tuple(codes[code] for code in chosen)))
    return None


def _with_role(plan: Plan, value: str) -> Plan | None:
    roles = _toggled([role.value for role in plan.audience.roles], value, [role.value for role in ROLES])
    if not roles:
        return None
    audience: Audience = replace(plan.audience, roles=tuple(Role(role) for role in roles))
    return replace(plan, audience=audience)


def _toggled(chosen: list[str], value: str, known: list[str]) -> list[str]:
    """What is chosen after a tap on `value`; «all» is no choice in particular."""
    if value == "all":
        return []
    if value in chosen:
        return [one for one in chosen if one != value]
    return [*chosen, value] if value in known else chosen


def _after(visit: Visit, campaign: Campaign, part: str, *, back: bool) -> str:
    if back or part not in PARTS[:-1]:
        return "preview"
    following = PARTS[PARTS.index(part) + 1]
    if following == "anonymity" and _instrument(visit, campaign).privacy is Privacy.OFFICIAL:
        return "words"
    return following


async def _part(visit: Visit, campaign: Campaign, part: str, page: int = 0, *, back: bool) -> Screen:
    """The screen of a part; of a campaign that has begun meanwhile, its card."""
    await visit.leave()
    if campaign.state is not State.DRAFT:
        return await card(visit, campaign)
    if campaign.instrument not in visit.desk.library:
        await visit.work.campaigns.drop(campaign.id)
        return await campaign_list(visit)
    if part == "audience":
        organisation, schools = await place_of(visit, campaign), await _schools(visit, campaign)
        return screens.audience(campaign, organisation, schools, await _expected(visit, campaign), back=back)
    if part == "schools":
        return screens.schools(campaign, await _schools(visit, campaign), page, back=back)
    if part == "subjects":
        found = await audiences.subjects(visit.work, campaign.organisation_id, campaign.audience)
        return screens.subjects(campaign, found, page, back=back)
    if part == "anonymity" and _instrument(visit, campaign).privacy is Privacy.OFFICIAL:
        part = "term"
    if part == "term":
        await visit.stand(TERM, {"campaign": campaign.id, "back": back})
        return screens.term(campaign, back=back)
    if part == "anonymity":
        return screens.anonymity(campaign, _instrument(visit, campaign), back=back)
    if part == "words":
        await visit.stand(WORDS, {"campaign": campaign.id, "back": back})
        return screens.words(campaign, back=back)
    if part == "change":
        return screens.changing(campaign, _instrument(visit, campaign))
    return await preview(visit, campaign)


async def preview(visit: Visit, campaign: Campaign, note: str = "") -> Screen:
    """What will be sent, to whom, and the button that does it."""
    return screens.preview(
        campaign,
        _instrument(visit, campaign),
        await place_of(visit, campaign),
        await _schools(visit, campaign),
        await _expected(visit, campaign),
        visit.desk.min_group,
        visit.today,
        note,
    )


async def _expected(visit: Visit, campaign: Campaign) -> audiences.Expected:
    version = visit.desk.consent.version
    return await audiences.expected(visit.work, campaign.organisation_id, campaign.audience, version, visit.today)


async def _schools(visit: Visit, campaign: Campaign) -> list[Organisation]:
    """The schools of the municipality whose campaign it is; none for a school's own."""
    children = await visit.work.organisations.children(campaign.organisation_id)
    return sorted((one for one in children if one.kind is Kind.SCHOOL), key=lambda school: natural(school.name))


def _instrument(visit: Visit, campaign: Campaign) -> Instrument:
    return visit.desk.library.current(campaign.instrument)
