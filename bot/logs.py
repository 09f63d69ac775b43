"""Logging to standard error as text or JSON lines. Nothing personal: ids of ours and kinds, never words."""

import json
import logging
import secrets
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def set_up(level: str, layout: str) -> None:
    """Send logs of `level` and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    if layout == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # aiosqlite reports every statement with people's words in it; the others tell of each event, tick and start.
    for chatty in ("aiosqlite", "aiogram.event", "apscheduler", "alembic", "matplotlib"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def error_id() -> str:
    """A short id that a person can read out and an operator can search for."""
    return secrets.token_hex(3).upper()
