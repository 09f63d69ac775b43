"""A request is written, sent, changed while it is open, and withdrawn."""

from dataclasses import replace

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.requests import screens
from handlers.mentoring.requests.notices import sent
from handlers.mentoring.requests.shown import choice_names, gathered, shown_request
from handlers.mentoring.requests.taps import (
    NewRequestTap,
    OneRequestTap,
    RequestFieldTap,
    SendRequestTap,
    SetRequestTap,
    WishListTap,
    WishTap,
    WithdrawTap,
)
from handlers.mentoring.requests.within import edited_request, request_of, seen_request
from handlers.mentoring.taps import OfferTap, PairTap, RequestTap
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.iom.drafting import parsed_words
from services.mentoring.bank import searching
from services.mentoring.bank.card import DOMAINS, BankCard, CardState, MeetFormat
from services.mentoring.pair import PairState
from services.mentoring.requests import asking
from services.mentoring.requests.request import ASKING, MOST_CHOICES, WORDS_LIMIT, Request, RequestState
from services.people.membership import schools_of
from services.people.model import Kind, Organisation, Role

routes = Routes()

WRITTEN = "mentee_request"
"""The step at which a field of a request is written."""
CHOSEN = ("domains", "formats")
WORDY = ("purpose", "wishes")
SAVED = "Сохранено."
CHANGED = "Заявка уже изменилась, вот она сейчас."
PROPOSED = "По заявке уже есть наставник или предложение."
SENT = "Заявка отправлена. Как только найдётся наставник, придёт сообщение."
SENT_FOR = "Заявка подана. Педагог получит сообщение и сможет её дополнить."
WITHDRAWN = "Заявка отозвана."
DROPPED = "Черновик удалён."
ENOUGH = f"Уже выбрано {MOST_CHOICES}: сначала уберите кого-нибудь."
NOT_EMPTY = "Заявка уже отправлена: оставьте хотя бы одно направление или опишите, с чем помочь."
NOT_CHOOSABLE = "Этого наставника сейчас выбрать нельзя."


@routes.tap(RequestTap, Access.REGISTERED)
async def show_own(visit: Visit, tap: RequestTap) -> Reply:
    return Reply(await own_request(visit))


@routes.tap(NewRequestTap, Access.REGISTERED)
async def begin(visit: Visit, tap: NewRequestTap) -> Reply:
    schools = schools_of(visit.member, Role.TEACHER)
    chosen = [each for each in schools if each.id == tap.school] or list(schools)
    if len(chosen) > 1:
        return Reply(screens.which_school(schools))
    if chosen:
        await asking.begin(visit.work, visit.member, visit.member.id, chosen[0], visit.now)
    return Reply(await own_request(visit))


@routes.tap(OneRequestTap, Access.REGISTERED, within=seen_request)
async def show_one(visit: Visit, tap: OneRequestTap) -> Reply:
    request = await request_of(visit, tap)
    midnight = visit.now.astimezone(visit.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    await asking.note_seen(visit.work, visit.member, request, visit.now, midnight)
    return Reply(await shown_request(visit, request))


@routes.tap(RequestFieldTap, Access.REGISTERED, within=edited_request)
async def ask_field(visit: Visit, tap: RequestFieldTap) -> Reply:
    request = await request_of(visit, tap)
    if request.state not in ASKING or tap.field not in (*CHOSEN, *WORDY):
        return await _otherwise(visit, request)
    return Reply(await _asked(visit, request, tap.field))


@routes.tap(SetRequestTap, Access.REGISTERED, within=edited_request)
async def set_field(visit: Visit, tap: SetRequestTap) -> Reply:
    request = await request_of(visit, tap)
    changed = _with_value(request, tap.field, tap.value)
    if request.turn != tap.turn or changed is None:
        return await _otherwise(visit, request)
    if request.state is RequestState.OPEN and not asking.complete(changed):
        return Reply(_question(request, tap.field, NOT_EMPTY), NOT_EMPTY)
    saved = await visit.work.mentee_requests.save(changed)
    if saved is None:
        return await _otherwise(visit, request)
    if tap.field in CHOSEN:
        return Reply(await _asked(visit, saved, tap.field), SAVED)
    return Reply(await shown_request(visit, saved), SAVED)


@routes.tap(WishListTap, Access.REGISTERED, within=edited_request)
async def show_wishes(visit: Visit, tap: WishListTap) -> Reply:
    request = await request_of(visit, tap)
    if request.state not in ASKING:
        return await _otherwise(visit, request)
    return Reply(await _wish_list(visit, request, tap.page))


@routes.tap(WishTap, Access.REGISTERED, within=edited_request)
async def wish(visit: Visit, tap: WishTap) -> Reply:
    request = await request_of(visit, tap)
    if request.turn != tap.turn or request.state not in ASKING:
        return await _otherwise(visit, request)
    there = [seen.card.person_id for seen in await _choosable(visit, request)]
    if tap.person not in request.choices and tap.person not in there:
        return Reply(await _wish_list(visit, request, 0), NOT_CHOOSABLE)
    page = there.index(tap.person) // screens.SHOWN if tap.person in there else 0
    changed = asking.chosen(request, tap.person)
    if changed is None:
        return Reply(await _wish_list(visit, request, page, ENOUGH), ENOUGH)
    saved = await visit.work.mentee_requests.save(changed)
    if saved is None:
        return await _otherwise(visit, request)
    return Reply(await _wish_list(visit, saved, page), SAVED)


@routes.tap(SendRequestTap, Access.REGISTERED, within=edited_request)
async def send(visit: Visit, tap: SendRequestTap) -> Reply:
    request = await request_of(visit, tap)
    opened = await asking.send(visit.work, visit.member, request, tap.turn, visit.now)
    if opened is None:
        return await _otherwise(visit, request)
    note = SENT if opened.made_by is None else SENT_FOR
    return Reply(await shown_request(visit, opened, note), owed=await sent(visit, opened))


@routes.tap(WithdrawTap, Access.REGISTERED, within=edited_request)
async def withdraw(visit: Visit, tap: WithdrawTap) -> Reply:
    request = await request_of(visit, tap)
    if request.turn != tap.turn or request.state not in ASKING or await _has_pair(visit, request):
        return await _otherwise(visit, request)
    shown = await gathered(visit, request)
    await visit.leave()
    if not tap.sure:
        return Reply(screens.withdraw_asked(shown))
    if not await asking.withdraw(visit.work, request, tap.turn, visit.now):
        return await _otherwise(visit, request)
    return Reply(screens.done(shown, DROPPED if request.state is RequestState.DRAFT else WITHDRAWN))


@routes.step(WRITTEN, Access.REGISTERED)
async def write_field(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    request = await visit.work.mentee_requests.get(int(data.get("request") or 0))
    field = str(data.get("field"))
    if request is None or field not in WORDY:
        return Reply(await menu_now(visit, NOT_HERE))
    if await edited_request(visit, OneRequestTap(request=request.id)) is None:
        return Reply(await menu_now(visit, NOT_HERE))
    if request.state not in ASKING:
        return await _otherwise(visit, request)
    if is_part(visit, text):
        await stand_again(visit, text, WRITTEN, {"request": request.id, "field": field})
        return Reply(_question(request, field, TOO_LONG))
    try:
        words = parsed_words(text, WORDS_LIMIT)
    except Unclear as unclear:
        return Reply(_question(request, field, str(unclear)))
    saved = await visit.work.mentee_requests.save(_with_words(request, field, words))
    return Reply(await shown_request(visit, saved or request, SAVED if saved else CHANGED))


async def own_request(visit: Visit) -> Screen:
    """What the visitor has asked for: their mentor, their request, or how to ask. Leaves any conversation."""
    await visit.leave()
    person, work = visit.member, visit.work
    pair = await work.pairs.open_of_mentee(person.id)
    if pair is not None:
        agrees = await work.people.agrees(pair.mentor_id, visit.desk.consent.version)
        names = await work.audit.names([pair.mentor_id]) if agrees else {}
        offered = pair.state is PairState.PROPOSED
        to_pair = button("Посмотреть", OfferTap(pair=pair.id) if offered else PairTap(pair=pair.id))
        return screens.has_mentor(names.get(pair.mentor_id, ""), to_pair, offered=offered)
    request = await work.mentee_requests.open_of(person.id) or await work.mentee_requests.draft_of(person.id)
    if request is not None:
        return await shown_request(visit, request)
    return screens.none_yet() if person.has(Role.TEACHER) else screens.not_teacher()


async def _asked(visit: Visit, request: Request, field: str) -> Screen:
    if field in WORDY:
        await visit.stand(WRITTEN, {"request": request.id, "field": field})
    else:
        await visit.leave()
    return _question(request, field)


def _question(request: Request, field: str, note: str = "") -> Screen:
    if field == "domains":
        return screens.domains(request, note)
    if field == "formats":
        return screens.formats(request)
    return screens.purpose(request, note) if field == "purpose" else screens.wishes(request, note)


def _with_value(request: Request, field: str, value: str) -> Request | None:
    """The request with a value chosen; None for what nobody was offered, or when it is closed."""
    if request.state not in ASKING:
        return None
    if field == "domains" and value in DOMAINS:
        there = set(request.domains) ^ {value}
        return replace(request, domains=tuple(code for code in DOMAINS if code in there))
    if field == "formats" and value in set(MeetFormat):
        formats = set(request.formats) ^ {MeetFormat(value)}
        return replace(request, formats=tuple(each for each in MeetFormat if each in formats))
    if field in WORDY and not value:
        return _with_words(request, field, "")
    return None


def _with_words(request: Request, field: str, words: str) -> Request:
    return replace(request, purpose=words) if field == "purpose" else replace(request, wishes=words)


async def _wish_list(visit: Visit, request: Request, page: int, note: str = "") -> Screen:
    await visit.leave()
    cards = await _choosable(visit, request)
    chosen = await choice_names(visit, request)
    there = {seen.card.person_id for seen in cards}
    gone = [person_id for person_id in request.choices if person_id not in there]
    return screens.wish_list(request, page_of(cards, page, screens.SHOWN), chosen, gone, note)


async def _choosable(visit: Visit, request: Request) -> list[BankCard]:
    """Mentors of the request's school first, then those of others who reach out."""
    school = await visit.work.organisations.get(request.school_id)
    if school is None or school.parent_id is None:
        return []
    district = Organisation(school.parent_id, Kind.MUNICIPALITY, "")
    cards = await visit.work.mentor_cards.listed(district, (CardState.APPROVED,))
    found = searching.choosable(cards, request.person_id, request.school_id)
    return sorted(found, key=lambda seen: (seen.school.id != request.school_id, not seen.free))


async def _otherwise(visit: Visit, request: Request) -> Reply:
    """Somebody was faster, or the button is of long ago: the request as it is now."""
    now = await visit.work.mentee_requests.get(request.id)
    if now is None:
        return Reply(await own_request(visit), CHANGED)
    if not await _has_pair(visit, now):
        return Reply(await shown_request(visit, now), CHANGED)
    own = now.person_id == visit.member.id
    return Reply(await own_request(visit) if own else await shown_request(visit, now), PROPOSED)


async def _has_pair(visit: Visit, request: Request) -> bool:
    """Whether somebody is the mentor already, or is proposed."""
    return await visit.work.pairs.open_of_mentee(request.person_id) is not None
