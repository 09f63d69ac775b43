"""The order in which people expect numbered names."""

import re


def natural(name: str) -> list[tuple[int, str]]:
    """A key to sort by: «Школа № 2» is before «Школа № 10», whatever the case of letters."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name.casefold())]
