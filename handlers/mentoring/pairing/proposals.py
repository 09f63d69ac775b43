"""One proposal of a run: looked at, agreed to, left out, excluded."""

from handlers.mentoring.pairing import card_screens, screens
from handlers.mentoring.pairing.begun import begun
from handlers.mentoring.pairing.card import pair_seen
from handlers.mentoring.pairing.card_screens import DECISIONS
from handlers.mentoring.pairing.standing import overtaken, pair_screen, run_screen
from handlers.mentoring.pairing.taps import DecideTap, ExcludeTap, ProposalTap
from handlers.mentoring.pairing.within import place_of_proposal, proposal_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.pairing import deciding
from services.mentoring.pairing.deciding import NoSeatError
from services.mentoring.pairing.run import Decision, Proposal, Run, RunState
from services.people.model import Organisation

routes = Routes()

OWN = "Это пара для вас: о ней решит другой куратор или методист."
NO_SEAT = "У этого наставника не осталось свободных мест."
EXCLUDED = "Эту пару больше не предлагаем."
TOASTS = {
    Decision.AGREED: "Согласовано.",
    Decision.LEFT_OUT: "Пропущено: в этот раз пары не будет.",
    Decision.OPEN: "Решение отменено.",
}


@routes.tap(ProposalTap, Access.OVERSEER, within=place_of_proposal)
async def show_proposal(visit: Visit, tap: ProposalTap) -> Reply:
    await visit.leave()
    run, place, proposal = await proposal_of(visit, tap)
    return Reply(await pair_screen(visit, run, place, proposal))


@routes.tap(DecideTap, Access.OVERSEER, within=place_of_proposal)
async def decide(visit: Visit, tap: DecideTap) -> Reply:
    run, place, proposal = await proposal_of(visit, tap)
    decision = DECISIONS.get(tap.decision, Decision.OPEN)
    if not deciding.may_decide(visit.member, proposal):
        return Reply(await pair_screen(visit, run, place, proposal), toast=OWN)
    try:
        decided = await deciding.decide(visit.work, run, proposal, tap.turn, visit.member, decision)
    except NoSeatError:
        return Reply(await pair_screen(visit, run, place, proposal), toast=NO_SEAT)
    if decided is None:
        return await overtaken(visit, run.id, place, proposal.id)
    if decision is Decision.OPEN:
        _, _, proposal = await proposal_of(visit, tap)
        return Reply(await pair_screen(visit, decided, place, proposal), toast=TOASTS[decision])
    return await _onward(visit, decided, place, proposal, TOASTS[decision])


@routes.tap(ExcludeTap, Access.OVERSEER, within=place_of_proposal)
async def exclude(visit: Visit, tap: ExcludeTap) -> Reply:
    run, place, proposal = await proposal_of(visit, tap)
    if not deciding.may_decide(visit.member, proposal):
        return Reply(await pair_screen(visit, run, place, proposal), toast=OWN)
    if run.state is not RunState.OPEN or run.turn != tap.turn or proposal.mentor_id is None:
        return await overtaken(visit, run.id, place, proposal.id)
    if not tap.sure:
        return Reply(card_screens.excluding(await pair_seen(visit, run, place, proposal)))
    excluded = await deciding.exclude(visit.work, run, proposal, tap.turn, visit.member, EXCLUDED, visit.now)
    if excluded is None:
        return await overtaken(visit, run.id, place, proposal.id)
    job = await begun(visit, place, run.aim, left_out=True)
    return Reply(screens.matching_now(place, EXCLUDED), owed=(job,))


async def _onward(visit: Visit, run: Run, place: Organisation, decided: Proposal, toast: str) -> Reply:
    """The next pair that nothing is decided about, behind this one first; the whole run when there is none."""
    waiting = [one for one in await visit.work.matching.proposals(run.id) if one.waits]
    later = [one for one in waiting if one.id > decided.id] or waiting
    if not later:
        return Reply(await run_screen(visit, run, place), toast=toast)
    return Reply(await pair_screen(visit, run, place, later[0]), toast=toast)
