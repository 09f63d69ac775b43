"""The fields of a draft, set by buttons and by words."""

from dataclasses import replace
from datetime import date

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.meeting import question_screens
from handlers.mentoring.meeting.gathering import with_files
from handlers.mentoring.meeting.showing import CHANGED, shown
from handlers.mentoring.meeting.standing import FIELD, stand_at, written_about
from handlers.mentoring.meeting.taps import AnsweredTap, ChooseTap, DraftTap, EarlierTap, MendTap, WithTap
from handlers.mentoring.meeting.telling import FEWEST_WORDS, told_meanwhile, understood_of
from handlers.mentoring.meeting.understanding import written
from handlers.mentoring.meeting.view import circle_now, view_of
from handlers.mentoring.meeting.within import draft_of, own_draft
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.mentoring.meetings import asking
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft, Field, Fields, own_words
from services.mentoring.meetings.wholeness import tells_more, told_besides

routes = Routes()

NOT_FITTING = "Это сейчас не подходит. Выберите, пожалуйста, другое."
ANOTHER = "Похоже, это о другой встрече: для неё новая запись. Прежняя подождёт."
OVER = "Эта запись уже закрыта."


@routes.tap(DraftTap, Access.REGISTERED, within=own_draft)
async def show(visit: Visit, tap: DraftTap) -> Reply:
    return Reply(await shown(visit, await draft_of(visit, tap)))


@routes.tap(MendTap, Access.REGISTERED, within=own_draft)
async def ask(visit: Visit, tap: MendTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open:
        return Reply(await shown(visit, draft), toast=OVER)
    month = date.fromordinal(tap.month) if tap.month else None
    hour = tap.hour and tap.field is Field.NEXT and draft.fields.next_on.is_sure
    return Reply(await _asked(visit, draft, tap.field, month=month, several=tap.several, hour=hour))


@routes.tap(ChooseTap, Access.REGISTERED, within=own_draft)
async def choose(visit: Visit, tap: ChooseTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open or draft.turn != tap.turn:
        return await _as_it_is(visit, draft)
    circle = await circle_now(visit)
    fields = asking.chosen(draft.fields, tap.field, tap.code, circle, visit.today)
    if fields is None:
        return Reply(await _asked(visit, draft, tap.field, circle=circle), toast=NOT_FITTING)
    hour_next = tap.field is Field.NEXT and tap.code.startswith("d")
    return await _set(visit, draft, fields, tap.field, circle, hour_next=hour_next)


@routes.tap(WithTap, Access.REGISTERED, within=own_draft)
async def toggle(visit: Visit, tap: WithTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open or draft.turn != tap.turn:
        return await _as_it_is(visit, draft)
    circle = await circle_now(visit)
    fields = asking.still_fitting(asking.toggled(draft.fields, tap.pair, circle), circle)
    saved = await visit.work.meeting_drafts.save(replace(draft, fields=fields))
    if saved is None:
        return await _as_it_is(visit, await draft_of(visit, tap))
    return Reply(await _asked(visit, saved, Field.WHOM, several=True, circle=circle))


@routes.tap(AnsweredTap, Access.REGISTERED, within=own_draft)
async def answered(visit: Visit, tap: AnsweredTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open or draft.turn != tap.turn:
        return await _as_it_is(visit, draft)
    return await _set(visit, draft, draft.fields, Field.WHOM, await circle_now(visit))


@routes.tap(EarlierTap, Access.REGISTERED, within=own_draft)
async def earlier(visit: Visit, tap: EarlierTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open or draft.turn != tap.turn:
        return await _as_it_is(visit, draft)
    circle = await circle_now(visit)
    place = asking.before(draft.fields, circle)
    if place is None:
        return Reply(await shown(visit, draft, circle=circle))
    saved = await visit.work.meeting_drafts.save(replace(draft, fields=replace(draft.fields, asking=place)))
    return Reply(await shown(visit, saved or await draft_of(visit, tap), circle=circle))


@routes.step(FIELD, Access.REGISTERED)
async def write(visit: Visit, text: str) -> Reply:
    found = await written_about(visit)
    if found is None:
        return Reply(await menu_now(visit, OVER))
    draft, field = found
    if not draft.open:
        return Reply(await shown(visit, draft, OVER))
    if is_part(visit, text):
        screen = await _asked(visit, draft, field, TOO_LONG)
        await stand_again(visit, text, FIELD, {"draft": draft.id, "field": field.value})
        return Reply(screen)
    circle = await circle_now(visit)
    told = await _told_instead(visit, draft, field, text, circle)
    if told is not None:
        return Reply(told)
    try:
        fields = await written(visit, draft, field, text, circle)
    except Unclear as unclear:
        return Reply(await _asked(visit, draft, field, str(unclear), circle=circle))
    return await _set(visit, draft, fields, field, circle)


async def _told_instead(visit: Visit, draft: Draft, field: Field, text: str, circle: Circle) -> Screen | None:
    """The card of the meeting that the words tell of as a whole, where one question was to be answered.

    They fill the draft while it is led by buttons; otherwise they are of another meeting. None: an answer.
    """
    if len(text.split()) < FEWEST_WORDS:
        return None
    understood = await understood_of(visit, text, circle)
    if not tells_more(understood, field):
        return None
    if draft.fields.asking is None:
        back = button("‹ К прежней записи", DraftTap(draft=draft.id))
        return await told_meanwhile(visit, text, ANOTHER, (back,))
    fields = told_besides(draft.fields, asking.from_words(understood, circle, visit.today))
    words = own_words(text, draft.words)
    saved = await visit.work.meeting_drafts.save(replace(draft, words=words, fields=fields))
    if saved is None:
        return await shown(visit, await visit.work.meeting_drafts.get(draft.id) or draft, CHANGED)
    return await with_files(visit, saved, circle=circle)


async def _set(
    visit: Visit, draft: Draft, fields: Fields, field: Field, circle: Circle, *, hour_next: bool = False
) -> Reply:
    """The draft with these fields, and what comes after the field: its hour, the next question, or the card."""
    fields = asking.still_fitting(fields, circle) if draft.meeting_id is None else fields
    if fields.asking is field and not hour_next:
        fields = asking.after(fields)
    saved = await visit.work.meeting_drafts.save(replace(draft, fields=fields))
    if saved is None:
        return await _as_it_is(visit, await visit.work.meeting_drafts.get(draft.id) or draft)
    if hour_next:
        return Reply(await _asked(visit, saved, Field.NEXT, hour=True, circle=circle))
    return Reply(await shown(visit, saved, circle=circle))


async def _as_it_is(visit: Visit, draft: Draft) -> Reply:
    """A button of an earlier state: nothing is done."""
    return Reply(await shown(visit, draft), toast=CHANGED)


async def _asked(
    visit: Visit,
    draft: Draft,
    field: Field,
    note: str = "",
    *,
    month: date | None = None,
    several: bool = False,
    hour: bool = False,
    circle: Circle | None = None,
) -> Screen:
    """The question about the field; what is written from now on answers it."""
    await stand_at(visit, draft, field)
    view = await view_of(visit, draft, circle)
    return question_screens.question(view, field, note, month, several=several, hour=hour)
