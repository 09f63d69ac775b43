"""Mentor and mentee answer to a proposed pair."""

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.offers import screens
from handlers.mentoring.offers.seen import offer_seen
from handlers.mentoring.offers.taps import AcceptTap, DeclineTap
from handlers.mentoring.offers.terms import terms_of
from handlers.mentoring.taps import OfferTap
from handlers.mentoring.within import own_pair, pair_of, seen_pair
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.mentoring import rights
from services.mentoring.pair import Pair, PairState
from services.mentoring.pairing import answering

routes = Routes()

DECLINE = "mentoring_decline"
"""The step at which the reason of a refusal is written."""
REASON_LIMIT = 300
"""Characters of a reason."""
OVER = "Это предложение больше не ждёт ответа."
NOT_WORDS = "Напишите, пожалуйста, причину словами или выберите из списка."
LONG = f"Причина длиннее {REASON_LIMIT} знаков. Напишите, пожалуйста, короче."


@routes.tap(OfferTap, Access.REGISTERED, within=seen_pair)
async def show_offer(visit: Visit, tap: OfferTap) -> Reply:
    await visit.leave()
    return Reply(await offer_screen(visit, await pair_of(visit, tap)))


@routes.tap(AcceptTap, Access.REGISTERED, within=own_pair)
async def accept(visit: Visit, tap: AcceptTap) -> Reply:
    before = await pair_of(visit, tap)
    if answering.has_agreed(before, visit.member.id):
        return Reply(await offer_screen(visit, before))
    terms = terms_of(visit.desk, visit.now)
    pair = await answering.agree(visit.work, tap.pair, visit.member.id, terms)
    if pair is None:
        return await _over(visit, await pair_of(visit, tap))
    await visit.leave()
    return Reply(screens.accepted(await offer_seen(visit.work, visit.desk, pair, visit.member.id, visit.now)))


@routes.tap(DeclineTap, Access.REGISTERED, within=own_pair)
async def decline(visit: Visit, tap: DeclineTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not answering.waits(pair, visit.now):
        return await _over(visit, pair)
    ready = screens.FOR_MENTOR if pair.mentor_id == visit.member.id else screens.FOR_MENTEE
    if tap.reason == 0:
        await visit.stand(DECLINE, {"pair": pair.id})
        return Reply(screens.declining(await offer_seen(visit.work, visit.desk, pair, visit.member.id, visit.now)))
    words = ready[tap.reason - 1] if tap.reason <= len(ready) else ""
    return await _declined(visit, pair, words, needless=words == screens.NEEDLESS)


@routes.step(DECLINE, Access.REGISTERED)
async def write_reason(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    pair = await visit.work.pairs.get(int(data.get("pair") or 0))
    if pair is None or not pair.holds(visit.member.id):
        return Reply(await menu_now(visit, NOT_HERE))
    if not answering.waits(pair, visit.now):
        return await _over(visit, pair)
    problem = ""
    if is_part(visit, text):
        await stand_again(visit, text, DECLINE, {"pair": pair.id})
        problem = TOO_LONG
    elif not text.strip() or text.startswith("/"):
        problem = NOT_WORDS
    elif len(text.strip()) > REASON_LIMIT:
        problem = LONG
    if problem:
        seen = await offer_seen(visit.work, visit.desk, pair, visit.member.id, visit.now)
        return Reply(screens.declining(seen, problem))
    return await _declined(visit, pair, text.strip())


async def offer_screen(visit: Visit, pair: Pair) -> Screen:
    """The pair as the visitor may see it now."""
    seen = await offer_seen(visit.work, visit.desk, pair, visit.member.id, visit.now)
    school = await visit.work.organisations.get(pair.school_id)
    if not pair.holds(visit.member.id):
        if school is None or not rights.looks_after(visit.member, pair, school):
            raise PermissionError(f"person {visit.member.id} may not see pair {pair.id}")
        return screens.kept(seen)
    if answering.waits(pair, visit.now):
        return screens.offer(seen)
    if pair.state is PairState.PROPOSED:
        return screens.term_over()
    return screens.over(seen) if pair.state is PairState.DECLINED else screens.settled(pair)


async def _declined(visit: Visit, pair: Pair, words: str, *, needless: bool = False) -> Reply:
    terms = terms_of(visit.desk, visit.now)
    declined = await answering.decline(visit.work, pair.id, visit.member.id, words, terms, needless=needless)
    if declined is None:
        return await _over(visit, await visit.work.pairs.get(pair.id) or pair)
    await visit.leave()
    seen = await offer_seen(visit.work, visit.desk, declined, visit.member.id, visit.now)
    return Reply(screens.declined(seen, needless=needless))


async def _over(visit: Visit, pair: Pair) -> Reply:
    """Somebody was faster, or the button is of long ago."""
    await visit.leave()
    return Reply(await offer_screen(visit, pair), toast=OVER)
