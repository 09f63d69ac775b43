"""Taking a test: the fast way of an answer, and everything around it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.current import current_screen
from handlers.results.screens import result_screen
from handlers.routes import Access, Routes
from handlers.survey import screens
from handlers.survey.taps import AheadTap, AnswerTap, BackTap, BeginTap, OpenTap, PauseTap
from handlers.ui.screen import Reply, Screen
from handlers.visit import Desk, Visit
from services.diagnostics import survey
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Answer, Session, State
from services.people.model import Account
from services.work import UnitOfWork

Move = Callable[[UnitOfWork, Session, int, datetime], Awaitable[Session | None]]

routes = Routes()

LATE = "Этот ответ уже учтён. Вот вопрос, на котором вы остановились."
UNCLEAR = "Отметьте, пожалуйста, «Да» или «Нет»: кнопкой или словом."
FINISHED = "Готово, спасибо! Это был последний вопрос."

BACK_WORDS = frozenset({"назад", "обратно"})
PAUSE_WORDS = frozenset({"пауза", "стоп", "позже", "потом"})
ALSO = {"да": {"д", "ага", "верно", "yes", "+"}, "нет": {"н", "не", "неверно", "no", "-"}}
"""Words that mean an option, by the option's title in lower case."""


@routes.first_try(AnswerTap)
async def answer_at_once(desk: Desk, account: Account, tap: AnswerTap) -> Reply | None:
    if len(tap.code) != 1 or tap.code not in desk.library.option_codes:
        return None
    accepted = await desk.answers.accept(Answer(account, tap.session, tap.item, tap.code, tap.turn))
    if accepted is None:
        return None
    return Reply(await after_answer(desk, accepted))


async def after_answer(desk: Desk, session: Session) -> Screen:
    """The next question, or the result when there is none left."""
    instrument = await desk.library.of(session)
    if session.state is State.FINISHED:
        return result_screen(instrument, session, desk.zone, FINISHED)
    return screens.question(instrument, session)


@routes.tap(AnswerTap, Access.REGISTERED)
async def late_answer(visit: Visit, tap: AnswerTap) -> Reply:
    """A tap that did not fit: a second tap, an old message, another person's button."""
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await current_screen(visit))
    again = (
        tap.turn == session.turn - 1
        and 0 < tap.item <= len(session.answers)
        and session.answer(tap.item) == tap.code
    )
    return await _where_it_stands(visit, session, None if again else LATE)


@routes.tap(BackTap, Access.REGISTERED)
async def back(visit: Visit, tap: BackTap) -> Reply:
    return await _move(visit, tap, survey.step_back)


@routes.tap(AheadTap, Access.REGISTERED)
async def ahead(visit: Visit, tap: AheadTap) -> Reply:
    return await _move(visit, tap, survey.go_on)


async def _move(visit: Visit, tap: BackTap | AheadTap, move: Move) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await current_screen(visit))
    moved = await move(visit.work, session, tap.turn, visit.now)
    return await _where_it_stands(visit, moved or session)


@routes.tap(PauseTap, Access.REGISTERED)
async def pause(visit: Visit, tap: PauseTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await current_screen(visit))
    if session.state is not State.IN_PROGRESS:
        return await _where_it_stands(visit, session)
    await visit.leave()
    return Reply(screens.paused(session))


@routes.tap(OpenTap, Access.REGISTERED)
async def tap_open(visit: Visit, tap: OpenTap) -> Reply:
    return Reply(await _open(visit))


@routes.command("survey", Access.REGISTERED)
async def command_survey(visit: Visit, _: str) -> Reply:
    return Reply(await _open(visit))


@routes.tap(BeginTap, Access.REGISTERED)
async def begin(visit: Visit, tap: BeginTap) -> Reply:
    instrument = visit.desk.library.current(screens.INSTRUMENT)
    wording_id = await visit.work.wordings.newest(instrument.id, instrument.version)
    session = await survey.begin(visit.work, visit.member.id, instrument, wording_id, visit.now)
    return await _where_it_stands(visit, session)


@routes.step("survey", Access.REGISTERED)
async def words(visit: Visit, text: str) -> Reply:
    """Answers may be written, too: «да», «нет», «назад», «пауза»."""
    session = await visit.work.surveys.open_session(visit.member.id, screens.INSTRUMENT)
    if session is None:
        return Reply(await current_screen(visit))
    instrument = await visit.desk.library.of(session)
    word = text.strip().strip(".!,").casefold()
    if word in BACK_WORDS:
        session = await survey.step_back(visit.work, session, session.turn, visit.now) or session
        return Reply(screens.question(instrument, session))
    if word in PAUSE_WORDS:
        await visit.leave()
        return Reply(screens.paused(session))
    code = _meant(instrument, word)
    if code is None:
        return Reply(screens.question(instrument, session, UNCLEAR))
    given = Answer(visit.account, session.id, session.position, code, session.turn)
    accepted = await visit.work.surveys.accept([given], visit.now)
    return Reply(await after_answer(visit.desk, accepted[0] if accepted else session))


def _meant(instrument: Instrument, word: str) -> str | None:
    for option in instrument.options:
        title = option.title.casefold()
        if word == title or word in ALSO.get(title, ()):
            return option.code
    return None


async def _open(visit: Visit) -> Screen:
    session = await visit.work.surveys.open_session(visit.member.id, screens.INSTRUMENT)
    if session is not None:
        await visit.stand("survey", {"session": session.id})
        return screens.question(await visit.desk.library.of(session), session)
    instrument = visit.desk.library.current(screens.INSTRUMENT)
    wording_id = await visit.work.wordings.newest(instrument.id, instrument.version)
    shown = await visit.desk.library.worded(instrument, wording_id)
    taken = await visit.work.surveys.finished(visit.member.id, instrument.id)
    return screens.introduction(shown, visit.desk.min_group, len(taken))


async def _where_it_stands(visit: Visit, session: Session, toast: str | None = None) -> Reply:
    instrument = await visit.desk.library.of(session)
    if session.state is State.FINISHED:
        return Reply(result_screen(instrument, session, visit.desk.zone), toast)
    if session.state is State.STOPPED:
        return Reply(screens.stopped())
    await visit.stand("survey", {"session": session.id})
    return Reply(screens.question(instrument, session), toast)
