"""What comes by the clock: a stage of a program comes to its end."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from handlers.iom.words import days_words, near_date
from handlers.mentoring.programs.taps import StageEndTap, StageOverTap
from handlers.mentoring.taps import ProgramTap
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.programs.program import Stage
from services.mentoring.programs.reminding import Ending
from services.mentoring.programs.wording import STAGE_ABOUT, stage_name

_ASKED = "Если этап пройден, отметьте это: можно добавить итог одной строкой. Нужно ещё время? Продлите его."


def reminder(led: Sequence[Ending], own: Sequence[Ending], names: Mapping[int, str], today: date) -> Screen:
    """One message of everything: stages of the pairs that the reader is the mentor in, and of their own.

    `names` are full names by the ids of people.
    """
    parts, rows = [], []
    if led:
        parts.append(_for_mentor(led, names, today))
        rows += _rows(led, today)
    if own:
        parts += [_for_mentee(each, names, today) for each in own]
        rows += [(_open(each, "Открыть программу"),) for each in own]
    return Screen("\n\n".join(parts), tuple(rows))


def _for_mentor(led: Sequence[Ending], names: Mapping[int, str], today: date) -> str:
    if len(led) == 1:
        [each] = led
        name = stage_name(each.stage.number)
        asks = each.stage.waits(today)
        heading = f"{name.capitalize()} завершён?" if asks else f"{name.capitalize()} подходит к концу"
        return (
            f"<b>{heading}</b>\nПедагог: {_name(names, each.pair.mentee_id)}\n"
            f"{_term(each.stage, today)}\n\nНа этапе: {STAGE_ABOUT[each.stage.number]}.\n\n<i>{_ASKED}</i>"
        )
    lines = [f"<b>Этапы программ подходят к концу: {len(led)}</b>", ""]
    for number, each in enumerate(led, 1):
        name = _name(names, each.pair.mentee_id)
        lines.append(f"{number}. <b>{name}</b>, {stage_name(each.stage.number)}. {_term(each.stage, today)}")
    return "\n".join([*lines, "", f"<i>{_ASKED}</i>"])


def _rows(led: Sequence[Ending], today: date) -> list[Row]:
    if len(led) == 1:
        [each] = led
        return [(_over(each, today, ""), _later(each)), (_open(each, "Открыть программу"),)]
    return [
        (_over(each, today, f"{number}. "), _later(each), _open(each, "Открыть"))
        for number, each in enumerate(led, 1)
    ]


def _for_mentee(each: Ending, names: Mapping[int, str], today: date) -> str:
    name = stage_name(each.stage.number).capitalize()
    return (
        f"<b>{name} вашей программы подходит к концу</b>\nНаставник: {_name(names, each.pair.mentor_id)}\n"
        f"{_term(each.stage, today)}\n\nНа этапе: {STAGE_ABOUT[each.stage.number]}.\n\n"
        "<i>Вспомните, что получилось, и решите, о чём поговорить с наставником на следующей встрече.</i>"
    )


def _term(stage: Stage, today: date) -> str:
    left, day = (stage.ends_on - today).days, near_date(stage.ends_on, today)
    if left < 0:
        return f"Последний день был {day}."
    if left == 0:
        return f"Последний день сегодня, {day}."
    return f"Последний день завтра, {day}." if left == 1 else f"Последний день {day}, через {days_words(left)}."


def _over(each: Ending, today: date, number: str) -> Button:
    title = "Завершён" if number else "Этап завершён" if each.stage.waits(today) else "Завершить раньше"
    return button(f"{number}{title}", StageOverTap(pair=each.pair.id, stage=each.stage.number))


def _later(each: Ending) -> Button:
    return button("Продлить", StageEndTap(pair=each.pair.id, stage=each.stage.number))


def _open(each: Ending, title: str) -> Button:
    return button(title, ProgramTap(pair=each.pair.id))


def _name(names: Mapping[int, str], person_id: int) -> str:
    return escape(names.get(person_id, ""))
