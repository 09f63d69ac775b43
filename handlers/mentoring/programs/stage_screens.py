"""Screens of a stage that is over, or is to end on another day."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.words import days_words, near_date, since_date
from handlers.mentoring.programs.taps import (
    EditProgramTap,
    EndsTap,
    StageDayTap,
    StageDoneTap,
    StageEndTap,
    StageOverTap,
)
from handlers.mentoring.taps import ProgramTap
from handlers.ui.date_picker import calendar
from handlers.ui.screen import Row, Screen, button
from services.mentoring.programs.program import SUMMARY_LIMIT, Program, Stage, StageNumber
from services.mentoring.programs.staging import PROLONGED, prolonged_to
from services.mentoring.programs.wording import STAGE_ABOUT, STAGE_TITLES, stage_name


def over(program: Program, stage: Stage, teacher: str, today: date) -> Screen:
    """Asks whether the stage is over; before its time, whether it is really meant."""
    name, pair = stage_name(stage.number), program.pair_id
    if stage.waits(today):
        text = f"<b>{name.capitalize()} завершён?</b>\n{teacher}\n\nНа этапе: {STAGE_ABOUT[stage.number]}."
    else:
        left = days_words((stage.ends_on - today).days)
        last = stage.number is StageNumber.CONTROL
        following = "после него останется оценить готовность" if last else "следующий этап начнётся сразу"
        text = (
            f"<b>Завершить {name} раньше?</b>\n{teacher}\n\nПо плану он идёт до "
            f"{near_date(stage.ends_on, today)}, осталось {left}. Вернуть его потом не получится, "
            f"{following}."
        )
    text += "\n\nВместе с этим можно написать итог одной строкой: его увидят педагог и куратор."
    done = StageDoneTap(pair=pair, turn=program.turn, stage=stage.number)
    words = StageOverTap(pair=pair, stage=stage.number, words=True)
    yes = "Да, завершён" if stage.waits(today) else "Да, завершить"
    return Screen(
        text,
        (
            (button(yes, done),),
            (button("Написать итог и завершить", words),),
            (button("Продлить этап", StageEndTap(pair=pair, stage=stage.number)),),
            _to_program(pair),
        ),
    )


def summary(program: Program, stage: Stage, note: str = "") -> Screen:
    """Asks what to say of the stage that is over."""
    before = f"{escape(note)}\n\n" if note else ""
    text = (
        f"{before}<b>{STAGE_TITLES[stage.number]} этап: итог</b>\n\nНапишите одной строкой, что получилось, до "
        f"{SUMMARY_LIMIT} знаков. Этап завершится вместе с этим сообщением."
    )
    back = button("‹ Назад", StageOverTap(pair=program.pair_id, stage=stage.number))
    return Screen(text, ((back, button("К программе", ProgramTap(pair=program.pair_id))),))


def ends(program: Program, stages: Sequence[Stage], today: date) -> Screen:
    """The stages that are not over, with their ends."""
    rows: list[Row] = []
    for stage in stages:
        if stage.done_on is None:
            title = f"{STAGE_TITLES[stage.number]}: до {near_date(stage.ends_on, today)}"
            rows.append((button(title, StageEndTap(pair=program.pair_id, stage=stage.number)),))
    if rows:
        text = "<b>Сроки этапов</b>\n\nУ какого этапа изменить последний день?"
    else:
        text = "<b>Сроки этапов</b>\n\nВсе этапы уже завершены, менять нечего."
    back = button("‹ Назад", EditProgramTap(pair=program.pair_id))
    return Screen(text, (*rows, (back, button("К программе", ProgramTap(pair=program.pair_id)))))


def stage_end(program: Program, stage: Stage, today: date, earliest: date, note: str = "") -> Screen:
    """Asks until when the stage goes on."""
    pair = program.pair_id
    rows: list[Row] = []
    for days in PROLONGED:
        day = prolonged_to(stage, days, today)
        if day >= earliest:
            title = f"+ {days_words(days)}: до {near_date(day, today)}"
            rows.append((button(title, _day(program, stage, day)),))
    shown = max(stage.ends_on, earliest).toordinal()
    rows.append((button("Другой день", StageEndTap(pair=pair, stage=stage.number, month=shown)),))
    before = f"{escape(note)}\n\n" if note else ""
    text = (
        f"{before}<b>{STAGE_TITLES[stage.number]} этап: последний день</b>\n\nСейчас: "
        f"{near_date(stage.ends_on, today)}. До какого дня он пойдёт? Если следующему этапу не хватит места, его "
        "срок сдвинется следом."
    )
    back = button("‹ Сроки этапов", EndsTap(pair=pair))
    return Screen(text, (*rows, (back, button("К программе", ProgramTap(pair=pair)))))


def month(program: Program, stage: Stage, shown: date, today: date, earliest: date, latest: date) -> Screen:
    """Days that the stage may end on."""
    days = calendar(
        shown,
        today,
        earliest,
        latest,
        lambda day: _day(program, stage, day),
        lambda day: StageEndTap(pair=program.pair_id, stage=stage.number, month=day.toordinal()),
        stage.ends_on,
    )
    title = STAGE_TITLES[stage.number]
    text = f"<b>{title} этап: последний день</b>\n\nВыберите день, {since_date(earliest, today)}."
    back = button("‹ Назад", StageEndTap(pair=program.pair_id, stage=stage.number))
    return Screen(text, (*days, (back,)))


def _day(program: Program, stage: Stage, day: date) -> StageDayTap:
    return StageDayTap(pair=program.pair_id, turn=program.turn, stage=stage.number, day=day.toordinal())


def _to_program(pair_id: int) -> Row:
    return (button("‹ К программе", ProgramTap(pair=pair_id)),)
