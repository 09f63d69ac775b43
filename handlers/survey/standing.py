"""The test that a person is in the middle of."""

from handlers.survey import screens
from handlers.ui.screen import Screen
from handlers.visit import Visit
from services.diagnostics.session import Session, State


async def standing_session(visit: Visit) -> Session | None:
    """The open session that the conversation is about, or the one answered last; None when nothing is open."""
    if visit.conversation is not None and visit.conversation.step == "survey":
        number = visit.conversation.data.get("session")
        session = await visit.work.surveys.get(int(number), visit.member.id) if number else None
        if session is not None and session.state is State.IN_PROGRESS:
            return session
    begun = await visit.work.surveys.open_sessions(visit.member.id)
    return begun[0] if begun else None


async def question_of(visit: Visit, session: Session, note: str = "") -> Screen:
    """The question that an open session shows. Words written from now on are about it."""
    instrument = await visit.desk.library.of(session)
    values = {} if instrument.plain else await visit.work.surveys.values(session.id)
    await visit.stand("survey", {"session": session.id})
    about = next(
        (
            grant.organisation.name
            for grant in visit.member.grants
            if grant.organisation.id == session.organisation_id
        ),
        "",
    )
    return screens.question(instrument, session, note, values, about)


async def standing_question(visit: Visit) -> Screen | None:
    """The question that waits for the person; None when nothing is open."""
    session = await standing_session(visit)
    return None if session is None else await question_of(visit, session)
