"""Who looks after a pair: whom it waits for when somebody has to decide."""

from services.mentoring import recipients
from services.mentoring.pair import Pair
from services.work import UnitOfWork


async def overseers(work: UnitOfWork, pair: Pair) -> list[int]:
    """Ids of those who decide in the mentee's school; neither of the two: they hear what the other has said."""
    return await recipients.overseers(work, pair.school_id, (pair.mentor_id, pair.mentee_id))
