"""Screens of a step that is done: what confirms it is asked for, shown, handed in."""

from collections.abc import Sequence
from html import escape

from handlers.iom.card.step_screens import text_of
from handlers.iom.taps import StepTap
from handlers.iom.walking.taps import DoneTap, RemoveEvidenceTap
from handlers.iom.words import cut
from handlers.ui.screen import Row, Screen, button
from services.iom.model import EVIDENCE_LIMIT, Evidence, Step, StepState

QUOTED = 150
KEPT = "Сохранено."
REMOVED = "Убрано."
NO_ROOM = f"Уже {EVIDENCE_LIMIT} подтверждений, больше не поместится. Лишнее можно убрать."
NOT_TAKEN = (
    "Такой файл сохранить не получится. Подойдут фото и документы: PDF, Word, Excel, презентация, текст. "
    "Архив, видео или запись лучше заменить снимком или парой слов."
)
NOTHING_YET = "Сначала напишите пару слов или пришлите фото, файл."
HANDED_IN = "Отправлено на подтверждение."
ALREADY = "Этот шаг уже не ждёт выполнения."
NOT_AGREED = "Этот шаг сначала нужно согласовать."
TAKEN_BACK = "Шаг снова у вас: дополните и отправьте."
DECIDED = "Решение по шагу уже принято."
GONE = "Этого файла уже нет."
COMING = "Файл придёт следующим сообщением."


def evidence(step: Step, given: Sequence[Evidence], note: str = "") -> Screen:
    """Asks for evidence, and shows what is kept already."""
    lines = [f"{note}\n"] if note else []
    lines += ["<b>Чем подтвердить выполнение?</b>", escape(step.plan.title), ""]
    if len(given) < EVIDENCE_LIMIT:
        lines.append(
            "Напишите пару слов, пришлите фото или файл до 5 МБ: сертификат, план урока, ссылку. "
            f"Всё сохраняется сразу, поместится {EVIDENCE_LIMIT} подтверждений."
        )
    rows: list[Row] = []
    if given:
        lines += ["", f"<b>Сохранено: {len(given)} из {EVIDENCE_LIMIT}</b>"]
        lines += [text_of(piece, number).shown(QUOTED) for number, piece in enumerate(given, 1)]
        rows.append((button("Готово, отправить", DoneTap(step=step.id, send=True)),))
        removing = [
            button(f"Убрать {number}", RemoveEvidenceTap(step=step.id, evidence=piece.id))
            for number, piece in enumerate(given, 1)
        ]
        rows += [tuple(removing[start : start + 3]) for start in range(0, len(removing), 3)]
    rows.append((button("‹ К шагу", StepTap(step=step.id)),))
    return Screen("\n".join(lines), tuple(rows))


def refused(step: Step) -> str:
    """Why nothing can be handed in for the step."""
    proposed = step.state is StepState.PLANNED and not step.agreed
    return NOT_AGREED if proposed else ALREADY


def caption(step: Step, words: str) -> str:
    """What stands under a file that is sent back."""
    said = f"\n«{escape(cut(words, 500))}»" if words else ""
    return f"Подтверждение к шагу: {escape(cut(step.plan.title, 300))}{said}"
