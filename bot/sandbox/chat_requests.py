"""What the web page's requests bring, and how they are answered."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import BodyPartReader, web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ChatError(Exception):
    """What the page shows to the visitor; `status` is 400 or 404."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request. Raises ChatError."""
    try:
        body = await request.json()
    except ValueError:
        raise ChatError("Запрос не читается.") from None
    if not isinstance(body, dict):
        raise ChatError("Запрос не читается.")
    return body


async def upload_of(request: web.Request) -> tuple[str, str, bytes, str]:
    """What to send it as ("photo" or "document"), the name, the bytes, the caption. Raises ChatError."""
    kind, name, data, caption = "document", "", b"", ""
    if request.content_type != "multipart/form-data":
        raise ChatError("Приложите файл.")
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "file":
            name = part.filename or "file"
            data = bytes(await part.read())
        elif part.name == "kind":
            kind = await part.text()
        elif part.name == "caption":
            caption = (await part.text()).strip()
    if not name:
        raise ChatError("Приложите файл.")
    return kind, name, data, caption


def as_json(value: Any, status: int = 200) -> web.Response:
    """An answer of JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return web.Response(status=status, body=body, content_type="application/json")


def with_errors(handler: Handler) -> Handler:
    """The handler, with ChatError as an answer that the page shows."""

    async def safe(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ChatError as error:
            return as_json({"error": error.text}, error.status)

    return safe
