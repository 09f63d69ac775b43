"""Screens on which a mentor changes the program of a pair."""

from collections.abc import Sequence
from html import escape

from handlers.mentoring.programs.card_screens import bullets
from handlers.mentoring.programs.taps import (
    DirectionsTap,
    DirectionTap,
    EditProgramTap,
    EndsTap,
    RewriteTap,
    TemplatesTap,
    TemplateTap,
)
from handlers.mentoring.taps import ProgramTap
from handlers.ui.screen import Row, Screen, button
from services.mentoring.programs.editing import Part
from services.mentoring.programs.program import (
    GOAL_LIMIT,
    LINES_LIMIT,
    LINES_TEXT_LIMIT,
    Direction,
    Program,
)
from services.mentoring.programs.templates import Template
from services.mentoring.programs.wording import DIRECTION_TITLES

_QUESTIONS = {
    Part.GOAL: f"<b>Какой будет цель программы?</b>\n\nНапишите её одним сообщением, до {GOAL_LIMIT} знаков.",
    Part.TASKS: (
        "<b>Какие задачи у программы?</b>\n\nНапишите их одним сообщением, каждую с новой строки: "
        f"не больше {LINES_LIMIT} строк и {LINES_TEXT_LIMIT} знаков."
    ),
    Part.RESULTS: (
        "<b>Каких результатов ждёте?</b>\n\nНапишите их одним сообщением, каждый с новой строки: "
        f"не больше {LINES_LIMIT} строк и {LINES_TEXT_LIMIT} знаков."
    ),
}


def menu(program: Program, *, untouched: bool) -> Screen:
    """What can be changed."""
    pair = program.pair_id
    rows: list[Row] = [
        (
            button("Цель", RewriteTap(pair=pair, part=Part.GOAL)),
            button("Задачи", RewriteTap(pair=pair, part=Part.TASKS)),
        ),
        (
            button("Результаты", RewriteTap(pair=pair, part=Part.RESULTS)),
            button("Направления", DirectionsTap(pair=pair)),
        ),
        (button("Сроки этапов", EndsTap(pair=pair)),),
    ]
    text = "<b>Что изменить в программе?</b>\n\nПедагог и куратор увидят новую версию сразу."
    if untouched:
        rows.append((button("Взять другой шаблон", TemplatesTap(pair=pair)),))
        text += " Пока ничего не менялось, можно взять и другой шаблон целиком."
    return Screen(text, (*rows, (button("‹ К программе", ProgramTap(pair=pair)),)))


def rewriting(program: Program, part: Part, note: str = "") -> Screen:
    """Asks for the words."""
    now = {
        Part.GOAL: [escape(program.goal)],
        Part.TASKS: bullets(program.tasks),
        Part.RESULTS: bullets(program.results),
    }[part]
    before = f"{escape(note)}\n\n" if note else ""
    text = f"{before}{_QUESTIONS[part]}\n\n<i>Сейчас:</i>\n" + "\n".join(now)
    return Screen(text, (_back(program),))


def directions(program: Program) -> Screen:
    """The directions, those of the program with a mark."""
    rows = tuple(
        (
            button(
                f"{'✓ ' if each in program.directions else ''}{DIRECTION_TITLES[each]}",
                DirectionTap(pair=program.pair_id, turn=program.turn, direction=each),
            ),
        )
        for each in Direction
    )
    text = "<b>Направления работы</b>\n\nОтмеченные входят в программу. Нажмите, чтобы добавить или убрать."
    return Screen(text, (*rows, _back(program)))


def templates(program: Program, offered: Sequence[Template]) -> Screen:
    """The templates, each with its goal."""
    lines = ["<b>Шаблоны программ</b>", "", "Шаблон заменит цель, задачи, направления, результаты и сроки этапов."]
    for each in offered:
        mark = " (сейчас)" if each.code == program.template else ""
        lines += ["", f"<b>{escape(each.title)}</b>{mark}", escape(each.goal)]
    rows = tuple(
        (button(each.title, TemplateTap(pair=program.pair_id, turn=program.turn, number=number)),)
        for number, each in enumerate(offered)
        if each.code != program.template
    )
    return Screen("\n".join(lines), (*rows, _back(program)))


def _back(program: Program) -> Row:
    return (
        button("‹ Назад", EditProgramTap(pair=program.pair_id)),
        button("К программе", ProgramTap(pair=program.pair_id)),
    )
