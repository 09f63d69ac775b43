"""Whoever looks after a proposed pair takes the proposal back."""

from handlers.mentoring.offers import screens
from handlers.mentoring.offers.answers import OVER, offer_screen
from handlers.mentoring.offers.seen import offer_seen
from handlers.mentoring.offers.taps import WithdrawTap
from handlers.mentoring.offers.terms import terms_of
from handlers.mentoring.within import kept_pair, pair_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.pair import PairState
from services.mentoring.pairing import answering

routes = Routes()

WITHDRAWN = "Предложение отозвано, заявка снова ждёт."


@routes.tap(WithdrawTap, Access.REGISTERED, within=kept_pair)
async def withdraw(visit: Visit, tap: WithdrawTap) -> Reply:
    pair = await pair_of(visit, tap)
    if pair.state is not PairState.PROPOSED:
        return Reply(await offer_screen(visit, pair), toast=OVER)
    if not tap.sure:
        return Reply(
            screens.withdrawing(await offer_seen(visit.work, visit.desk, pair, visit.member.id, visit.now))
        )
    terms = terms_of(visit.desk, visit.now)
    withdrawn = await answering.withdraw(visit.work, pair, visit.member.id, terms)
    present = withdrawn or await pair_of(visit, tap)
    return Reply(await offer_screen(visit, present), toast=WITHDRAWN if withdrawn is not None else OVER)
