"""A pair ends early: one of the two asks for it, whoever looks after the pair decides."""

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.pair import close_screens as screens
from handlers.mentoring.pair.card import otherwise, pair_screen
from handlers.mentoring.pair.standing import data_of, problem_of, remembered, turn_of
from handlers.mentoring.pair.taps import AskEndTap, ClosePairTap, KeepOnTap
from handlers.mentoring.pair.view import note, view_of
from handlers.mentoring.within import heard_pair, kept_pair, own_pair, pair_of
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE, with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.life.asking import WORDS_LIMIT, ask_to_end, keep_on
from services.mentoring.life.ending import end
from services.mentoring.life.unanswered import has_asked
from services.mentoring.life.wording import CLOSING
from services.mentoring.pair import EndReason, Pair
from services.privacy.ports import Action

routes = Routes()

ASK_END = "pair_ask_end"
"""The step at which one of the two writes why the pair is to end."""
CLOSE = "pair_close"
"""The step at which an overseer writes why the pair ends."""


@routes.tap(AskEndTap, Access.REGISTERED, within=own_pair)
async def ask(visit: Visit, tap: AskEndTap) -> Reply:
    pair = await pair_of(visit, tap)
    if pair.turn != tap.turn or not pair.live:
        return await otherwise(visit, pair)
    if has_asked(await visit.work.pairs.history(pair.id), visit.member.id):
        return await otherwise(visit, pair, screens.ASKED_ALREADY)
    if tap.sure:
        return await _asked(visit, pair, "")
    await visit.stand(ASK_END, {"pair": pair.id, "turn": pair.turn})
    return Reply(screens.asking(await view_of(visit, pair)))


@routes.step(ASK_END, Access.REGISTERED)
async def write_asking(visit: Visit, text: str) -> Reply:
    pair = await remembered(visit, own_pair)
    if pair is None:
        return Reply(await menu_now(visit, NOT_HERE))
    if is_part(visit, text):
        await stand_again(visit, text, ASK_END, data_of(visit))
        return Reply(screens.asking(await view_of(visit, pair), TOO_LONG))
    if problem := problem_of(text.strip(), WORDS_LIMIT):
        return Reply(screens.asking(await view_of(visit, pair), problem))
    if pair.turn != turn_of(visit):
        return _unsent(await otherwise(visit, pair))
    return _unsent(await _asked(visit, pair, text.strip()))


@routes.tap(KeepOnTap, Access.REGISTERED, within=heard_pair)
async def go_on(visit: Visit, tap: KeepOnTap) -> Reply:
    pair = await pair_of(visit, tap)
    kept = await keep_on(visit.work, pair, visit.member.id, visit.now) if pair.turn == tap.turn else None
    if kept is None:
        return await otherwise(visit, pair)
    await note(visit, Action.PAIR_KEPT_ON, kept)
    return Reply(await pair_screen(visit, kept), toast=screens.KEPT_ON)


@routes.tap(ClosePairTap, Access.REGISTERED, within=kept_pair)
async def close(visit: Visit, tap: ClosePairTap) -> Reply:
    pair = await pair_of(visit, tap)
    if pair.turn != tap.turn or not pair.live:
        return await otherwise(visit, pair)
    if tap.reason is None or not _may_close(pair, tap.reason):
        await visit.leave()
        return Reply(screens.reasons(await view_of(visit, pair)))
    if tap.sure:
        return await _closed(visit, pair, tap.reason, "")
    await visit.stand(CLOSE, {"pair": pair.id, "turn": pair.turn, "reason": tap.reason.value})
    return Reply(screens.closing(await view_of(visit, pair), tap.reason))


@routes.step(CLOSE, Access.REGISTERED)
async def write_closing(visit: Visit, text: str) -> Reply:
    pair = await remembered(visit, kept_pair)
    if pair is None:
        return Reply(await menu_now(visit, NOT_HERE))
    reason = EndReason(str(data_of(visit).get("reason")))
    if is_part(visit, text):
        await stand_again(visit, text, CLOSE, data_of(visit))
        return Reply(screens.closing(await view_of(visit, pair), reason, TOO_LONG))
    if problem := problem_of(text.strip(), WORDS_LIMIT):
        return Reply(screens.closing(await view_of(visit, pair), reason, problem))
    if pair.turn != turn_of(visit) or not _may_close(pair, reason):
        return _unsent(await otherwise(visit, pair))
    return _unsent(await _closed(visit, pair, reason, text.strip()))


async def _asked(visit: Visit, pair: Pair, words: str) -> Reply:
    saved = await ask_to_end(visit.work, pair, visit.member.id, words, visit.now)
    if saved is None:
        return await otherwise(visit, pair)
    return Reply(await pair_screen(visit, saved, screens.ASKED))


async def _closed(visit: Visit, pair: Pair, reason: EndReason, words: str) -> Reply:
    view = await view_of(visit, pair)
    ended = await end(visit.work, pair, reason, words, visit.member.id, view.today, visit.now)
    if ended is None:
        return await otherwise(visit, pair)
    await note(visit, Action.PAIR_CLOSED, ended)
    await visit.leave()
    waits = await visit.work.mentee_requests.open_of(pair.mentee_id) is not None
    return Reply(screens.closed(view, reason, waits=waits))


def _may_close(pair: Pair, reason: EndReason) -> bool:
    return pair.live and reason in (*CLOSING, EndReason.MENTOR_CHANGED)


def _unsent(reply: Reply) -> Reply:
    """Words have no toast: what came too late is said before the screen."""
    if reply.screen is None or reply.toast is None:
        return reply
    return Reply(with_note(reply.screen, f"{reply.toast} Ваши слова не отправлены."))
