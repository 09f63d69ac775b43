"""A step is put off to a later day, or cancelled; either with a reason."""

from datetime import date

from handlers.iom.card.conversation import own_route_screen, step_screen
from handlers.iom.walking import later_screens as screens
from handlers.iom.walking.standing import own_step_of, remembered
from handlers.iom.walking.taps import (
    CancelStepTap,
    CancelWhyTap,
    PostponeDayTap,
    PostponeMonthTap,
    PostponeTap,
    PostponeWhyTap,
)
from handlers.iom.within import own_step, step_of
from handlers.iom.words import near_date
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.otherwise import with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear, parsed_text
from services.diagnostics.instrument import TextBounds
from services.iom import walking
from services.iom.model import WORDS_LIMIT, Route, Step
from services.terms import parsed_term

routes = Routes()

TERM, WHY, CANCEL = "iom_postpone", "iom_postpone_why", "iom_cancel_step"
"""Steps at which something is written: a day, why it is later, why the step is cancelled."""


@routes.tap(PostponeTap, Access.REGISTERED, within=own_step)
async def postpone(visit: Visit, tap: PostponeTap) -> Reply:
    route, step = await step_of(visit, tap)
    if (refused := await _refused(visit, route, step)) is not None:
        return Reply(await step_screen(visit, route, step), toast=refused)
    if tap.days not in screens.DAYS:
        return Reply(await _asked_when(visit, step))
    return Reply(await _asked_why(visit, step, walking.term_after(step, tap.days, visit.today)))


@routes.tap(PostponeMonthTap, Access.REGISTERED, within=own_step)
async def month(visit: Visit, tap: PostponeMonthTap) -> Reply:
    route, step = await step_of(visit, tap)
    if (refused := await _refused(visit, route, step)) is not None:
        return Reply(await step_screen(visit, route, step), toast=refused)
    await visit.stand(TERM, {"step": step.id})
    return Reply(screens.month(step, date.fromordinal(tap.month), visit.today))


@routes.tap(PostponeDayTap, Access.REGISTERED, within=own_step)
async def day(visit: Visit, tap: PostponeDayTap) -> Reply:
    route, step = await step_of(visit, tap)
    if (refused := await _refused(visit, route, step)) is not None:
        return Reply(await step_screen(visit, route, step), toast=refused)
    return Reply(await _asked_why(visit, step, date.fromordinal(tap.day)))


@routes.step(TERM, Access.REGISTERED)
async def write_term(visit: Visit, text: str) -> Reply:
    found = await own_step_of(visit)
    if found is None:
        return Reply(await own_route_screen(visit))
    route, step = found
    if (refused := await _refused(visit, route, step)) is not None:
        return Reply(with_note(await step_screen(visit, route, step), refused))
    furthest = (walking.latest_term(step, visit.today) - visit.today).days
    try:
        due_on = parsed_term(text, visit.today, furthest)
    except Unclear as unclear:
        return Reply(await _asked_when(visit, step, str(unclear)))
    return Reply(await _asked_why(visit, step, due_on))


@routes.tap(PostponeWhyTap, Access.REGISTERED, within=own_step)
async def postpone_why(visit: Visit, tap: PostponeWhyTap) -> Reply:
    route, step = await step_of(visit, tap)
    if tap.why >= len(screens.POSTPONE_REASONS):
        return Reply(await _asked_why(visit, step, date.fromordinal(tap.day)))
    screen, news = await _postponed(
        visit, route, step, date.fromordinal(tap.day), screens.POSTPONE_REASONS[tap.why]
    )
    return Reply(screen, toast=news)


@routes.step(WHY, Access.REGISTERED)
async def write_why(visit: Visit, text: str) -> Reply:
    found = await own_step_of(visit)
    if found is None:
        return Reply(await own_route_screen(visit))
    route, step = found
    due_on = date.fromordinal(int(remembered(visit, "day")))
    if is_part(visit, text):
        await stand_again(visit, text, WHY, {"step": step.id, "day": due_on.toordinal()})
        return Reply(screens.postpone_why(step, due_on, visit.today, TOO_LONG))
    try:
        reason = parsed_text(text, TextBounds(WORDS_LIMIT))
    except Unclear as unclear:
        return Reply(await _asked_why(visit, step, due_on, str(unclear)))
    screen, news = await _postponed(visit, route, step, due_on, reason)
    return Reply(with_note(screen, news))


@routes.tap(CancelStepTap, Access.REGISTERED, within=own_step)
async def cancel(visit: Visit, tap: CancelStepTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not walking.may_walk(route, step):
        return Reply(await step_screen(visit, route, step), toast=screens.NOT_CANCELLED)
    return Reply(await _asked_cancel_why(visit, step))


@routes.tap(CancelWhyTap, Access.REGISTERED, within=own_step)
async def cancel_why(visit: Visit, tap: CancelWhyTap) -> Reply:
    route, step = await step_of(visit, tap)
    if tap.why >= len(screens.CANCEL_REASONS):
        return Reply(await _asked_cancel_why(visit, step))
    screen, news = await _cancelled(visit, route, step, screens.CANCEL_REASONS[tap.why])
    return Reply(screen, toast=news)


@routes.step(CANCEL, Access.REGISTERED)
async def write_cancel_why(visit: Visit, text: str) -> Reply:
    found = await own_step_of(visit)
    if found is None:
        return Reply(await own_route_screen(visit))
    route, step = found
    if is_part(visit, text):
        await stand_again(visit, text, CANCEL, {"step": step.id})
        return Reply(screens.cancel_why(step, TOO_LONG))
    try:
        reason = parsed_text(text, TextBounds(WORDS_LIMIT))
    except Unclear as unclear:
        return Reply(await _asked_cancel_why(visit, step, str(unclear)))
    screen, news = await _cancelled(visit, route, step, reason)
    return Reply(with_note(screen, news))


async def _refused(visit: Visit, route: Route, step: Step) -> str | None:
    """Why the step cannot be put off; None when it can."""
    pause = await visit.work.iom.pause(route.id)
    if walking.may_postpone(route, step, pause, visit.today):
        return None
    resting = pause is not None and pause.rests(visit.today)
    return screens.RESTING if resting and walking.may_walk(route, step) else screens.NOT_MOVED


async def _asked_when(visit: Visit, step: Step, note: str = "") -> Screen:
    await visit.stand(TERM, {"step": step.id})
    return screens.postpone(step, visit.today, note)


async def _asked_why(visit: Visit, step: Step, due_on: date, note: str = "") -> Screen:
    """The question why, once the day is one that a term may be put off to."""
    earliest, latest = walking.earliest_term(step, visit.today), walking.latest_term(step, visit.today)
    if due_on < earliest:
        return await _asked_when(visit, step, screens.TOO_EARLY.format(near_date(earliest, visit.today)))
    if due_on > latest:
        return await _asked_when(visit, step, screens.TOO_LATE.format(latest))
    await visit.stand(WHY, {"step": step.id, "day": due_on.toordinal()})
    return screens.postpone_why(step, due_on, visit.today, note)


async def _asked_cancel_why(visit: Visit, step: Step, note: str = "") -> Screen:
    await visit.stand(CANCEL, {"step": step.id})
    return screens.cancel_why(step, note)


async def _postponed(visit: Visit, route: Route, step: Step, due_on: date, reason: str) -> tuple[Screen, str]:
    """The step's card after it was put off, or as it is if it could not be, and what to say about it."""
    saved = await walking.postpone(
        visit.work, route, step, due_on, reason, visit.today, visit.now, visit.desk.quiet
    )
    screen = await step_screen(visit, route, saved or await visit.work.iom.step(step.id) or step)
    return screen, screens.POSTPONED.format(near_date(due_on, visit.today)) if saved else screens.NOT_MOVED


async def _cancelled(visit: Visit, route: Route, step: Step, reason: str) -> tuple[Screen, str]:
    """The step's card after it was cancelled, or as it is if it could not be, and what to say about it."""
    saved = await walking.cancel(visit.work, route, step, reason, visit.now)
    screen = await step_screen(visit, route, saved or await visit.work.iom.step(step.id) or step)
    return screen, screens.CANCELLED if saved else screens.NOT_CANCELLED
