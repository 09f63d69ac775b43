"""Messages about meetings that come by themselves."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.words import cut, near_date
from handlers.mentoring.confirming.card_screens import answer_row
from handlers.mentoring.confirming.taps import ChangeMeetingTap, MoveTap, SeenTap
from handlers.mentoring.confirming.words import brief, button_title, fields_lines, next_words
from handlers.mentoring.taps import LogTap, MeetingListTap, MeetingTap
from handlers.ui.screen import Row, Screen, button
from services.mentoring.meetings.meeting import FORM_TITLES, Meeting, MeetingForm
from services.people.names import short_name

OTHERS_SHOWN = 6


def to_confirm(
    meeting: Meeting, mentor: str, step: str, others: Sequence[Meeting], today: date, *, again: bool
) -> Screen:
    """To the mentee: was it so? `others` wait as well; `again`: they are reminded."""
    if again:
        heading = "<b>Встреча ждёт вашего ответа</b>"
        last = "Если всё так, подтвердите, пожалуйста: это займёт секунду. Больше бот напоминать не будет."
    else:
        heading, last = "<b>Записана встреча с вами</b>", "Всё было так?"
    lines = [
        heading,
        f"Наставник: {escape(short_name(mentor))}",
        "",
        *fields_lines(meeting.told, today, step),
        "",
        last,
    ]
    rows: list[Row] = [answer_row(meeting)]
    if others:
        lines += ["", f"<b>Ещё ждут ответа: {len(others)}</b>"]
        lines += [f"• {brief(other, today)}" for other in others[:OTHERS_SHOWN]]
        rows += [(button(button_title(other), MeetingTap(meeting=other.id)),) for other in others[:OTHERS_SHOWN]]
        rows.append((button("Все встречи", MeetingListTap(pair=meeting.pair_id)),))
    return Screen("\n".join(lines), tuple(rows))


def disputed(meeting: Meeting, mentee: str, today: date) -> Screen:
    """To the mentor: the mentee says that it was otherwise."""
    lines = [
        "<b>По встрече есть возражение</b>",
        f"Наставляемый: {escape(short_name(mentee))}",
        "",
        brief(meeting, today),
        "",
    ]
    lines += [f"«{escape(meeting.objection)}»", "", "Посмотрите, пожалуйста, и поправьте запись."]
    change = button("Изменить", ChangeMeetingTap(meeting=meeting.id))
    return Screen("\n".join(lines), ((change, button("Открыть", MeetingTap(meeting=meeting.id))),))


def moved(meeting: Meeting, mentor: str, today: date) -> Screen:
    """To the mentee: the agreed next meeting is on another day, or is off."""
    when = next_words(meeting.told, today)
    text = f"<b>Встреча перенесена</b>\nНаставник: {escape(short_name(mentor))}\n\nТеперь: {when}."
    if not when:
        text = (
            f"<b>Следующая встреча снята</b>\nНаставник: {escape(short_name(mentor))}\n\nО новом дне договоритесь "
            "вместе."
        )
    return Screen(text, ((button("Открыть", MeetingTap(meeting=meeting.id)),),))


def deleted(pair_id: int, before: dict[str, object], mentor: str, today: date) -> Screen:
    """To the mentee: a meeting about which they had said something is deleted; `before` is how it was."""
    day = near_date(date.fromisoformat(str(before["held_on"])), today)
    form = FORM_TITLES[MeetingForm(str(before["form"]))].lower()
    topic = f", «{escape(cut(str(before['topic']), 200))}»" if before["topic"] else ""
    text = (
        f"<b>Запись о встрече удалена</b>\nНаставник: {escape(short_name(mentor))}\n\n{day}, {form}{topic}\n\n"
        "Если встреча была, скажите об этом наставнику или куратору."
    )
    return Screen(text, ((button("Все встречи", MeetingListTap(pair=pair_id)),),))


def soon(meeting: Meeting, other: str, today: date, *, leads: bool) -> Screen:
    """To both: the agreed meeting is near; `leads`: the reader is the mentor."""
    told = meeting.told
    whose = "Наставляемый" if leads else "Наставник"
    when = next_words(told, today)
    lines = ["<b>Скоро встреча</b>", f"{whose}: {escape(short_name(other))}", ""]
    lines.append(f"{when[:1].upper()}{when[1:]}.")
    if told.agreement:
        lines.append(f"Договорились: {escape(told.agreement)}")
    if not leads:
        fine = button("Хорошо", SeenTap(meeting=meeting.id))
        return Screen("\n".join(lines), ((fine, button("Открыть", MeetingTap(meeting=meeting.id))),))
    lines += ["", "<i>После встречи просто напишите боту, как она прошла.</i>"]
    log = button("Записать встречу", LogTap(pair=meeting.pair_id))
    return Screen("\n".join(lines), ((log,), (button("Перенести", MoveTap(meeting=meeting.id)),)))


def file_caption(meeting: Meeting, other: str, today: date) -> str:
    """What is said under a file of the meeting."""
    return f"<b>Файл встречи</b>\n{escape(short_name(other))}\n{brief(meeting, today)}"
