"""What is asked of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from services.mentoring.meetings.draft import Draft, Fields


class DraftStore(Protocol):
    """Meetings that a mentor is telling of, and their files."""

    async def get(self, draft_id: int) -> Draft | None: ...

    async def of_cause(self, cause: str) -> Draft | None:
        """The draft that this event has begun."""
        ...

    async def begin(
        self,
        author_id: int,
        words: str,
        fields: Fields,
        cause: str,
        now: datetime,
        meeting_id: int | None = None,
    ) -> Draft:
        """A new draft, or the one that the same event has begun already; of a change with `meeting_id`."""
        ...

    async def save(self, draft: Draft) -> Draft | None:
        """Write what has changed; None when somebody has changed the draft since it was read (`turn`)."""
        ...

    async def recent(self, author_id: int, since: datetime) -> Sequence[Draft]:
        """Drafts of the author begun or closed since then, open, saved and dropped, the newest first."""
        ...

    async def forget(self, before: datetime) -> None:
        """Delete drafts from before the moment, and their files but for those of meetings that were saved."""
        ...

    async def move_files(self, file_ids: Collection[int], to_draft_id: int) -> None:
        """Make the files those of another draft."""
        ...

    async def draft_of_file(self, file_id: int) -> int | None:
        """The draft that the file belongs to."""
        ...
