"""The bank of mentors: pages, domains, search by words, one card."""

from handlers.mentoring.bank import browsing_screens as screens
from handlers.mentoring.bank.deciding import decided_screen
from handlers.mentoring.bank.own_card import own_card
from handlers.mentoring.bank.taps import BankDomainTap, BankFoundTap
from handlers.mentoring.bank.within import card_of, seen_card
from handlers.mentoring.meeting.telling import told_meanwhile
from handlers.mentoring.requests.wished import wish_row
from handlers.mentoring.taps import BankTap, CardTap
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.mentoring.bank import approving, offering, searching
from services.mentoring.bank.card import DOMAINS, BankCard
from services.people.model import Role

routes = Routes()

FIND = "mentor_bank"
"""The step at which whatever is written is looked for in the bank."""
QUERY_LIMIT = 50
MEETING_INSTEAD = "Похоже, это о встрече, а не поиск по банку."


@routes.tap(BankTap, Access.REGISTERED)
async def show_bank(visit: Visit, tap: BankTap) -> Reply:
    await visit.stand(FIND, {})
    return Reply(await _bank(visit, tap.page))


@routes.tap(BankDomainTap, Access.REGISTERED)
async def show_domain(visit: Visit, tap: BankDomainTap) -> Reply:
    await visit.stand(FIND, {})
    cards = await searching.bank_of(visit.work, visit.member)
    if tap.domain not in DOMAINS:
        return Reply(screens.domains({code: len(searching.strong_in(cards, code)) for code in DOMAINS}))
    strong = searching.strong_in(cards, tap.domain)
    return Reply(screens.of_domain(tap.domain, page_of(strong, tap.page, screens.SHOWN)))


@routes.step(FIND, Access.REGISTERED)
async def find(visit: Visit, text: str) -> Reply:
    query = " ".join(text.split())[:QUERY_LIMIT]
    if not await _matching(visit, query):
        # A mentor may tell of a meeting wherever they are.
        back = (button("‹ Банк наставников", BankTap()),)
        told = await told_meanwhile(visit, text, MEETING_INSTEAD, back)
        if told is not None:
            return Reply(told)
    await visit.stand(FIND, {"query": query})
    return Reply(await _found(visit, query, 0))


@routes.tap(BankFoundTap, Access.REGISTERED)
async def show_found(visit: Visit, tap: BankFoundTap) -> Reply:
    standing = visit.conversation
    query = standing.data.get("query") if standing is not None and standing.step == FIND else None
    if not isinstance(query, str):
        await visit.stand(FIND, {})
        return Reply(await _bank(visit, 0))
    return Reply(await _found(visit, query, tap.page))


@routes.tap(CardTap, Access.REGISTERED, within=seen_card)
async def show_card(visit: Visit, tap: CardTap) -> Reply:
    seen = await card_of(visit, tap)
    if seen.card.person_id == visit.member.id:
        return Reply(await own_card(visit))
    await approving.note_seen(visit.work, visit.member, seen.card, seen.school, visit.now, visit.zone)
    if not seen.card.in_bank:
        return Reply(await decided_screen(visit, seen))
    return Reply(screens.card(seen, visit.today, await wish_row(visit, seen)))


async def _bank(visit: Visit, page: int) -> Screen:
    cards = await searching.bank_of(visit.work, visit.member)
    places = {each.id: each for each in visit.member.scopes(Role.METHODIST, Role.CURATOR)}
    own = None
    if await visit.work.mentor_cards.get(visit.member.id) is not None:
        own = "Моя карточка"
    elif offering.schools(visit.member):
        own = "Стать наставником"
    return screens.bank(page_of(cards, page, screens.SHOWN), len(cards), list(places.values()), own)


async def _found(visit: Visit, query: str, page: int) -> Screen:
    return screens.found(query, page_of(await _matching(visit, query), page, screens.SHOWN))


async def _matching(visit: Visit, query: str) -> list[BankCard]:
    return searching.matching(await searching.bank_of(visit.work, visit.member), query)
