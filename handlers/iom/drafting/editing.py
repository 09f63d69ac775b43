"""The fields of a step changed by buttons and by words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.iom.drafting import edit_screens as screens
from handlers.iom.drafting.draft import draft_screen
from handlers.iom.drafting.taps import (
    ClearResultTap,
    DueTap,
    EditStepTap,
    RemoveStepTap,
    ResponsibleTap,
    RestoreStepTap,
    SetFormTap,
)
from handlers.iom.walking.standing import own_step_of, remembered
from handlers.iom.within import own_step, step_of
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.iom import drafting, submitting
from services.iom.agreeing import mentors
from services.iom.model import RESPONSIBLE_LIMIT, TITLE_LIMIT, WORDS_LIMIT, Plan, Route, Step
from services.people.ports import Member
from services.terms import parsed_term

routes = Routes()

WRITTEN = "iom_step_field"
"""The step at which a field is written."""
FIELDS = ("title", "due", "who", "result")
"""Fields that may be written; the form is only chosen."""
SAVED = "Сохранено."
REMOVED = "Мероприятие убрано."
NOT_NOW = "Сейчас это мероприятие не изменить."
PASSED = "Этот день уже прошёл или слишком далеко."
NO_MENTOR = "Этот человек больше не наставник в вашей школе."


@routes.tap(EditStepTap, Access.REGISTERED, within=own_step)
async def edit_step(visit: Visit, tap: EditStepTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not drafting.may_edit(route, step):
        return await _not_now(visit, route)
    await visit.leave()
    if tap.field == "form":
        return Reply(screens.form(step, new=False))
    if tap.field not in FIELDS:
        return Reply(screens.card(route, step, visit.today))
    return Reply(await _asked(visit, route, step, tap.field))


@routes.tap(SetFormTap, Access.REGISTERED, within=own_step)
async def set_form(visit: Visit, tap: SetFormTap) -> Reply:
    route, step = await step_of(visit, tap)
    saved = await drafting.edit(visit.work, route, step, replace(step.plan, form=tap.form))
    if saved is None:
        return await _not_now(visit, route)
    if tap.new:
        return Reply(await _asked(visit, route, saved, "due"))
    await visit.leave()
    return Reply(screens.card(route, saved, visit.today), SAVED)


@routes.tap(DueTap, Access.REGISTERED, within=own_step)
async def set_due(visit: Visit, tap: DueTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not drafting.may_edit(route, step):
        return await _not_now(visit, route)
    day = date.fromordinal(tap.day)
    if tap.turn:
        await visit.stand(WRITTEN, {"step": step.id, "field": "due"})
        return Reply(screens.due(step, visit.today, day))
    if not 0 <= (day - visit.today).days <= drafting.FURTHEST:
        return Reply(await _asked(visit, route, step, "due"), PASSED)
    return await _saved(visit, route, step, replace(step.plan, due_on=day))


@routes.tap(ResponsibleTap, Access.REGISTERED, within=own_step)
async def set_responsible(visit: Visit, tap: ResponsibleTap) -> Reply:
    route, step = await step_of(visit, tap)
    name = drafting.responsible_name(visit.member)
    if tap.curator:
        name = screens.CURATOR
    elif tap.mentor:
        chosen = next((each for each in await mentors(visit.work, route) if each.id == tap.mentor), None)
        if chosen is None:
            return Reply(await _asked(visit, route, step, "who"), NO_MENTOR)
        name = chosen.profile.full_name[:RESPONSIBLE_LIMIT]
    return await _saved(visit, route, step, replace(step.plan, responsible=name))


@routes.tap(ClearResultTap, Access.REGISTERED, within=own_step)
async def clear_result(visit: Visit, tap: ClearResultTap) -> Reply:
    route, step = await step_of(visit, tap)
    return await _saved(visit, route, step, replace(step.plan, result=""))


@routes.tap(RemoveStepTap, Access.REGISTERED, within=own_step)
async def remove(visit: Visit, tap: RemoveStepTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not await drafting.remove(visit.work, route, step):
        return await _not_now(visit, route)
    return Reply(await draft_screen(visit, route), REMOVED)


@routes.tap(RestoreStepTap, Access.REGISTERED, within=own_step)
async def restore_step(visit: Visit, tap: RestoreStepTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not await submitting.restore_step(visit.work, route, step, visit.today, visit.desk.quiet):
        return await _not_now(visit, route)
    route, step = await step_of(visit, tap)
    return Reply(screens.card(route, step, visit.today), SAVED)


@routes.step(WRITTEN, Access.REGISTERED)
async def write_field(visit: Visit, text: str) -> Reply:
    found, field = await own_step_of(visit), remembered(visit, "field")
    if found is None or field not in FIELDS:
        return Reply(await menu_now(visit))
    route, step = found
    if not drafting.may_edit(route, step):
        return Reply(await draft_screen(visit, route, news=NOT_NOW))
    if is_part(visit, text):
        await stand_again(visit, text, WRITTEN, {"step": step.id, "field": field})
        return Reply(await _question(visit, route, step, field, TOO_LONG))
    try:
        plan = _with_words(step.plan, field, text, visit.today)
    except Unclear as unclear:
        return Reply(await _question(visit, route, step, field, str(unclear)))
    return await _saved(visit, route, step, plan)


def _with_words(plan: Plan, field: str, text: str, today: date) -> Plan:
    """The plan with a field as it was written. Raises Unclear."""
    if field == "title":
        return replace(plan, title=drafting.parsed_line(text, TITLE_LIMIT))
    if field == "due":
        return replace(plan, due_on=parsed_term(text, today, drafting.FURTHEST))
    if field == "who":
        return replace(plan, responsible=drafting.parsed_line(text, RESPONSIBLE_LIMIT))
    return replace(plan, result=drafting.parsed_words(text, WORDS_LIMIT))


async def _asked(visit: Visit, route: Route, step: Step, field: str) -> Screen:
    """The question about a field; what is written from now on is about it."""
    await visit.stand(WRITTEN, {"step": step.id, "field": field})
    return await _question(visit, route, step, field)


async def _question(visit: Visit, route: Route, step: Step, field: str, note: str = "") -> Screen:
    if field == "title":
        return screens.title(step, note)
    if field == "due":
        return screens.due(step, visit.today, note=note)
    if field == "who":
        return screens.responsible(step, await _named(visit, route), note)
    return screens.result(step, note)


async def _named(visit: Visit, route: Route) -> Sequence[Member]:
    """The mentors who may answer for a step, the route's own first."""
    return sorted(await mentors(visit.work, route), key=lambda mentor: mentor.id != route.mentor_id)


async def _saved(visit: Visit, route: Route, step: Step, plan: Plan) -> Reply:
    saved = await drafting.edit(visit.work, route, step, plan)
    if saved is None:
        return await _not_now(visit, route)
    await visit.leave()
    return Reply(screens.card(route, saved, visit.today), SAVED)


async def _not_now(visit: Visit, route: Route) -> Reply:
    """What was to be changed has moved on: the draft or the route as it is now."""
    return Reply(await draft_screen(visit, route), NOT_NOW)
