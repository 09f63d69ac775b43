"""All instruments the service knows, in the wordings that tests were taken with."""

from collections.abc import Awaitable, Callable, Iterable

from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session
from services.diagnostics.wording import Wording, reworded


class Library:
    """Instruments by id and version, the newest of each last; wordings are fetched by `find_wording` and kept."""

    def __init__(
        self, instruments: Iterable[Instrument], find_wording: Callable[[int], Awaitable[Wording]]
    ) -> None:
        self._instruments = {(instrument.id, instrument.version): instrument for instrument in instruments}
        self._current = {instrument.id: instrument for instrument in self._instruments.values()}
        self.option_codes = frozenset(
            option.code for instrument in self._current.values() for option in instrument.options
        )
        self._find_wording = find_wording
        self._worded: dict[int, Instrument] = {}

    def current(self, instrument_id: str) -> Instrument:
        """The version that new tests are taken with. Raises KeyError for an unknown instrument."""
        return self._current[instrument_id]

    async def of(self, session: Session) -> Instrument:
        """The instrument exactly as the session is taken: its version, its wording.

        Raises KeyError when that version is no longer among the data files.
        """
        return await self.worded(self._instruments[session.instrument, session.version], session.wording_id)

    async def worded(self, instrument: Instrument, wording_id: int | None) -> Instrument:
        """The instrument in an operator's wording; as it is for None."""
        if wording_id is None:
            return instrument
        if wording_id not in self._worded:
            self._worded[wording_id] = reworded(instrument, await self._find_wording(wording_id))
        return self._worded[wording_id]
