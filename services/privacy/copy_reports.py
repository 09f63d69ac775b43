"""Reports and events in the copy of a person's data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.privacy.scribe import Record, Scribe
from services.reporting.periods import by_key

TAKING_PART = {"invited": "приглашение", "signed_up": "запись", "declined": "отказ"}
EVENT_STATES = {"planned": "запланировано", "held": "проведено", "cancelled": "отменено"}
PUSHES = {
    "weekly": "сводка недели",
    "monthly": "сводка месяца",
    "alerts": "сигналы",
    "cyclogram": "мониторинги по циклограмме",
}
OFTEN = {"on": "присылать", "off": "не присылать", "weekly": "раз в неделю"}

Chapter = tuple[str, str, Callable[[Mapping[str, Any]], Record]]


def report_chapters(scribe: Scribe, person_id: int) -> Sequence[Chapter]:
    """Titles, kinds of rows, and how a row is told."""
    record = scribe.record

    def event(row: Mapping[str, Any]) -> Record:
        return record(
            ("Мероприятие", row["title"]),
            ("Когда", row["held_on"]),
            ("Школа", row["place"]),
            ("Участие", TAKING_PART[row["state"]]),
            ("Запись", row["signed_up_at"]),
            ("Посещение", row["attended"]),
            ("Ваша оценка", row["mark"]),
            ("Ваши слова", row["words"]),
        )

    def led(row: Mapping[str, Any]) -> Record:
        return record(
            ("Мероприятие", row["title"]),
            ("Когда", row["held_on"]),
            ("Где", row["place"]),
            ("Вы", "отвечаете за него" if row["responsible_id"] == person_id else "внесли его в план"),
            ("Состояние", EVENT_STATES[row["state"]]),
        )

    def given(row: Mapping[str, Any]) -> Record:
        of = "" if row["denominator"] is None else f" из {row['denominator']:g}"
        return record(
            ("Где", row["place"]),
            ("Период", _period(row["period"])),
            ("Показатель", row["indicator"]),
            ("Введено", f"{row['numerator']:g}{of}"),
            ("Когда", row["given_at"]),
        )

    def statement(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер", row["id"]),
            ("Где", row["place"]),
            ("Период", _period(row["period"])),
            ("Когда", row["asked_at"]),
        )

    def choice(row: Mapping[str, Any]) -> Record:
        return record(("Где", row["place"]), ("Период", _period(row["period"])))

    def setting(row: Mapping[str, Any]) -> Record:
        return record(("Что", PUSHES[row["what"]]), ("Как часто", OFTEN.get(row["how"], row["how"])))

    def mark(row: Mapping[str, Any]) -> Record:
        return record(("Что", PUSHES.get(row["what"], row["what"])), ("За какое время", row["period"]))

    return (
        ("Мероприятия, в которых вы участвовали", "events", event),
        ("Мероприятия, которые вы вели", "events_led", led),
        ("Цифры прошлых периодов, которые вы ввели", "amounts_given", given),
        ("Справки, которые вы запрашивали", "statements", statement),
        ("Ваш последний отчёт", "report_choice", choice),
        ("Как часто присылать сводки", "push_settings", setting),
        ("Последние присланные сводки", "push_marks", mark),
    )


def _period(key: str) -> str:
    found = by_key(key)
    return found.title if found is not None else key
