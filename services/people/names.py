"""Names: the one spelling that they are compared by, and the short form."""


def name_key(full_name: str) -> str:
    """«Фёдорова  АННА» and «Федорова Анна» are the same name: lower case, «е» for «ё», single spaces."""
    return " ".join(full_name.casefold().replace("ё", "е").split())


def short_name(full_name: str) -> str:
    """«Иванова Мария Петровна» as «Иванова М. П.», with spaces that do not break; one word stays as it is."""
    surname, *others = full_name.split() or [""]
    return "\N{NO-BREAK SPACE}".join([surname, *(f"{other[0]}." for other in others[:2])])
