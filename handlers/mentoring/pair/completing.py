"""The mentor evaluates how ready the mentee is, and the pair is completed."""

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.pair import complete_screens as screens
from handlers.mentoring.pair.card import otherwise, pair_screen
from handlers.mentoring.pair.standing import data_of, problem_of, remembered
from handlers.mentoring.pair.taps import CompletePairTap, EvaluateTap, KeepEvaluationTap
from handlers.mentoring.pair.view import note, view_of
from handlers.mentoring.within import led_pair, pair_of, steered_pair
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE, with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.life import completing, readiness
from services.mentoring.pair import Pair
from services.privacy.ports import Action

routes = Routes()

WORDS = "pair_readiness"
"""The step at which a mentor adds words to the levels."""


@routes.tap(EvaluateTap, Access.REGISTERED, within=led_pair)
async def evaluate(visit: Visit, tap: EvaluateTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not _works(pair) or not readiness.may_be(tap.given):
        return await otherwise(visit, pair)
    view = await view_of(visit, pair)
    if len(tap.given) < len(readiness.CRITERIA):
        await visit.leave()
        return Reply(screens.criterion(view, tap.given))
    await visit.stand(WORDS, {"pair": pair.id, "turn": pair.turn, "given": tap.given})
    return Reply(screens.words(view, tap.given))


@routes.tap(KeepEvaluationTap, Access.REGISTERED, within=led_pair)
async def keep(visit: Visit, tap: KeepEvaluationTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not _works(pair):
        return await otherwise(visit, pair)
    if pair.turn != tap.turn and pair.readiness == readiness.levels_of(tap.given):
        # A second tap.
        return Reply(screens.confirm(await view_of(visit, pair)))
    return await _kept(visit, pair, tap.given, "")


@routes.step(WORDS, Access.REGISTERED)
async def write_words(visit: Visit, text: str) -> Reply:
    pair = await remembered(visit, led_pair)
    given = str(data_of(visit).get("given") or "")
    if pair is None or readiness.levels_of(given) is None:
        return Reply(await menu_now(visit, NOT_HERE))
    if is_part(visit, text):
        await stand_again(visit, text, WORDS, data_of(visit))
        return Reply(screens.words(await view_of(visit, pair), given, TOO_LONG))
    if problem := problem_of(text.strip(), readiness.WORDS_LIMIT):
        return Reply(screens.words(await view_of(visit, pair), given, problem))
    reply = await (_kept(visit, pair, given, text.strip()) if _works(pair) else otherwise(visit, pair))
    if reply.screen is None or reply.toast is None:
        return reply
    return Reply(with_note(reply.screen, reply.toast))


@routes.tap(CompletePairTap, Access.REGISTERED, within=steered_pair)
async def complete(visit: Visit, tap: CompletePairTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not _works(pair) or pair.turn != tap.turn:
        return await otherwise(visit, pair)
    view = await view_of(visit, pair)
    if pair.readiness is None and not view.oversees:
        # Its mentor evaluates first.
        return Reply(screens.criterion(view, ""))
    if not tap.sure:
        await visit.leave()
        return Reply(screens.confirm(view))
    done = await completing.complete(visit.work, pair, visit.member.id, view.today, visit.now)
    if done is None:
        return await otherwise(visit, pair)
    if view.oversees:
        await note(visit, Action.PAIR_COMPLETED, done)
    return Reply(await pair_screen(visit, done, screens.COMPLETED))


async def _kept(visit: Visit, pair: Pair, given: str, words: str) -> Reply:
    levels = readiness.levels_of(given)
    if levels is None:
        return await otherwise(visit, pair)
    saved = await completing.evaluate(visit.work, pair, levels, words, visit.member.id, visit.now)
    if saved is None:
        return await otherwise(visit, pair)
    await visit.leave()
    return Reply(screens.confirm(await view_of(visit, saved)))


def _works(pair: Pair) -> bool:
    """Whether there is anything to evaluate or complete.

    An evaluation is its mentor's alone: a meeting that is logged meanwhile does not make its buttons old.
    """
    return pair.state in completing.WORKING
