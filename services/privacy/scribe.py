"""Writing down values in words that a person reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.diagnostics.library import Library
from services.people.model import Role
from services.privacy.ports import Rows
from services.reporting.groups.waves import school_year

Record = tuple[tuple[str, str], ...]
"""Names of things and what is known of them."""


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the copy; `note` may be empty."""

    title: str
    note: str
    records: tuple[Record, ...]


NOTES = {
    "counted": "Ваши ответы вошли в общие цифры этих групп. По цифрам нельзя узнать ни вас, ни ваши ответы.",
    "audit": "Журнал хранит, кто что сделал, и никогда не хранит ответов.",
    "uploads": "Сам файл хранится не дольше двух дней.",
    "messages": "Что бот отправлял вам сам, кроме ответов в чате.",
    "evidence": "Сам файл бот пришлёт из карточки шага.",
    "history": "Кто и когда менял ваши маршруты, и что вы решали о маршрутах других.",
    "conversations": "Что вы начали в чате и ещё не закончили.",
}
"""What is said of a whole chapter, by its kind."""


class Scribe:
    """Writes down values."""

    def __init__(self, library: Library, zone: ZoneInfo, role_titles: Mapping[Role, str]) -> None:
        self._library = library
        self._zone = zone
        self._role_titles = role_titles

    def moment(self, value: datetime | None) -> str:
        return f"{value.astimezone(self._zone):%d.%m.%Y %H:%M}" if value else ""

    def role(self, code: str) -> str:
        return self._role_titles[Role(code)]

    def instrument(self, code: str) -> str:
        return self._library.current(code).short_title if code in self._library else code

    def result(self, row: Mapping[str, Any]) -> str:
        """The name of a test with its day."""
        return f"{self.instrument(row['instrument'])}, {self.moment(row['finished_at'] or row['started_at'])[:10]}"

    def wave(self, key: str) -> str:
        """A school year or a campaign; the key itself where it is neither."""
        kind, number = key[:1], key[1:]
        if kind not in "yc" or not number.isdigit():
            return key
        return school_year(int(number), self._zone).title if kind == "y" else f"опрос № {number}"

    def record(self, *pairs: tuple[str, Any]) -> Record:
        """What there is of the pairs, in words."""
        return tuple((name, self._said(value)) for name, value in pairs if value not in (None, ""))

    def section(
        self, title: str, kind: str, write: Callable[[Mapping[str, Any]], Record], everything: Mapping[str, Rows]
    ) -> Section:
        return Section(title, NOTES.get(kind, ""), tuple(write(row) for row in everything[kind]))

    def _said(self, value: Any) -> str:
        if isinstance(value, bool):
            return "да" if value else "нет"
        if isinstance(value, datetime):
            return self.moment(value)
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
