"""«Кампании»: one's own, and those of the municipality that one's school takes part in."""

from collections.abc import Sequence
from html import escape

from handlers.campaigns.taps import CampaignListTap, CampaignSchoolTap, CampaignTap, DraftTap, NewCampaignTap
from handlers.menu.taps import MenuTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.campaigns.model import Listed, State
from services.people.model import Organisation, Role

routes = Routes()

SHOWN = 8
TITLE_SHOWN = 40
_ORDER = {State.RUNNING: 0, State.DRAFT: 1, State.CLOSED: 2}


@routes.command("campaigns", Access.OVERSEER)
async def command_campaigns(visit: Visit, _: str) -> Reply:
    return Reply(await campaign_list(visit))


@routes.tap(CampaignListTap, Access.OVERSEER)
async def tap_campaigns(visit: Visit, tap: CampaignListTap) -> Reply:
    return Reply(await campaign_list(visit, tap.page))


def own_places(visit: Visit) -> Sequence[Organisation]:
    """Where the person may launch campaigns, the widest first."""
    places = (*visit.member.scopes(Role.METHODIST), *visit.member.scopes(Role.CURATOR))
    return list({place.id: place for place in places}.values())


async def campaign_list(visit: Visit, page: int = 0, news: str = "") -> Screen:
    """A page of campaigns: those that run above; whatever the person was writing for is left."""
    await visit.leave()
    own = await visit.work.campaigns.listed([place.id for place in own_places(visit)])
    mine = {listed.campaign.id for listed in own}
    schools = [place.id for place in visit.member.scopes(Role.CURATOR)]
    around = await visit.work.campaigns.around(schools) if schools else ()
    found = [*own, *(listed for listed in around if listed.campaign.id not in mine)]
    found.sort(key=lambda listed: _ORDER[listed.campaign.state])
    pages = max(1, -(-len(found) // SHOWN))
    page = min(page, pages - 1)
    shown = found[page * SHOWN : (page + 1) * SHOWN]
    rows: list[Row] = [_row(listed) for listed in shown]
    turns = [(page - 1, "‹ Раньше"), (page + 1, "Дальше ›")]
    turning = tuple(button(title, CampaignListTap(page=number)) for number, title in turns if 0 <= number < pages)
    rows += [turning] if turning else []
    rows += [(button("Новая кампания", NewCampaignTap()),), (button("Меню", MenuTap()),)]
    head = f"{news}\n\n" if news else ""
    return Screen(f"{head}<b>Кампании</b>\n\n{_about(found, shown)}", tuple(rows))


def _about(found: Sequence[Listed], shown: Sequence[Listed]) -> str:
    if not found:
        return (
            "Кампания приглашает людей пройти одну диагностику или опрос до выбранного дня, напоминает тем, "
            "кто ещё не ответил, и показывает, сколько уже готово. Пока не было ни одной."
        )
    # Counts stand here, too: a phone cuts the end of a long button.
    counted = [
        f"• {escape(listed.campaign.title)}: {listed.finished} из {listed.people}"
        f"{', закрыта' if listed.campaign.state is State.CLOSED else ''}"
        for listed in shown
        if listed.campaign.state is not State.DRAFT
    ]
    running = any(listed.campaign.state is State.RUNNING for listed in found)
    lines = ["Сколько человек уже ответили:" if running else "Сейчас ничего не идёт."]
    return "\n".join([*lines, *counted])


def _row(listed: Listed) -> Row:
    campaign = listed.campaign
    title = campaign.title
    if len(title) > TITLE_SHOWN:
        title = title[: TITLE_SHOWN - 1].rstrip(" ,") + "…"
    done = f"{listed.finished} из {listed.people}"
    if listed.school_id is not None:
        # Another's campaign in which one's school takes part.
        closed = "Закрыта: " if campaign.state is State.CLOSED else ""
        tap = CampaignSchoolTap(campaign=campaign.id, school=listed.school_id)
        return (button(f"{closed}Район: {title}, {done}", tap),)
    if campaign.state is State.DRAFT:
        return (button(f"Черновик: {title}", DraftTap(campaign=campaign.id, part="preview")),)
    closed = "Закрыта: " if campaign.state is State.CLOSED else ""
    return (button(f"{closed}{title}, {done}", CampaignTap(campaign=campaign.id)),)
