"""Where mentoring begins."""

from collections.abc import Sequence

from handlers.mentoring.home import screens
from handlers.mentoring.home.taps import PlaceTap
from handlers.mentoring.taps import MentoringTap
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.mentoring.bank import approving, offering
from services.mentoring.bank.card import CardState
from services.mentoring.life.groups import Need, need_of, seen_by
from services.mentoring.life.ports import PairLine
from services.mentoring.meetings import waiting
from services.mentoring.pair import OPEN_PAIR, PairState
from services.people.model import Organisation, Role

routes = Routes()

ENDED_PAIR = (PairState.COMPLETED, PairState.CLOSED_EARLY)
OF_OVERSEER = (Need.END_ASKED, Need.ORDER, Need.SILENT)
"""What of a pair's needs an overseer sees to."""


@routes.command("mentoring", Access.REGISTERED)
async def command_mentoring(visit: Visit, _: str) -> Reply:
    return Reply(await home_screen(visit))


@routes.tap(MentoringTap, Access.REGISTERED)
async def tap_mentoring(visit: Visit, tap: MentoringTap) -> Reply:
    return Reply(await home_screen(visit))


@routes.tap(PlaceTap, Access.OVERSEER, within=of_organisation)
async def show_place(visit: Visit, tap: PlaceTap) -> Reply:
    await visit.leave()
    return Reply(screens.place(await _of_place(visit, await named(visit, tap.organisation))))


async def home_screen(visit: Visit) -> Screen:
    """What the visitor has to do with mentoring. Leaves any conversation."""
    await visit.leave()
    every = await visit.work.pair_lists.of_person(visit.member.id)
    pairs = [line for line in every if line.state in OPEN_PAIR]
    places = _places(visit)
    return screens.home(
        await _as_mentee(visit, pairs),
        await _as_mentor(visit, pairs),
        [await _of_place(visit, places[0])] if len(places) == 1 else [],
        places if len(places) > 1 else [],
        visit.today,
        may_offer=bool(offering.schools(visit.member)),
        past=await _past(visit, every),
    )


async def _past(visit: Visit, pairs: Sequence[PairLine]) -> list[tuple[int, str]]:
    """The latest pairs that have ended, without those of people who are shown to nobody."""
    found: list[tuple[int, str]] = []
    for line in pairs:
        leads = line.mentor_id == visit.member.id
        other = line.mentee_id if leads else line.mentor_id
        if line.state in ENDED_PAIR and await visit.work.people.agrees(other, visit.desk.consent.version):
            found.append((line.id, line.mentee if leads else line.mentor))
        if len(found) == screens.PAST_SHOWN:
            break
    return found


def _places(visit: Visit) -> list[Organisation]:
    """A methodist's municipalities as a whole, then the schools of a curator that lie in none of them."""
    districts = {each.id: each for each in visit.member.scopes(Role.METHODIST)}
    schools = {each.id: each for each in visit.member.scopes(Role.CURATOR) if each.parent_id not in districts}
    return [*districts.values(), *schools.values()]


async def _as_mentee(visit: Visit, pairs: list[PairLine]) -> screens.AsMentee | None:
    person, work = visit.member, visit.work
    pair = next((line for line in pairs if line.mentee_id == person.id), None)
    request = await work.mentee_requests.open_of(person.id)
    if pair is None and request is None and not person.has(Role.TEACHER):
        return None
    unconfirmed = await waiting.unconfirmed(work, person.id, visit.desk.consent.version)
    return screens.AsMentee(
        pair,
        request.waits_since.astimezone(visit.zone).date() if request is not None else None,
        await work.mentee_requests.draft_of(person.id) is not None,
        [meeting.id for _, meeting in unconfirmed],
    )


async def _as_mentor(visit: Visit, pairs: list[PairLine]) -> screens.AsMentor | None:
    person, work = visit.member, visit.work
    card = await work.mentor_cards.get(person.id)
    led = [line for line in pairs if line.mentor_id == person.id]
    if card is None and not led and not person.has(Role.MENTOR):
        return None
    disputed = await waiting.disputed(work, person.id, visit.desk.consent.version)
    in_bank = card is not None and offering.in_force(card, person)
    silent = frozenset(line.id for line in led if _need(visit, line) is Need.SILENT)
    return screens.AsMentor(card, in_bank, led, [meeting.id for _, meeting in disputed], silent)


async def _of_place(visit: Visit, place: Organisation) -> screens.OfPlace:
    person, work = visit.member, visit.work
    offered = await work.mentor_cards.listed(place, (CardState.OFFERED,))
    lines = [line for line in await work.pair_lists.of_place(place) if line.state in OPEN_PAIR]
    needing = [line for line in seen_by(lines, person.id) if _need(visit, line) in OF_OVERSEER]
    return screens.OfPlace(
        place,
        len(await work.mentee_requests.waiting(place)),
        sum(approving.may_decide(person, seen.card, seen.school) for seen in offered),
        len(lines),
        len(needing),
    )


def _need(visit: Visit, line: PairLine) -> Need:
    return need_of(line, visit.today, visit.desk.mentoring.silent_days, visit.zone)
