"""The HTML dialect of parse_mode=HTML, read as Telegram reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.messenger.errors import ApiError, bad_request
from bot.sandbox.messenger.links import checked_link

_ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+))(;?)")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]*)(?=[\s>]))")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    piece: int


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and its entities (offsets in UTF-16 units), sorted by offset, the outer first.

    Raises ApiError 400 "can't parse entities: ..." for an unsupported, unclosed or unmatched tag. One thing
    is stricter than Telegram, which shows the letters as they are: a named or numeric reference that it does
    not know (`&nbsp;`) is refused, since nobody means it to be read by a person. A lone `&` is text, as in
    Telegram.
    """
    if "<" not in source and "&" not in source:
        return source, []
    pieces: list[str] = []
    entities: list[dict[str, Any]] = []
    stack: list[_Open] = []
    offset = 0
    position = 0
    while True:
        special = _SPECIAL.search(source, position)
        chunk = source[position : special.start() if special else len(source)]
        if chunk:
            pieces.append(chunk)
            offset += len(chunk) if chunk.isascii() else len(chunk.encode("utf-16-le", "surrogatepass")) // 2
        if special is None:
            break
        begin = special.start()
        if source[begin] == "&":
            char, position = _reference(source, begin)
            pieces.append(char)
            offset += 2 if ord(char) > 0xFFFF else 1
        elif source.startswith("</", begin):
            position = _end_tag(source, begin, stack, entities, pieces, offset)
        else:
            opened, position = _start_tag(source, begin)
            opened.offset, opened.piece = offset, len(pieces)
            stack.append(opened)
    if stack:
        raise _refusal(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(pieces), entities


def _refusal(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _at(source: str, position: int) -> str:
    return f"at byte offset {len(source[:position].encode('utf-8', 'surrogatepass'))}"


def _reference(source: str, begin: int) -> tuple[str, int]:
    match = _REFERENCE.match(source, begin)
    if match is None:
        return "&", begin + 1
    hexadecimal, decimal, name, semicolon = match.groups()
    if name is not None:
        if name in _NAMED:
            return _NAMED[name], match.end()
        if not semicolon:
            return "&", begin + 1
        raise _refusal(f'Unsupported entity "{match.group()}" {_at(source, begin)}')
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise _refusal(f'Unsupported entity "{match.group()}" {_at(source, begin)}')
    return chr(code), match.end()


def _start_tag(source: str, begin: int) -> tuple[_Open, int]:
    name = _TAG_NAME.match(source, begin + 1)
    assert name is not None
    position = name.end()
    if position == len(source):
        raise _refusal(f"Unclosed start tag {_at(source, begin)}")
    tag = name.group().lower()
    if tag not in _ENTITY_OF_TAG:
        raise _refusal(f'Unsupported start tag "{tag}" {_at(source, begin)}')
    argument = ""
    while True:
        while position < len(source) and source[position].isspace():
            position += 1
        if position == len(source):
            raise _refusal(f"Unclosed start tag {_at(source, begin)}")
        if source[position] == ">":
            break
        if tag == "blockquote" and source.startswith("expandable", position):
            position += len("expandable")
            argument = "expandable"
            continue
        attribute = _ATTRIBUTE.match(source, position)
        if attribute is None:
            if ">" not in source[position:] or source[position:].count('"') == 1:
                raise _refusal(f"Unclosed start tag {_at(source, begin)}")
            raise _refusal(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" {_at(source, begin)}'
            )
        position = attribute.end()
        key = attribute.group(1)
        value = _unescape(next(part for part in (*attribute.groups()[1:], "") if part is not None))
        if (tag == "a" and key == "href") or (tag == "tg-emoji" and key == "emoji-id"):
            argument = value
        elif tag == "code" and key == "class" and value.startswith("language-"):
            argument = value.removeprefix("language-")
        elif tag == "span" and key == "class":
            argument = value
    if tag == "span" and argument != "tg-spoiler":
        raise _refusal(f'Tag "span" must have class "tg-spoiler" {_at(source, begin)}')
    return _Open(tag, argument, 0, 0), position + 1


def _unescape(value: str) -> str:
    out: list[str] = []
    position = 0
    while (found := value.find("&", position)) >= 0:
        out.append(value[position:found])
        char, position = _reference(value, found)
        out.append(char)
    out.append(value[position:])
    return "".join(out)


def _end_tag(
    source: str,
    begin: int,
    stack: list[_Open],
    entities: list[dict[str, Any]],
    pieces: list[str],
    offset: int,
) -> int:
    if not stack:
        raise _refusal(f"Unexpected end tag {_at(source, begin)}")
    name = _TAG_NAME.match(source, begin + 2)
    assert name is not None
    close = name.end()
    while close < len(source) and source[close].isspace():
        close += 1
    if close == len(source) or source[close] != ">":
        raise _refusal(f"Unclosed end tag {_at(source, begin)}")
    opened = stack.pop()
    if name.group() and name.group().lower() != opened.tag:
        raise _refusal(
            f'Unmatched end tag {_at(source, begin)}, expected "</{opened.tag}>", '
            f'found "</{name.group().lower()}>"'
        )
    if offset > opened.offset:
        _add_entity(opened, entities, "".join(pieces[opened.piece :]), offset)
    return close + 1


def _add_entity(opened: _Open, entities: list[dict[str, Any]], inner: str, offset: int) -> None:
    kind = _ENTITY_OF_TAG[opened.tag]
    entity: dict[str, Any] = {"type": kind, "offset": opened.offset, "length": offset - opened.offset}
    if opened.tag == "a":
        address = checked_link(opened.argument or inner)
        if address is None:
            # Telegram drops a link it cannot open and keeps its words.
            return
        entity["url"] = address
    elif opened.tag == "tg-emoji":
        if not opened.argument.isdigit():
            raise _refusal("Invalid custom emoji identifier specified")
        entity["custom_emoji_id"] = opened.argument
    elif opened.tag == "blockquote" and opened.argument:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "pre":
        last = entities[-1] if entities else {}
        same = (last.get("type"), last.get("offset"), last.get("length")) == (
            "code",
            opened.offset,
            entity["length"],
        )
        if same and "language" in last:
            entity["language"] = entities.pop()["language"]
    elif opened.tag == "code" and opened.argument:
        entity["language"] = opened.argument
    entities.append(entity)
