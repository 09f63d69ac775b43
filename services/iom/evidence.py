"""Which files are taken as evidence of a step."""

from pathlib import PurePath

from services.iom.model import Attachment, EvidenceKind

SUFFIXES = frozenset(
    (
        *("jpg", "jpeg", "png", "webp", "heic"),
        *("pdf", "doc", "docx", "odt", "rtf", "txt"),
        *("xls", "xlsx", "ods", "ppt", "pptx", "odp"),
    )
)
"""Kinds of files by the ends of their names."""
NAME_LIMIT = 100
"""Characters of a file's name that are kept, its end with the kind among them."""
PHOTO_NAME = "Фото.jpg"


def attachment(name: str, content: bytes, words: str, *, picture: bool) -> Attachment | None:
    """What somebody has sent, ready to be kept; None for a kind of file that is not taken.

    A `picture` is one that the messenger itself has made a photo of: it has no name.
    """
    words = "".join(char for char in words if char.isprintable() or char == "\n").strip()
    if picture:
        return Attachment(EvidenceKind.PHOTO, PHOTO_NAME, content, words)
    path = PurePath("".join(char for char in name if char.isprintable()).strip())
    if path.suffix.removeprefix(".").casefold() not in SUFFIXES:
        return None
    stem = path.stem[: NAME_LIMIT - len(path.suffix)]
    return Attachment(EvidenceKind.DOCUMENT, f"{stem}{path.suffix}", content, words)
