"""A mentor changes the words, directions or template of a program."""

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.programs import edit_screens as screens
from handlers.mentoring.programs.card import CHANGED, program_screen
from handlers.mentoring.programs.taps import (
    DirectionsTap,
    DirectionTap,
    EditProgramTap,
    RewriteTap,
    TemplatesTap,
    TemplateTap,
)
from handlers.mentoring.within import OfPair, led_pair, pair_of
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE, with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear, parsed_text
from services.diagnostics.instrument import TextBounds
from services.mentoring.pair import Pair
from services.mentoring.programs import editing
from services.mentoring.programs.editing import Part
from services.mentoring.programs.program import GOAL_LIMIT, LINES_LIMIT, LINES_TEXT_LIMIT, Program
from services.mentoring.programs.templates import shipped

routes = Routes()

WORDS = "program_words"
"""The step at which the goal, tasks or results are written."""
REWRITTEN = "Программа обновлена."
NOT_LIVE = "Пара уже не работает, программу не изменить."
LAST_DIRECTION = "Оставьте хотя бы одно направление."
TOO_MANY_LINES = "Получилось строк: {}, а поместится {}. Объедините, пожалуйста, близкие и пришлите ещё раз."


@routes.tap(EditProgramTap, Access.REGISTERED, within=led_pair)
async def show_menu(visit: Visit, tap: EditProgramTap) -> Reply:
    pair, program = await _edited(visit, tap)
    if program is None:
        return Reply(await program_screen(visit, pair), toast=NOT_LIVE)
    await visit.leave()
    untouched = editing.untouched(program, await visit.work.programs.stages(pair.id))
    return Reply(screens.menu(program, untouched=untouched))


@routes.tap(RewriteTap, Access.REGISTERED, within=led_pair)
async def ask_words(visit: Visit, tap: RewriteTap) -> Reply:
    pair, program = await _edited(visit, tap)
    if program is None:
        return Reply(await program_screen(visit, pair), toast=NOT_LIVE)
    await visit.stand(WORDS, {"pair": pair.id, "part": tap.part.value})
    return Reply(screens.rewriting(program, tap.part))


@routes.step(WORDS, Access.REGISTERED)
async def write_words(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    pair = await led_pair_of(visit)
    if pair is None:
        return Reply(await menu_now(visit, NOT_HERE))
    program = await visit.work.programs.get(pair.id)
    if not pair.live or program is None:
        return Reply(with_note(await program_screen(visit, pair), NOT_LIVE))
    part = Part(str(data.get("part")))
    if is_part(visit, text):
        await stand_again(visit, text, WORDS, {"pair": pair.id, "part": part.value})
        return Reply(screens.rewriting(program, part, TOO_LONG))
    try:
        lines = _lines(part, text)
    except Unclear as unclear:
        return Reply(screens.rewriting(program, part, str(unclear)))
    saved = await editing.rewrite(visit.work, pair, part, lines, visit.member.id, visit.now)
    return Reply(with_note(await program_screen(visit, pair), REWRITTEN if saved is not None else NOT_LIVE))


@routes.tap(DirectionsTap, Access.REGISTERED, within=led_pair)
async def show_directions(visit: Visit, tap: DirectionsTap) -> Reply:
    pair, program = await _edited(visit, tap)
    if program is None:
        return Reply(await program_screen(visit, pair), toast=NOT_LIVE)
    return Reply(screens.directions(program))


@routes.tap(DirectionTap, Access.REGISTERED, within=led_pair)
async def choose_direction(visit: Visit, tap: DirectionTap) -> Reply:
    pair, program = await _edited(visit, tap)
    if program is None:
        return Reply(await program_screen(visit, pair), toast=NOT_LIVE)
    if program.turn == tap.turn and program.directions == (tap.direction,):
        return Reply(screens.directions(program), toast=LAST_DIRECTION)
    saved = await editing.set_direction(visit.work, pair, tap.direction, tap.turn, visit.member.id, visit.now)
    if saved is None:
        now = await visit.work.programs.get(pair.id) or program
        return Reply(screens.directions(now), toast=CHANGED)
    return Reply(screens.directions(saved))


@routes.tap(TemplatesTap, Access.REGISTERED, within=led_pair)
async def show_templates(visit: Visit, tap: TemplatesTap) -> Reply:
    pair, program = await _edited(visit, tap)
    if program is None or not editing.untouched(program, await visit.work.programs.stages(pair.id)):
        return Reply(await program_screen(visit, pair), toast=CHANGED)
    return Reply(screens.templates(program, shipped()))


@routes.tap(TemplateTap, Access.REGISTERED, within=led_pair)
async def choose_template(visit: Visit, tap: TemplateTap) -> Reply:
    pair, offered = await pair_of(visit, tap), shipped()
    saved = None
    if tap.number < len(offered):
        template = offered[tap.number]
        saved = await editing.set_template(
            visit.work, pair, template, tap.turn, visit.member.id, visit.today, visit.now
        )
    return Reply(await program_screen(visit, pair), toast=CHANGED if saved is None else REWRITTEN)


async def led_pair_of(visit: Visit) -> Pair | None:
    """The pair that the visitor writes about; None when they are not its mentor any more."""
    data = visit.conversation.data if visit.conversation else {}
    number = int(data.get("pair") or 0)
    found = await visit.work.pairs.get(number)
    if found is None or await led_pair(visit, RewriteTap(pair=number, part=Part.GOAL)) is None:
        return None
    return found


async def _edited(visit: Visit, tap: OfPair) -> tuple[Pair, Program | None]:
    """The pair, and its program if it can be changed."""
    pair = await pair_of(visit, tap)
    return pair, await visit.work.programs.get(pair.id) if pair.live else None


def _lines(part: Part, text: str) -> list[str]:
    """What was written: a goal as one line, or lines without marks of a list. Raises Unclear."""
    if part is Part.GOAL:
        return [" ".join(parsed_text(text, TextBounds(GOAL_LIMIT)).split())]
    kept = parsed_text(text, TextBounds(LINES_TEXT_LIMIT))
    lines = [line.strip().lstrip("•-–—*· \t").strip() for line in kept.splitlines()]
    lines = [" ".join(line.split()) for line in lines if line]
    if not lines:
        raise Unclear("Напишите, пожалуйста, словами, каждый пункт с новой строки.")
    if len(lines) > LINES_LIMIT:
        raise Unclear(TOO_MANY_LINES.format(len(lines), LINES_LIMIT))
    return lines
