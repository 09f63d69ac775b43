"""Finding waves: all of an organisation, the newest, the one that a key names."""

from collections.abc import Sequence
from datetime import MAXYEAR, UTC, datetime, tzinfo

from services.diagnostics.instrument import Instrument
from services.people.model import Organisation
from services.reporting.groups.waves import Wave, of_campaign, school_year, school_year_of
from services.work import UnitOfWork


async def waves(
    work: UnitOfWork, organisation: Organisation, instrument: Instrument, zone: tzinfo
) -> Sequence[Wave]:
    """The waves in which anybody of the organisation has finished or portions are kept; the newest first."""
    key = (organisation.id, instrument.id, instrument.version)
    years = {int(year[1:]) for year in await work.portions.years(*key)}
    span = await work.reports.span(*key)
    if span is not None:
        for year in range(school_year_of(span[0], zone), school_year_of(span[1], zone) + 1):
            if year not in years and await work.reports.has_finished(*key, school_year(year, zone)):
                years.add(year)
    found = [*await work.reports.campaigns(*key), *(school_year(year, zone) for year in years)]
    return sorted(found, key=lambda wave: (wave.begins, wave.campaign_id or 0), reverse=True)


async def newest(work: UnitOfWork, organisation: Organisation, instrument: Instrument, now: datetime) -> Wave:
    """The newest wave that there is, or the school year of `now`, in whose time zone years are counted."""
    zone = now.tzinfo or UTC
    found = await waves(work, organisation, instrument, zone)
    return found[0] if found else this_year(now, zone)


def this_year(now: datetime, zone: tzinfo) -> Wave:
    """The wave of those who finish outside campaigns now."""
    return school_year(school_year_of(now, zone), zone)


async def wave_of(
    work: UnitOfWork, organisation: Organisation, instrument: Instrument, key: str, zone: tzinfo
) -> Wave | None:
    """The wave of that key, though nobody of the organisation may have finished in it.

    None for a key of nothing, of another instrument's campaign or of one that is not for the organisation.
    """
    kind, number = key[:1], key[1:]
    if not (number.isascii() and number.isdigit() and len(number) < len(str(2**63))):
        return None
    if kind == "y":
        return school_year(int(number), zone) if 0 < int(number) < MAXYEAR else None
    campaign = await work.campaigns.get(int(number)) if kind == "c" else None
    if campaign is None or campaign.instrument != instrument.id or campaign.launched_at is None:
        return None
    if campaign.organisation_id not in (organisation.id, organisation.parent_id):
        launched_by = await work.organisations.get(campaign.organisation_id)
        if launched_by is None or launched_by.parent_id != organisation.id:
            return None
    return of_campaign(campaign.id, campaign.title, campaign.launched_at, anonymous=campaign.anonymous)
