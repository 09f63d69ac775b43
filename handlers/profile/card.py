"""/profile: one's own data, and changing a field of it."""

from handlers import otherwise
from handlers.profile import screens
from handlers.profile.fields import changed, fields_of, given_of
from handlers.profile.taps import EditTap, ProfileTap, ValueTap
from handlers.routes import Access, Routes
from handlers.start.fields import Field
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.people.model import Profile
from services.people.registration import Unclear
from services.privacy.ports import Action

routes = Routes()

STEP = "profile:field"
KEPT = "Готово, изменено."


@routes.command("profile", Access.REGISTERED)
async def command_profile(visit: Visit, _: str) -> Reply:
    return Reply(await own_card(visit))


@routes.tap(ProfileTap, Access.REGISTERED)
async def tap_profile(visit: Visit, tap: ProfileTap) -> Reply:
    return Reply(await own_card(visit))


@routes.tap(EditTap, Access.REGISTERED)
async def edit(visit: Visit, tap: EditTap) -> Reply:
    field = _field(visit, tap.field)
    if field is None:
        return Reply(await own_card(visit), toast=otherwise.OLD_BUTTON)
    await visit.stand(STEP, {"field": field.code})
    return Reply(screens.question(field, given_of(own_profile(visit), visit.today)))


@routes.step(STEP, Access.REGISTERED)
async def words(visit: Visit, text: str) -> Reply:
    field = _field(visit, str(visit.conversation.data.get("field")) if visit.conversation else "")
    if field is None:
        return Reply(await own_card(visit))
    return await _take(visit, field, text)


@routes.tap(ValueTap, Access.REGISTERED)
async def choose(visit: Visit, tap: ValueTap) -> Reply:
    field = _field(visit, tap.field)
    standing = visit.conversation is not None and visit.conversation.data.get("field") == tap.field
    if field is None or not standing or tap.choice >= len(field.choices):
        return Reply(await own_card(visit))
    return await _take(visit, field, field.choices[tap.choice])


async def own_card(visit: Visit, news: str = "") -> Screen:
    """One's own card; whatever the person was writing for is left."""
    await visit.leave()
    return screens.card(visit.member, own_profile(visit), visit.today, visit.desk.quiet, news)


def own_profile(visit: Visit) -> Profile:
    """The profile, which everybody has whom the access rule admits."""
    profile = visit.member.profile
    if profile is None:
        raise PermissionError("the handler's access rule lets in people who are not registered")
    return profile


async def _take(visit: Visit, field: Field, text: str) -> Reply:
    profile = own_profile(visit)
    try:
        new = changed(profile, field, text, visit.today)
    except Unclear as unclear:
        return Reply(screens.question(field, given_of(profile, visit.today), str(unclear)))
    if new != profile:
        await visit.work.people.save_profile(visit.member.id, new, visit.now)
        await visit.work.audit.note(
            visit.now, visit.member.id, Action.PROFILE_CHANGED, visit.member.id, field=field.code
        )
    return Reply(await own_card(await visit.again(), KEPT))


def _field(visit: Visit, code: str) -> Field | None:
    fields = fields_of(visit.member, own_profile(visit), visit.today)
    return next((field for field in fields if field.code == code), None)
