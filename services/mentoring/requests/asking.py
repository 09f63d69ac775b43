"""A teacher asks for a mentor, or whoever looks after the school asks for them."""

from dataclasses import replace
from datetime import datetime

from services.mentoring.requests.request import ASKING, MOST_CHOICES, Request, RequestState
from services.people import rights
from services.people.model import Organisation, Person, Role
from services.privacy.ports import Action
from services.work import UnitOfWork


def may_see(person: Person, request: Request, school: Organisation) -> bool:
    """Whether the request is the person's own, or they oversee the school; a teacher's draft is the teacher's."""
    if request.person_id == person.id:
        return True
    private = request.state is RequestState.DRAFT and request.made_by is None
    return not private and rights.oversees(person, school)


def may_edit(person: Person, request: Request, school: Organisation) -> bool:
    """Whether the person may change it while it is a draft or open.

    The teacher may, and for one that was made for the teacher whoever oversees the school.
    """
    if request.state not in ASKING:
        return False
    if request.person_id == person.id:
        return True
    return request.made_by is not None and rights.oversees(person, school)


def complete(request: Request) -> bool:
    """Whether it says what the mentor is wanted for."""
    return bool(request.domains or request.purpose.strip())


async def begin(
    work: UnitOfWork, actor: Person, person_id: int, school: Organisation, now: datetime
) -> Request | None:
    """A draft for the person, a new one or the one there is; None where the actor has nothing to ask for.

    That is: the person has a mentor or an open request, or writes a draft of their own.
    Raises PermissionError for somebody who neither is the person nor oversees the school.
    """
    own = actor.id == person_id
    if not own and not rights.oversees(actor, school):
        raise PermissionError(f"person {actor.id} may not ask for person {person_id}")
    if not await work.people.holds(person_id, Role.TEACHER, school.id):
        return None
    if await work.pairs.open_of_mentee(person_id) is not None:
        return None
    made = await work.mentee_requests.add(person_id, school.id, None if own else actor.id, now)
    if made is not None:
        return made
    draft = await work.mentee_requests.draft_of(person_id)
    if draft is None or not may_edit(actor, draft, school):
        return None
    if await work.people.holds(person_id, Role.TEACHER, draft.school_id):
        return draft
    return await work.mentee_requests.save(replace(draft, school_id=school.id))


async def send(work: UnitOfWork, actor: Person, request: Request, turn: int, now: datetime) -> Request | None:
    """The draft as an open request, waiting from now on; None when it is not as it was shown, or says nothing.

    A teacher who sends what was written for them makes it their own.
    """
    if request.turn != turn or request.state is not RequestState.DRAFT or not complete(request):
        return None
    if await work.pairs.open_of_mentee(request.person_id) is not None:
        return None
    made_by = None if actor.id == request.person_id else actor.id
    sent = await work.mentee_requests.save(
        replace(request, state=RequestState.OPEN, waits_since=now, made_by=made_by)
    )
    if sent is not None and made_by is not None:
        await work.audit.note(now, actor.id, Action.MENTOR_ASKED_FOR, request.person_id, request.school_id)
    return sent


async def withdraw(work: UnitOfWork, request: Request, turn: int, now: datetime) -> bool:
    """Close an open request, delete a draft; False when it is not as it was shown, or somebody is proposed."""
    if request.turn != turn:
        return False
    if request.state is RequestState.DRAFT:
        return await work.mentee_requests.drop(request)
    if request.state is not RequestState.OPEN or await work.pairs.open_of_mentee(request.person_id) is not None:
        return False
    closed = replace(request, state=RequestState.WITHDRAWN, closed_at=now)
    return await work.mentee_requests.save(closed) is not None


def chosen(request: Request, person_id: int) -> Request | None:
    """The request with the person among the preferred, or not any more; None when there are three already."""
    if person_id in request.choices:
        return replace(request, choices=tuple(each for each in request.choices if each != person_id))
    if len(request.choices) >= MOST_CHOICES:
        return None
    return replace(request, choices=(*request.choices, person_id))


async def note_seen(work: UnitOfWork, actor: Person, request: Request, now: datetime, midnight: datetime) -> None:
    """Note once a day that somebody else has opened a teacher's request."""
    if actor.id == request.person_id:
        return
    if not await work.audit.noted_since(
        actor.id, Action.MENTOR_REQUEST_SEEN, midnight, person_id=request.person_id
    ):
        await work.audit.note(now, actor.id, Action.MENTOR_REQUEST_SEEN, request.person_id, request.school_id)
