"""A roster's file as rows of text."""

from services.people.roster.columns import known_count
from services.spreadsheets.sent_file import Sheet, open_sent

ROW_LIMIT = 5_000


def open_sheet(name: str, content: bytes) -> Sheet:
    """The sheet in a .csv or .xlsx of this name. Raises SheetError when it cannot be used at all."""
    return open_sent(name, content, known_count, ROW_LIMIT, "по школам")
