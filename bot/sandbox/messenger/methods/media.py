"""Pictures and documents of a request: uploaded with it, or sent before and named by file id."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.messenger.errors import bad_request, not_implemented
from bot.sandbox.messenger.file_names import file_name
from bot.sandbox.messenger.model import MessageKind, StoredFile, Upload
from bot.sandbox.messenger.state import MessengerState


def stored(state: MessengerState, kind: MessageKind, source: object, files: Mapping[str, Upload]) -> StoredFile:
    """The file of a `photo`, `document` or `media` parameter; an upload is kept.

    Raises ApiError 400 when there is no such file or Telegram would not take it, 501 for an address to fetch.
    """
    if not isinstance(source, str):
        raise bad_request(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        raise not_implemented(f"{kind} by address")
    if not source.startswith("attach://"):
        return state.files.find(source, kind)
    upload = files.get(source.removeprefix("attach://"))
    if upload is None:
        raise bad_request(f"there is no {kind} in the request")
    if kind == "photo":
        return state.files.add_photo(upload.data)
    return state.files.add_document(file_name(upload.name), upload.data)
