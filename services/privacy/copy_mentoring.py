"""Mentoring in the copy of a person's data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.iom.wording import DOMAIN_TITLES
from services.mentoring.bank.card import FORMAT_TITLES, CardState, MeetFormat
from services.mentoring.life.wording import FORM_TITLES as PAIR_FORMS
from services.mentoring.life.wording import HAPPENINGS, PAUSE_REASONS, STATE_TITLES, end_words
from services.mentoring.meetings.meeting import FORM_TITLES, FileKind, MeetingForm, MeetingState
from services.mentoring.pair import EndReason, PairForm, PairHappening, PairState, PauseReason
from services.mentoring.requests.request import RequestState
from services.privacy.scribe import Record, Scribe

CARD_STATES = {
    CardState.PROPOSED: "вам предложили стать наставником",
    CardState.DRAFT: "черновик",
    CardState.OFFERED: "на рассмотрении",
    CardState.APPROVED: "в банке наставников",
    CardState.RETURNED: "возвращена с замечанием",
    CardState.RESTING: "новых наставляемых нет",
}
REQUEST_STATES = {
    RequestState.DRAFT: "черновик",
    RequestState.OPEN: "ждёт наставника",
    RequestState.PAIRED: "наставник найден",
    RequestState.WITHDRAWN: "отозвана",
}
MEETING_STATES = {
    MeetingState.LOGGED: "ждёт подтверждения",
    MeetingState.CONFIRMED: "подтверждена",
    MeetingState.DISPUTED: "есть возражение",
}
FILE_KINDS = {FileKind.PHOTO: "фото", FileKind.VOICE: "голосовое сообщение", FileKind.DOCUMENT: "файл"}
DECISIONS = {
    "open": "без решения",
    "agreed": "согласовано",
    "by_hand": "выбрано вручную",
    "left_out": "пропущено",
    "sent": "предложено вам обоим",
}
BARS = {"excluded": "куратор решил не предлагать", "conflict": "конфликт интересов"}
DONE = {
    "card": "решали о карточке наставника",
    "request": "подали заявку за педагога",
    "choice": "вас назвали желаемым наставником",
    "run": "подбирали пары",
    "pair": "предложили пару",
    "meeting": "записали встречу",
    "bar": "решили не предлагать пару",
}

Chapter = tuple[str, str, Callable[[Mapping[str, Any]], Record]]


def mentoring_chapters(scribe: Scribe, person_id: int) -> Sequence[Chapter]:
    """Titles, kinds of rows, and how a row is told."""
    record = scribe.record

    def card(row: Mapping[str, Any]) -> Record:
        return record(
            ("Школа", row["place"]),
            ("Состояние", CARD_STATES[CardState(row["state"])]),
            ("Сильные стороны", _domains(row["strengths"])),
            ("Чем можете помочь", row["help_with"]),
            ("Как встречаетесь", _formats(row["formats"])),
            ("Когда", row["times"]),
            ("Сколько наставляемых", row["capacity"]),
            ("Из других школ", "да" if row["reaches_out"] else "нет"),
            ("Охотнее с молодыми педагогами", "да" if row["prefers_early"] else "нет"),
            ("Замечание", row["comment"]),
            ("Создана", row["created_at"]),
            ("Отправлена", row["offered_at"]),
            ("Утверждена", row["approved_at"]),
        )

    def request(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер заявки", row["id"]),
            ("Школа", row["place"]),
            ("Состояние", REQUEST_STATES[RequestState(row["state"])]),
            ("Области", _domains(row["domains"])),
            ("Для чего", row["purpose"]),
            ("Пожелания", row["wishes"]),
            ("Как удобно встречаться", _formats(row["formats"])),
            ("Кого вы хотели бы", ", ".join(filter(None, (row["choice_1"], row["choice_2"], row["choice_3"])))),
            ("Подана", row["created_at"]),
            ("Ждёте с", row["waits_since"]),
            ("Закрыта", row["closed_at"]),
        )

    def pair(row: Mapping[str, Any]) -> Record:
        as_mentor = row["mentor_id"] == person_id
        came_about = row["state"] != PairState.DECLINED
        # Who has declined, or asked to end it, is between them and the curator.
        told = row["end_reason"] and came_about
        ended = (
            end_words(EndReason(row["end_reason"]), to_mentor=as_mentor, to_mentee=not as_mentor) if told else ""
        )
        # Why the mentor rests is the mentor's.
        paused = row["pause_reason"] if as_mentor else None
        return record(
            ("Номер пары", row["id"]),
            ("Школа", row["place"]),
            ("Наставник", "вы" if as_mentor else row["mentor"]),
            ("Наставляемый", "вы" if row["mentee_id"] == person_id else row["mentee"]),
            ("Форма", PAIR_FORMS[PairForm(row["form"])]),
            ("Состояние", STATE_TITLES[PairState(row["state"])]),
            ("Почему вы вдвоём", "; ".join(row["reasons"])),
            ("Предложена", row["proposed_at"]),
            ("Согласована", row["approved_at"]),
            ("Работает с", row["started_on"]),
            ("Последняя встреча", row["last_met_on"]),
            ("Пауза с", row["paused_on"]),
            ("Пауза до", row["paused_until"]),
            ("Причина паузы", PAUSE_REASONS[PauseReason(paused)] if paused else ""),
            ("Завершена", row["ended_on"]),
            ("Почему", ended),
            ("Слова", row["comment"] if came_about else ""),
            ("Оценка готовности", row["readiness_words"]),
            *((f"Готовность: {code}", level) for code, level in (row["readiness"] or {}).items()),
        )

    def program(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер пары", row["pair_id"]),
            ("С", row["starts_on"]),
            ("По", row["ends_on"]),
            ("Цель", row["goal"]),
            ("Задачи", "; ".join(row["tasks"])),
            ("Направления", "; ".join(row["directions"])),
            ("Планируемые результаты", "; ".join(row["results"])),
        )

    def stage(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер пары", row["pair_id"]),
            ("Этап", row["number"]),
            ("Срок", row["ends_on"]),
            ("Завершён", row["done_on"]),
            ("Итог", row["summary"]),
        )

    def meeting(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер встречи", row["id"]),
            ("Номер пары", row["pair_id"]),
            ("День", row["held_on"]),
            ("Минут", row["minutes"]),
            ("Форма", FORM_TITLES[MeetingForm(row["form"])]),
            ("Тема", row["topic"]),
            ("Договорённость", row["agreement"]),
            ("Шаг маршрута", row["step"]),
            ("Следующая встреча", row["next_on"]),
            ("Время", row["next_at"]),
            # The mentor's own words are the mentor's.
            ("Ваше сообщение", row["words"] if row["logged_by"] == person_id else ""),
            ("Состояние", MEETING_STATES[MeetingState(row["state"])]),
            ("Возражение", row["objection"]),
            ("Записана", row["logged_at"]),
            ("Изменена", row["changed_at"]),
            ("Подтверждена", row["confirmed_at"]),
        )

    def draft(row: Mapping[str, Any]) -> Record:
        fields = row["fields"]
        return record(
            ("Номер", row["id"]),
            ("Сообщение", row["words"]),
            ("Тема", _guessed(fields.get("topic"))),
            ("Договорённость", _guessed(fields.get("agreement"))),
            ("Когда", row["created_at"]),
        )

    def file(row: Mapping[str, Any]) -> Record:
        return record(
            ("Что", FILE_KINDS[FileKind(row["kind"])]), ("Файл", row["file_name"]), ("Когда", row["given_at"])
        )

    def event(row: Mapping[str, Any]) -> Record:
        actor = "служба" if row["actor_id"] is None else "другой человек"
        return record(
            ("Номер пары", row["pair_id"]),
            ("Когда", row["at"]),
            ("Кто", "вы" if row["actor_id"] == person_id else actor),
            ("Что", HAPPENINGS[PairHappening(row["what"])]),
            ("Слова", row["words"] if row["actor_id"] == person_id else ""),
        )

    def matching(row: Mapping[str, Any]) -> Record:
        return record(
            ("Когда", row["made_at"]),
            ("Где", row["place"]),
            ("Вы", "наставник" if row["as_mentor"] else "наставляемый"),
            ("Решение", DECISIONS[row["decision"]]),
        )

    def bar(row: Mapping[str, Any]) -> Record:
        return record(
            ("Когда", row["made_at"]),
            ("Вы", "наставник" if row["as_mentor"] else "наставляемый"),
            ("Почему пару не предлагают", BARS[row["reason"]]),
        )

    def decided(row: Mapping[str, Any]) -> Record:
        return record(("Когда", row["at"]), ("Где", row["place"]), ("Что", DONE[row["kind"]]))

    return (
        ("Ваша карточка наставника", "mentor_card", card),
        ("Ваши заявки на наставника", "mentor_requests", request),
        ("Ваши пары", "pairs", pair),
        ("Программы пар", "pair_programs", program),
        ("Этапы программ", "pair_stages", stage),
        ("Встречи", "meetings", meeting),
        ("Незаписанные встречи", "meeting_drafts", draft),
        ("Файлы встреч", "meeting_files", file),
        ("История пар", "pair_history", event),
        ("Подборы пар с вами", "matchings", matching),
        ("Пары, которые не предлагают", "pair_bars", bar),
        ("Наставничество других, в котором вы участвовали", "mentoring_decided", decided),
    )


def _domains(codes: Sequence[str]) -> str:
    return ", ".join(DOMAIN_TITLES.get(code, code) for code in codes)


def _formats(codes: Sequence[str]) -> str:
    return ", ".join(FORMAT_TITLES[MeetFormat(code)] for code in codes)


def _guessed(guess: Any) -> str:
    """What is known for sure, or the likeliest, of a field that a draft keeps."""
    if not isinstance(guess, list):
        return guess or ""
    value, candidates = guess
    return value or (candidates[0] if candidates else "")
