"""What pushed summaries ask of storage. Every call works inside the caller's transaction."""

from typing import Protocol


class PushStore(Protocol):
    """Who is told what and how often, and what was told last."""
