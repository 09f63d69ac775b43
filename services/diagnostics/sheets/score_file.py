"""Scores a file of answer sheets block by block, and lists the rows that cannot be scored."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import score_sheets
from services.diagnostics.sheets.answers import AnswerReader
from services.diagnostics.sheets.columns import Columns, count_items, find_columns
from services.diagnostics.sheets.csv_output import CsvOutput
from services.diagnostics.sheets.output import Output, check_output_name, open_output
from services.diagnostics.sheets.problems import PROBLEM_HEADERS, Problem, as_problem, check_rows
from services.diagnostics.sheets.results import result_columns, result_headers
from services.diagnostics.sheets.staging import StagedFiles
from services.diagnostics.sheets.summary import Summary, SummaryCounter
from services.spreadsheets.errors import SheetError
from services.spreadsheets.table import Table, column_name, open_table

PROBLEMS_KEPT = 20

OnProgress = Callable[[int, int], None]
"""Told how much has been read, of how much."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: people `scored` and rows `unscored`, blank rows not counted in either.

    `problems` are the first PROBLEMS_KEPT of `problem_count`; `errors_path` has all of them, and is None when
    there are none. `summary_path` is None unless the summary has a file of its own. `foreign_numbers` are
    numbered columns past the last item, carried through: perhaps the file is of another instrument.
    """

    scored: int
    unscored: int
    blank: int
    problems: tuple[Problem, ...]
    problem_count: int
    errors_path: Path | None
    summary: Summary | None
    summary_path: Path | None
    foreign_numbers: tuple[int, ...]


def score_file(
    instrument: Instrument,
    source: Path,
    target: Path,
    *,
    with_summary: bool = False,
    keep_answers: bool = False,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """Scores the sheets of `source` into `target`; both are .csv or .xlsx, by their names.

    Rows with a missing or unknown answer are left out of `target` and listed beside it, in `….errors.csv`
    (the summary of a .csv goes to `….summary.csv`). All files appear together at the end, or none. Raises
    SheetError when the file cannot be used at all, OSError when a file cannot be read or written.
    """
    if not (instrument.plain and instrument.exact and instrument.scales):
        raise SheetError(
            f"Методику «{instrument.id}» по таблице не посчитать: в ней не только вопросы с общими вариантами."
        )
    check_output_name(target)
    errors_path = target.with_suffix(".errors.csv")
    summary_path = target.with_suffix(".summary.csv")
    _refuse_overwriting(source, (target, errors_path, summary_path))
    table = open_table(source, lambda headers: count_items(headers, instrument))
    columns = find_columns(table.headers, instrument)
    carried = sorted([*columns.carried, *columns.items]) if keep_answers else columns.carried
    headers = [*(table.headers[position] for position in carried), *result_headers(instrument)]
    foreign = [column_name(position) for position in columns.carried]

    own_summary = with_summary and target.suffix.lower() == ".csv"
    work = _Work(instrument, table, columns, [column_name(position) for position in carried])
    summary: Summary | None = None

    with StagedFiles() as staged:
        errors_part = staged.stage(errors_path)
        summary_part = staged.stage(summary_path) if own_summary else summary_path
        target_part = staged.stage(target)
        with (
            closing(CsvOutput(errors_part, summary_path, PROBLEM_HEADERS, ("title", "value"))) as errors,
            closing(open_output(target.suffix.lower(), target_part, summary_part, headers, foreign)) as output,
        ):
            work.run(output, errors, on_progress)
            if with_summary:
                summary = work.counter.summary()
                output.write_summary(summary)
        if not work.scored and not work.unscored:
            raise SheetError("В файле только заголовки: нет ни одной строки с ответами.")
        if not work.problem_count:
            staged.drop(errors_path)
    return Outcome(
        scored=work.scored,
        unscored=work.unscored,
        blank=work.blank,
        problems=tuple(work.problems),
        problem_count=work.problem_count,
        errors_path=errors_path if work.problem_count else None,
        summary=summary,
        summary_path=summary_path if own_summary else None,
        foreign_numbers=columns.foreign_numbers,
    )


class _Work:
    """The run over the blocks and what it has counted."""

    def __init__(self, instrument: Instrument, table: Table, columns: Columns, carried: list[str]) -> None:
        self._instrument = instrument
        self._table = table
        self._columns = columns
        self._carried = carried
        self._items = [column_name(position) for position in columns.items]
        self._reader = AnswerReader(instrument)
        self.counter = SummaryCounter(instrument)
        self.scored = 0
        self.unscored = 0
        self.blank = 0
        self.problems: list[Problem] = []
        self.problem_count = 0

    def run(self, output: Output, errors: CsvOutput, on_progress: OnProgress | None) -> None:
        for block in self._table.blocks:
            codes = self._reader.read(block.frame, self._items)
            checked = check_rows(block, codes, self._columns, self._table.headers)
            scores = score_sheets(self._instrument, codes[checked.good])
            self.counter.add(scores)
            results = result_columns(self._instrument, scores)
            if self._carried:
                kept = block.frame.select(self._carried).filter(pl.Series(checked.good))
                results = kept.hstack(results.get_columns())
            output.write(results)
            errors.write(checked.problems)

            good, blank = int(checked.good.sum()), int(checked.blank.sum())
            self.scored += good
            self.blank += blank
            self.unscored += block.frame.height - good - blank
            room = PROBLEMS_KEPT - len(self.problems)
            self.problems += [as_problem(row) for row in checked.problems.head(room).iter_rows()]
            self.problem_count += checked.problems.height
            if on_progress is not None:
                on_progress(block.done, self._table.size)


def _refuse_overwriting(source: Path, targets: tuple[Path, ...]) -> None:
    for target in targets:
        same = target.resolve() == source.resolve()
        if same or (source.exists() and target.exists() and target.samefile(source)):
            raise SheetError(f"Результат затёр бы исходный файл: выберите другое имя вместо «{target.name}».")
