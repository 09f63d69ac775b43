"""Instruments that an operator has added to the database, brought into the library of a running bot."""

import logging
from pathlib import Path

from services.diagnostics.library import Library
from services.diagnostics.loading import InstrumentError, read_instrument
from storage.database import Database
from storage.instruments import InstrumentTable

log = logging.getLogger(__name__)


class AddedInstruments:
    """Looks for what has been added since the last look."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self._seen = 0

    async def refresh(self) -> None:
        """Take in what is new. A file that this version of the program cannot read is left out and logged."""
        async with self._database.read() as connection:
            sources = await InstrumentTable(connection).added_since(self._seen)
        for source in sources:
            self._seen = source.number
            name = f"{source.instrument}-{source.version}.yaml"
            try:
                self._library.add(read_instrument(source.text, Path(name)))
            except InstrumentError as error:
                log.error("the added instrument %s is left out: %s", name, "; ".join(error.problems))
