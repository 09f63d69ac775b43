"""Waves: which taking of an instrument a finished test belongs to.

A campaign is a wave; tests taken without one belong to the wave of their school year, from 1 September on.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

FIRST_MONTH = 9
"""The month that a school year begins with."""


@dataclass(frozen=True, slots=True)
class Wave:
    """One taking; `key` names it for ever.

    Outside campaigns it holds the tests finished from `begins` on and before `ends`. An anonymous campaign has
    results only of all its people together, under the organisation that launched it.
    """

    key: str
    title: str
    begins: datetime
    ends: datetime | None = None
    campaign_id: int | None = None
    anonymous: bool = False


def school_year_of(moment: datetime, zone: tzinfo) -> int:
    """The calendar year in which the school year of the moment began, where the users live."""
    local = moment.astimezone(zone)
    return local.year if local.month >= FIRST_MONTH else local.year - 1


def school_year(year: int, zone: tzinfo) -> Wave:
    """The wave of tests outside campaigns in the school year that begins in `year`."""
    return Wave(
        key=f"y{year}",
        title=f"Вне кампаний, {year}/{(year + 1) % 100:02} учебный год",
        begins=datetime(year, FIRST_MONTH, 1, tzinfo=zone),
        ends=datetime(year + 1, FIRST_MONTH, 1, tzinfo=zone),
    )


def of_campaign(campaign_id: int, title: str, begins: datetime, *, anonymous: bool = False) -> Wave:
    """The wave of a campaign that was launched at `begins`."""
    return Wave(f"c{campaign_id}", title, begins, campaign_id=campaign_id, anonymous=anonymous)
