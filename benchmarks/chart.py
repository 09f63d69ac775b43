"""One chart of a result, and how long the event loop is kept meanwhile."""

import asyncio
import time
from contextlib import suppress

import numpy as np

from benchmarks.figures import Cell, Section, Series, series
from benchmarks.population import DAY, random_sheets
from bot.drawing import Drawing
from services.diagnostics.loading import load_instruments
from services.diagnostics.scoring import score

WARM, QUICK_WARM = 15, 5
TICK = 0.001
FUNCTION = "services.charts.result:draw_result"


async def measure(quick: bool) -> list[Section]:
    """The first chart, with the start of the worker, and warm ones."""
    section = Section(
        "chart",
        "A chart of one result",
        {
            "chart": "Chart",
            "milliseconds": "ms",
            "lag_p50_ms": "Loop lag p50, ms",
            "lag_p99_ms": "Loop lag p99, ms",
        },
        notes=["Lag: by how much a pause of 1 ms is overslept while a chart is drawn; without one, when idle."],
    )
    instrument = load_instruments()["boyko"]
    results = [score(instrument, sheet) for sheet in random_sheets(instrument, 20, seed=3)]
    drawing = Drawing()
    lags: list[float] = []
    watching = asyncio.create_task(_watch(lags))
    try:
        await asyncio.sleep(0.5)
        section.rows.append(_row("none", None, lags))
        for name, repeats in (("first", 1), ("warm", QUICK_WARM if quick else WARM)):
            lags.clear()
            seconds = []
            for number in range(repeats):
                began = time.perf_counter()
                await drawing.draw(FUNCTION, instrument, results[number], DAY.date())
                seconds.append((time.perf_counter() - began) * 1000)
            section.rows.append(_row(name, series(seconds), lags))
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await drawing.close()
    return [section]


def _row(name: str, milliseconds: Series | None, lags: list[float]) -> dict[str, Cell]:
    p50, p99 = (float(np.percentile(lags, share)) for share in (50, 99))
    return {"chart": name, "milliseconds": milliseconds, "lag_p50_ms": round(p50, 2), "lag_p99_ms": round(p99, 2)}


async def _watch(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(TICK)
        lags.append((time.perf_counter() - began - TICK) * 1000)
