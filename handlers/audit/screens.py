"""The audit log in lines: when, who, what, about whom, where. Never an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from handlers.audit.taps import AuditTap
from handlers.menu.taps import MenuTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.russian import plural
from handlers.ui.screen import Button, Row, Screen, button
from services.privacy.ports import Entry
from services.privacy.words import TOPIC_TITLES, WORDS, Topic

SERVICE = "служба"
DELETED = "удалённый человек"
NAMELESS = "человек без имени"
IN_A_ROW = 2
"""Filters in a row: with a mark they still fit on a phone."""


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers in the log stand for, as far as it is still known."""

    people: Mapping[int, str]
    places: Mapping[int, str]

    def person(self, person_id: int | None) -> str:
        if person_id is None:
            return SERVICE
        name = self.people.get(person_id)
        return DELETED if name is None else name or NAMELESS


def log_screen(
    entries: Sequence[Entry], names: Names, zone: ZoneInfo, topic: Topic | None, before: int | None, more: bool
) -> Screen:
    """A page of the log; `before` is where it begins, `more` tells whether there are older entries."""
    lines = "\n\n".join(_line(entry, names, zone) for entry in entries) or "Записей нет."
    kind = f": {TOPIC_TITLES[topic].lower()}" if topic else ""
    return Screen(
        f"<b>Журнал действий{kind}</b>\nСначала новые. Ответов и результатов здесь не бывает.\n\n{lines}",
        _rows(entries, topic, before, more),
    )


def _rows(entries: Sequence[Entry], topic: Topic | None, before: int | None, more: bool) -> tuple[Row, ...]:
    turns: list[Button] = []
    if before is not None:
        turns.append(button("« К новым", AuditTap(topic=topic)))
    if more:
        turns.append(button("Раньше ›", AuditTap(before=entries[-1].id, topic=topic)))
    kinds = [
        button(f"✓ {title}" if each is topic else title, AuditTap(topic=each))
        for each, title in ((None, "Всё"), *TOPIC_TITLES.items())
    ]
    filters = [tuple(kinds[start : start + IN_A_ROW]) for start in range(0, len(kinds), IN_A_ROW)]
    rows = (tuple(turns), *filters, (button("Меню", MenuTap()),))
    return tuple(row for row in rows if row)


def _line(entry: Entry, names: Names, zone: ZoneInfo) -> str:
    about = []
    if entry.person_id is not None and entry.person_id != entry.actor_id:
        about.append(names.person(entry.person_id))
    if entry.organisation_id is not None:
        about.append(names.places.get(entry.organisation_id, f"организация № {entry.organisation_id}"))
    where = f"\n{escape(', '.join(about))}" if about else ""
    return (
        f"{entry.at.astimezone(zone):%d.%m.%Y %H:%M} <b>{escape(names.person(entry.actor_id))}</b>: "
        f"{WORDS[entry.action].done}{escape(_details(entry))}{where}"
    )


def _details(entry: Entry) -> str:
    """The numbers beside an entry that say more; those that nobody can read are left out."""
    told = []
    for name, value in entry.details.items():
        if name == "role" and value in _ROLES:
            told.append(_ROLES[value])
        elif name == "campaign":
            told.append(f"№ {value}")
        elif name in _COUNTED and isinstance(value, int):
            told.append(_COUNTED[name].format(value))
        elif name in ("seats", "invited") and isinstance(value, int):
            told.append(plural(value, "человек", "человека", "человек"))
    return f", {', '.join(told)}" if told else ""


_ROLES: Mapping[int | str, str] = {role.value: title for role, title in ROLE_TITLES.items()}

_COUNTED = {
    "added": "новых {}",
    "changed": "изменено {}",
    "moved": "переведено {}",
    "schools": "школ {}",
}
