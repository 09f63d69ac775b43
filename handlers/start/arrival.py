"""/start, invites and consent."""

from handlers.current import current_screen
from handlers.menu.conversation import command_menu, menu_now
from handlers.routes import Access, Routes
from handlers.start import screens, texts
from handlers.start.fields import FIELDS
from handlers.start.taps import ConsentTap, InviteTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.screen import Declined, Reply, Screen
from handlers.visit import Visit
from services.people import consent, invites
from services.people.invites import Refusal
from services.people.model import Value

routes = Routes()


@routes.command("start", Access.ANYONE)
async def start(visit: Visit, token: str) -> Reply:
    if not token:
        return Reply(await current_screen(visit))
    found = await visit.work.invites.find(token)
    person = visit.person
    if found is not None and person is not None and person.holds(found.role, found.organisation.id):
        return Reply(await current_screen(visit))
    invite = invites.check(found, visit.now)
    if isinstance(invite, Refusal):
        return Reply(screens.invite_refused(invite))
    if person is None or not consent.in_force(person):
        await visit.stand("consent", {"token": token})
        return Reply(screens.consent_short(visit.desk.min_group, invite))
    if person.profile is None:
        await invites.accept(visit.work, person.id, token, visit.now)
        return Reply(await current_screen(visit))
    await visit.stand("invite", {"token": token})
    return Reply(screens.another_role(invite))


@routes.tap(ConsentTap, Access.ANYONE)
async def answer_consent(visit: Visit, tap: ConsentTap) -> Reply:
    if consent.in_force(visit.person):
        return Reply(await current_screen(visit), toast="Согласие уже получено.")
    token = visit.conversation.data.get("token") if visit.conversation else None
    if visit.person is None and not token:
        return Reply(Screen(texts.STRANGER))
    if tap.say == "full":
        return Reply(screens.consent_full(visit.desk.min_group))
    if tap.say == "refuse":
        await visit.leave()
        return Reply(screens.refused())
    invite = invites.check(await visit.work.invites.find(str(token)), visit.now) if token else None
    if isinstance(invite, Refusal):
        return Reply(screens.invite_refused(invite))
    if tap.say != "agree":
        return Reply(screens.consent_short(visit.desk.min_group, invite))
    person_id = await visit.work.people.welcome(visit.account, consent.CONSENT_VERSION, visit.now)
    if invite is not None and isinstance(
        refusal := await invites.accept(visit.work, person_id, invite.token, visit.now), Refusal
    ):
        raise Declined(screens.invite_refused(refusal))
    if visit.person is not None and visit.person.profile is not None:
        visit = await visit.again()
        owed = command_menu(visit)
        return Reply(await menu_now(visit, "Спасибо, согласие получено."), owed=(owed,))
    given: dict[str, Value] = {"field": FIELDS[0].code}
    await visit.stand("registration", given)
    return Reply(screens.current(given, visit.suggested_name), toast="Спасибо! Давайте познакомимся.")


@routes.step("consent", Access.ANYONE)
async def words_at_consent(visit: Visit, text: str) -> Reply:
    return Reply(await current_screen(visit))


@routes.tap(InviteTap, Access.REGISTERED)
async def answer_invite(visit: Visit, tap: InviteTap) -> Reply:
    token = visit.conversation.data.get("token") if visit.conversation else None
    if tap.say != "yes" or not token:
        return Reply(await menu_now(visit))
    accepted = await invites.accept(visit.work, visit.member.id, str(token), visit.now)
    if isinstance(accepted, Refusal):
        return Reply(screens.invite_refused(accepted))
    visit = await visit.again()
    done = f"Готово! Теперь вы ещё и {ROLE_TITLES[accepted.role]}: {accepted.organisation.name}."
    return Reply(await menu_now(visit, done), owed=(command_menu(visit),))


@routes.step("invite", Access.REGISTERED)
async def words_at_invite(visit: Visit, text: str) -> Reply:
    return Reply(await current_screen(visit))
