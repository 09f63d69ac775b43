"""Long lists in pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiogram.filters.callback_data import CallbackData

from handlers.ui.screen import Row, button

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of the items; `number` begins with 0."""

    items: Sequence[Item]
    number: int
    count: int

    @property
    def heading(self) -> str:
        """«Страница 2 из 5», nothing when there is only one."""
        return f"\n<i>Страница {self.number + 1} из {self.count}</i>" if self.count > 1 else ""

    def turns(self, tap: Callable[[int], CallbackData]) -> tuple[Row, ...]:
        """A row of buttons to the pages beside, none when there is only one."""
        beside = ((self.number - 1, "‹ Раньше"), (self.number + 1, "Дальше ›"))
        row = tuple(button(title, tap(number)) for number, title in beside if 0 <= number < self.count)
        return (row,) if row else ()


def page_of(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """The page of that number, the last one where there are fewer."""
    count = max(1, -(-len(items) // size))
    number = min(number, count - 1)
    return Page(items[number * size : (number + 1) * size], number, count)
