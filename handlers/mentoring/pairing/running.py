"""A whole run: begun, looked at, agreed to, sent."""

from handlers.mentoring.offers.terms import terms_of
from handlers.mentoring.pairing import screens
from handlers.mentoring.pairing.begun import AIMS, begun
from handlers.mentoring.pairing.standing import aims_screen, overtaken, run_screen, start_screen
from handlers.mentoring.pairing.taps import AgreeAllTap, AimTap, BeginTap, RunTap, SendTap
from handlers.mentoring.pairing.within import place_of_run, run_of
from handlers.mentoring.taps import MatchTap
from handlers.routes import Access, Routes
from handlers.ui.russian import plural
from handlers.ui.screen import Reply
from handlers.visit import Visit
from handlers.within import of_organisation
from services.mentoring.pairing import deciding, sending
from services.mentoring.pairing.run import RunState, tally
from services.mentoring.pairing.term import answer_by, last_day
from services.mentoring.sides import Aim
from services.people.model import Organisation
from services.people.zones import zone_at

routes = Routes()

NOTHING_AGREED = "Сначала согласуйте хотя бы одну пару."


@routes.tap(MatchTap, Access.OVERSEER, within=of_organisation)
async def show_matching(visit: Visit, tap: MatchTap) -> Reply:
    await visit.leave()
    return Reply(await start_screen(visit, await _place(visit, tap.organisation)))


@routes.tap(AimTap, Access.OVERSEER, within=of_organisation)
async def ask_aim(visit: Visit, tap: AimTap) -> Reply:
    await visit.leave()
    return Reply(await aims_screen(visit, await _place(visit, tap.organisation)))


@routes.tap(BeginTap, Access.OVERSEER, within=of_organisation)
async def begin(visit: Visit, tap: BeginTap) -> Reply:
    place = await _place(visit, tap.organisation)
    if not await visit.work.mentee_requests.waiting(place):
        return Reply(screens.nobody_waits(place))
    aim = AIMS[tap.aim] if tap.aim < len(AIMS) else Aim.TOTAL
    return Reply(screens.matching_now(place), owed=(await begun(visit, place, aim, left_out=False),))


@routes.tap(RunTap, Access.OVERSEER, within=place_of_run)
async def show_run(visit: Visit, tap: RunTap) -> Reply:
    await visit.leave()
    run, place = await run_of(visit, tap.run)
    return Reply(await run_screen(visit, run, place, tap.page))


@routes.tap(AgreeAllTap, Access.OVERSEER, within=place_of_run)
async def agree_to_all(visit: Visit, tap: AgreeAllTap) -> Reply:
    run, place = await run_of(visit, tap.run)
    agreed = await deciding.agree_to_all(visit.work, run, tap.turn, visit.member)
    if agreed is None:
        return await overtaken(visit, run.id, place)
    run, place = await run_of(visit, tap.run)
    toast = f"Согласовано: {plural(agreed, 'пара', 'пары', 'пар')}."
    return Reply(await run_screen(visit, run, place), toast=toast)


@routes.tap(SendTap, Access.OVERSEER, within=place_of_run)
async def send(visit: Visit, tap: SendTap) -> Reply:
    run, place = await run_of(visit, tap.run)
    if run.state is not RunState.OPEN or run.turn != tap.turn:
        return await overtaken(visit, run.id, place)
    fixed = tally(await visit.work.matching.proposals(run.id)).fixed
    if not fixed:
        return Reply(await run_screen(visit, run, place), toast=NOTHING_AGREED)
    terms = terms_of(visit.desk, visit.now)
    if not tap.sure:
        zone = zone_at(place, visit.desk.zone)
        until = last_day(answer_by(visit.now, terms.days, zone, terms.quiet), zone)
        return Reply(screens.sending(run, place, fixed, until, visit.now.astimezone(zone).date()))
    sent = await sending.send(visit.work, run, place, tap.turn, visit.member.id, terms)
    if sent is None:
        return await overtaken(visit, run.id, place)
    words = screens.sent_words(sent.sent, sent.stayed)
    if sent.run.state is RunState.OPEN:
        return Reply(await run_screen(visit, sent.run, place, note=words))
    return Reply(screens.all_sent(place, words))


async def _place(visit: Visit, organisation_id: int) -> Organisation:
    place = await visit.work.organisations.get(organisation_id)
    if place is None:
        raise LookupError("no such place")
    return place
