"""Indicators in pages: each page is of one section."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from handlers.ui.screen import Row, button
from services.reporting.indicators.indicator import Indicator
from services.reporting.indicators.registry import SECTIONS, registry
from services.reporting.statement.model import Statement

ON_PAGE = 10


@dataclass(frozen=True, slots=True)
class SectionPage:
    """Indicators of a section, a part of them where there are many: the `number` of `count`, from 1 on."""

    section: str
    indicators: Sequence[Indicator]
    number: int
    count: int

    @property
    def first(self) -> int:
        """The number of the first one in its section, from 1 on."""
        return (self.number - 1) * ON_PAGE + 1

    @property
    def heading(self) -> str:
        """The section's title in HTML, with the number of the page where there are several."""
        part = f" ({self.number} из {self.count})" if self.count > 1 else ""
        return f"<b>{SECTIONS[self.section]}</b>{part}"


def pages(indicators: Collection[Indicator]) -> list[SectionPage]:
    """Every page, section by section."""
    found = []
    for section in SECTIONS:
        inside = [indicator for indicator in indicators if indicator.section == section]
        parts = [inside[place : place + ON_PAGE] for place in range(0, len(inside), ON_PAGE)]
        found += [SectionPage(section, part, number, len(parts)) for number, part in enumerate(parts, start=1)]
    return found


def pages_of(statement: Statement) -> list[SectionPage]:
    """Pages of the indicators that the statement has."""
    return pages([indicator for indicator in registry().all if indicator.code in statement.whole.figures])


def page_with(found: Sequence[SectionPage], code: str) -> int:
    """The number of the page that holds the indicator, from 1 on; 0 for none."""
    for number, page in enumerate(found, start=1):
        if any(indicator.code == code for indicator in page.indicators):
            return number
    return 0


def section_turns(number: int, count: int, tap: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    """A row of buttons to the pages beside the one of that number, from 1 on; none when there is only one."""
    beside = ((number - 1, "‹ Раньше"), (number + 1, "Дальше ›"))
    row = tuple(button(title, tap(at)) for at, title in beside if 1 <= at <= count)
    return (row,) if row else ()
