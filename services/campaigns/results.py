"""Results of a campaign, by the one service that publishes figures, beside those of the campaign it repeats."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from services.campaigns.model import Campaign
from services.diagnostics.instrument import Instrument
from services.people.model import Organisation
from services.reporting.groups import portions
from services.reporting.groups.model import GroupResults
from services.reporting.groups.waves import Wave, of_campaign
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Compared:
    """What may be shown of an organisation in a campaign, and in the one before it if it repeats one."""

    now: GroupResults | None
    before: GroupResults | None
    before_title: str


def wave_of(campaign: Campaign) -> Wave:
    """The taking that the campaign is. Raises ValueError for a draft."""
    if campaign.launched_at is None:
        raise ValueError("a draft has no results")
    return of_campaign(campaign.id, campaign.title, campaign.launched_at, anonymous=campaign.anonymous)


async def compared(
    work: UnitOfWork,
    campaign: Campaign,
    instrument: Instrument,
    organisation: Organisation,
    min_group: int,
    now: datetime,
) -> Compared:
    """Whole groups only: whoever makes up no group yet is not counted."""
    wave = wave_of(campaign)
    await portions.freeze(work, instrument, wave, organisation.id, min_group, now)
    present = await portions.results_of(work, instrument, wave, organisation, min_group)
    earlier = await work.campaigns.get(campaign.repeat_of) if campaign.repeat_of is not None else None
    if earlier is None or earlier.launched_at is None or earlier.instrument != campaign.instrument:
        return Compared(present, None, "")
    before = await portions.results_of(work, instrument, wave_of(earlier), organisation, min_group)
    return Compared(present, before, earlier.title)


def change(count: int, people: int, count_before: int, people_before: int) -> str:
    """By how many percentage points a share has changed: «+3,2 п. п.»; empty where a share is of nobody."""
    if not people or not people_before:
        return ""
    points = Decimal(100 * count) / people - Decimal(100 * count_before) / people_before
    rounded = points.quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded)}".replace(".", ",") + "\N{NO-BREAK SPACE}п.\N{NO-BREAK SPACE}п."
