"""Names in the one spelling that they are compared by."""


def name_key(full_name: str) -> str:
    """«Фёдорова  АННА» and «Федорова Анна» are the same name: lower case, «е» for «ё», single spaces."""
    return " ".join(full_name.casefold().replace("ё", "е").split())
