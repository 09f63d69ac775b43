"""Routes (ИОМ) in the copy of a person's data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.iom.model import EvidenceKind, Form, Happening, PauseReason, RouteKind, RouteState, StepState
from services.iom.wording import (
    DOMAIN_TITLES,
    FORM_TITLES,
    HAPPENINGS,
    KIND_TITLES,
    PAUSE_REASONS,
    ROUTE_STATES,
    STEP_STATES,
)
from services.privacy.scribe import Record, Scribe

EVIDENCE = {EvidenceKind.TEXT: "слова", EvidenceKind.PHOTO: "фото", EvidenceKind.DOCUMENT: "файл"}

Chapter = tuple[str, str, Callable[[Mapping[str, Any]], Record]]


def route_chapters(scribe: Scribe, person_id: int) -> Sequence[Chapter]:
    """Titles, kinds of rows, and how a row is told."""
    record = scribe.record

    def route(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер маршрута", row["id"]),
            ("Школа", row["place"]),
            ("Для чего", KIND_TITLES[RouteKind(row["kind"])]),
            ("Состояние", ROUTE_STATES[RouteState(row["state"])]),
            ("Дефициты", ", ".join(DOMAIN_TITLES.get(code, code) for code in row["deficits"])),
            ("Наставник", row["mentor_name"]),
            ("Замечание", row["comment"]),
            ("Составлен", row["created_at"]),
            ("Отправлен на согласование", row["submitted_at"]),
            ("Согласован", row["agreed_at"]),
            ("Завершён", row["closed_at"]),
            *((f"Рефлексия: {code}", words) for code, words in row["reflection"].items()),
        )

    def step(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер шага", row["id"]),
            ("Номер маршрута", row["route_id"]),
            ("Область", DOMAIN_TITLES.get(row["domain"], row["domain"])),
            ("Мероприятие", row["title"]),
            ("Форма", FORM_TITLES[Form(row["form"])]),
            ("Срок", row["due_on"]),
            ("Срок сначала", row["first_due_on"]),
            ("Ответственный", row["responsible"]),
            ("Ожидаемый результат", row["result"]),
            ("Состояние", STEP_STATES[StepState(row["state"])]),
            ("Пояснение", row["comment"]),
            ("Отправлен на подтверждение", row["done_at"]),
            ("Подтверждён", row["confirmed_at"]),
        )

    def evidence(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер шага", row["step_id"]),
            ("Что", EVIDENCE[EvidenceKind(row["kind"])]),
            ("Слова", row["words"]),
            ("Файл", row["file_name"]),
            ("Когда", row["given_at"]),
        )

    def pause(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер маршрута", row["route_id"]),
            ("Причина", PAUSE_REASONS[PauseReason(row["reason"])]),
            ("С", row["starts_on"]),
            ("По", row["ends_on"]),
        )

    def event(row: Mapping[str, Any]) -> Record:
        actor = "служба" if row["actor_id"] is None else "другой человек"
        return record(
            ("Номер маршрута", row["route_id"]),
            ("Когда", row["at"]),
            ("Кто", "вы" if row["actor_id"] == person_id else actor),
            ("Что", HAPPENINGS[Happening(row["what"])]),
            ("Слова", row["words"]),
        )

    def kept(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер маршрута", row["id"]),
            ("Школа", row["place"]),
            ("Вы", "наставник" if row["as_mentor"] else "согласовали или подтвердили"),
            ("Составлен", row["created_at"]),
            ("Согласован", row["agreed_at"]),
        )

    return (
        ("Ваши маршруты (ИОМ)", "routes", route),
        ("Шаги маршрутов", "steps", step),
        ("Подтверждения шагов", "evidence", evidence),
        ("Паузы маршрутов", "pauses", pause),
        ("История маршрутов", "history", event),
        ("Маршруты других, в которых вы участвовали", "routes_kept", kept),
    )
