"""Screens of a step that is put off or cancelled."""

from datetime import date
from html import escape

from handlers.iom.taps import StepTap
from handlers.iom.walking.taps import (
    CancelWhyTap,
    PostponeDayTap,
    PostponeMonthTap,
    PostponeTap,
    PostponeWhyTap,
)
from handlers.iom.words import capitalised, days_words, near_date, term_words
from handlers.ui.date_picker import calendar
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Step
from services.iom.walking import earliest_term, latest_term

DAYS = (3, 7, 14, 30)
POSTPONE_REASONS = ("Не хватило времени", "Мероприятие перенесли", "Болезнь")
CANCEL_REASONS = ("Мероприятие не состоится", "Нашлась замена", "Уже не нужно")
POSTPONED = "Новый срок: {}."
CANCELLED = "Шаг отменён."
NOT_MOVED = "Срок уже не перенести: посмотрите, как сейчас."
RESTING = "Маршрут на паузе: после неё сроки сдвинутся сами."
NOT_CANCELLED = "Этот шаг уже не отменить."
TOO_EARLY = "Новый срок должен быть позже нынешнего: с {}."
TOO_LATE = "Это слишком далеко: выберите день не позже {:%d.%m.%Y}."


def postpone(step: Step, today: date, note: str = "") -> Screen:
    """Asks for how long."""
    choices = [button(days_words(days), PostponeTap(step=step.id, days=days)) for days in DAYS]
    other = button("Другая дата", PostponeMonthTap(step=step.id, month=earliest_term(step, today).toordinal()))
    from_today = " Считаем от сегодняшнего дня." if step.overdue(today) else ""
    return Screen(
        f"{_noted(note)}<b>На сколько отложить?</b>\n{escape(step.plan.title)}\n\n"
        f"{capitalised(term_words(step, today))}.{from_today} Можно и написать, например: до 15 декабря.",
        (tuple(choices[:2]), tuple(choices[2:]), (other,), _back(step)),
    )


def month(step: Step, shown: date, today: date) -> Screen:
    """Days to put the step off to."""
    days = calendar(
        shown,
        today,
        earliest_term(step, today),
        latest_term(step, today),
        lambda day: PostponeDayTap(step=step.id, day=day.toordinal()),
        lambda day: PostponeMonthTap(step=step.id, month=day.toordinal()),
    )
    return Screen(
        f"<b>Новый срок</b>\n{escape(step.plan.title)}\n\nВыберите день или напишите, например: до конца ноября.",
        (*days, (button("‹ Назад", PostponeTap(step=step.id)),)),
    )


def postpone_why(step: Step, due_on: date, today: date, note: str = "") -> Screen:
    """Asks why the step is put off."""
    reasons = tuple(
        (button(reason, PostponeWhyTap(step=step.id, day=due_on.toordinal(), why=number)),)
        for number, reason in enumerate(POSTPONE_REASONS)
    )
    return Screen(
        f"{_noted(note)}<b>Почему переносим?</b>\n{escape(step.plan.title)}\n\n"
        f"Новый срок: {near_date(due_on, today)}. Выберите причину или напишите свою: её увидит наставник или "
        "куратор.",
        (*reasons, (button("‹ Назад", PostponeTap(step=step.id)),)),
    )


def cancel_why(step: Step, note: str = "") -> Screen:
    """Asks why the step is cancelled."""
    reasons = tuple(
        (button(reason, CancelWhyTap(step=step.id, why=number)),) for number, reason in enumerate(CANCEL_REASONS)
    )
    return Screen(
        f"{_noted(note)}<b>Отменить этот шаг?</b>\n{escape(step.plan.title)}\n\n"
        "Напоминать о нём бот перестанет, в истории шаг останется. Выберите причину или напишите свою.",
        (*reasons, _back(step)),
    )


def _noted(note: str) -> str:
    return f"{escape(note)}\n\n" if note else ""


def _back(step: Step) -> Row:
    return (button("‹ К шагу", StepTap(step=step.id)),)
