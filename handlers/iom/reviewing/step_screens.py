"""What is asked and said when a step is confirmed or returned."""

from html import escape

from handlers.iom.reviewing.taps import ReturnStepTap
from handlers.iom.taps import StepTap
from handlers.iom.words import cut
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Step

TITLE_SHOWN = 200
READY_FOR_STEP = ("Добавьте подтверждение", "Опишите, что получилось", "Файл не открывается, пришлите другой")
"""Comments that need not be written, numbered from 1."""


def returning(step: Step, teacher: str, problem: str = "") -> Screen:
    """Asks what is missing."""
    head = f"{escape(problem)}\n\n" if problem else ""
    ready: list[Row] = [
        (button(words, ReturnStepTap(step=step.id, ready=number, turn=step.turn)),)
        for number, words in enumerate(READY_FOR_STEP, 1)
    ]
    return Screen(
        f"{head}<b>Вернуть шаг на доработку</b>\n{escape(teacher)}\n{_title(step)}\n\n"
        "Чего не хватает? Выберите или напишите своими словами: комментарий увидит педагог.",
        (*ready, (button("‹ Не возвращать", StepTap(step=step.id)),)),
    )


def confirmed(name: str, step: Step, *, whole: bool) -> str:
    """What has been done; `whole`: nothing is left of the route."""
    text = f"<b>Выполнение подтверждено</b>: {escape(name)}\n{_title(step)}"
    if whole:
        text += "\n\nВсе шаги маршрута пройдены: педагогу предложено подвести итоги."
    return text


def returned(name: str, step: Step, comment: str) -> str:
    """What has been done, with the comment."""
    return (
        f"<b>Шаг возвращён</b>: {escape(name)}\n{_title(step)}\n\n"
        f"«{escape(comment)}»\n\nПедагог получит ваш комментарий."
    )


def _title(step: Step) -> str:
    return f"«{escape(cut(step.plan.title, TITLE_SHOWN))}»"
