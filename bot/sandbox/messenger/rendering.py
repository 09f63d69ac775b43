"""Text with entities as safe HTML of a web page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import pairwise
from typing import Any

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "text_link": "a",
    "url": "a",
}
_SAFE_SCHEMES = ("http://", "https://", "tg://")


def render_html(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """`text` escaped, with tags b, i, u, s, code, pre, a href and br; entities of other kinds leave no tag.

    Offsets and lengths of `entities` are UTF-16 code units, as in the Bot API. Entities that cross each other
    are split so that the result is always well nested.
    """
    spans = [entity for entity in entities if entity["type"] in _TAGS]
    if not spans:
        return _plain(text, in_pre=False)
    units = text.encode("utf-16-le")
    size = len(units) // 2
    borders = {0, size}
    for span in spans:
        borders.update((min(span["offset"], size), min(span["offset"] + span["length"], size)))
    points = sorted(borders)
    pieces: list[str] = []
    opened: list[Mapping[str, Any]] = []
    for begin, end in pairwise(points):
        active = [span for span in spans if span["offset"] <= begin < span["offset"] + span["length"]]
        active.sort(key=lambda span: (span["offset"], -span["length"]))
        common = 0
        while common < min(len(opened), len(active)) and opened[common] is active[common]:
            common += 1
        pieces.extend(f"</{_TAGS[span['type']]}>" for span in reversed(opened[common:]))
        piece = units[begin * 2 : end * 2].decode("utf-16-le", "replace")
        pieces.extend(_opening(span, piece) for span in active[common:])
        pieces.append(_plain(piece, in_pre=any(span["type"] == "pre" for span in active)))
        opened = active
    pieces.extend(f"</{_TAGS[span['type']]}>" for span in reversed(opened))
    return "".join(pieces)


def _opening(span: Mapping[str, Any], text: str) -> str:
    tag = _TAGS[span["type"]]
    if tag != "a":
        return f"<{tag}>"
    address = str(span.get("url") or text)
    if not address.lower().startswith(_SAFE_SCHEMES):
        address = f"https://{address}"
    return f'<a href="{escape(address)}">'


def _plain(text: str, *, in_pre: bool) -> str:
    safe = escape(text)
    return safe if in_pre else safe.replace("\n", "<br>")
