"""Whoever looks after a school decides about the cards that are offered there."""

from handlers import otherwise
from handlers.iom.reviewing.deciding import comment_problem
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.around import list_of
from handlers.mentoring.bank import browsing_screens
from handlers.mentoring.bank import deciding_screens as screens
from handlers.mentoring.bank.notices import to_owner
from handlers.mentoring.bank.taps import ApproveCardTap, QueueTap, ReturnCardTap
from handlers.mentoring.bank.within import card_of, decided_card
from handlers.people.menus import renewed_menus
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.mentoring.bank import approving
from services.mentoring.bank.card import BankCard, CardState

routes = Routes()

RETURN = "mentor_card_return"
"""The step at which a comment to a card is written."""
CHANGED = "Карточка изменилась, посмотрите ещё раз."
APPROVED_ALREADY = "Эта карточка уже в банке."
NOT_SENT = "Ваш комментарий не отправлен."
UNDECIDED = (CardState.OFFERED, CardState.PROPOSED, CardState.RETURNED)


@routes.tap(QueueTap, Access.OVERSEER, within=of_organisation)
async def show_queue(visit: Visit, tap: QueueTap) -> Reply:
    place = await named(visit, tap.organisation)
    await visit.leave()
    listed = await visit.work.mentor_cards.listed(place, UNDECIDED)
    theirs = [seen for seen in listed if approving.may_decide(visit.member, seen.card, seen.school)]
    theirs.sort(key=lambda seen: (UNDECIDED.index(seen.card.state), seen.card.offered_at or visit.now))
    offered = sum(seen.card.state is CardState.OFFERED for seen in theirs)
    return Reply(screens.queue(place, page_of(theirs, tap.page, screens.SHOWN), offered))


@routes.tap(ApproveCardTap, Access.OVERSEER, within=decided_card)
async def approve(visit: Visit, tap: ApproveCardTap) -> Reply:
    seen = await card_of(visit, tap)
    approved = await approving.approve(visit.work, visit.member, seen.card, seen.school, tap.turn, visit.now)
    if approved is None:
        return await _otherwise(visit, tap)
    await visit.leave()
    menus = await renewed_menus(visit, approved.person_id)
    return Reply(
        screens.approved(seen, list_of(visit.member, seen.school)), owed=(*menus, *await to_owner(visit, approved))
    )


@routes.tap(ReturnCardTap, Access.OVERSEER, within=decided_card)
async def send_back(visit: Visit, tap: ReturnCardTap) -> Reply:
    seen = await card_of(visit, tap)
    if seen.card.state is not CardState.OFFERED or seen.card.turn != tap.turn:
        return await _otherwise(visit, tap)
    if 1 <= tap.ready <= len(screens.READY):
        return await _returned(visit, seen, tap.turn, screens.READY[tap.ready - 1])
    await visit.stand(RETURN, {"person": tap.person, "turn": tap.turn})
    return Reply(screens.returning(seen))


@routes.step(RETURN, Access.OVERSEER)
async def write_comment(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    person, turn = int(data.get("person") or 0), int(data.get("turn") or 0)
    seen = await visit.work.mentor_cards.seen(person)
    if seen is None or not approving.may_decide(visit.member, seen.card, seen.school):
        return await otherwise.no_access(visit, Access.OVERSEER)
    if is_part(visit, text):
        await stand_again(visit, text, RETURN, {"person": person, "turn": turn})
        return Reply(screens.returning(seen, TOO_LONG))
    if problem := comment_problem(text.strip()):
        return Reply(screens.returning(seen, problem))
    reply = await _returned(visit, seen, turn, text.strip())
    if reply.toast is not None and reply.screen is not None:
        return Reply(otherwise.with_note(reply.screen, NOT_SENT))
    return reply


async def decided_screen(visit: Visit, seen: BankCard, note: str = "") -> Screen:
    """A card that is not in the bank, for whoever decides about it. Leaves any conversation."""
    await visit.leave()
    offered = seen.card.offered_at
    offered_on = offered.astimezone(visit.zone).date() if offered else None
    return screens.card(seen, list_of(visit.member, seen.school), offered_on, visit.today, note)


async def _returned(visit: Visit, seen: BankCard, turn: int, comment: str) -> Reply:
    returned = await approving.send_back(
        visit.work, visit.member, seen.card, seen.school, turn, comment, visit.now
    )
    if returned is None:
        return await _otherwise(visit, ReturnCardTap(person=seen.card.person_id, turn=turn))
    await visit.leave()
    shown = screens.returned(seen, list_of(visit.member, seen.school), comment)
    return Reply(shown, owed=await to_owner(visit, returned))


async def _otherwise(visit: Visit, tap: ApproveCardTap | ReturnCardTap) -> Reply:
    """Somebody was faster, or the button is of long ago: the card as it is now."""
    seen = await card_of(visit, tap)
    note = APPROVED_ALREADY if seen.card.in_bank else CHANGED
    if seen.card.in_bank:
        return Reply(browsing_screens.card(seen, visit.today, note=note), note)
    return Reply(await decided_screen(visit, seen, note), note)
