"""What a parcel becomes, and the reason why it becomes nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from handlers.ui.screen import Row, Screen
from handlers.visit import Desk
from services.delivery.model import Parcel
from services.people.model import Person
from storage.unit_of_work import StoredWork


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The commands that the messenger's menu is to show to the person, with their lines."""

    commands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture to be drawn, or with `file_name` a document to be written, by a function in the worker process.

    It happens once the transaction that its figures were read in is over; `function` is a name like
    "services.charts.result:draw_result".
    """

    caption: str
    rows: tuple[Row, ...]
    function: str
    arguments: tuple[object, ...]
    file_name: str | None = None


Made = Screen | CommandMenu | Drawn
Maker = Callable[[Desk, StoredWork, Person, Parcel], Awaitable[Made]]


class NotDueError(Exception):
    """The parcel is due no longer; the message says why."""
