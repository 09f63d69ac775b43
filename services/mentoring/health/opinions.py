"""How people find their pairs, by the reports' own figures: nothing is shown that a report would withhold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.diagnostics.library import Library
from services.mentoring.life.surveys import INSTRUMENTS, PairSurvey
from services.people.model import Organisation
from services.reporting.groups import finding, portions
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Opinion:
    """The newest results of one questionnaire: how many at each level. `wave` "": none has been finished yet.

    `levels` None: too few have answered to show anything.
    """

    survey: PairSurvey
    instrument: str
    wave: str
    levels: Sequence[tuple[str, int]] | None


async def opinions(
    work: UnitOfWork, library: Library, place: Organisation, min_group: int, now: datetime, zone: ZoneInfo
) -> list[Opinion]:
    """What may be shown of the place now, a questionnaire each."""
    found = []
    for survey, instrument_id in INSTRUMENTS.items():
        instrument = library.current(instrument_id)
        waves = await finding.waves(work, place, instrument, zone)
        if not waves:
            found.append(Opinion(survey, instrument_id, "", None))
            continue
        await portions.freeze(work, instrument, waves[0], place.id, min_group, now)
        results = await portions.results_of(work, instrument, waves[0], place, min_group)
        levels = None
        if results is not None and results.factors and results.factors[0].people:
            levels = tuple(zip(results.level_titles, results.factors[0].counts, strict=True))
        found.append(Opinion(survey, instrument_id, waves[0].key, levels))
    return found
