"""The registration: one field after another, then a card to check."""

from handlers.current import current_screen
from handlers.menu.conversation import command_menu, menu_now
from handlers.routes import Access, Routes
from handlers.start import screens
from handlers.start.fields import BY_CODE, CHECK, after, asked_of, first_step
from handlers.start.taps import DoneTap, FieldTap, StepTap
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.campaigns import joining
from services.people import registration
from services.people.model import Profile, Value
from services.people.registration import Unclear

routes = Routes()

RIGHT = frozenset({"всё верно", "все верно", "верно", "да", "правильно"})
CHECK_HINT = "Нажмите «Всё верно» или выберите, что поправить."
ALREADY = "Вы уже зарегистрированы."


@routes.step("registration", Access.CONSENTED)
async def words(visit: Visit, text: str) -> Reply:
    given = _given(visit)
    if given["field"] == CHECK:
        if text.strip().strip(".!").casefold() in RIGHT:
            return await finish(visit, DoneTap())
        return Reply(screens.check(given, asked_of(visit.member), CHECK_HINT))
    return await _take(visit, given, text)


@routes.tap(FieldTap, Access.CONSENTED)
async def choose(visit: Visit, tap: FieldTap) -> Reply:
    if not _standing(visit):
        return Reply(await current_screen(visit), toast=ALREADY)
    given = _given(visit)
    field = BY_CODE.get(tap.field)
    if field is None or given["field"] != tap.field:
        return Reply(_step(visit, given))
    choices = screens.choices_of(field, visit.suggested_name)
    if not 0 <= tap.choice < len(choices):
        return Reply(_step(visit, given))
    return await _take(visit, given, choices[tap.choice])


@routes.tap(StepTap, Access.CONSENTED)
async def go_to(visit: Visit, tap: StepTap) -> Reply:
    if not _standing(visit):
        return Reply(await current_screen(visit), toast=ALREADY)
    given = _given(visit)
    fields = asked_of(visit.member)
    reachable = tap.field == CHECK or tap.field in {field.code for field in fields}
    complete = all(given.get(field.code) is not None for field in fields)
    if reachable and (complete or (tap.field != CHECK and given.get(tap.field) is not None)):
        given["editing"] = complete and tap.field != CHECK
        given["field"] = tap.field
        await visit.stand("registration", given)
    return Reply(_step(visit, given))


@routes.tap(DoneTap, Access.CONSENTED)
async def finish(visit: Visit, tap: DoneTap) -> Reply:
    if not _standing(visit):
        return Reply(await current_screen(visit))
    given = _given(visit)
    if given["field"] != CHECK:
        return Reply(_step(visit, given))
    profile = Profile(
        full_name=str(given["name"]),
        position=str(given["position"]),
        subject=str(given.get("subject") or ""),
        years_of_work=_whole(given.get("years")),
        birth_year=_whole(given.get("birth")),
        category=visit.member.known.category if visit.member.known else "",
        known_on=visit.today,
    )
    await registration.register(visit.work, visit.member, profile, visit.now)
    await joining.joined(visit.work, visit.member.id, visit.now)
    visit = await visit.again()
    return Reply(await menu_now(visit, "Готово, вы зарегистрированы!"), owed=(command_menu(visit),))


async def _take(visit: Visit, given: dict[str, Value], text: str) -> Reply:
    field = BY_CODE[str(given["field"])]
    try:
        given[field.code] = field.parse(text, given, visit.today.year)
    except Unclear as unclear:
        fields = asked_of(visit.member)
        return Reply(screens.question(field, fields, given, visit.suggested_name, str(unclear)))
    given["field"] = CHECK if given.pop("editing", False) else after(field.code, asked_of(visit.member))
    await visit.stand("registration", given)
    return Reply(_step(visit, given))


def _step(visit: Visit, given: dict[str, Value]) -> Screen:
    return screens.current(given, asked_of(visit.member), visit.suggested_name)


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _standing(visit: Visit) -> bool:
    return visit.conversation is not None and visit.conversation.step == "registration"


def _given(visit: Visit) -> dict[str, Value]:
    if visit.conversation is None or "field" not in visit.conversation.data:
        return first_step(visit.member)
    return dict(visit.conversation.data)
