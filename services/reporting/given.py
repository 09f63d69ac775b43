"""Amounts of past periods that people know from papers."""

from services.people.model import Organisation
from services.reporting.indicators.indicator import Form, Indicator, Privacy
from services.reporting.indicators.registry import registry
from services.reporting.planned import level_of


def givable(place: Organisation) -> tuple[Indicator, ...]:
    """Indicators that may be entered by hand: no results of groups, since nobody knows how small those were."""
    return tuple(
        indicator
        for indicator in registry().at(level_of(place))
        if indicator.privacy is not Privacy.GROUP and indicator.form is not Form.MEAN
    )
