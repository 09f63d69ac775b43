"""Rules for texts and captions: cleaning, length in UTF-16 units, entities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aiogram.types import MessageEntity

from bot.sandbox.messenger.errors import bad_request, not_implemented
from bot.sandbox.messenger.html_markup import parse_html

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_CONTROL = dict.fromkeys((*range(10), 11, 12, *range(14, 32)), " ") | {13: None}
_INVISIBLE = " \n\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u3164\ufeff"
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
_URL = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,:;!?)]")

Entities = tuple[dict[str, Any], ...]


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of all limits and offsets of the Bot API."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def bot_text(
    text: str | None, parse_mode: object, entities: Sequence[MessageEntity] | None, *, caption: bool = False
) -> tuple[str, Entities]:
    """The text or caption that a bot sends: cleaned, parsed, trimmed and within the limit.

    Raises ApiError 400: bad UTF-8, entities that cannot be parsed, an empty text, more than 4,096 (text) or
    1,024 (caption) UTF-16 units after parsing; 501 for the Markdown modes.
    """
    found: list[dict[str, Any]] = []
    plain = clean(text or "")
    mode = parse_mode.lower() if isinstance(parse_mode, str) else ""
    if mode == "html":
        plain, found = parse_html(plain)
    elif mode in ("markdown", "markdownv2"):
        raise not_implemented(f"parse_mode {parse_mode}")
    elif mode:
        raise bad_request("unsupported parse_mode")
    elif entities:
        found = _explicit(plain, entities)
    plain, found = _trim(plain, found)
    if "http" in plain:
        found = _detect(_URL, "url", plain, found)
    if not caption and not plain.strip(_INVISIBLE):
        raise bad_request("message text is empty")
    if utf16_length(plain) > (CAPTION_LIMIT if caption else TEXT_LIMIT):
        raise bad_request("message caption is too long" if caption else "message is too long")
    return plain, tuple(found)


def phone_text(text: str) -> tuple[str, Entities]:
    """What a person typed, with the entities their phone adds: commands and addresses."""
    plain = clean(text).strip(" \n")
    found: list[dict[str, Any]] = []
    if "/" in plain:
        found = _detect(_COMMAND, "bot_command", plain, found)
        found = _detect(_URL, "url", plain, found)
    return plain, tuple(found)


def clean(text: str) -> str:
    """Without carriage returns, control characters as spaces. Raises ApiError 400 on lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text if text.isprintable() else text.translate(_CONTROL)


def split_long(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, as a phone sends a long text."""
    pieces: list[str] = []
    while utf16_length(text) > limit:
        cut = min(limit, len(text))
        while utf16_length(text[:cut]) > limit:
            cut -= 1
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def _explicit(text: str, entities: Sequence[MessageEntity]) -> list[dict[str, Any]]:
    size = utf16_length(text)
    out = []
    for entity in entities:
        if entity.length <= 0 or entity.offset < 0 or entity.offset + entity.length > size:
            raise bad_request(f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text")
        out.append(entity.model_dump(mode="json", exclude_none=True))
    return sorted(out, key=lambda item: (item["offset"], -item["length"]))


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    trimmed = text.strip(" \n")
    if not entities or len(trimmed) == len(text):
        return trimmed, entities
    lead = len(text) - len(text.lstrip(" \n"))
    size = utf16_length(trimmed)
    out = []
    for entity in entities:
        begin = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] - lead + entity["length"], size)
        if end > begin:
            out.append({**entity, "offset": begin, "length": end - begin})
    return trimmed, out


def _detect(pattern: re.Pattern[str], kind: str, text: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = list(found)
    for match in pattern.finditer(text):
        begin = utf16_length(text[: match.start()])
        end = begin + utf16_length(match.group())
        if all(end <= item["offset"] or begin >= item["offset"] + item["length"] for item in out):
            out.append({"type": kind, "offset": begin, "length": end - begin})
    return sorted(out, key=lambda item: (item["offset"], -item["length"])) if len(out) > len(found) else found
