"""The digest of a month for methodists: on its first open day, about the month before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.delivery.model import Kind
from services.delivery.quiet import Quiet
from services.iom.reminding_ports import Moment, Reader
from services.people.model import Organisation
from services.pushes.model import Mark, What
from services.reporting.analysis.judging import findings
from services.reporting.facts import Basis
from services.reporting.periods import Period, month_of, to_numbers
from services.reporting.statement.freezing import freeze_for
from services.reporting.statement.model import Statement
from services.work import UnitOfWork

CAUSES = 3
"""What is told at most of one school."""


@dataclass(frozen=True, slots=True)
class NeedsAttention:
    """A school with the codes of the indicators that are bad there, the weightiest first."""

    organisation_id: int
    name: str
    codes: tuple[str, ...]


def month_before(today: date) -> Period:
    """The month that is told of on that day."""
    return month_of(today.replace(day=1) - timedelta(days=1))


async def due(work: UnitOfWork, moment: Moment, quiet: Quiet) -> Sequence[tuple[Reader, Organisation]]:
    """Methodists to be told now, once for each of their municipalities; somebody new only on the very day."""
    opens = quiet.open_day(moment.today.replace(day=1))
    if moment.today < opens:
        return []
    period = month_before(moment.today).key
    return await work.pushes.monthly_due(moment, period, newcomers=moment.today == opens)


async def settle(
    work: UnitOfWork, readers: Sequence[tuple[Reader, Organisation]], moment: Moment, basis: Basis
) -> None:
    """Owe the digests; what another process has done is not done again. Groups that are whole are published."""
    period = month_before(moment.today)
    for place in {place.id: place for _, place in readers}.values():
        await freeze_for(work, basis, place, period)
    begun: set[int] = set()
    for reader, place in readers:
        if reader.person_id not in begun and not await work.pushes.put_mark(
            reader.person_id, What.MONTHLY, Mark(period.key, {})
        ):
            continue
        begun.add(reader.person_id)
        payload = {"person_id": reader.person_id, "organisation_id": place.id, **to_numbers(period)}
        key = f"monthly:{reader.person_id}:{place.id}:{period.key}"
        await work.outbox.owe(reader.account_id, Kind.MONTHLY_DIGEST, key, payload, moment.now)


def in_need(statement: Statement) -> Sequence[NeedsAttention]:
    """Schools of the municipality that rules find something bad in, those with most of it first."""
    found = [each for each in findings(statement) if each.bad]
    often = Counter(school.organisation_id for each in found for school in each.schools)
    names = {school.organisation_id: school.name for school in statement.schools}
    return [
        NeedsAttention(
            school_id,
            names[school_id],
            tuple(
                each.indicator.code
                for each in found
                if any(one.organisation_id == school_id for one in each.schools)
            )[:CAUSES],
        )
        for school_id, _ in often.most_common()
    ]
