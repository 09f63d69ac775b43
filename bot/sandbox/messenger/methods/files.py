"""getFile."""

from __future__ import annotations

from typing import Any

from bot.sandbox.messenger.errors import bad_request
from bot.sandbox.messenger.files import DOWNLOAD_BYTES
from bot.sandbox.messenger.requests import Request
from bot.sandbox.messenger.state import MessengerState
from bot.sandbox.messenger.wire import file_json


def get_file(state: MessengerState, request: Request) -> dict[str, Any]:
    file = state.files.by_id.get(request.method.file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file_json(file) | {"file_path": file.path}


METHODS = {"getFile": (get_file, "file_id")}
