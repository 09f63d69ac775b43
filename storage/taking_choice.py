"""Which taking of each instrument a period's figures are from.

The newest campaign that was launched in the period; without one the tests of a school year outside campaigns: of
the year that begins in the period, or of the year it lies in if somebody has finished within the period.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns.model import State as CampaignState
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import State
from services.people.model import Organisation, Role
from services.reporting.facts import Basis
from services.reporting.groups.waves import Wave, of_campaign, school_year, school_year_of
from storage.fact_windows import Window
from storage.tables import campaign_people, campaigns, roles, survey_sessions

Chosen = Mapping[tuple[str, str], Wave]
"""By the key of a period and the id of an instrument."""


async def choose_takings(
    connection: AsyncConnection,
    place: Organisation,
    windows: Sequence[Window],
    tests: Iterable[Instrument],
    basis: Basis,
    schools: Sequence[int],
) -> Chosen:
    """The takings that belong to the periods; an instrument that nobody has taken has none.

    Campaigns are the place's own and those of the place above it that have asked somebody here: what one school
    has launched is not told of the whole municipality.
    """
    ids = [test.id for test in tests]
    found: dict[tuple[str, str], Wave] = {}
    for instrument, wave in await _campaigns(connection, place, windows, ids, schools):
        for window in windows:
            if window.began <= wave.begins < window.ended:
                # They come in the order of their launches.
                found[window.key, instrument] = wave
    candidates = {
        (window.key, test): _years(window, basis)
        for window in windows
        for test in ids
        if (window.key, test) not in found
    }
    taken = await _taken(connection, candidates, schools)
    for (key, test), years in candidates.items():
        belonging = [wave for wave, began, ended in years if (test, began, ended) in taken]
        if belonging:
            found[key, test] = belonging[0]
    return found


async def _campaigns(
    connection: AsyncConnection,
    place: Organisation,
    windows: Sequence[Window],
    tests: Sequence[str],
    schools: Sequence[int],
) -> Sequence[tuple[str, Wave]]:
    from_above = and_(
        campaigns.c.organisation_id == place.parent_id,
        ~campaigns.c.anonymous,
        exists().where(campaign_people.c.campaign_id == campaigns.c.id, campaign_people.c.school_id.in_(schools)),
    )
    rows = await connection.execute(
        select(
            campaigns.c.id,
            campaigns.c.instrument,
            campaigns.c.title,
            campaigns.c.launched_at,
            campaigns.c.anonymous,
        )
        .where(
            campaigns.c.instrument.in_(tests),
            campaigns.c.state != CampaignState.DRAFT.value,
            campaigns.c.launched_at >= min(window.began for window in windows),
            campaigns.c.launched_at < max(window.ended for window in windows),
            or_(campaigns.c.organisation_id == place.id, from_above),
        )
        .order_by(campaigns.c.launched_at, campaigns.c.id)
    )
    return [
        (row.instrument, of_campaign(row.id, row.title, row.launched_at, anonymous=row.anonymous)) for row in rows
    ]


def _years(window: Window, basis: Basis) -> Sequence[tuple[Wave, datetime, datetime]]:
    """School years that may belong to the period, the best first, and when somebody must have finished in them."""
    first, last = (school_year_of(moment, basis.zone) for moment in (window.began, window.ended))
    begun = [school_year(year, basis.zone) for year in range(last, first - 1, -1)]
    found = []
    for wave in begun:
        assert wave.ends is not None
        if window.began <= wave.begins < window.ended:
            found.append((wave, wave.begins, wave.ends))
        elif wave.begins < window.began:
            found.append((wave, window.began, min(window.ended, wave.ends)))
    return found


async def _taken(
    connection: AsyncConnection,
    candidates: Mapping[tuple[str, str], Sequence[tuple[Wave, datetime, datetime]]],
    schools: Sequence[int],
) -> set[tuple[str, datetime, datetime]]:
    """Instruments with the moments between which a teacher of the schools has finished outside campaigns."""
    spans = sorted({(test, began, ended) for (_, test), years in candidates.items() for _, began, ended in years})
    if not spans:
        return set()
    row = (
        await connection.execute(
            select(*(_anybody(span, schools).label(str(number)) for number, span in enumerate(spans)))
        )
    ).one()
    return {span for span, found in zip(spans, row, strict=True) if found}


def _anybody(span: tuple[str, datetime, datetime], schools: Sequence[int]) -> ColumnElement[bool]:
    test, began, ended = span
    return (
        exists()
        .where(
            *outside(test, began, ended),
            roles.c.person_id == survey_sessions.c.person_id,
            roles.c.role == Role.TEACHER.value,
            roles.c.organisation_id.in_(schools),
        )
        .correlate(None)
    )


def outside(test: str, began: datetime, ended: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whether a session of the instrument was finished between the moments, in no campaign."""
    return (
        survey_sessions.c.instrument == test,
        survey_sessions.c.state == State.FINISHED.value,
        survey_sessions.c.campaign_id.is_(None),
        survey_sessions.c.finished_at >= began,
        survey_sessions.c.finished_at < ended,
    )
