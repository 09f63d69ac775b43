"""A teacher fills in their info card and offers themselves; a mentor changes it and rests."""

from dataclasses import replace

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.bank import own_screens as screens
from handlers.mentoring.bank.notices import to_decide
from handlers.mentoring.bank.taps import (
    CardFieldTap,
    DropCardTap,
    NewCardTap,
    OfferCardTap,
    RestTap,
    SetCardTap,
    TakeCardBackTap,
)
from handlers.mentoring.taps import MyCardTap
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.russian import plural
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.iom.drafting import parsed_line, parsed_words
from services.mentoring.bank import offering
from services.mentoring.bank.card import (
    DOMAINS,
    HELP_LIMIT,
    MOST_MENTEES,
    TIMES_LIMIT,
    Card,
    CardState,
    MeetFormat,
)
from services.mentoring.bank.offering import FewSeatsError
from services.people.model import Profile

routes = Routes()

WRITTEN = "mentor_card"
"""The step at which a field of one's own card is written."""
CHOSEN = ("strengths", "formats", "whom", "school")
"""Fields that are only chosen; others may be written, too."""
WORDY = ("help", "times", "capacity")
SAVED = "Сохранено."
CHANGED = "Карточка уже изменилась, вот она сейчас."
OFFERED = "Карточка отправлена. Когда её рассмотрят, придёт сообщение."
NOWHERE = "Сейчас вы не числитесь ни в одной школе, поэтому карточку завести не получится."
ONLY_NUMBER = f"Напишите, пожалуйста, число от 1 до {MOST_MENTEES}."
RESTS = "Новых наставляемых предлагать не будем. С нынешними всё остаётся как есть."
WORKS = "Снова можно предлагать вам наставляемых."
DECLINED = "Записано: пока не готовы. Если передумаете, предложите себя в любое время."
DROPPED = "Карточка удалена."


@routes.tap(MyCardTap, Access.REGISTERED)
async def show_own(visit: Visit, tap: MyCardTap) -> Reply:
    return Reply(await own_card(visit))


@routes.tap(NewCardTap, Access.REGISTERED)
async def begin(visit: Visit, tap: NewCardTap) -> Reply:
    schools = offering.schools(visit.member)
    if not schools:
        return Reply(await menu_now(visit, NOWHERE), NOWHERE)
    await offering.begin(visit.work, visit.member, schools[0], visit.now)
    return Reply(await own_card(visit))


@routes.tap(CardFieldTap, Access.REGISTERED)
async def ask_field(visit: Visit, tap: CardFieldTap) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    if card is None or tap.field not in (*CHOSEN, *WORDY):
        return Reply(await own_card(visit))
    return Reply(await _asked(visit, card, tap.field))


@routes.tap(SetCardTap, Access.REGISTERED)
async def set_field(visit: Visit, tap: SetCardTap) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    if card is None:
        return Reply(await own_card(visit), CHANGED)
    changed = _with_value(visit, card, tap.field, tap.value)
    if card.turn != tap.turn or changed is None:
        return Reply(await own_card(visit), CHANGED)
    try:
        saved = await offering.edit(visit.work, changed)
    except FewSeatsError as few:
        return Reply(await _asked(visit, card, "capacity", _few(few)), toast="Меньше нельзя.")
    if saved is None:
        return Reply(await own_card(visit), CHANGED)
    if tap.field in ("capacity", "times", "school"):
        return Reply(await own_card(visit), SAVED)
    field = "whom" if tap.field in ("out", "early") else tap.field
    return Reply(await _asked(visit, saved, field), SAVED)


@routes.tap(OfferCardTap, Access.REGISTERED)
async def offer(visit: Visit, tap: OfferCardTap) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    offered = card and await offering.offer(visit.work, visit.member, card, tap.turn, visit.now)
    if not offered:
        return Reply(await own_card(visit), CHANGED)
    return Reply(await own_card(visit, OFFERED), owed=await to_decide(visit, offered))


@routes.tap(TakeCardBackTap, Access.REGISTERED)
async def take_back(visit: Visit, tap: TakeCardBackTap) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    taken = card and await offering.take_back(visit.work, card, tap.turn)
    return Reply(await own_card(visit), "Карточка снова у вас." if taken else CHANGED)


@routes.tap(RestTap, Access.REGISTERED)
async def rest(visit: Visit, tap: RestTap) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    rested = card and await offering.rest(visit.work, card, tap.turn, resting=tap.resting)
    if not rested:
        return Reply(await own_card(visit), CHANGED)
    return Reply(await own_card(visit, RESTS if tap.resting else WORKS))


@routes.tap(DropCardTap, Access.REGISTERED)
async def drop(visit: Visit, tap: DropCardTap) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    if card is None or card.turn != tap.turn or card.in_bank:
        return Reply(await own_card(visit), CHANGED)
    if not tap.sure:
        await visit.leave()
        return Reply(screens.drop_asked(card))
    if not await offering.give_up(visit.work, card, tap.turn):
        return Reply(await own_card(visit), CHANGED)
    await visit.leave()
    return Reply(screens.dropped(DECLINED if card.state is CardState.PROPOSED else DROPPED))


@routes.step(WRITTEN, Access.REGISTERED)
async def write_field(visit: Visit, text: str) -> Reply:
    card = await visit.work.mentor_cards.get(visit.member.id)
    field = str((visit.conversation.data if visit.conversation else {}).get("field"))
    if card is None or field not in WORDY:
        return Reply(await own_card(visit))
    if is_part(visit, text):
        await stand_again(visit, text, WRITTEN, {"field": field})
        return Reply(_question(visit, card, field, TOO_LONG))
    try:
        saved = await offering.edit(visit.work, _with_words(card, field, text))
    except Unclear as unclear:
        return Reply(_question(visit, card, field, str(unclear)))
    except FewSeatsError as few:
        return Reply(_question(visit, card, field, _few(few)))
    return Reply(await own_card(visit, SAVED if saved else CHANGED))


async def own_card(visit: Visit, note: str = "") -> Screen:
    """The visitor's own card as it is now, or how to begin one. Leaves any conversation."""
    await visit.leave()
    person = visit.member
    card = await visit.work.mentor_cards.get(person.id)
    school = await visit.work.organisations.get(card.school_id) if card is not None else None
    if card is None or school is None:
        return screens.none_yet()
    _, taken = await visit.work.pairs.seats(person.id)
    return screens.card(
        card,
        person.profile or Profile("", ""),
        school,
        visit.today,
        missing=offering.missing(card),
        offerable=offering.may_offer(card, person),
        taken=taken,
        schools=len(offering.schools(person)),
        note=note,
    )


async def _asked(visit: Visit, card: Card, field: str, note: str = "") -> Screen:
    if field in WORDY:
        await visit.stand(WRITTEN, {"field": field})
    else:
        await visit.leave()
    return _question(visit, card, field, note)


def _question(visit: Visit, card: Card, field: str, note: str = "") -> Screen:
    if field == "strengths":
        return screens.strengths(card)
    if field == "formats":
        return screens.formats(card)
    if field == "whom":
        return screens.whom(card)
    if field == "school":
        return screens.school(card, offering.schools(visit.member))
    if field == "capacity":
        return screens.capacity(card, note)
    return screens.help_with(card, note) if field == "help" else screens.times(card, note)


def _with_value(visit: Visit, card: Card, field: str, value: str) -> Card | None:
    """The card with a value chosen; None for what nobody was offered."""
    if field == "strengths" and value in DOMAINS:
        there = set(card.strengths) ^ {value}
        return replace(card, strengths=tuple(code for code in DOMAINS if code in there))
    if field == "formats" and value in set(MeetFormat):
        formats = set(card.formats) ^ {MeetFormat(value)}
        return replace(card, formats=tuple(each for each in MeetFormat if each in formats))
    if field == "capacity" and value.isascii() and value.isdigit() and 1 <= int(value) <= MOST_MENTEES:
        return replace(card, capacity=int(value))
    if field == "out":
        return replace(card, reaches_out=value == "yes")
    if field == "early":
        return replace(card, prefers_early=value == "yes")
    if field == "times" and not value:
        return replace(card, times="")
    if field == "school" and not card.in_bank:
        chosen = next((each for each in offering.schools(visit.member) if str(each.id) == value), None)
        return None if chosen is None else replace(card, school_id=chosen.id)
    return None


def _with_words(card: Card, field: str, text: str) -> Card:
    """The card with a field as it was written. Raises Unclear."""
    if field == "help":
        return replace(card, help_with=parsed_words(text, HELP_LIMIT))
    if field == "times":
        return replace(card, times=parsed_line(text, TIMES_LIMIT))
    number = text.strip()
    if not (number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= MOST_MENTEES):
        raise Unclear(ONLY_NUMBER)
    return replace(card, capacity=int(number))


def _few(few: FewSeatsError) -> str:
    pairs = plural(few.taken, "пара", "пары", "пар")
    return (
        f"У вас сейчас {pairs} (считая предложенные), поэтому меньше {few.taken} поставить нельзя. "
        "Чтобы не получать новых, нажмите в карточке «Пока не брать новых»."
    )
