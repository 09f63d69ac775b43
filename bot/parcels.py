"""Making what the outbox owes: each parcel asks first whether it is still due, then becomes a screen or a menu."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.drawing import Drawing
from handlers.menu.screens import commands_of, to_menu
from handlers.results.taps import ResultTap
from handlers.survey.screens import INSTRUMENT
from handlers.ui.russian import day_of, long_date
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import score
from services.diagnostics.session import State
from services.people import consent
from services.people.model import Organisation, Person
from services.reporting import report
from storage.database import Database
from storage.unit_of_work import StoredWork

FREQUENCY_NOTE = "Симптом сложился или доминирует"


def group_title(organisation: Organisation, instrument: Instrument) -> str:
    """What a group's chart is about: who, and what was measured."""
    return f"{organisation.name}: {instrument.short_title}"


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The commands that the messenger's menu is to show to the person, with their lines."""

    commands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart to be drawn, once the transaction that its figures were read in is over."""

    caption: str
    rows: tuple[Row, ...]
    function: str
    arguments: tuple[object, ...]


class NotDueError(Exception):
    """The parcel is due no longer; the message says why."""


class Parcels:
    """Turns parcels into what is sent."""

    def __init__(self, database: Database, desk: Desk, drawing: Drawing) -> None:
        self._database = database
        self._desk = desk
        self._drawing = drawing
        self._makers: dict[Kind, Callable[[StoredWork, Person, Parcel], Awaitable[_Chart | CommandMenu]]] = {
            Kind.RESULT_CHART: self._result_chart,
            Kind.DYNAMICS_CHART: self._dynamics_chart,
            Kind.GROUP_CHART: self._group_chart,
            Kind.COMMAND_MENU: self._command_menu,
        }

    async def make(self, parcel: Parcel) -> Screen | CommandMenu:
        """What the parcel holds. Raises NotDueError when it should not be sent any more."""
        async with self._database.read() as connection:
            work = StoredWork(connection)
            person = (await work.people.visitor(parcel.account)).person
            if person is None or not consent.in_force(person):
                raise NotDueError("no consent in force")
            made = await self._makers[parcel.kind](work, person, parcel)
        if isinstance(made, CommandMenu):
            return made
        picture = await self._drawing.draw(made.function, *made.arguments)
        return Screen(made.caption, made.rows, picture)

    async def _result_chart(self, work: StoredWork, person: Person, parcel: Parcel) -> _Chart:
        session = await work.surveys.get(parcel.payload["session_id"], person.id)
        if session is None or session.state is not State.FINISHED:
            raise NotDueError("no such result of this person")
        instrument = await self._desk.library.of(session)
        taken_on = day_of(session.finished_at or session.started_at, self._desk.zone)
        caption = f"График к результату, {long_date(taken_on)} Его видите только вы."
        result = score(instrument, session.answers)
        rows = ((button("К результату", ResultTap(session=session.id)), to_menu()),)
        return _Chart(caption, rows, "services.charts.result:draw_result", (instrument, result, taken_on))

    async def _dynamics_chart(self, work: StoredWork, person: Person, parcel: Parcel) -> _Chart:
        instrument = self._desk.library.current(INSTRUMENT)
        sessions = [
            session
            for session in await work.surveys.finished(person.id, instrument.id)
            if session.version == instrument.version
        ]
        if len(sessions) < 2:
            raise NotDueError("fewer than two results to compare")
        taken = [
            (
                day_of(session.finished_at or session.started_at, self._desk.zone),
                score(instrument, session.answers),
            )
            for session in sessions
        ]
        caption = "Что изменилось между вашими тестами. Это видите только вы."
        return _Chart(caption, ((to_menu(),),), "services.charts.dynamics:draw_dynamics", (instrument, taken))

    async def _group_chart(self, work: StoredWork, person: Person, parcel: Parcel) -> _Chart:
        organisation = await work.organisations.get(parcel.payload["organisation_id"])
        if organisation is None or not person.oversees(organisation):
            raise NotDueError("out of the person's scope")
        instrument = self._desk.library.current(INSTRUMENT)
        made = await report.make(work, organisation, instrument, self._desk.min_group, self._desk.clock())
        if made.results is None:
            raise NotDueError("results are withheld")
        caption = f"{organisation.name}, {long_date(day_of(made.made_at, self._desk.zone))}"
        arguments = (group_title(organisation, instrument), made.results, FREQUENCY_NOTE)
        return _Chart(caption, ((to_menu(),),), "services.charts.group:draw_group", arguments)

    async def _command_menu(self, work: StoredWork, person: Person, parcel: Parcel) -> CommandMenu:
        return CommandMenu(commands_of(person))
