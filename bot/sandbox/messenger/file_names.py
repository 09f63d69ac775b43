"""What becomes of the name of a file that a bot uploads."""

from __future__ import annotations

from pathlib import PurePath
from unicodedata import category

STEM_LENGTH = 64
EXTENSION_LENGTH = 16

_FORBIDDEN = frozenset("<>:\"/\\|?*&`'")


def file_name(sent: str) -> str:
    """The name as Telegram shows it: no folders, the stem and the extension cut to their lengths.

    Characters other than letters, digits and plain ASCII punctuation (such as « », № and —) become spaces. A
    name with nothing left is "file".
    """
    path = PurePath(sent.replace("\\", "/"))
    stem, extension = _cleaned(path.stem, STEM_LENGTH), _cleaned(path.suffix, EXTENSION_LENGTH)
    return ".".join(part for part in (stem, extension) if part) or "file"


def _cleaned(name: str, length: int) -> str:
    kept = "".join(char if _is_kept(char) else " " for char in name if category(char) not in ("Mn", "Cf"))
    return kept.lstrip(" .")[:length].rstrip(" .")


def _is_kept(char: str) -> bool:
    if char < "\x7f":
        return char >= " " and char not in _FORBIDDEN
    return category(char)[0] in "LN"
