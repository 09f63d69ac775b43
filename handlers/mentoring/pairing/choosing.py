"""Another mentor for a proposal, chosen by hand; the rest is then matched again."""

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.pairing import choosing_screens as chooser
from handlers.mentoring.pairing import screens
from handlers.mentoring.pairing.begun import begun
from handlers.mentoring.pairing.candidates import candidates
from handlers.mentoring.pairing.overview import HIDDEN
from handlers.mentoring.pairing.proposals import NO_SEAT, OWN
from handlers.mentoring.pairing.standing import overtaken, pair_screen
from handlers.mentoring.pairing.taps import ChooseTap, OthersTap, PickTap, SearchTap
from handlers.mentoring.pairing.within import place_of_proposal, proposal_of
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.pairing import deciding
from services.mentoring.pairing.deciding import NoSeatError
from services.mentoring.pairing.run import Decision, Proposal, Run, RunState
from services.people import rights
from services.people.model import Organisation
from services.people.names import name_key

routes = Routes()

FIND = "mentoring_find"
"""The step at which the surname of a mentor is written."""
CHOSEN = "Пара закреплена, остальных подбираю заново."
NOBODY_FOUND = "Среди наставников со свободными местами такой фамилии нет. Проверьте, пожалуйста, написание."


@routes.tap(OthersTap, Access.OVERSEER, within=place_of_proposal)
async def show_others(visit: Visit, tap: OthersTap) -> Reply:
    run, place, proposal = await proposal_of(visit, tap)
    if not _open(run, proposal):
        return await overtaken(visit, run.id, place, proposal.id)
    await visit.leave()
    found = [one for one in await candidates(visit, place, proposal) if one.score is not None]
    found.sort(key=lambda one: one.score or 0, reverse=True)
    return Reply(chooser.others(run, proposal, await _mentee(visit, proposal), found))


@routes.tap(PickTap, Access.OVERSEER, within=place_of_proposal)
async def show_bank(visit: Visit, tap: PickTap) -> Reply:
    run, place, proposal = await proposal_of(visit, tap)
    if not _open(run, proposal):
        return await overtaken(visit, run.id, place, proposal.id)
    await visit.leave()
    found = await candidates(visit, place, proposal)
    return Reply(chooser.bank(run, proposal, await _mentee(visit, proposal), found, tap.page))


@routes.tap(SearchTap, Access.OVERSEER, within=place_of_proposal)
async def ask_surname(visit: Visit, tap: SearchTap) -> Reply:
    run, place, proposal = await proposal_of(visit, tap)
    if not _open(run, proposal):
        return await overtaken(visit, run.id, place, proposal.id)
    await visit.stand(FIND, {"proposal": proposal.id})
    return Reply(chooser.asks_surname(proposal))


@routes.step(FIND, Access.REGISTERED)
async def find(visit: Visit, text: str) -> Reply:
    number = int((visit.conversation.data if visit.conversation else {}).get("proposal") or 0)
    standing = await _standing(visit, number)
    if standing is None:
        return Reply(await menu_now(visit, NOT_HERE))
    run, place, proposal = standing
    if not _open(run, proposal):
        await visit.leave()
        return await overtaken(visit, run.id, place, proposal.id)
    if is_part(visit, text):
        await stand_again(visit, text, FIND, {"proposal": proposal.id})
        return Reply(chooser.asks_surname(proposal, TOO_LONG))
    key = name_key(text)
    found = [
        one for one in await candidates(visit, place, proposal) if name_key(one.profile.full_name).startswith(key)
    ]
    if not key or not found:
        return Reply(chooser.asks_surname(proposal, NOBODY_FOUND))
    await visit.leave()
    shown = found[: chooser.SHOWN]
    return Reply(chooser.bank(run, proposal, await _mentee(visit, proposal), shown, 0))


@routes.tap(ChooseTap, Access.OVERSEER, within=place_of_proposal)
async def choose(visit: Visit, tap: ChooseTap) -> Reply:
    run, place, proposal = await proposal_of(visit, tap)
    if not deciding.may_decide(visit.member, proposal):
        return Reply(await pair_screen(visit, run, place, proposal), toast=OWN)
    if not _open(run, proposal) or run.turn != tap.turn:
        return await overtaken(visit, run.id, place, proposal.id)
    if tap.mentor not in {one.person_id for one in await candidates(visit, place, proposal)}:
        return Reply(await pair_screen(visit, run, place, proposal), toast=NO_SEAT)
    try:
        chosen = await deciding.choose(visit.work, run, proposal, tap.turn, visit.member, tap.mentor)
    except NoSeatError:
        return Reply(await pair_screen(visit, run, place, proposal), toast=NO_SEAT)
    if chosen is None:
        return await overtaken(visit, run.id, place, proposal.id)
    await visit.leave()
    job = await begun(visit, place, run.aim, left_out=True)
    return Reply(screens.matching_now(place, CHOSEN), owed=(job,))


async def _standing(visit: Visit, proposal_id: int) -> tuple[Run, Organisation, Proposal] | None:
    """What is written about, if the visitor oversees its place still."""
    proposal = await visit.work.matching.proposal(proposal_id)
    run = await visit.work.matching.run(proposal.run_id) if proposal is not None else None
    place = await visit.work.organisations.get(run.organisation_id) if run is not None else None
    if proposal is None or run is None or place is None or not rights.oversees(visit.member, place):
        return None
    return run, place, proposal


def _open(run: Run, proposal: Proposal) -> bool:
    return run.state is RunState.OPEN and proposal.decision is not Decision.SENT


async def _mentee(visit: Visit, proposal: Proposal) -> str:
    profiles = await visit.work.matching.profiles([proposal.mentee_id], visit.desk.consent.version)
    return profiles[proposal.mentee_id].full_name if proposal.mentee_id in profiles else HIDDEN
