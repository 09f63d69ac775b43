"""Names of schools short enough to stand beside a bar."""

import re

ENOUGH = 28
"""Characters that fit in two lines: a shorter name stays as it is."""

_SHORTER = (
    # The founder and the legal form are the same for all of them, and tell no school from another.
    (r"(муниципальн|государственн|областн|краев)\w+\s+(?=(бюджетн|автономн|каз[её]нн|обще|учрежд))", ""),
    (r"(бюджетн|автономн|каз[её]нн)\w+\s+(?=(обще|учрежд|образоват))", ""),
    (r"(обще)?образовательн\w+\s+учреждени\w+", ""),
    (r"средняя\s+(обще)?образовательная\s+школа", "СОШ"),
    (r"основная\s+(обще)?образовательная\s+школа", "ООШ"),
    (r"начальная\s+(обще)?образовательная\s+школа", "НОШ"),
)


def short_name(name: str) -> str:
    """The name without its legal form, and with the usual abbreviation of its kind, where it is long."""
    if len(name) <= ENOUGH:
        return name
    found = name
    for words, shorter in _SHORTER:
        found = re.sub(words, shorter, found, flags=re.IGNORECASE)
    found = re.sub(r"^[\s«\"]+(?=\w)", "", " ".join(found.split()))
    if found.count("»") > found.count("«"):
        found = found[::-1].replace("»", "", 1)[::-1]
    return found or name
