"""/results: earlier tests, their details, the dynamics."""

from handlers.current import current_screen
from handlers.results import screens
from handlers.results.taps import ChartTap, DynamicsTap, ResultListTap, ResultTap
from handlers.routes import Access, Routes
from handlers.survey.screens import INSTRUMENT
from handlers.ui.drawing import DRAWING
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.diagnostics.session import State

routes = Routes()

TO_COMPARE = 2
NOTHING_TO_COMPARE = "Пока нечего сравнивать: нужны два результата."


@routes.command("results", Access.REGISTERED)
async def command_results(visit: Visit, _: str) -> Reply:
    return Reply(await _list(visit))


@routes.tap(ResultListTap, Access.REGISTERED)
async def tap_results(visit: Visit, tap: ResultListTap) -> Reply:
    return Reply(await _list(visit))


@routes.tap(ResultTap, Access.REGISTERED)
async def one_result(visit: Visit, tap: ResultTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await current_screen(visit))
    if session.state is not State.FINISHED:
        return Reply(screens.unfinished_screen(session))
    instrument = await visit.desk.library.of(session)
    if 0 <= tap.factor < len(instrument.factors):
        return Reply(screens.factor_screen(instrument, session, tap.factor))
    return Reply(screens.result_screen(instrument, session, visit.desk.zone))


@routes.tap(ChartTap, Access.REGISTERED)
async def chart(visit: Visit, tap: ChartTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None or session.state is not State.FINISHED:
        return Reply(await current_screen(visit))
    owed = Owed(Kind.RESULT_CHART, f"result:{session.id}:{visit.cause}", {"session_id": session.id})
    return Reply(toast=DRAWING, owed=(owed,))


@routes.tap(DynamicsTap, Access.REGISTERED)
async def dynamics(visit: Visit, tap: DynamicsTap) -> Reply:
    instrument = visit.desk.library.current(INSTRUMENT)
    taken = await visit.work.surveys.finished(visit.member.id, instrument.id)
    if sum(session.version == instrument.version for session in taken) < TO_COMPARE:
        return Reply(toast=NOTHING_TO_COMPARE)
    owed = Owed(Kind.DYNAMICS_CHART, f"dynamics:{visit.cause}", {"person_id": visit.member.id})
    return Reply(toast=DRAWING, owed=(owed,))


async def _list(visit: Visit) -> Screen:
    await visit.leave()
    sessions = await visit.work.surveys.finished(visit.member.id, INSTRUMENT)
    if not sessions:
        session = await visit.work.surveys.open_session(visit.member.id, INSTRUMENT)
        if session is not None:
            return screens.unfinished_screen(session)
    taken = [(session, await visit.desk.library.of(session)) for session in sessions]
    return screens.list_screen(visit.desk.library.current(INSTRUMENT).short_title, taken, visit.desk.zone)
