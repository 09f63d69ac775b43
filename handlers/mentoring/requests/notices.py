"""What others are told of a request."""

from handlers.ui.screen import Owed
from handlers.visit import Visit
from services.delivery.model import Kind
from services.mentoring import recipients
from services.mentoring.requests.request import Request


async def sent(visit: Visit, request: Request) -> tuple[Owed, ...]:
    """Those who look after the school hear of a new request, and the teacher of one that was made for them."""
    directory = visit.work.directory
    accounts = await recipients.deciders(visit.work, request.school_id, but=request.person_id)
    if request.made_by is not None:
        accounts += await directory.account_ids(request.person_id)
    own = await directory.account_ids(visit.member.id)
    payload = {"request_id": request.id}
    return tuple(
        Owed(Kind.REQUEST_NEW, f"request-new:{request.id}:{request.turn}:{account}", payload, account)
        for account in accounts
        if account not in own
    )
