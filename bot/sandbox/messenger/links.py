"""Which addresses Telegram opens."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"^(?:[^\s.:/@]+\.)+[^\s.:/@]{2,}$|^\d{1,3}(?:\.\d{1,3}){3}$")


def checked_link(address: str) -> str | None:
    """The address as Telegram keeps it (scheme added, slash after a bare host), None if it is not a link.

    http, https and tg are accepted; a host needs a dot, so `http://localhost` is not a link.
    """
    address = address.strip()
    if not address or any(char.isspace() for char in address):
        return None
    if address.lower().startswith("tg://"):
        return address if len(address) > len("tg://") else None
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.match(host):
        return None
    return address if parts.path or parts.query or parts.fragment else f"{address}/"
