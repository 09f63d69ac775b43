"""What events ask of storage. Every call works inside the caller's transaction."""

from typing import Protocol


class EventStore(Protocol):
    """Events of municipalities and schools, and who takes part."""
