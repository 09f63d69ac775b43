"""What a parcel becomes, and the reason why it becomes nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class Computed:
    """Something to be computed by a function in the worker process, kept, and then told.

    It happens once the transaction that its facts were read in is over. `keep` is given the result in a short
    transaction of its own, which is committed; None from it means that the facts are so no longer, and that it is
    to be made anew.
    """

    function: str
    arguments: tuple[object, ...]
    keep: Callable[[StoredWork, bytes], Awaitable[Screen | None]]


Made = Screen | CommandMenu | Drawn | Computed
Maker = Callable[[Desk, StoredWork, Person, Parcel], Awaitable[Made]]


class NotDueError(Exception):
    """The parcel is due no longer; the message says why."""


class OvertakenError(Exception):
    """What was computed was about facts that change too fast: it is tried again later."""


class NotNowError(Exception):
    """The parcel is due, but its receiver is not to be disturbed before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"quiet until {until:%Y-%m-%d %H:%M%z}")
        self.until = until
