"""The monitoring of the month: prepared, offered, written up."""

from handlers.campaigns.card import card
from handlers.campaigns.drafting import preview
from handlers.cyclogram import screens
from handlers.cyclogram.taps import CyclogramTap, DeclineTap, PrepareTap
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.screen import Declined, Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.campaigns.model import State
from services.people.model import Kind, Organisation
from services.pushes import monitoring
from services.pushes.cyclogram import Turn, stages, turn_by, turns_of_year

routes = Routes()


@routes.tap(CyclogramTap, Access.METHODIST, within=of_organisation)
async def tap_cyclogram(visit: Visit, tap: CyclogramTap) -> Reply:
    return Reply(await _year(visit, await _municipality(visit, tap.organisation)), fresh=tap.fresh)


@routes.tap(PrepareTap, Access.METHODIST, within=of_organisation)
async def tap_prepare(visit: Visit, tap: PrepareTap) -> Reply:
    place = await _municipality(visit, tap.organisation)
    turn = _turn(visit, place, tap.month, tap.code)
    instruments = turn.monitoring.instruments
    if tap.instrument >= len(instruments) or instruments[tap.instrument] not in visit.desk.library:
        return Reply(screens.nothing_to_prepare(place))
    instrument = visit.desk.library.current(instruments[tap.instrument])
    campaign = await monitoring.prepare(
        visit.work, place, turn, instrument, visit.member.id, visit.today, visit.now
    )
    await visit.leave()
    return Reply(
        await preview(visit, campaign) if campaign.state is State.DRAFT else await card(visit, campaign),
        fresh=True,
    )


@routes.tap(DeclineTap, Access.METHODIST, within=of_organisation)
async def tap_decline(visit: Visit, tap: DeclineTap) -> Reply:
    place = await _municipality(visit, tap.organisation)
    await monitoring.decline(visit.work, place, _turn(visit, place, tap.month, tap.code), visit.now)
    return Reply(await _year(visit, place, screens.DECLINED))


async def _year(visit: Visit, place: Organisation, note: str = "") -> Screen:
    await visit.leave()
    turns = turns_of_year(visit.today)
    marks = await visit.work.pushes.monitoring_marks(place.id, [turn.key for turn in turns])
    return screens.year(place, turns, stages(marks), visit.desk.library, visit.today, note)


async def _municipality(visit: Visit, organisation_id: int) -> Organisation:
    """The municipality of a tap that the edge has let in; of a school the one above it."""
    place = await named(visit, organisation_id)
    if place.kind is Kind.SCHOOL and place.parent_id is not None:
        return await named(visit, place.parent_id)
    return place


def _turn(visit: Visit, place: Organisation, month: int, code: str) -> Turn:
    """The monitoring of a button. Raises Declined for one that is none, or not of this round."""
    turn = turn_by(month, code)
    known = [one.key for one in turns_of_year(visit.today)]
    if turn is None or turn.key not in known:
        raise Declined(screens.nothing_to_prepare(place))
    return turn
