"""A step of a draft, and each of its fields to be changed."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from handlers.iom.drafting.taps import (
    ClearResultTap,
    DraftTap,
    DueTap,
    EditStepTap,
    RemoveStepTap,
    ResponsibleTap,
    RestoreStepTap,
    SetFormTap,
)
from handlers.iom.walking.taps import CancelStepTap
from handlers.iom.words import cut, domain_words, near_date
from handlers.ui.date_picker import calendar
from handlers.ui.russian import long_date
from handlers.ui.screen import Button, Row, Screen, button
from services.iom.drafting import FURTHEST, may_remove
from services.iom.model import RESPONSIBLE_LIMIT, TITLE_LIMIT, WORDS_LIMIT, Form, Route, Step
from services.iom.submitting import may_restore
from services.iom.wording import FORM_TITLES
from services.people.ports import Member

CHOSEN = "✓ "
NAME_SHOWN = 32
MENTORS_SHOWN = 6
CURATOR = "Куратор школы"
NOT_GIVEN = "не указан"


def card(route: Route, step: Step, today: date, note: str = "") -> Screen:
    """All of a step, a button for each field."""
    plan = step.plan
    lines = [f"{escape(note)}\n"] if note else []
    term = f"до {near_date(plan.due_on, today)}"
    if plan.due_on < today:
        term += ", <b>уже прошёл</b>"
    lines += [
        f"<b>{escape(plan.title)}</b>",
        domain_words(plan.domain),
        "",
        f"<b>Форма</b>: {FORM_TITLES[plan.form].lower()}",
        f"<b>Срок</b>: {term}",
        f"<b>Ответственный</b>: {escape(plan.responsible) or NOT_GIVEN}",
        f"<b>Ожидаемый результат</b>: {escape(plan.result) or NOT_GIVEN}",
    ]
    if step.agreed:
        lines += [
            "",
            "<i>Это мероприятие согласовано. Если его изменить, понадобится новое согласование, "
            "а напоминания о нём до тех пор не приходят.</i>",
        ]
    rows: list[Row] = [
        (_field(step, "Название", "title"), _field(step, "Форма", "form")),
        (_field(step, "Срок", "due"), _field(step, "Ответственный", "who")),
        (_field(step, "Ожидаемый результат", "result"),),
    ]
    if may_remove(route, step):
        rows.append((button("Убрать из маршрута", RemoveStepTap(step=step.id)),))
    elif may_restore(route, step):
        rows.append((button("Вернуть как было", RestoreStepTap(step=step.id)),))
    else:
        rows.append((button("Отменить мероприятие", CancelStepTap(step=step.id)),))
    rows.append((button("‹ К черновику", DraftTap(route=route.id)),))
    return Screen("\n".join([*lines, "", "Что изменить?"]), tuple(rows))


def title(step: Step, note: str = "") -> Screen:
    """Asks for another title."""
    return _asking(
        step,
        "Название",
        escape(step.plan.title),
        f"Напишите новое, до {TITLE_LIMIT} знаков.",
        note,
    )


def form(step: Step, *, new: bool) -> Screen:
    """The forms to choose from; of a `new` step the term comes next."""
    rows: list[Row] = [
        (
            button(
                f"{CHOSEN if form is step.plan.form and not new else ''}{FORM_TITLES[form]}",
                SetFormTap(step=step.id, form=form, new=new),
            ),
        )
        for form in Form
    ]
    head = "Мероприятие записано.\n\n" if new else ""
    return Screen(
        f"{head}<b>{escape(step.plan.title)}</b>\n\nВ какой форме оно пройдёт?",
        (*rows, _back(step)),
    )


def due(step: Step, today: date, shown: date | None = None, note: str = "") -> Screen:
    """A calendar of the month of `shown`, or of the present term; the term may be written, too."""
    days = calendar(
        shown or step.plan.due_on,
        today,
        today,
        today + timedelta(days=FURTHEST),
        lambda day: DueTap(step=step.id, day=day.toordinal()),
        lambda day: DueTap(step=step.id, day=day.toordinal(), turn=True),
        step.plan.due_on,
    )
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Срок</b>\n{escape(step.plan.title)}\n\nСейчас: до {long_date(step.plan.due_on)}\n\n"
        "Выберите день или напишите: «15 декабря», «до конца ноября», «через 2 недели».",
        (*days, _back(step)),
    )


def responsible(step: Step, mentors: Sequence[Member], note: str = "") -> Screen:
    """Who answers for the step: oneself, a mentor, the curator, or somebody written."""
    rows: list[Row] = [(button("Я", ResponsibleTap(step=step.id)),)]
    rows += [
        (button(cut(mentor.profile.full_name, NAME_SHOWN), ResponsibleTap(step=step.id, mentor=mentor.id)),)
        for mentor in mentors[:MENTORS_SHOWN]
    ]
    rows.append((button(CURATOR, ResponsibleTap(step=step.id, curator=True)),))
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Ответственный</b>\nСейчас: {escape(step.plan.responsible) or NOT_GIVEN}\n\n"
        f"Выберите или напишите, кто отвечает за мероприятие, до {RESPONSIBLE_LIMIT} знаков.",
        (*rows, _back(step)),
    )


def result(step: Step, note: str = "") -> Screen:
    """Asks for another expected result."""
    present = escape(step.plan.result) or NOT_GIVEN
    screen = _asking(
        step,
        "Ожидаемый результат",
        present,
        f"Напишите, что получится в итоге и чем это подтвердить, до {WORDS_LIMIT} знаков.",
        note,
    )
    if not step.plan.result:
        return screen
    return Screen(screen.text, ((button("Оставить пустым", ClearResultTap(step=step.id)),), *screen.rows))


def _asking(step: Step, name: str, present: str, how: str, note: str) -> Screen:
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(f"{head}<b>{name}</b>\nСейчас: {present}\n\n{how}", (_back(step),))


def _field(step: Step, name: str, field: str) -> Button:
    return button(name, EditStepTap(step=step.id, field=field))


def _back(step: Step) -> Row:
    return (button("‹ Назад", EditStepTap(step=step.id)),)
