"""Just enough of PNG and JPEG to refuse what is not a picture and to know its size."""

from __future__ import annotations

import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers; the gaps are tables (C4), extensions (C8) and arithmetic conditioning (CC).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def image_size(data: bytes) -> tuple[str, int, int] | None:
    """("png" or "jpeg", width, height) in pixels; None if the bytes are not a whole PNG or JPEG file."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    return None


def _png(data: bytes) -> tuple[str, int, int] | None:
    position = len(_PNG)
    size: tuple[int, int] | None = None
    has_pixels = False
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4])
        kind = data[position + 4 : position + 8]
        end = position + 12 + length
        checksum = int.from_bytes(data[end - 4 : end])
        if end > len(data) or zlib.crc32(data[position + 4 : end - 4]) != checksum:
            return None
        if kind == b"IHDR" and length == 13:
            size = (
                int.from_bytes(data[position + 8 : position + 12]),
                int.from_bytes(data[position + 12 : position + 16]),
            )
        has_pixels = has_pixels or kind == b"IDAT"
        if kind == b"IEND":
            return ("png", *size) if size and has_pixels and min(size) > 0 else None
        position = end
    return None


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    if b"\xff\xd9" not in data[-64:]:
        return None
    position = 2
    while position + 9 <= len(data):
        if data[position] != 0xFF:
            return None
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker in _BARE:
            position += 2
        elif marker in _FRAMES:
            height = int.from_bytes(data[position + 5 : position + 7])
            width = int.from_bytes(data[position + 7 : position + 9])
            return ("jpeg", width, height) if width and height else None
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4])
    return None
