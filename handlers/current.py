"""Where a person stands now, as a screen: what they see after /start, a sticker, or a button of long ago."""

from handlers.menu.screens import menu
from handlers.start import screens as start_screens
from handlers.start import texts
from handlers.start.fields import asked_of, first_step
from handlers.survey.standing import standing_question
from handlers.ui.screen import Screen
from handlers.visit import Visit
from services.people import invites
from services.people.invites import Refusal


async def current_screen(visit: Visit) -> Screen:
    """The question that waits for the person, or their menu, or how to get in. Writes nothing but the pointer
    to an open survey."""
    person = visit.person
    step = visit.conversation.step if visit.conversation else None
    data = dict(visit.conversation.data) if visit.conversation else {}
    if not visit.agreed:
        token = data.get("token")
        if person is None and not token and not visit.is_admin:
            return Screen(texts.STRANGER)
        invite = invites.check(await visit.work.invites.find(str(token)), visit.now) if token else None
        if isinstance(invite, Refusal):
            return start_screens.invite_refused(invite)
        return start_screens.consent_short(visit, invite)
    assert person is not None
    if person.profile is None:
        if step != "registration":
            data = first_step(person)
            await visit.stand("registration", data)
        return start_screens.current(data, asked_of(person), visit.suggested_name)
    if step == "invite":
        invite = invites.check(await visit.work.invites.find(str(data["token"])), visit.now)
        if not isinstance(invite, Refusal):
            return start_screens.another_role(invite)
    return await standing_question(visit) or menu(person, [])
