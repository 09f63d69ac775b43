"""A mentor says that a stage is over, or lets it end on another day."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.words import near_date
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.programs import card_screens
from handlers.mentoring.programs import stage_screens as screens
from handlers.mentoring.programs.card import CHANGED, program_screen
from handlers.mentoring.programs.edit import led_pair_of
from handlers.mentoring.programs.taps import EndsTap, StageDayTap, StageDoneTap, StageEndTap, StageOverTap
from handlers.mentoring.within import led_pair, pair_of
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE, with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear, parsed_text
from services.diagnostics.instrument import TextBounds
from services.mentoring.pair import Pair, PairState
from services.mentoring.programs import staging
from services.mentoring.programs.program import SUMMARY_LIMIT, Program, Stage, StageNumber, present
from services.mentoring.programs.wording import stage_name

routes = Routes()

SUMMARY = "program_summary"
"""The step at which something is said of a stage that is over."""
DONE_ALREADY = "Этот этап уже завершён."
NOT_YET = "Сначала завершите этап, который идёт сейчас."
PAUSED = "Пара на паузе: этап можно завершить, когда она вернётся к работе."
NOT_LIVE = "Пара уже не работает, этапы не изменить."
COMPLETED = "Записано: {} завершён."
MOVED = "Новый срок: до {}."
MOVED_WITH_NEXT = "Новый срок: до {}. Сроки следующих этапов сдвинулись."
TOO_EARLY = "Этап не может закончиться раньше предыдущего или в прошлом: выберите день с {}."
TOO_LATE = "Это слишком далеко: выберите день не позже {:%d.%m.%Y}."


@routes.tap(StageOverTap, Access.REGISTERED, within=led_pair)
async def ask_over(visit: Visit, tap: StageOverTap) -> Reply:
    pair = await pair_of(visit, tap)
    program, stages = await visit.work.programs.get(pair.id), await visit.work.programs.stages(pair.id)
    if program is None or not staging.may_complete(pair, stages, tap.stage):
        return await _refused(visit, pair, tap.stage)
    stage = _of(stages, tap.stage)
    if tap.words:
        await visit.stand(SUMMARY, {"pair": pair.id, "stage": stage.number.value})
        return Reply(screens.summary(program, stage))
    await visit.leave()
    return Reply(screens.over(program, stage, await _teacher(visit, pair), visit.today))


@routes.tap(StageDoneTap, Access.REGISTERED, within=led_pair)
async def complete(visit: Visit, tap: StageDoneTap) -> Reply:
    pair = await pair_of(visit, tap)
    saved = await _completed(visit, pair, tap.stage, tap.turn, "")
    if saved is None:
        return await _refused(visit, pair, tap.stage)
    return Reply(await _after(visit, pair, tap.stage), toast=COMPLETED.format(stage_name(tap.stage)))


@routes.step(SUMMARY, Access.REGISTERED)
async def write_summary(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    pair = await led_pair_of(visit)
    if pair is None:
        return Reply(await menu_now(visit, NOT_HERE))
    number = StageNumber(int(data.get("stage") or 1))
    program, stages = await visit.work.programs.get(pair.id), await visit.work.programs.stages(pair.id)
    if program is None or not staging.may_complete(pair, stages, number):
        return _unsent(await _refused(visit, pair, number))
    stage = _of(stages, number)
    if is_part(visit, text):
        await stand_again(visit, text, SUMMARY, {"pair": pair.id, "stage": number.value})
        return Reply(screens.summary(program, stage, TOO_LONG))
    try:
        words = " ".join(parsed_text(text, TextBounds(SUMMARY_LIMIT)).split())
    except Unclear as unclear:
        return Reply(screens.summary(program, stage, str(unclear)))
    # What else was edited meanwhile is no reason to write again: the stage is the one that was asked about.
    saved = await _completed(visit, pair, number, program.turn, words)
    if saved is None:
        return _unsent(await _refused(visit, pair, number))
    return Reply(with_note(await _after(visit, pair, number), COMPLETED.format(stage_name(number))))


@routes.tap(EndsTap, Access.REGISTERED, within=led_pair)
async def show_ends(visit: Visit, tap: EndsTap) -> Reply:
    pair = await pair_of(visit, tap)
    program = await visit.work.programs.get(pair.id)
    if program is None or not pair.live:
        return Reply(await program_screen(visit, pair), toast=NOT_LIVE)
    await visit.leave()
    return Reply(screens.ends(program, await visit.work.programs.stages(pair.id), visit.today))


@routes.tap(StageEndTap, Access.REGISTERED, within=led_pair)
async def ask_end(visit: Visit, tap: StageEndTap) -> Reply:
    pair = await pair_of(visit, tap)
    found = await _open(visit, pair, tap.stage)
    if found is None:
        return await _refused(visit, pair, tap.stage)
    program, stage, earliest = found
    await visit.leave()
    if not 0 < tap.month <= date.max.toordinal():
        return Reply(screens.stage_end(program, stage, visit.today, earliest))
    latest = staging.latest_end(visit.today)
    shown = date.fromordinal(tap.month)
    return Reply(screens.month(program, stage, shown, visit.today, earliest, latest))


@routes.tap(StageDayTap, Access.REGISTERED, within=led_pair)
async def set_end(visit: Visit, tap: StageDayTap) -> Reply:
    pair = await pair_of(visit, tap)
    found = await _open(visit, pair, tap.stage)
    if found is None:
        return await _refused(visit, pair, tap.stage)
    program, stage, earliest = found
    if program.turn != tap.turn:
        return Reply(await program_screen(visit, pair), toast=CHANGED)
    day, latest = date.fromordinal(tap.day), staging.latest_end(visit.today)
    if not earliest <= day <= latest:
        early = TOO_EARLY.format(near_date(earliest, visit.today))
        problem = early if day < earliest else TOO_LATE.format(latest)
        return Reply(screens.stage_end(program, stage, visit.today, earliest, problem))
    later = [each.ends_on for each in await visit.work.programs.stages(pair.id) if each.number > tap.stage]
    saved = await staging.set_end(
        visit.work, pair, tap.stage, day, tap.turn, visit.member.id, visit.today, visit.now, visit.desk.quiet
    )
    if saved is None:
        return Reply(await program_screen(visit, pair), toast=CHANGED)
    words = MOVED_WITH_NEXT if later and day >= later[0] else MOVED
    return Reply(await program_screen(visit, pair), toast=words.format(near_date(day, visit.today)))


async def _completed(visit: Visit, pair: Pair, number: StageNumber, turn: int, words: str) -> Program | None:
    return await staging.complete(
        visit.work, pair, number, turn, words, visit.member.id, visit.today, visit.now, visit.desk.quiet
    )


async def _after(visit: Visit, pair: Pair, number: StageNumber) -> Screen:
    """What follows a stage that is over: the program, or after the last one what is left to do."""
    stages = await visit.work.programs.stages(pair.id)
    if present(stages) is None:
        await visit.leave()
        return card_screens.whole_done(_of(stages, number), pair.id)
    return await program_screen(visit, pair)


async def _refused(visit: Visit, pair: Pair, number: StageNumber) -> Reply:
    """The button is of long ago: how the program stands now, and why nothing was done."""
    stages = await visit.work.programs.stages(pair.id)
    at = present(stages)
    if at is None or at.number > number:
        toast = DONE_ALREADY
    elif not pair.live:
        toast = NOT_LIVE
    elif pair.state is PairState.PAUSED:
        toast = PAUSED
    else:
        toast = NOT_YET if at.number < number else CHANGED
    return Reply(await program_screen(visit, pair), toast=toast)


async def _open(visit: Visit, pair: Pair, number: StageNumber) -> tuple[Program, Stage, date] | None:
    """The program, its stage if that may end on another day, and the first day it may end on."""
    program, stages = await visit.work.programs.get(pair.id), await visit.work.programs.stages(pair.id)
    if program is None or not pair.live or _of(stages, number).done_on is not None:
        return None
    return program, _of(stages, number), staging.earliest_end(program, stages, number, visit.today)


async def _teacher(visit: Visit, pair: Pair) -> str:
    names = await visit.work.audit.names([pair.mentee_id])
    return escape(names.get(pair.mentee_id, ""))


def _of(stages: Sequence[Stage], number: StageNumber) -> Stage:
    return next(stage for stage in stages if stage.number is number)


def _unsent(reply: Reply) -> Reply:
    """The reply to a summary that came too late: words have no toast."""
    if reply.screen is None or reply.toast is None:
        return reply
    return Reply(with_note(reply.screen, f"{reply.toast} Итог не записан."))
