"""The report about a school or a municipality: who took part, and results of groups that are large enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from services.diagnostics.instrument import EXPRESSED, Instrument
from services.diagnostics.scoring import pack, score_sheets
from services.people.model import Kind, Organisation
from services.reporting.model import Distribution, Frequency, GroupResults
from services.reporting.ports import Participation
from services.reporting.suppression import publishable
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """A school in a report; `results` is None where they are withheld or nobody has finished."""

    participation: Participation
    results: GroupResults | None


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of one organisation. `left_out` people have finished the test and are not counted yet."""

    organisation: Organisation
    instrument: str
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
        )

    @property
    def several(self) -> bool:
        """Whether the report is about more than one school."""
        return self.organisation.kind is not Kind.SCHOOL


async def make(
    work: UnitOfWork, organisation: Organisation, instrument: Instrument, min_group: int, now: datetime
) -> Report:
    """Count the organisation's teachers by their latest finished test of the instrument's version."""
    rows = await work.reports.participation(organisation.id, instrument.id, instrument.version)
    sheets = await work.reports.sheets(organisation.id, instrument.id, instrument.version)
    shown = {
        school.school_id: group_results(instrument, school.sheets[:people])
        for school in sheets
        if (people := publishable(len(school.sheets), min_group))
    }
    return Report(
        organisation=organisation,
        instrument=instrument.title,
        made_at=now,
        min_group=min_group,
        schools=tuple(SchoolReport(row, shown.get(row.school_id)) for row in rows),
        results=together(shown.values()) if shown else None,
        left_out=sum(len(school.sheets) for school in sheets) - sum(group.people for group in shown.values()),
    )


def group_results(instrument: Instrument, sheets: Sequence[str]) -> GroupResults:
    """Aggregate of a group from packed answers, one finished sheet a person."""
    scores = score_sheets(instrument, pack(sheets))
    levels = len(instrument.factor_bands)
    expressed = [index for index, band in enumerate(instrument.scale_bands) if band.code in EXPRESSED]
    return GroupResults(
        people=len(sheets),
        level_titles=tuple(band.title for band in instrument.factor_bands),
        factors=tuple(
            Distribution(
                factor.code,
                factor.title,
                tuple(int(count) for count in np.bincount(scores.factor_levels[:, index], minlength=levels)),
            )
            for index, factor in enumerate(instrument.factors)
        ),
        symptoms=tuple(
            Frequency(
                scale.code,
                scale.title,
                int(np.isin(scores.scale_levels[:, index], expressed).sum()),
            )
            for index, scale in enumerate(instrument.scales)
        ),
    )


def together(groups: Iterable[GroupResults]) -> GroupResults:
    """Aggregate of several disjoint groups. Raises ValueError when there are none."""
    parts = list(groups)
    if not parts:
        raise ValueError("no groups to put together")
    first = parts[0]
    return GroupResults(
        people=sum(part.people for part in parts),
        level_titles=first.level_titles,
        factors=tuple(
            Distribution(
                factor.code,
                factor.title,
                tuple(sum(counts) for counts in zip(*(part.factors[i].counts for part in parts), strict=True)),
            )
            for i, factor in enumerate(first.factors)
        ),
        symptoms=tuple(
            Frequency(symptom.code, symptom.title, sum(part.symptoms[i].count for part in parts))
            for i, symptom in enumerate(first.symptoms)
        ),
    )
