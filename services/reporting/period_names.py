"""Short names of periods, for the heads of narrow columns and for files."""

from services.reporting.groups.waves import FIRST_MONTH
from services.reporting.periods import Period, PeriodKind, year_of

_ROMAN = ("I", "II", "III", "IV")
_MONTHS_OF_QUARTER = 3


def briefly(period: Period) -> str:
    """«2026/27», «I п/г 2026/27», «IV кв. 2026», «11.2026», «01.09.26–15.11.26»."""
    first = period.begins
    began = year_of(first).begins.year
    year = f"{began}/{(began + 1) % 100:02}"
    match period.kind:
        case PeriodKind.YEAR:
            return year
        case PeriodKind.HALF:
            return f"{'I' if first.month == FIRST_MONTH else 'II'} п/г {year}"
        case PeriodKind.QUARTER:
            return f"{_ROMAN[first.month // _MONTHS_OF_QUARTER]} кв. {first.year}"
        case PeriodKind.MONTH:
            return f"{first:%m.%Y}"
        case PeriodKind.DAYS:
            return f"{first:%d.%m.%y}–{period.last_day:%d.%m.%y}"
