"""From a mentor's card in the bank to one's own request."""

from handlers.mentoring.requests.taps import WishTap
from handlers.mentoring.taps import RequestTap
from handlers.ui.screen import Row, button
from handlers.visit import Visit
from services.mentoring.bank import searching
from services.mentoring.bank.card import BankCard
from services.people.model import Role


async def wish_row(visit: Visit, seen: BankCard) -> tuple[Row, ...]:
    """The button that puts the mentor into the visitor's own request, or leads to a request."""
    person, requests = visit.member, visit.work.mentee_requests
    if not person.has(Role.TEACHER) or await visit.work.pairs.open_of_mentee(person.id) is not None:
        return ()
    request = await requests.open_of(person.id) or await requests.draft_of(person.id)
    if request is None:
        return ((button("Подать заявку на наставника", RequestTap()),),)
    if not searching.choosable([seen], person.id, request.school_id):
        return ()
    title = "Убрать из пожеланий" if seen.card.person_id in request.choices else "Хочу этого наставника"
    return ((button(title, WishTap(request=request.id, person=seen.card.person_id, turn=request.turn)),),)
