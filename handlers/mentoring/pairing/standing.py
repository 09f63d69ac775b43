"""Where a run stands now: what is shown after a decision, and to whoever taps on a button of long ago."""

from datetime import datetime, time

from handlers.mentoring.pairing import card_screens, screens
from handlers.mentoring.pairing.card import pair_seen
from handlers.mentoring.pairing.overview import overview_of, present
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.mentoring.pairing.run import Proposal, Run, RunState, tally
from services.mentoring.pairing.task import bank_of
from services.mentoring.requests.asking import note_seen
from services.people.model import Organisation

CHANGED = "Подбор изменился, посмотрите ещё раз."


async def start_screen(visit: Visit, place: Organisation) -> Screen:
    """The open run of the place, or how to begin one."""
    run = await visit.work.matching.open_of(place.id)
    if run is not None:
        counts = tally(await visit.work.matching.proposals(run.id))
        # With nobody but those who were left out there is nothing to go through.
        if counts.pairs or counts.unmatched:
            return await run_screen(visit, run, place)
    return await aims_screen(visit, place)


async def aims_screen(visit: Visit, place: Organisation) -> Screen:
    """What is asked before a run, or that there is nobody to be matched."""
    waiting = await visit.work.mentee_requests.waiting(place)
    if not waiting:
        return screens.nobody_waits(place)
    run = await visit.work.matching.open_of(place.id)
    proposals = await visit.work.matching.proposals(run.id) if run is not None else []
    ids = [card.person_id for card in await bank_of(visit.work, place)]
    seats = await visit.work.matching.seats(ids)
    return screens.asks_aim(
        place,
        len(waiting),
        sum(one.free for one in seats.values()),
        sum(one.fixed for one in proposals),
        run if present(proposals) else None,
    )


async def run_screen(visit: Visit, run: Run, place: Organisation, page: int = 0, note: str = "") -> Screen:
    """A page of an open run; of one that is over, what has taken its place."""
    if run.state is not RunState.OPEN:
        return await start_screen(visit, place)
    consent = visit.desk.consent.version
    return screens.overview(await overview_of(visit.work, consent, run, place, page), note)


async def pair_screen(visit: Visit, run: Run, place: Organisation, proposal: Proposal, note: str = "") -> Screen:
    """The card of a proposal of an open run; of another one, what has taken the run's place."""
    if run.state is not RunState.OPEN or proposal not in present([proposal]):
        return await run_screen(visit, run, place)
    seen = await pair_seen(visit, run, place, proposal)
    if seen.mentee.request is not None:
        midnight = datetime.combine(visit.today, time(), visit.zone)
        await note_seen(visit.work, visit.member, seen.mentee.request, visit.now, midnight)
    return card_screens.card(seen, note)


async def overtaken(visit: Visit, run_id: int, place: Organisation, proposal_id: int | None = None) -> Reply:
    """Somebody was faster, or the button is of long ago."""
    run = await visit.work.matching.run(run_id)
    if run is None:
        return Reply(await start_screen(visit, place), toast=CHANGED)
    proposal = await visit.work.matching.proposal(proposal_id) if proposal_id is not None else None
    if proposal is None:
        return Reply(await run_screen(visit, run, place), toast=CHANGED)
    return Reply(await pair_screen(visit, run, place, proposal), toast=CHANGED)
