"""What the rules about meetings ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.mentoring.meetings.meeting import FileKind, Meeting, MeetingFile, Told


class MeetingStore(Protocol):
    """Meetings of pairs and their files."""

    async def get(self, meeting_id: int) -> Meeting | None: ...

    async def of_pair(self, pair_id: int) -> Sequence[Meeting]:
        """The latest first."""
        ...

    async def of_draft(self, draft_id: int) -> Sequence[Meeting]:
        """What the draft has become: one meeting for each pair."""
        ...

    async def add(
        self,
        pair_id: int,
        draft_id: int | None,
        told: Told,
        words: str,
        author_id: int,
        remind_on: date | None,
        now: datetime,
    ) -> Meeting | None:
        """Log a meeting; None when the draft has given this pair its meeting already."""
        ...

    async def save(self, meeting: Meeting) -> Meeting | None:
        """Write what has changed; None when somebody has changed the meeting since it was read (`turn`)."""
        ...

    async def drop(self, meeting: Meeting) -> bool:
        """Delete it, and its files with the last meeting of its draft; False when it was changed meanwhile."""
        ...

    async def last_held(self, pair_id: int) -> date | None:
        """The day of the pair's latest meeting."""
        ...

    async def add_file(
        self, draft_id: int, kind: FileKind, file_name: str, content: bytes, cause: str, now: datetime
    ) -> bool:
        """Keep a file of a draft, or of the meetings it became; False when this event has brought it already."""
        ...

    async def files(self, draft_id: int) -> Sequence[MeetingFile]:
        """The oldest first."""
        ...

    async def file(self, file_id: int) -> tuple[MeetingFile, bytes] | None: ...

    async def drop_file(self, file_id: int) -> None: ...
