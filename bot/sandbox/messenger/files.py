"""Files of the messenger and the rules for photos and documents."""

from __future__ import annotations

import mimetypes
from hashlib import blake2b
from pathlib import PurePath

from bot.sandbox.messenger.errors import ApiError, bad_request
from bot.sandbox.messenger.images import image_size
from bot.sandbox.messenger.model import MessageKind, StoredFile

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
DOCUMENT_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024

# Not from the system: whether it knows the formats of an office differs from machine to machine.
_TYPES = mimetypes.MimeTypes()
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES.add_type(f"{_OFFICE}.spreadsheetml.sheet", ".xlsx")
_TYPES.add_type(f"{_OFFICE}.wordprocessingml.document", ".docx")

_PREFIX: dict[str, str] = {"photo": "AgAC", "document": "BQAC", "sticker": "CAAC", "voice": "AwAC"}


class FileStore:
    """Files by file id. Equal bytes share `unique_id`, each upload has a file id of its own."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add_photo(self, data: bytes) -> StoredFile:
        """Keep a picture. Raises ApiError 400 for what Telegram does not take as a photo: not a whole PNG or
        JPEG, over 10 MB, width + height over 10,000, sides more than 20 to 1."""
        if not data:
            raise bad_request("file must be non-empty")
        if len(data) > PHOTO_BYTES:
            raise bad_request(
                f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
            )
        size = image_size(data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        kind, width, height = size
        if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        suffix = "jpg" if kind == "jpeg" else "png"
        return self._add("photo", f"photo.{suffix}", data, f"image/{kind}", width, height)

    def add_document(self, name: str, data: bytes) -> StoredFile:
        """Keep a document under its name. Raises ApiError: empty (400), over 50 MB (413)."""
        if not data:
            raise bad_request("file must be non-empty")
        if len(data) > DOCUMENT_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        mime = _TYPES.guess_type(name)[0] or "application/octet-stream"
        return self._add("document", name, data, mime)

    def add_other(self, kind: MessageKind, name: str, data: bytes, mime: str) -> StoredFile:
        """Keep a sticker or a voice message of a person."""
        return self._add(kind, name, data, mime, *((512, 512) if kind == "sticker" else (0, 0)))

    def find(self, file_id: str, kind: MessageKind | None = None) -> StoredFile:
        """The file of an id. Raises ApiError 400 for an unknown id or a file of another kind."""
        file = self.by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if kind is not None and file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
        return file

    def at_path(self, path: str) -> StoredFile | None:
        """The file of a `file_path`, None if there is none."""
        return self._by_path.get(path)

    def restore(self, file: StoredFile) -> None:
        """Put back a file that was saved."""
        self.by_id[file.file_id] = file
        self._by_path[file.path] = file

    def _add(
        self, kind: MessageKind, name: str, data: bytes, mime: str, width: int = 0, height: int = 0
    ) -> StoredFile:
        digest = blake2b(data, digest_size=16).hexdigest()
        number = len(self.by_id)
        suffix = PurePath(name).suffix
        file = StoredFile(
            file_id=f"{_PREFIX[kind]}{digest[:20]}{number:08d}",
            unique_id=f"AQ{digest[:14]}",
            kind=kind,
            name=name,
            mime=mime,
            path=f"{kind}s/file_{number}{suffix if suffix[1:].isalnum() and suffix.isascii() else ''}",
            digest=digest,
            data=data,
            width=width,
            height=height,
        )
        self.restore(file)
        return file
