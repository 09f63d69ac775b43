"""Scoring answer sheets: the arrays alone, and the whole command on a file; each in a process of its own."""

import asyncio
import csv
import os
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.figures import Section, series
from benchmarks.population import random_sheets
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instruments
from services.diagnostics.scoring import pack, score_sheets

SIZES = (10_000, 100_000, 1_000_000)
QUICK_SIZES = (10_000, 100_000)
REPEATS = 3
SELDOM = 100_000
"""The command is run once on more rows than this."""
DISTINCT = 1_000
ROOT = Path(__file__).parent.parent


async def measure(quick: bool) -> list[Section]:
    """Both tables; a million of rows unless `quick`."""
    sizes = QUICK_SIZES if quick else SIZES
    return [
        await asyncio.to_thread(_arrays, sizes),
        await asyncio.to_thread(_command, sizes, 1 if quick else REPEATS),
    ]


def _arrays(sizes: tuple[int, ...]) -> Section:
    section = Section(
        "score",
        "Scoring packed answers (pack and score_sheets)",
        {"sheets": "Sheets", "seconds": "Seconds", "rate": "Sheets/s", "growth_mb": "Memory, MB"},
        notes=["Memory: the most that scoring takes on top of the sheets, results included."],
    )
    for size in sizes:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_score_apart, args=(theirs, size))
        process.start()
        try:
            seconds, growth = ours.recv()
        finally:
            process.join(60)
        section.rows.append(
            {
                "sheets": size,
                "seconds": series(seconds),
                "rate": series([size / each for each in seconds]),
                "growth_mb": round(growth, 1),
            }
        )
    return section


def _score_apart(pipe: Connection, size: int) -> None:
    instrument = load_instruments()["boyko"]
    sheets = random_sheets(instrument, size, seed=size)
    score_sheets(instrument, pack(sheets[:100]))
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        score_sheets(instrument, pack(sheets))
        seconds.append(time.perf_counter() - began)
    tracemalloc.start()
    score_sheets(instrument, pack(sheets))
    pipe.send((seconds, tracemalloc.get_traced_memory()[1] / 2**20))


def _command(sizes: tuple[int, ...], repeats: int) -> Section:
    section = Section(
        "score_command",
        "python -m bot score boyko FILE.csv",
        {"rows": "Rows", "seconds": "Seconds", "rate": "Rows/s", "peak_mb": "Peak memory, MB"},
        notes=["From the start of the process to its end."],
    )
    instrument = load_instruments()["boyko"]
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        for size in sizes:
            source, target = Path(folder, "sheets.csv"), Path(folder, "scores.csv")
            _write_sheets(instrument, source, size)
            runs = [_run(source, target) for _ in range(1 if size > SELDOM else repeats)]
            with target.open() as lines:
                scored = sum(1 for _ in lines) - 1
            if scored != size:
                raise RuntimeError(f"{scored} of {size} rows were scored")
            section.rows.append(
                {
                    "rows": size,
                    "seconds": series([seconds for seconds, _ in runs]),
                    "rate": series([size / seconds for seconds, _ in runs]),
                    "peak_mb": round(statistics.median(peak for _, peak in runs)),
                }
            )
    return section


def _write_sheets(instrument: Instrument, path: Path, size: int) -> None:
    """A form's table: a code of the person, and an answer an item; some rows come again and again."""
    chance = random.Random(size)
    rows = [",".join(chance.choices(("да", "нет"), k=len(instrument.items))) for _ in range(DISTINCT)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["Код", *range(1, len(instrument.items) + 1)])
        for number in range(size):
            file.write(f"{number},{rows[number % DISTINCT]}\n")


def _run(source: Path, target: Path) -> tuple[float, float]:
    """Seconds, and the peak of resident memory in MB."""
    command = [sys.executable, "-m", "bot", "score", "boyko", str(source), "--out", str(target)]
    began = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        child = os.posix_spawn(
            sys.executable,
            command,
            os.environ | {"PYTHONPATH": str(ROOT)},
            file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), output) for output in (1, 2)],
        )
        _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"the command ended with status {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024
