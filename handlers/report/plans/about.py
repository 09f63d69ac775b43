"""What a question about a plan or a past amount is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.visit import Visit
from services.people import rights
from services.people.model import Organisation, Value
from services.reporting.indicators.indicator import Indicator
from services.reporting.periods import Period, by_key


@dataclass(frozen=True, slots=True)
class About:
    """One indicator of a place in a period."""

    place: Organisation
    period: Period
    indicator: Indicator

    @property
    def data(self) -> dict[str, Value]:
        """What a conversation remembers of it."""
        return {"organisation": self.place.id, "period": self.period.key, "indicator": self.indicator.code}


def about(place: Organisation, period: Period, code: str, known: Sequence[Indicator]) -> About | None:
    """The same, if the code is one of the indicators known there."""
    indicator = next((each for each in known if each.code == code), None)
    return About(place, period, indicator) if indicator is not None else None


async def about_words(
    visit: Visit, data: Mapping[str, Value], known: Callable[[Organisation], Sequence[Indicator]]
) -> About | None:
    """What the conversation is about, if the visitor still directs the place."""
    found, code = data.get("organisation"), data.get("indicator")
    period = by_key(str(data.get("period")))
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    if place is None or period is None or not rights.directs(visit.member, place):
        return None
    return about(place, period, str(code), known(place))
