"""The report about a school or a municipality: who took part, and results of groups that are large enough."""

from dataclasses import dataclass
from datetime import datetime

from services.diagnostics.instrument import Instrument
from services.people.model import Kind, Organisation
from services.reporting.groups.figures import results
from services.reporting.groups.finding import newest
from services.reporting.groups.model import GroupResults
from services.reporting.groups.portions import publish
from services.reporting.groups.ports import Participation
from services.reporting.groups.waves import Wave
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """A school in a report; `results` is None where they are withheld or nobody has finished."""

    participation: Participation
    results: GroupResults | None


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of one organisation in one wave. `left_out` people have finished and are not counted yet."""

    organisation: Organisation
    instrument: Instrument
    wave: Wave
    made_at: datetime
    min_group: int
    schools: tuple[SchoolReport, ...]
    results: GroupResults | None
    left_out: int

    @property
    def total(self) -> Participation:
        """Counts of all schools together."""
        rows = [school.participation for school in self.schools]
        return Participation(
            self.organisation.id,
            self.organisation.name,
            sum(row.invited for row in rows),
            sum(row.registered for row in rows),
            sum(row.finished for row in rows),
            sum(row.in_progress for row in rows),
            sum(row.waiting for row in rows),
        )

    @property
    def several(self) -> bool:
        """Whether the report is about more than one school."""
        return self.organisation.kind is not Kind.SCHOOL


async def make(
    work: UnitOfWork,
    organisation: Organisation,
    instrument: Instrument,
    min_group: int,
    now: datetime,
    wave: Wave | None = None,
) -> Report:
    """The report by the portions there are: `portions.freeze` before it counts those who have finished since.

    None stands for the newest wave. Raises ValueError for a `min_group` under `suppression.SMALLEST_ALLOWED`.
    """
    if wave is None:
        wave = await newest(work, organisation, instrument, now)
    key = (organisation.id, instrument.id, instrument.version, wave)
    rows = await work.reports.participation(*key, now)
    shown = await publish(work, instrument, wave, organisation.id, min_group)
    waiting = sum(row.waiting for row in rows)
    if wave.anonymous:
        waiting = len(await work.portions.waiting(*key, with_values=False))
    schools = {school_id: results(instrument, figures) for school_id, figures in shown.schools.items()}
    return Report(
        organisation=organisation,
        instrument=instrument,
        wave=wave,
        made_at=now,
        min_group=min_group,
        schools=tuple(SchoolReport(row, schools.get(row.school_id)) for row in rows),
        results=results(instrument, shown.whole) if shown.whole is not None else None,
        left_out=waiting + shown.withheld,
    )
