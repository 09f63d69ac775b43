"""What is said and asked about files that a mentor sends."""

from collections.abc import Sequence
from html import escape

from handlers.iom.words import cut
from handlers.mentoring.meeting.taps import AttachTap, DropTap
from handlers.mentoring.meeting.words import files_words
from handlers.menu.screens import to_menu
from handlers.ui.russian import form
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.meetings.draft import Draft
from services.mentoring.meetings.meeting import FILES_LIMIT, MeetingFile

WORDS_SHOWN = 500
UNDO = "Это к другой встрече"
DETACHED = "Файл откреплён."
FULL = f"К одной встрече можно приложить файлов: {FILES_LIMIT}. Там уже нет места."


def attached(title: str) -> str:
    """What has been done; HTML."""
    return f"Прикреплено к встрече «{escape(title)}»"


def whose(holding: Draft, files: Sequence[MeetingFile], homes: Sequence[Button], note: str = "") -> Screen:
    """Asks which of these meetings the kept files belong to."""
    head = f"{escape(note)}\n\n" if note else ""
    kept = form(len(files), "Файл сохранён", "Файлы сохранены", "Файлы сохранены")
    listed = f": {files_words(list(files))}" if files else ""
    words = f"\n\n<i>Ваши слова: «{escape(cut(holding.words, WORDS_SHOWN))}»</i>" if holding.words else ""
    rows: list[Row] = [(each,) for each in homes]
    rows.append((button("Новая встреча", AttachTap(draft=holding.id, turn=holding.turn)),))
    rows.append((button("Не сохранять", DropTap(draft=holding.id, turn=holding.turn)),))
    return Screen(f"{head}<b>К какой встрече?</b>\n\n{kept}{listed}.{words}", tuple(rows))


def elsewhere() -> Screen:
    """The files that waited here have been attached."""
    return Screen("Файл уже прикреплён к встрече.", ((to_menu(),),))


def not_taken() -> Screen:
    """A kind of file that is not kept."""
    return Screen(
        "Такой файл сохранить не получится. К встрече можно приложить фото, голосовое, документ, таблицу или "
        "презентацию, до 5 МБ.",
        ((to_menu(),),),
    )
