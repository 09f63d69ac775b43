"""What is asked about each field of a meeting, with the answers as buttons."""

from datetime import date
from html import escape

from handlers.iom.words import cut
from handlers.mentoring.meeting.taps import (
    AnsweredTap,
    ChooseTap,
    DraftTap,
    DropTap,
    EarlierTap,
    MendTap,
    WithTap,
)
from handlers.mentoring.meeting.view import View
from handlers.mentoring.meeting.words import (
    day_title,
    minutes_words,
    next_words,
    short_name,
    yesterday,
)
from handlers.ui.date_picker import calendar
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.meetings.asking import FURTHEST, LONGEST_AGO, before, questions
from services.mentoring.meetings.draft import Field
from services.mentoring.meetings.meeting import FORM_TITLES, TOPIC_LIMIT

USUAL_MINUTES = (20, 30, 40, 45, 60, 90)
HOURS = range(8, 20)
MENTEES_SHOWN = 20
STEPS_SHOWN = 15
STEP_SHOWN = 60
TITLES = {
    Field.WHOM: "С кем",
    Field.DAY: "Когда",
    Field.FORM: "Форма",
    Field.MINUTES: "Длительность",
    Field.TOPIC: "О чём",
    Field.AGREEMENT: "Договорённость",
    Field.NEXT: "Следующая встреча",
    Field.STEP: "Шаг ИОМ",
}
ASKED = {
    Field.WHOM: "С кем была встреча?",
    Field.DAY: "Когда была встреча?",
    Field.FORM: "Что это было?",
    Field.MINUTES: "Сколько длилась встреча?",
    Field.TOPIC: "О чём была встреча?",
    Field.AGREEMENT: "О чём договорились?",
    Field.NEXT: "Когда следующая встреча?",
    Field.STEP: "К какому шагу маршрута (ИОМ) относится встреча?",
}
_HOW = {
    Field.WHOM: "Выберите или напишите имя.",
    Field.DAY: "Выберите день или напишите: «во вторник», «12.11».",
    Field.FORM: "Выберите форму.",
    Field.MINUTES: "Выберите или напишите: «полтора часа», «50 минут».",
    Field.TOPIC: f"Напишите одной-двумя фразами, до {TOPIC_LIMIT} знаков.",
    Field.AGREEMENT: f"Напишите, до {TOPIC_LIMIT} знаков.",
    Field.NEXT: "Выберите день или напишите: «в четверг в 15:00». Бот напомнит о ней обоим.",
    Field.STEP: "Шаги согласованного маршрута вашего наставляемого.",
}
_SKIP = {
    Field.MINUTES: "Не указывать",
    Field.TOPIC: "Без темы",
    Field.AGREEMENT: "Ни о чём особом",
    Field.NEXT: "Пока не договаривались",
    Field.STEP: "Не связывать с шагом",
}
_OTHER = {
    Field.WHOM: "Кто-то ещё",
    Field.FORM: "Другая форма",
    Field.MINUTES: "По-другому",
    Field.TOPIC: "Написать иначе",
    Field.AGREEMENT: "Написать иначе",
    Field.NEXT: "Другой день",
    Field.STEP: "Другой шаг",
}


def question(
    view: View,
    field: Field,
    note: str = "",
    month: date | None = None,
    *,
    several: bool = False,
    hour: bool = False,
) -> Screen:
    """The whole question; `hour` asks for the hour of the next meeting, `several` for more mentees than one."""
    head = f"{escape(note)}\n\n" if note else ""
    asking = view.draft.fields.asking is field
    place = f"\n<i>{_place(view, field)}</i>" if asking else ""
    if hour:
        text, rows = "В котором часу?\n\nВыберите или напишите, например: 14:30.", _hours(view)
    elif several:
        text, rows = "С кем была встреча?\n\nОтметьте всех, кто был.", _several(view)
    else:
        text, rows = f"{ASKED[field]}\n\n{_HOW[field]}", answers(view, field, month)
    title, _, rest = text.partition("\n")
    return Screen(f"{head}<b>{title}</b>{place}\n{rest}", (*rows, *_ways_out(view, field)))


def _place(view: View, field: Field) -> str:
    asked = questions(view.circle)
    return f"Вопрос {asked.index(field) + 1} из {len(asked)}" if field in asked else ""


def answers(view: View, field: Field, month: date | None = None) -> tuple[Row, ...]:
    """All the answers that are buttons."""
    rows: list[Row] = []
    match field:
        case Field.WHOM:
            rows = _mentees(view)
        case Field.DAY:
            near = (view.today, yesterday(view.today))
            rows = [tuple(_day(view, each) for each in near), *_past_days(view, month)]
        case Field.FORM:
            rows = [(_choice(view, field, title, f"f{form}"),) for form, title in FORM_TITLES.items()]
        case Field.MINUTES:
            usual = [_choice(view, field, minutes_words(each), f"n{each}") for each in USUAL_MINUTES]
            rows = [tuple(usual[:3]), tuple(usual[3:])]
        case Field.NEXT:
            rows = [*_days_ahead(view, month)]
        case Field.STEP:
            steps = view.circle.steps_of(view.draft.fields.whom.value or ())
            rows = [
                (_choice(view, field, cut(step.title, STEP_SHOWN), f"n{step.step_id}"),)
                for step in steps[:STEPS_SHOWN]
            ]
        case _:
            pass
    if field in _SKIP:
        rows.append((_choice(view, field, _SKIP[field], ""),))
    return tuple(rows)


def doubts(view: View, field: Field) -> tuple[Row, ...]:
    """What the words may have meant, and a way to something else."""
    fields = view.draft.fields
    titles: list[str]
    match field:
        case Field.WHOM:
            titles = [", ".join(short_name(view.name(pair)) for pair in pairs) for pairs in fields.whom.candidates]
        case Field.DAY:
            titles = [day_title(each, view.today) for each in fields.held_on.candidates]
        case Field.FORM:
            titles = [FORM_TITLES[each] for each in fields.form.candidates]
        case Field.MINUTES:
            titles = [minutes_words(each) for each in fields.minutes.candidates]
        case Field.TOPIC:
            titles = list(fields.topic.candidates)
        case Field.AGREEMENT:
            titles = list(fields.agreement.candidates)
        case Field.NEXT if fields.next_on.is_sure:
            return _maybe_hours(view)
        case Field.NEXT:
            titles = [next_words(each, fields.next_at.value, view.today) for each in fields.next_on.candidates]
        case Field.STEP:
            titles = [cut(view.step_title(each), STEP_SHOWN) for each in fields.step_id.candidates]
        case _:
            titles = []
    rows: list[Row] = [
        (_choice(view, field, cut(title, STEP_SHOWN), f"c{place}"),) for place, title in enumerate(titles[:6])
    ]
    if field is Field.DAY:
        near = [each for each in (view.today, yesterday(view.today)) if each not in fields.held_on.candidates]
        rows.append((*(_day(view, each) for each in near), _other(view, field, "Другой день")))
    elif not rows:
        return answers(view, field)
    else:
        skip = (_choice(view, field, _SKIP[field], ""),) if field in _SKIP else ()
        rows.append((_other(view, field, _OTHER[field]), *skip))
    return tuple(rows)


def _mentees(view: View) -> list[Row]:
    mentees = view.circle.mentees
    rows: list[Row] = [
        (_choice(view, Field.WHOM, short_name(known.full_name), f"n{known.pair_id}"),)
        for known in mentees[:MENTEES_SHOWN]
    ]
    if len(mentees) > 1:
        rows.append(
            (button("Было несколько человек", MendTap(draft=view.draft.id, field=Field.WHOM, several=True)),)
        )
    return rows


def _several(view: View) -> tuple[Row, ...]:
    draft = view.draft
    chosen = draft.fields.whom.value or ()
    rows: list[Row] = [
        (
            button(
                f"{'✓ ' if known.pair_id in chosen else ''}{short_name(known.full_name)}",
                WithTap(draft=draft.id, turn=draft.turn, pair=known.pair_id),
            ),
        )
        for known in view.circle.mentees[:MENTEES_SHOWN]
    ]
    if chosen:
        rows.append((button("Готово", AnsweredTap(draft=draft.id, turn=draft.turn)),))
    return tuple(rows)


def _past_days(view: View, month: date | None) -> tuple[Row, ...]:
    draft, today = view.draft, view.today
    return calendar(
        month or draft.fields.held_on.value or today,
        today,
        today - LONGEST_AGO,
        today,
        lambda day: _set(view, Field.DAY, f"d{day.toordinal()}"),
        lambda day: MendTap(draft=draft.id, field=Field.DAY, month=day.toordinal()),
        draft.fields.held_on.value,
    )


def _days_ahead(view: View, month: date | None) -> tuple[Row, ...]:
    draft, today = view.draft, view.today
    return calendar(
        month or draft.fields.next_on.value or today,
        today,
        today,
        today + FURTHEST,
        lambda day: _set(view, Field.NEXT, f"d{day.toordinal()}"),
        lambda day: MendTap(draft=draft.id, field=Field.NEXT, month=day.toordinal()),
        draft.fields.next_on.value,
    )


def _hours(view: View) -> tuple[Row, ...]:
    hours = [_choice(view, Field.NEXT, f"{hour}:00", f"h{hour:02}00") for hour in HOURS]
    rows: list[Row] = [tuple(hours[place : place + 4]) for place in range(0, len(hours), 4)]
    return (*rows, (_choice(view, Field.NEXT, "Без времени", "h"),))


def _maybe_hours(view: View) -> tuple[Row, ...]:
    """The hours that the words may have meant for the next meeting, whose day is known."""
    hours = view.draft.fields.next_at.candidates[:4]
    maybe = tuple(_choice(view, Field.NEXT, each.removeprefix("0"), f"h{each.replace(':', '')}") for each in hours)
    other = button("Другой час", MendTap(draft=view.draft.id, field=Field.NEXT, hour=True))
    return (maybe, (other, _choice(view, Field.NEXT, "Без времени", "h")))


def _ways_out(view: View, field: Field) -> tuple[Row, ...]:
    draft = view.draft
    if draft.fields.asking is not field:
        return ((button("‹ К записи", DraftTap(draft=draft.id)),),)
    drop = button("Не записывать", DropTap(draft=draft.id, turn=draft.turn))
    if before(draft.fields, view.circle) is None:
        return ((drop,),)
    return ((button("‹ Назад", EarlierTap(draft=draft.id, turn=draft.turn)), drop),)


def _day(view: View, day: date) -> Button:
    return _choice(view, Field.DAY, day_title(day, view.today), f"d{day.toordinal()}")


def _other(view: View, field: Field, title: str) -> Button:
    return button(title, MendTap(draft=view.draft.id, field=field))


def _choice(view: View, field: Field, title: str, code: str) -> Button:
    return button(title, _set(view, field, code))


def _set(view: View, field: Field, code: str) -> ChooseTap:
    return ChooseTap(draft=view.draft.id, turn=view.draft.turn, field=field, code=code)
