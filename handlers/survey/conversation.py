"""Taking a test: the fast way of an answer, and everything around it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.current import current_screen
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.meeting.telling import told_meanwhile
from handlers.results.screens import result_screen
from handlers.routes import Access, Routes
from handlers.survey import offer_screens, screens
from handlers.survey.standing import question_of, standing_session
from handlers.survey.taps import (
    ANY,
    AheadTap,
    AnswerTap,
    BackTap,
    BeginTap,
    GoOnBelowTap,
    GoOnTap,
    OpenTap,
    PauseTap,
)
from handlers.ui.screen import Owed, Reply, Screen, button
from handlers.visit import Desk, Visit
from services.campaigns.model import Campaign
from services.delivery.model import Kind
from services.diagnostics import answering, survey
from services.diagnostics.answer_parsing import Unclear
from services.diagnostics.answering import Given, Sheet
from services.diagnostics.instrument import ItemKind
from services.diagnostics.offering import Offer, offers
from services.diagnostics.session import Answer, Session, State
from services.mentoring.life import surveys
from services.people.model import Account
from services.work import UnitOfWork

Move = Callable[[UnitOfWork, Session, int, datetime], Awaitable[Session | None]]

routes = Routes()

WAITS = "Это, похоже, о встрече с наставляемым. Тест подождёт: ответы сохранены."
WAITS_BUTTON = "‹ Вернуться к тесту"
LATE = "Этот ответ уже учтён. Вот вопрос, на котором вы остановились."
FINISHED = "Готово, спасибо! Это был последний вопрос."

BACK_WORDS = frozenset({"назад", "обратно"})
AHEAD_WORDS = frozenset({"дальше", "вперёд", "вперед", "далее"})
PAUSE_WORDS = frozenset({"пауза", "стоп", "позже", "потом"})


@routes.first_try(AnswerTap)
async def answer_at_once(desk: Desk, account: Account, tap: AnswerTap) -> Reply | None:
    if len(tap.code) != 1 or tap.code not in desk.library.option_codes:
        return None
    accepted = await desk.answers.accept(Answer(account, tap.session, tap.item, tap.code, tap.turn))
    if accepted is None:
        return None
    instrument = await desk.library.of(accepted)
    if accepted.state is State.FINISHED:
        return Reply(result_screen(instrument, accepted, desk.zone, FINISHED))
    return Reply(screens.question(instrument, accepted))


@routes.tap(AnswerTap, Access.REGISTERED)
async def answer(visit: Visit, tap: AnswerTap) -> Reply:
    """An answer that needs more thought, or does not fit: a second tap, an old message, another's button."""
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await current_screen(visit))
    if session.state is State.IN_PROGRESS and (tap.turn, tap.item) == (session.turn, session.position):
        instrument = await visit.desk.library.of(session)
        item = instrument.items[tap.item - 1]
        values = await visit.work.surveys.values(session.id)
        try:
            given = answering.tapped(item, tap.code, values.get(tap.item), visit.today)
        except Unclear as unclear:
            return Reply(toast=str(unclear))
        except KeyError:
            return await _where_it_stands(visit, session)
        return await _recorded(visit, session, Sheet(session.answers, values), given)
    again = tap.turn == session.turn - 1 and (
        tap.item == session.position
        or (0 < tap.item <= len(session.answers) and session.answer(tap.item) == tap.code)
    )
    return await _where_it_stands(visit, session, None if again else LATE)


async def _recorded(visit: Visit, session: Session, sheet: Sheet, given: Given) -> Reply:
    """The next question after an answer, or the result when there is none left."""
    instrument = await visit.desk.library.of(session)
    after = await survey.record(visit.work, session, instrument, sheet, given, visit.now)
    if after is None:
        return Reply(await current_screen(visit))
    if after.state is not State.FINISHED:
        return Reply(await question_of(visit, after))
    await visit.leave()
    if after.anonymous:
        return Reply(offer_screens.anonymous_thanks())
    owed: tuple[Owed, ...] = ()
    if instrument.chartable:
        owed = (Owed(Kind.RESULT_CHART, f"result:{after.id}:finished", {"session_id": after.id}),)
    values = await visit.work.surveys.values(after.id)
    return Reply(result_screen(instrument, after, visit.desk.zone, FINISHED, values), owed=owed)


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


@routes.command("survey", Access.REGISTERED)
async def command_survey(visit: Visit, _: str) -> Reply:
    return Reply(await _all_on_offer(visit))


@routes.tap(OpenTap, Access.REGISTERED)
async def tap_open(visit: Visit, tap: OpenTap) -> Reply:
    if not tap.instrument:
        return Reply(await _all_on_offer(visit))
    offer = _chosen(await _offers(visit), tap.instrument, tap.campaign)
    if offer is None:
        return Reply(offer_screens.campaign_over() if tap.campaign else await _all_on_offer(visit))
    return Reply(await _opened(visit, offer))


@routes.tap(GoOnTap, Access.REGISTERED)
async def go_on(visit: Visit, tap: GoOnTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await _all_on_offer(visit))
    return await _where_it_stands(visit, await _in_campaign(visit, session))


@routes.tap(GoOnBelowTap, Access.REGISTERED)
async def go_on_below(visit: Visit, tap: GoOnBelowTap) -> Reply:
    return replace(await go_on(visit, GoOnTap(session=tap.session)), fresh=True)


@routes.tap(BeginTap, Access.REGISTERED)
async def begin(visit: Visit, tap: BeginTap) -> Reply:
    if not tap.instrument:
        session = await standing_session(visit)
        if session is None:
            return Reply(await _all_on_offer(visit))
        return await _where_it_stands(visit, await _in_campaign(visit, session))
    offer = _chosen(await _offers(visit), tap.instrument, tap.campaign)
    if offer is None:
        return Reply(offer_screens.campaign_over() if tap.campaign else await _all_on_offer(visit))
    instrument = offer.instrument
    schools = {school.id for school in offer.schools}
    if schools and tap.school not in schools:
        return Reply(await _opened(visit, offer))
    session = await survey.begin(
        visit.work,
        visit.member.id,
        instrument,
        await visit.work.wordings.newest(instrument.id, instrument.version),
        visit.now,
        campaign_id=None if offer.campaign is None else offer.campaign.id,
        anonymous=offer.anonymous,
        organisation_id=tap.school if schools else None,
    )
    return await _where_it_stands(visit, session)


@routes.step("survey", Access.REGISTERED)
async def words(visit: Visit, text: str) -> Reply:
    """Answers may be written, and some must be; «назад», «дальше» and «пауза» are understood, too."""
    session = await standing_session(visit)
    if session is None:
        return Reply(await current_screen(visit))
    word = text.strip().strip(".!,").casefold()
    if word in BACK_WORDS or word in AHEAD_WORDS:
        move = survey.step_back if word in BACK_WORDS else survey.go_on
        return await _where_it_stands(visit, await move(visit.work, session, session.turn, visit.now) or session)
    if word in PAUSE_WORDS:
        await visit.leave()
        return Reply(screens.paused(session))
    if is_part(visit, text):
        screen = await question_of(visit, session, TOO_LONG)
        await stand_again(visit, text, "survey", {"session": session.id})
        return Reply(screen)
    instrument = await visit.desk.library.of(session)
    values = await visit.work.surveys.values(session.id)
    item = instrument.items[session.position - 1]
    if item.kind not in (ItemKind.SHORT_TEXT, ItemKind.LONG_TEXT):
        # «Сегодня 40 минут разбирали с Анной план» is no answer, not even of 40.
        back = (button(WAITS_BUTTON, GoOnBelowTap(session=session.id)),)
        told = await told_meanwhile(visit, text, WAITS, back)
        if told is not None:
            return Reply(told)
    try:
        given = answering.written(item, text, values.get(session.position), visit.today)
    except Unclear as unclear:
        return Reply(await question_of(visit, session, str(unclear)))
    return await _recorded(visit, session, Sheet(session.answers, values), given)


async def _offers(visit: Visit) -> list[Offer]:
    work, person = visit.work, visit.member
    finished = await work.surveys.finished(person.id)
    return offers(
        person,
        visit.today,
        visit.desk.library,
        await work.campaigns.running_for(person.id),
        await work.surveys.open_sessions(person.id),
        finished,
        await surveys.offered(work, person.id, finished, visit.today),
    )


def _chosen(found: list[Offer], instrument: str, campaign: int) -> Offer | None:
    """The offer that a button names; a button without a campaign takes any but an anonymous one."""
    for offer in found:
        number = ANY if offer.campaign is None else offer.campaign.id
        fits = number == campaign if campaign else not offer.anonymous
        if fits and offer.instrument.id == instrument:
            return offer
    return None


async def _all_on_offer(visit: Visit) -> Screen:
    """What there is to choose from; the only thing on offer is shown at once."""
    found = await _offers(visit)
    if len(found) == 1:
        return await _opened(visit, found[0])
    await visit.leave()
    return offer_screens.offer_list(found, visit.desk.zone)


async def _opened(visit: Visit, offer: Offer) -> Screen:
    """The question where the test stopped, or what it is if it is not begun."""
    if offer.campaign is not None:
        await visit.work.campaigns.opened(offer.campaign.id, visit.member.id, visit.now)
    if offer.session is not None:
        return await question_of(visit, await _in_campaign(visit, offer.session))
    instrument = offer.instrument
    wording_id = await visit.work.wordings.newest(instrument.id, instrument.version)
    shown = await visit.desk.library.worded(instrument, wording_id)
    return offer_screens.introduction(offer, shown, visit.desk.min_group, visit.desk.zone)


async def _in_campaign(visit: Visit, session: Session) -> Session:
    """The session as part of the campaign that now runs for the person, if one does."""
    campaign = _running(await visit.work.campaigns.running_for(visit.member.id), session)
    if session.state is not State.IN_PROGRESS or campaign is None or session.campaign_id == campaign.id:
        return session
    return await visit.work.surveys.attach(session.id, campaign.id) or session


def _running(campaigns: Sequence[Campaign], session: Session) -> Campaign | None:
    for campaign in campaigns:
        if (campaign.instrument, campaign.anonymous) == (session.instrument, session.anonymous):
            return campaign
    return None


async def _where_it_stands(visit: Visit, session: Session, toast: str | None = None) -> Reply:
    if session.state is State.IN_PROGRESS:
        return Reply(await question_of(visit, session), toast)
    if session.state is State.STOPPED:
        return Reply(screens.stopped())
    instrument = await visit.desk.library.of(session)
    values = await visit.work.surveys.values(session.id)
    return Reply(result_screen(instrument, session, visit.desk.zone, values=values), toast)
