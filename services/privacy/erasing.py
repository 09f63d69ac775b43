"""The end of a consent, and of everything that the service holds about a person."""

from datetime import datetime

from services.mentoring.life.erasing import told_of_erasing
from services.privacy.ports import Action
from services.work import UnitOfWork


async def withdraw(work: UnitOfWork, person_id: int, now: datetime) -> None:
    """Revoke the consent: open tests stop, nothing is shown to or by the person any more, their seats are free."""
    await work.people.revoke_consent(person_id, now)
    await work.events.leave(person_id)
    await work.shares.end_all(person_id, now)
    await work.audit.note(now, person_id, Action.CONSENT_REVOKED, person_id)


async def erase(work: UnitOfWork, person_id: int, now: datetime, *, by_themselves: bool) -> None:
    """Delete the person and all that is theirs.

    Whoever was in a pair with them, and who looks after it, hears that it is no more. The audit log
    keeps what happened under a number that no person has: ids of the deleted may be given out again.
    """
    actor_id = person_id if by_themselves else None
    entry_id = await work.audit.note(now, actor_id, Action.PERSON_DELETED, person_id)
    await told_of_erasing(work, person_id, entry_id, now)
    await work.personal.erase(person_id)
    await work.audit.disown(person_id, -entry_id)
