"""The card of a meeting that is told of: what was understood, what is asked, and what became of it."""

from html import escape

from handlers.iom.words import cut
from handlers.mentoring.meeting.question_screens import ASKED, TITLES, doubts
from handlers.mentoring.meeting.taps import DropTap, MendTap, RestoreTap, SaveTap
from handlers.mentoring.meeting.view import View
from handlers.mentoring.meeting.words import (
    NOT_TOLD,
    day_words,
    files_words,
    minutes_words,
    next_words,
    short_name,
)
from handlers.mentoring.taps import LogTap, MeetingTap
from handlers.menu.screens import to_menu
from handlers.ui.screen import Row, Screen, button
from services.mentoring.meetings.draft import Field, Outcome, doubtful, missing
from services.mentoring.meetings.meeting import FORM_TITLES

WORDS_SHOWN = 500
_SURE = {
    Field.WHOM: "Кто из них?",
    Field.DAY: "В какой день?",
    Field.MINUTES: "Сколько длилась встреча?",
    Field.TOPIC: "О чём была встреча: об этом?",
    Field.AGREEMENT: "Договорились об этом?",
    Field.NEXT: "Следующая встреча — в этот день?",
    Field.STEP: "Встреча относится к этому шагу маршрута?",
}
"""What is asked when the words have said something, but not clearly."""
SURE_HOUR = "Следующая встреча — в этот час?"
PLANNED = (
    "Похоже, эта встреча ещё впереди. Записывают те, что уже прошли: напишите после неё, и я всё запомню. "
    "Если она уже была, выберите день."
)


def card(view: View, note: str = "", more: tuple[Row, ...] = ()) -> Screen:
    """The draft as it is: open, saved or dropped; `more` rows stand before the last."""
    if view.draft.fields.outcome is Outcome.SAVED:
        return _saved(view, note, more)
    if not view.draft.open:
        return _dropped(view, note)
    return _open(view, note, more)


def _open(view: View, note: str, more: tuple[Row, ...]) -> Screen:
    draft, fields = view.draft, view.draft.fields
    lacking = missing(fields)
    asked = next(iter((*lacking, *doubtful(fields))), None)
    lines = [f"{escape(note)}\n"] if note else []
    title = "Изменить запись о встрече" if draft.meeting_id else "Записать встречу"
    lines += [f"<b>{title}</b>", "", *_told(view)]
    if view.objection:
        lines += ["", f"Возражение: «{escape(cut(view.objection, WORDS_SHOWN))}»"]
    if fields.stranger and not fields.whom.is_sure:
        lines += ["", f"Среди ваших наставляемых нет такого имени: «{escape(cut(fields.stranger, 100))}»."]
    if fields.planned and Field.DAY in lacking:
        lines += ["", PLANNED]
    rows: list[Row] = []
    if asked is not None:
        lines += ["", f"<b>{_asked_words(view, asked)}</b>"]
        lines += [f"<i>«{escape(cut(words, WORDS_SHOWN))}»</i>" for words in _long_candidates(view, asked)]
        rows += doubts(view, asked)
    elif not lacking:
        lines += ["", "Всё верно? Поправить можно любой пункт."]
    if not lacking:
        save = "Сохранить изменения" if draft.meeting_id else "Сохранить"
        rows.append((button(save, SaveTap(draft=draft.id, turn=draft.turn)),))
    rows += _mending(view, asked)
    rows += more
    drop = "Не менять" if draft.meeting_id else "Не сохранять"
    rows.append((button(drop, DropTap(draft=draft.id, turn=draft.turn)),))
    return Screen("\n".join(lines), tuple(rows))


def _saved(view: View, note: str, more: tuple[Row, ...]) -> Screen:
    draft = view.draft
    lines = [f"{escape(note)}\n"] if note else []
    if draft.meeting_id is not None:
        lines += ["<b>Запись изменена</b>", "", *_told(view)]
        rows: list[Row] = [(button("Открыть встречу", MeetingTap(meeting=draft.meeting_id)),)]
        return Screen("\n".join(lines), (*rows, *more, (to_menu(),)))
    lines += ["<b>Встреча записана</b>", "", *_told(view)]
    if view.meetings:
        names = ", ".join(short_name(view.name(meeting.pair_id)) for meeting in view.meetings)
        lines += ["", f"Подтвердить запись бот попросит: {escape(names)}."]
    else:
        lines += ["", "Потом запись удалили."]
    rows = [
        (
            button(
                f"Открыть: {short_name(view.name(meeting.pair_id))}"
                if len(view.meetings) > 1
                else "Открыть встречу",
                MeetingTap(meeting=meeting.id),
            ),
        )
        for meeting in view.meetings
    ]
    return Screen("\n".join(lines), (*rows, *more, (button("Записать ещё", LogTap()), to_menu())))


def _dropped(view: View, note: str) -> Screen:
    draft = view.draft
    lines = [f"{escape(note)}\n"] if note else []
    lines += ["<b>Запись не изменена</b>" if draft.meeting_id else "<b>Не сохранено</b>"]
    if draft.words:
        lines += ["", f"<i>«{escape(cut(draft.words, WORDS_SHOWN))}»</i>"]
    if view.files:
        lines += ["", f"Приложено: {files_words(list(view.files))}"]
    lines += ["", "Если передумаете, запись можно вернуть."]
    rows: list[Row] = [(button("Вернуть", RestoreTap(draft=draft.id, turn=draft.turn)),)]
    if draft.meeting_id is not None:
        rows.append((button("‹ К встрече", MeetingTap(meeting=draft.meeting_id)),))
    return Screen("\n".join(lines), (*rows, (to_menu(),)))


def _told(view: View) -> list[str]:
    """One line for each field."""
    fields, today = view.draft.fields, view.today
    whom = escape(view.names(fields.whom.value)) if fields.whom.value else ""
    day = day_words(fields.held_on.value, today) if fields.held_on.value else ""
    form = FORM_TITLES[fields.form.value] if fields.form.value else ""
    minutes = minutes_words(fields.minutes.value) if fields.minutes.value else ""
    lines = [
        f"С кем: {whom or NOT_TOLD}",
        f"Когда: {day or NOT_TOLD}",
        f"Форма: {form or NOT_TOLD}",
        f"Длительность: {minutes or NOT_TOLD}",
        f"О чём: {escape(fields.topic.value or '') or NOT_TOLD}",
    ]
    if fields.agreement.value:
        lines.append(f"Договорились: {escape(fields.agreement.value)}")
    if fields.next_on.value is not None:
        lines.append(f"Следующая встреча: {next_words(fields.next_on.value, fields.next_at.value, today)}")
    if fields.step_id.value is not None and (step := view.step_title(fields.step_id.value)):
        lines.append(f"Шаг ИОМ: {escape(cut(step, 200))}")
    if view.files:
        lines.append(f"Приложено: {files_words(list(view.files))}")
    if view.draft.words:
        lines += ["", f"<i>Ваши слова: «{escape(cut(view.draft.words, WORDS_SHOWN))}»</i>"]
    return lines


def _asked_words(view: View, asked: Field) -> str:
    fields = view.draft.fields
    maybe = {
        Field.WHOM: bool(fields.whom.candidates),
        Field.DAY: bool(fields.held_on.candidates),
        Field.MINUTES: True,
        Field.TOPIC: True,
        Field.AGREEMENT: True,
        Field.NEXT: True,
        Field.STEP: True,
    }
    if asked is Field.NEXT and fields.next_on.is_sure:
        return SURE_HOUR
    return _SURE[asked] if maybe.get(asked) else ASKED[asked]


def _long_candidates(view: View, asked: Field) -> tuple[str, ...]:
    """What a button has no room for."""
    fields = view.draft.fields
    return {Field.TOPIC: fields.topic.candidates, Field.AGREEMENT: fields.agreement.candidates}.get(asked, ())


def _mending(view: View, asked: Field | None) -> list[Row]:
    """A button to mend each field that is not just being asked about."""
    draft = view.draft
    fields = [each for each in Field if each is not asked]
    if draft.meeting_id is not None:
        fields.remove(Field.WHOM)
    if not view.circle.steps_of(draft.fields.whom.value or ()):
        fields = [each for each in fields if each is not Field.STEP]
    buttons = [button(TITLES[each], MendTap(draft=draft.id, field=each)) for each in fields]
    return [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]


def how_to_log() -> str:
    """A line about messages for somebody whose words were not understood."""
    return (
        "Чтобы записать встречу, напишите о ней: например, «сегодня 40 минут разбирали с Анной план урока». "
        "Или нажмите /log."
    )


def nobody(note: str = "") -> Screen:
    """There is nobody whose meeting could be logged."""
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Записать встречу</b>\n\nСейчас у вас нет пары, в которой вы наставник. "
        "Как только пара будет согласована, встречи можно будет записывать здесь.",
        ((to_menu(),),),
    )
