"""Making portions of those whom a statement should count, before it is composed."""

from services.people.model import Organisation
from services.reporting.facts import Basis
from services.reporting.groups.portions import freeze
from services.reporting.periods import Period
from services.work import UnitOfWork


async def freeze_for(work: UnitOfWork, basis: Basis, place: Organisation, period: Period) -> None:
    """Make portions of those of the place who have finished in a taking of the period, where they are enough.

    Asks for a transaction that may write; nearly free where nobody waits.
    """
    found = await work.facts.waiting(place, period, basis)
    # Each taking is locked in turn: in one order, or two who do so would wait for each other.
    for instrument, wave in sorted(found, key=lambda taking: (taking[0].id, taking[0].version, taking[1].key)):
        await freeze(work, instrument, wave, place.id, basis.min_group, basis.now)
