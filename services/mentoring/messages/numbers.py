"""Numbers as people write them, in digits and in words."""

_WORDS = {
    word: number
    for number, words in (
        (1, "один одна одну одного одной"),
        (2, "два две двух"),
        (3, "три трех"),
        (4, "четыре четырех"),
        (5, "пять пяти"),
        (6, "шесть шести"),
        (7, "семь семи"),
        (8, "восемь восьми"),
        (9, "девять девяти"),
        (10, "десять десяти"),
        (11, "одиннадцать одиннадцати"),
        (12, "двенадцать двенадцати"),
        (15, "пятнадцать пятнадцати"),
        (20, "двадцать двадцати"),
        (25, "двадцатипяти"),
        (30, "тридцать тридцати"),
        (35, "тридцатипяти"),
        (40, "сорок сорока"),
        (45, "сорокапяти"),
        (50, "пятьдесят пятидесяти"),
        (60, "шестьдесят шестидесяти"),
        (90, "девяносто девяноста"),
    )
    for word in words.split()
}
_TENS = "двадцать|двадцати|тридцать|тридцати|сорок|сорока|пятьдесят|пятидесяти"
_UNITS = "один|одна|одну|два|две|три|четыре|пять|пяти|шесть|семь|восемь|девять"

NUMBER = rf"(?:\d{{1,4}}|(?:{_TENS})[ -](?:{_UNITS})|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
"""A whole number in digits or in words (lower case, «е» for «ё»)."""


def number_of(written: str) -> int:
    """The value of what `NUMBER` has matched."""
    if written.isdecimal():
        return int(written)
    return (
        _WORDS[written] if written in _WORDS else sum(_WORDS[part] for part in written.replace("-", " ").split())
    )
