"""Alembic's environment: it works on the connection that `storage.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import storage.mentoring_tables
import storage.reporting_tables  # noqa: F401
from storage.tables import metadata
from storage.types import UtcDateTime


def render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Moments are written as our own type, so that a migration means the same on both databases."""
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters a table by making it anew.
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    render_item=render,
)

with context.begin_transaction():
    context.run_migrations()
