"""What measures of earlier notes have brought, told twice a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.delivery.model import Kind
from services.delivery.quiet import USUAL_HOUR, Quiet
from services.iom.reminding_ports import Moment, Reader
from services.people.model import Kind as PlaceKind
from services.people.model import Organisation, Role
from services.pushes.cyclogram import MAKE_UP
from services.pushes.model import What
from services.reporting.analysis.effect import effects
from services.reporting.facts import Basis
from services.reporting.handing_out import EFFECT_AFTER
from services.reporting.periods import Period, PeriodKind, present
from services.reporting.statement.composing import compose
from services.reporting.statement.model import Effect, Statement
from services.work import UnitOfWork

MONTHS = (1, 6)
"""After the first half of the school year, and at its end."""
BACK = timedelta(days=15)
"""The period that is compared is the one of so many days ago: most of it is over."""
_READERS = {PlaceKind.SCHOOL: Role.CURATOR, PlaceKind.MUNICIPALITY: Role.METHODIST}


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of each measure of an earlier statement."""

    earlier: Statement
    period: Period
    effects: Sequence[Effect]


async def due(work: UnitOfWork, moment: Moment, quiet: Quiet) -> Sequence[tuple[Organisation, Reader]]:
    """Schools and municipalities with an earlier note, of which nobody was told this time, and whom to tell."""
    opens = quiet.open_day(moment.today.replace(day=1))
    told = moment.today.month in MONTHS and opens <= moment.today <= opens + MAKE_UP
    if not told or moment.hour < USUAL_HOUR:
        return []
    places = await work.pushes.judged_statements(moment, moment.now - EFFECT_AFTER, _key(moment.today))
    return [
        (place, reader)
        for place in places
        if place.kind in _READERS
        for reader in await work.pushes.recipients(_READERS[place.kind], place.id, What.MONTHLY, moment.consent)
    ]


async def settle(work: UnitOfWork, readers: Sequence[tuple[Organisation, Reader]], moment: Moment) -> None:
    """Owe a message to each; whether there is anything to tell is asked when it is sent."""
    for place, reader in readers:
        payload = {"person_id": reader.person_id, "organisation_id": place.id}
        key = f"{_key(moment.today)}{place.id}:{reader.person_id}"
        await work.outbox.owe(reader.account_id, Kind.EFFECT, key, payload, moment.now)


async def judged(work: UnitOfWork, basis: Basis, place: Organisation) -> Judged | None:
    """What the measures of the last note old enough have brought by now; None when it had none."""
    earlier = await work.statements.before(place.id, basis.now - EFFECT_AFTER)
    if earlier is None or not earlier.drafted.measures:
        return None
    period = _compared(earlier.period, basis.today)
    found = effects(earlier, await compose(work, basis, place, period))
    return Judged(earlier, period, found) if found else None


def _compared(period: Period, today: date) -> Period:
    kind = PeriodKind.YEAR if period.kind is PeriodKind.DAYS else period.kind
    return present(kind, today - BACK)


def _key(today: date) -> str:
    return f"effect:{today:%Y-%m}:"
