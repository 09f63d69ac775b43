"""All instruments the service knows, in the wordings that tests were taken with."""

from collections.abc import Awaitable, Callable, Iterable

from services.diagnostics.instrument import Instrument, version_key
from services.diagnostics.session import Session
from services.diagnostics.wording import Wording, reworded


class Library:
    """Instruments by id and version; wordings are fetched by `find_wording` and kept."""

    def __init__(
        self, instruments: Iterable[Instrument], find_wording: Callable[[int], Awaitable[Wording]]
    ) -> None:
        self._instruments: dict[tuple[str, str], Instrument] = {}
        self._current: dict[str, Instrument] = {}
        self.option_codes: frozenset[str] = frozenset()
        for instrument in instruments:
            self.add(instrument)
        self._find_wording = find_wording
        self._worded: dict[int, Instrument] = {}

    def add(self, instrument: Instrument) -> bool:
        """Take in an instrument; False when one of this id and version is there, which then stays as it is."""
        key = (instrument.id, instrument.version)
        if key in self._instruments:
            return False
        self._instruments[key] = instrument
        present = self._current.get(instrument.id)
        if present is None or version_key(present.version) < version_key(instrument.version):
            self._current[instrument.id] = instrument
        if instrument.plain:
            self.option_codes |= set(instrument.option_codes)
        return True

    def __contains__(self, instrument_id: str) -> bool:
        return instrument_id in self._current

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The newest version of every instrument, in the order in which they came."""
        return tuple(self._current.values())

    def current(self, instrument_id: str) -> Instrument:
        """The version that new tests are taken with. Raises KeyError for an unknown instrument."""
        return self._current[instrument_id]

    def find(self, instrument_id: str, version: str) -> Instrument | None:
        """That version; None when it is not, or no longer, among the instruments."""
        return self._instruments.get((instrument_id, version))

    async def of(self, session: Session) -> Instrument:
        """The instrument exactly as the session is taken: its version, its wording.

        Raises KeyError when that version is no longer among the instruments.
        """
        return await self.worded(self._instruments[session.instrument, session.version], session.wording_id)

    async def worded(self, instrument: Instrument, wording_id: int | None) -> Instrument:
        """The instrument in an operator's wording; as it is for None."""
        if wording_id is None:
            return instrument
        if wording_id not in self._worded:
            self._worded[wording_id] = reworded(instrument, await self._find_wording(wording_id))
        return self._worded[wording_id]
