"""What a pair's history keeps of a meeting that was changed: how it was, and what became different in words."""

from collections.abc import Iterator

from services.mentoring.meetings.meeting import FORM_TITLES, Meeting, Told

_NONE = "нет"


def as_json(meeting: Meeting) -> dict[str, object]:
    """The meeting as plain JSON, without the mentor's original words, which nobody but them reads."""
    told = meeting.told
    return {
        "held_on": told.held_on.isoformat(),
        "form": told.form.value,
        "minutes": told.minutes,
        "topic": told.topic,
        "agreement": told.agreement,
        "next_on": told.next_on.isoformat() if told.next_on is not None else None,
        "next_at": told.next_at,
        "step_id": told.step_id,
        "state": meeting.state.value,
        "objection": meeting.objection,
    }


def changes(before: Told, after: Told) -> str:
    """What is different, field by field: «длительность: 40 мин → 60 мин»; empty when nothing is."""
    return "; ".join(_changes(before, after))


def in_words(told: Told) -> str:
    """The whole meeting in a line, for one that is deleted."""
    topic = f", «{told.topic}»" if told.topic else ""
    length = f", {told.minutes} мин" if told.minutes is not None else ""
    return f"{told.held_on:%d.%m.%Y}, {FORM_TITLES[told.form]}{length}{topic}"


def _changes(before: Told, after: Told) -> Iterator[str]:
    pairs = (
        ("день", f"{before.held_on:%d.%m.%Y}", f"{after.held_on:%d.%m.%Y}"),
        ("длительность", _length(before), _length(after)),
        ("форма", FORM_TITLES[before.form], FORM_TITLES[after.form]),
        ("тема", _quoted(before.topic), _quoted(after.topic)),
        ("договорённость", _quoted(before.agreement), _quoted(after.agreement)),
        ("следующая встреча", _next(before), _next(after)),
    )
    for name, was, now in pairs:
        if was != now:
            yield f"{name}: {was} → {now}"
    if before.step_id != after.step_id:
        yield "шаг маршрута: убран" if after.step_id is None else "шаг маршрута: выбран другой"


def _length(told: Told) -> str:
    return f"{told.minutes} мин" if told.minutes is not None else "не указана"


def _quoted(words: str) -> str:
    return f"«{words}»" if words else _NONE


def _next(told: Told) -> str:
    if told.next_on is None:
        return _NONE
    return f"{told.next_on:%d.%m.%Y}" + (f" в {told.next_at}" if told.next_at else "")
