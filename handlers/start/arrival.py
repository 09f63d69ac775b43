"""/start, invites and consent."""

from dataclasses import replace

from handlers.current import current_screen
from handlers.menu.conversation import command_menu, menu_now
from handlers.otherwise import SHOWN_AGAIN, with_note
from handlers.routes import Access, Routes
from handlers.start import screens, texts
from handlers.start.taps import ConsentTap, InviteTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.screen import Declined, Reply, Screen
from handlers.visit import Visit
from services.campaigns import joining
from services.people import invites
from services.people.invites import Refusal
from services.people.model import Invite, Kind, Person, Role
from services.privacy.ports import Action

routes = Routes()


@routes.command("start", Access.ANYONE)
async def start(visit: Visit, token: str) -> Reply:
    if not token:
        if visit.conversation is not None and visit.conversation.step not in SHOWN_AGAIN:
            # The menu is shown instead of the question, so that words answer it no more.
            await visit.leave()
        return await _arrived(visit)
    found = await visit.work.invites.find(token)
    person = visit.person
    invite = invites.check(found, visit.now)
    if visit.agreed and found is not None and _needless(visit.member, found):
        screen = await current_screen(visit)
        phone = found.person_id is not None and not isinstance(invite, Refusal)
        return Reply(with_note(screen, texts.OWN_LINK) if phone else screen)
    registered = visit.agreed and visit.member.profile is not None
    if isinstance(invite, Refusal):
        return Reply(screens.invite_refused(invite, registered=registered))
    if person is None or not visit.agreed:
        await visit.stand("consent", {"token": token})
        return Reply(screens.consent_short(visit, invite))
    if person.profile is None:
        accepted = await invites.accept(visit.work, person.id, token, visit.now)
        if isinstance(accepted, Refusal):
            raise Declined(screens.invite_refused(accepted))
        return Reply(await current_screen(await visit.again()))
    if invite.person_id is not None and not await invites.may_become(visit.work, person.id, invite.person_id):
        return Reply(screens.invite_refused(Refusal.TAKEN, registered=True))
    await visit.stand("invite", {"token": token})
    return Reply(screens.another_role(invite))


async def _arrived(visit: Visit) -> Reply:
    """Where the person stands. Whom the settings name as an administrator since is one from now on."""
    if not visit.agreed or not visit.is_admin or visit.member.has(Role.ADMIN):
        return Reply(await current_screen(visit))
    await _make_admin(visit, visit.member.id)
    visitor = await visit.work.people.visitor(visit.account)
    visit = replace(visit, person=visitor.person)
    return Reply(await current_screen(visit), owed=(command_menu(visit),))


async def _make_admin(visit: Visit, person_id: int) -> None:
    region = await visit.work.organisations.add(Kind.REGION, visit.desk.region, None)
    await visit.work.people.grant(person_id, Role.ADMIN, region.id, visit.now)


def _needless(person: Person, invite: Invite) -> bool:
    """Whether the link brings the person nothing: it is their own, or for a role that they have."""
    if invite.person_id is not None:
        return invite.person_id == person.id
    return person.holds(invite.role, invite.organisation.id)


@routes.tap(ConsentTap, Access.ANYONE)
async def answer_consent(visit: Visit, tap: ConsentTap) -> Reply:
    if visit.agreed:
        return Reply(await current_screen(visit), toast="Согласие уже получено.")
    token = visit.conversation.data.get("token") if visit.conversation else None
    if visit.person is None and not token and not visit.is_admin:
        return Reply(Screen(texts.STRANGER))
    if tap.say == "full":
        return Reply(screens.consent_full(visit))
    if tap.say == "refuse":
        await visit.leave()
        return Reply(screens.refused())
    invite = invites.check(await visit.work.invites.find(str(token)), visit.now) if token else None
    if isinstance(invite, Refusal):
        return Reply(screens.invite_refused(invite))
    if tap.say != "agree":
        return Reply(screens.consent_short(visit, invite))
    visit = await _let_in(visit, invite)
    if visit.member.profile is not None:
        return Reply(await menu_now(visit, "Спасибо, согласие получено."), owed=(command_menu(visit),))
    return Reply(await current_screen(visit), toast="Спасибо! Давайте познакомимся.")


async def _let_in(visit: Visit, invite: Invite | None) -> Visit:
    """The visit of somebody who has agreed, by an invite or without one. Raises Declined."""
    work, version = visit.work, visit.desk.consent.version
    if invite is None:
        person_id = await work.people.welcome(visit.account, version, visit.now)
    else:
        entered = await invites.enter(work, visit.account, invite.token, version, visit.now)
        if isinstance(entered, Refusal):
            raise Declined(screens.invite_refused(entered))
        person_id = entered
    await work.audit.note(visit.now, person_id, Action.CONSENT_GIVEN, person_id)
    await joining.joined(work, person_id, visit.now)
    if visit.is_admin:
        await _make_admin(visit, person_id)
    return await visit.again()


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
        return Reply(screens.invite_refused(accepted, registered=True))
    await joining.joined(visit.work, visit.member.id, visit.now)
    visit = await visit.again()
    done = f"Готово! Теперь вы ещё и {ROLE_TITLES[accepted.role]}: {accepted.organisation.name}."
    return Reply(await menu_now(visit, done), owed=(command_menu(visit),))


@routes.step("invite", Access.REGISTERED)
async def words_at_invite(visit: Visit, text: str) -> Reply:
    return Reply(await current_screen(visit))
