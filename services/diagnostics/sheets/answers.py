"""What people write in a cell for an answer, turned into the instrument's option codes.

An empty cell is no answer, never a "no", and so is any word that is not known: such a row is not scored.
"""

import unicodedata
from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from services.diagnostics.instrument import Instrument
from services.spreadsheets.errors import SheetError

NO_CODE = 0
"""Stands in the array of codes where there is no answer, or none that is known."""

# The minus sign of a typesetter is a minus; longer dashes are not here, people put them for "no answer".
_YES_NO = {
    "y": ("да", "д", "yes", "y", "1", "1.0", "+", "true", "истина"),
    "n": ("нет", "н", "no", "n", "0", "0.0", "-", "\u2212", "false", "ложь"),
}
_QUOTES = "\"'«»“”„"
_LEARNED_LIMIT = 4_096
_NOTHING = ""
"""Stands among the spellings for an empty cell and for every unknown one."""


def answer_codes(instrument: Instrument) -> dict[str, int]:
    """The option's ASCII code by a normalised answer: titles, codes, and synonyms for yes and no.

    Raises SheetError when two options of the instrument cannot be told apart by what is written.
    """
    codes = {normalised(option.title): ord(option.code) for option in instrument.options}
    if len(codes) < len(instrument.options):
        raise SheetError(f"У методики «{instrument.id}» есть варианты ответа с одинаковым названием.")
    for option in instrument.options:
        codes.setdefault(normalised(option.code), ord(option.code))
    if set(instrument.option_codes) == set(_YES_NO):
        for code, words in _YES_NO.items():
            codes |= {word: ord(code) for word in words}
    return codes


def normalised(answer: str) -> str:
    """An answer without what means nothing: case, spaces around, quotes, a full stop at the end."""
    plain = unicodedata.normalize("NFKC", answer).casefold().replace("ё", "е")
    return " ".join(plain.split()).lstrip(_QUOTES + " ").rstrip(_QUOTES + " .,;!")


class AnswerReader:
    """Reads answers of one instrument, block by block, remembering the spellings it has met."""

    def __init__(self, instrument: Instrument) -> None:
        self._codes = answer_codes(instrument)
        self._spellings = self._codes.copy()

    def read(self, frame: pl.DataFrame, columns: Sequence[str]) -> NDArray[np.uint8]:
        """Option codes of the text columns, an array (rows, columns); NO_CODE where there is none."""
        codes = self._lookup(frame, columns)
        if self._learn(frame, columns, codes == NO_CODE):
            codes = self._lookup(frame, columns)
        return codes

    def _lookup(self, frame: pl.DataFrame, columns: Sequence[str]) -> NDArray[np.uint8]:
        # An Enum numbers its strings, which is twice as fast as replacing strings by a mapping.
        known = pl.Enum([_NOTHING, *self._spellings])
        numbers = frame.select(pl.col(columns).cast(known, strict=False).fill_null(_NOTHING).to_physical())
        table = np.array([NO_CODE, *self._spellings.values()], dtype=np.uint8)
        codes: NDArray[np.uint8] = table[numbers.to_numpy()]
        return codes

    def _learn(self, frame: pl.DataFrame, columns: Sequence[str], unread: NDArray[np.bool_]) -> bool:
        """Adds the block's spellings that normalise to a known answer; says whether there were any."""
        new: dict[str, int] = {}
        for column, rows in zip(columns, unread.T, strict=True):
            if not rows.any():
                continue
            for value in frame[column].filter(pl.Series(rows)).drop_nulls().unique():
                code = self._codes.get(normalised(value))
                if code is not None:
                    new[value] = code
        if len(self._spellings) > _LEARNED_LIMIT:
            self._spellings = self._codes.copy()
        self._spellings |= new
        return bool(new)
