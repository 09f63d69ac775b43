"""The card of a program, and the route (ИОМ) that it goes along with."""

from datetime import datetime, time
from html import escape

from handlers.mentoring.programs import card_screens as screens
from handlers.mentoring.programs.taps import LinkRouteTap
from handlers.mentoring.taps import ProgramTap
from handlers.mentoring.within import pair_of, seen_pair, steered_pair
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom import rights as route_rights
from services.iom.model import Route, Step
from services.mentoring import rights
from services.mentoring.pair import Pair
from services.mentoring.programs import editing
from services.mentoring.programs.program import Program
from services.privacy.ports import Action

routes = Routes()

CHANGED = "Программа изменилась, посмотрите, как сейчас."
LINKED = "Маршрут привязан к программе."
UNLINKED = "Маршрут отвязан от программы."


@routes.tap(ProgramTap, Access.REGISTERED, within=seen_pair)
async def show(visit: Visit, tap: ProgramTap) -> Reply:
    pair = await pair_of(visit, tap)
    await _note_seen(visit, pair)
    return Reply(await program_screen(visit, pair))


@routes.tap(LinkRouteTap, Access.REGISTERED, within=steered_pair)
async def link(visit: Visit, tap: LinkRouteTap) -> Reply:
    pair = await pair_of(visit, tap)
    saved = await editing.link_route(visit.work, pair, tap.route or None, tap.turn, visit.member.id, visit.now)
    done = LINKED if tap.route else UNLINKED
    return Reply(await program_screen(visit, pair), toast=CHANGED if saved is None else done)


async def program_screen(visit: Visit, pair: Pair) -> Screen:
    """The program as it is now, for whoever may see the pair. Leaves any conversation."""
    await visit.leave()
    work, person = visit.work, visit.member
    program = await work.programs.get(pair.id)
    if program is None:
        return screens.no_program(pair.id)
    school = await work.organisations.get(pair.school_id)
    steers = school is not None and pair.live and rights.steers(person, pair, school)
    route, steps, opens = await _linked(visit, pair, program)
    return screens.card(
        screens.Card(
            pair,
            program,
            await work.programs.stages(pair.id),
            await _names(visit, pair),
            visit.today,
            route,
            steps,
            offered=await editing.linkable(work, pair) if steers else None,
            edits=pair.live and pair.mentor_id == person.id,
            links=steers,
            opens_route=opens,
        )
    )


async def _linked(visit: Visit, pair: Pair, program: Program) -> tuple[Route | None, list[Step], bool]:
    """The linked route, its agreed steps, and whether the visitor may open it.

    Once the pair has ended, only whoever may see the route itself learns how it goes on.
    """
    route = await visit.work.iom.get(program.route_id) if program.route_id is not None else None
    if route is None:
        return None, [], False
    school = await visit.work.organisations.get(route.school_id)
    opens = school is not None and route_rights.may_see(visit.member, route, school)
    if not pair.live and not opens:
        return None, [], False
    return route, [step for step in await visit.work.iom.steps(route.id) if step.agreed], opens


async def _names(visit: Visit, pair: Pair) -> list[str]:
    titles = {pair.mentee_id: "Педагог", pair.mentor_id: "Наставник"}
    names = await visit.work.audit.names(list(titles))
    return [
        f"{title}: {escape(names[person_id])}"
        for person_id, title in titles.items()
        if person_id != visit.member.id and names.get(person_id)
    ]


async def _note_seen(visit: Visit, pair: Pair) -> None:
    """Note once a day that somebody who looks after the pair has opened it."""
    if pair.holds(visit.member.id):
        return
    midnight = datetime.combine(visit.today, time(), visit.zone)
    log = visit.work.audit
    if not await log.noted_since(visit.member.id, Action.PAIR_SEEN, midnight, person_id=pair.mentee_id):
        await log.note(visit.now, visit.member.id, Action.PAIR_SEEN, pair.mentee_id, pair.school_id, pair=pair.id)
