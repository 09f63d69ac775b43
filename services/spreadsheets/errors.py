"""Why a spreadsheet cannot be used as a whole."""


class SheetError(Exception):
    """The file cannot be used at all; the message is for the person who brought it, in Russian."""
