"""A text file of unknown encoding as blocks of UTF-8 that end where a row of CSV ends.

Known are UTF-8 with a byte order mark or without, UTF-16 with or without, and Windows-1251. A file is never
held in memory as a whole.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from services.spreadsheets.errors import SheetError

BLOCK_BYTES = 32 * 1024 * 1024
_SAMPLE_BYTES = 4_096
_ZERO_SHARE = 32
"""A zero in so many bytes or fewer makes two-byte text; a stray one does not."""
_LONGEST_ROW = 4
"""A row longer than so many blocks is a quote that was never closed."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Whole rows of text in UTF-8; `read` is how many bytes of the file have been read so far."""

    text: bytes
    read: int


def text_blocks(path: Path, block_bytes: int = BLOCK_BYTES) -> Iterator[TextBlock]:
    """Reads the file block by block; an empty file gives no blocks.

    Raises SheetError when the text is in two encodings or a quote is never closed, OSError when the file
    cannot be read.
    """
    decoder = _EightBit()
    rest = b""
    read = 0
    for piece, read in _pieces(path, block_bytes):
        rest += piece
        end = _end_of_rows(rest)
        if not end:
            if len(rest) > _LONGEST_ROW * block_bytes:
                raise SheetError("В файле есть кавычка без пары: строки таблицы не удаётся разделить.")
            continue
        yield TextBlock(decoder.to_utf8(rest[:end]), read)
        rest = rest[end:]
    if rest:
        yield TextBlock(decoder.to_utf8(rest), read)


class _EightBit:
    """Tells UTF-8 from Windows-1251 by the first block that is not plain ASCII, and keeps to it."""

    def __init__(self) -> None:
        self._encoding: str | None = None

    def to_utf8(self, block: bytes) -> bytes:
        if block.isascii():
            return block
        if self._encoding is None:
            self._encoding = "utf-8" if _is_utf8(block) else "cp1251"
        elif self._encoding == "utf-8" and not _is_utf8(block):
            raise SheetError("Файл повреждён: часть текста записана в UTF-8, часть — в другой кодировке.")
        if self._encoding == "cp1251":
            return block.decode("cp1251", errors="replace").encode()
        return block


def _is_utf8(block: bytes) -> bool:
    # Ten times as fast as bytes.decode, which builds the text; a large file is mostly this check otherwise.
    try:
        pl.Series([block], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _pieces(path: Path, size: int) -> Iterator[tuple[bytes, int]]:
    """Pieces in an encoding that ASCII is a part of, without a byte order mark, and the bytes read."""
    with path.open("rb") as file:
        mark, wide = _wide_encoding(file.read(_SAMPLE_BYTES))
        file.seek(mark)
        decoder = codecs.getincrementaldecoder(wide)() if wide else None
        bare_returns: bool | None = None
        while piece := file.read(size):
            text = _narrowed(decoder, piece, final=len(piece) < size) if decoder else piece
            if bare_returns is None:
                # Excel for Mac still offers "CSV (Macintosh)", whose rows end with a lone carriage return.
                bare_returns = b"\r" in text and b"\n" not in text
            yield text.replace(b"\r", b"\n") if bare_returns else text, file.tell()


def _narrowed(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool) -> bytes:
    try:
        return decoder.decode(piece, final=final).encode()
    except UnicodeError as error:
        raise SheetError("Файл повреждён: текст в UTF-16 обрывается или испорчен.") from error


def _wide_encoding(sample: bytes) -> tuple[int, str | None]:
    """The length of the byte order mark, and the encoding if it has two bytes a character."""
    if sample.startswith(codecs.BOM_UTF8):
        return len(codecs.BOM_UTF8), None
    if sample.startswith(codecs.BOM_UTF16_LE):
        return len(codecs.BOM_UTF16_LE), "utf-16-le"
    if sample.startswith(codecs.BOM_UTF16_BE):
        return len(codecs.BOM_UTF16_BE), "utf-16-be"
    # Spaces, separators and digits have a zero for their high byte; one-byte encodings have no zeros.
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * _ZERO_SHARE < len(sample):
        return 0, None
    return 0, "utf-16-be" if even > odd else "utf-16-le"


def _end_of_rows(text: bytes) -> int:
    """The length of the part that ends with a row: a line end inside quotes does not end a row."""
    end = text.rfind(b"\n")
    quotes = text.count(b'"', 0, max(end, 0))
    while end >= 0:
        if quotes % 2 == 0:
            return end + 1
        previous = text.rfind(b"\n", 0, end)
        quotes -= text.count(b'"', max(previous, 0), end)
        end = previous
    return 0
