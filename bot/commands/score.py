"""`python -m bot score`: scores answer sheets collected on paper or in a form."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from services.diagnostics.instrument import Instrument
    from services.diagnostics.sheets.problems import Problem
    from services.diagnostics.sheets.score_file import Outcome
    from services.diagnostics.sheets.summary import Summary

_ROWS_LEFT_OUT = 1
_UNUSABLE = 2
_LONG_WORK_BYTES = {".csv": 50_000_000, ".xlsx": 2_000_000}
"""From what size of a file on a person would wonder whether anything is going on."""
_VALUE_LENGTH = 40


def score(
    instrument: Annotated[
        str, typer.Argument(metavar="INSTRUMENT", help="Код методики, например boyko.", show_default=False)
    ],
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Таблица с ответами, .csv или .xlsx: строка — человек, столбец — вопрос."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Куда записать результаты: .csv или .xlsx.")],
    summary: Annotated[bool, typer.Option("--summary", help="Добавить сводку по группе.")] = False,
    keep_answers: Annotated[bool, typer.Option("--keep-answers", help="Оставить столбцы с ответами.")] = False,
) -> None:
    """Обработать анкеты, собранные на бумаге или в Google Forms.

    Код выхода: 0 — обработаны все строки, 1 — часть строк не обработана, 2 — файл использовать нельзя.
    """
    errors = _console(stderr=True)
    chosen = _instrument(instrument, errors)
    outcome = _scored(chosen, source, out, errors, summary=summary, keep_answers=keep_answers)

    screen = _console()
    screen.print(f"Обработано анкет: {outcome.scored}. Результаты: {out}", soft_wrap=True)
    if outcome.blank:
        screen.print(f"Пустых строк пропущено: {outcome.blank}.")
    if outcome.foreign_numbers:
        from services.diagnostics.sheets.columns import number_ranges

        errors.print(
            f"Столбцы с номерами {number_ranges(outcome.foreign_numbers)} не относятся к методике и оставлены"
            " как есть. Проверьте, та ли методика выбрана.",
            soft_wrap=True,
        )
    if outcome.summary is not None:
        _print_summary(outcome.summary, screen)
        if outcome.summary_path is not None:
            screen.print(f"Сводка: {outcome.summary_path}", soft_wrap=True)
    if outcome.unscored:
        _print_problems(outcome, errors)
        raise typer.Exit(_ROWS_LEFT_OUT)


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    # Square brackets and colons in a file's text are text.
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def _instrument(code: str, errors: "Console") -> "Instrument":
    from services.diagnostics.loading import load_instruments

    known = {name: each for name, each in load_instruments().items() if each.exact and each.plain and each.scales}
    if code not in known:
        errors.print(f"Нет методики «{code}». Есть: {', '.join(sorted(known))}.", soft_wrap=True)
        raise typer.Exit(_UNUSABLE)
    return known[code]


def _scored(
    instrument: "Instrument", source: Path, out: Path, errors: "Console", *, summary: bool, keep_answers: bool
) -> "Outcome":
    from rich.progress import Progress

    from services.diagnostics.sheets.score_file import score_file
    from services.spreadsheets.errors import SheetError

    long_work = source.is_file() and source.stat().st_size > _LONG_WORK_BYTES.get(source.suffix.lower(), 0)
    try:
        with Progress(console=errors, transient=True, disable=not long_work) as progress:
            task = progress.add_task("Обработка", total=None)
            return score_file(
                instrument,
                source,
                out,
                with_summary=summary,
                keep_answers=keep_answers,
                on_progress=lambda done, size: progress.update(task, completed=done, total=size),
            )
    except SheetError as error:
        errors.print(str(error), soft_wrap=True)
    except PermissionError as error:
        errors.print(
            f"Нет доступа к файлу {error.filename}: возможно, он открыт в другой программе.",
            soft_wrap=True,
        )
    except OSError as error:
        errors.print(f"Не удалось прочитать или записать файл: {error}", soft_wrap=True)
    raise typer.Exit(_UNUSABLE)


def _print_problems(outcome: "Outcome", errors: "Console") -> None:
    from rich.table import Table

    from services.diagnostics.sheets.problems import PROBLEM_HEADERS

    table = Table(*PROBLEM_HEADERS, title="Не обработаны", title_justify="left")
    for problem in outcome.problems:
        table.add_row(*_cells(problem))
    errors.print(table)
    rest = outcome.problem_count - len(outcome.problems)
    if rest:
        errors.print(f"И ещё: {rest}.")
    errors.print(
        f"Не обработано строк: {outcome.unscored}. Полный список: {outcome.errors_path}",
        soft_wrap=True,
    )


def _cells(problem: "Problem") -> list[str]:
    from services.diagnostics.sheets.columns import shortened

    texts = [shortened(text, _VALUE_LENGTH) for text in (problem.title, problem.value)]
    # Text from a stranger's file must not steer the terminal.
    title, value = ("".join(letter if letter.isprintable() else "\ufffd" for letter in text) for text in texts)
    return [str(problem.row), problem.column, title, value or "(пусто)", problem.reason]


def _print_summary(summary: "Summary", screen: "Console") -> None:
    from rich.table import Table

    from services.diagnostics.sheets.summary import cell_text, summary_sections

    for section in summary_sections(summary):
        table = Table(title=section.title, title_justify="left")
        for number, header in enumerate(section.headers):
            table.add_column(header, justify="right" if number else "left")
        for row in section.rows:
            table.add_row(*(cell_text(cell) for cell in row))
        screen.print(table)
