"""The worker process that draws: what it gives, how it fails, and when it ends."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.drawing import Drawing, DrawingError

ME = __name__
ROOT = Path(__file__).parents[2]


def pid() -> bytes:
    """Called in the worker."""
    return str(os.getpid()).encode()


def die_once(marker: str) -> bytes:
    """Called in the worker: the first call kills it."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"drawn"


def refuse(reason: str) -> bytes:
    """Called in the worker."""
    raise ValueError(reason)


@pytest.fixture
async def drawing():
    made = Drawing()
    yield made
    await made.close()
    assert multiprocessing.active_children() == []


async def _pid(drawing: Drawing) -> int:
    return int(await drawing.draw(f"{ME}:pid"))


def _is_alive(worker: int) -> bool:
    return any(child.pid == worker for child in multiprocessing.active_children())


async def _ended(worker: int) -> bool:
    for _ in range(100):
        if not _is_alive(worker):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_the_worker_starts_with_the_first_chart_and_stays(drawing):
    assert multiprocessing.active_children() == []
    first = await _pid(drawing)
    assert first != os.getpid()
    assert await _pid(drawing) == first


async def test_charts_asked_for_at_once_are_all_drawn(drawing):
    assert len(set(await asyncio.gather(*(_pid(drawing) for _ in range(5))))) == 1


async def test_a_worker_killed_while_idle_is_replaced(drawing):
    first = await _pid(drawing)
    os.kill(first, signal.SIGKILL)
    second = await _pid(drawing)
    assert second != first


async def test_a_worker_that_dies_in_a_chart_gets_one_more_try(drawing, tmp_path):
    assert await drawing.draw(f"{ME}:die_once", str(tmp_path / "died")) == b"drawn"


async def test_a_chart_that_kills_every_worker_is_given_up(drawing):
    with pytest.raises(DrawingError, match="died twice"):
        await drawing.draw("os:_exit", 1)
    assert await _pid(drawing)


async def test_a_chart_that_takes_too_long_is_stopped():
    drawing = Drawing(time_limit=4)
    stuck = await _pid(drawing)
    with pytest.raises(DrawingError, match="more than 4 s"):
        await drawing.draw("time:sleep", 600)
    assert await _ended(stuck)
    assert await _pid(drawing) != stuck
    await drawing.close()


async def test_nobody_waits_for_a_chart_that_is_not_wanted_any_more(drawing):
    first = await _pid(drawing)
    unwanted = asyncio.create_task(drawing.draw("time:sleep", 600))
    await asyncio.sleep(0.2)
    unwanted.cancel()
    with pytest.raises(asyncio.CancelledError):
        await unwanted
    assert await asyncio.wait_for(_pid(drawing), 10) != first


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (f"{ME}:refuse", ("two tests are needed",)),
        ("services.charts.nothing:draw", ()),
        ("os:getpid", ()),
        (f"{ME}:refuse", (lambda: "not picklable",)),
    ],
)
async def test_what_goes_wrong_in_a_chart_is_one_error_and_harms_no_other(drawing, function, args, caplog):
    first = await _pid(drawing)
    with pytest.raises(DrawingError) as failed:
        await drawing.draw(function, *args)
    assert failed.value.__cause__ is not None
    assert function in caplog.text
    assert await _pid(drawing) == first


async def test_closing_ends_a_chart_in_the_middle():
    drawing = Drawing()
    worker = await _pid(drawing)
    halfway = asyncio.create_task(drawing.draw("time:sleep", 600))
    await asyncio.sleep(0.2)
    await asyncio.wait_for(drawing.close(), 10)
    with pytest.raises(DrawingError, match="closed"):
        await halfway
    assert not _is_alive(worker)
    with pytest.raises(DrawingError, match="closed"):
        await drawing.draw(f"{ME}:pid")


async def test_ctrl_c_is_none_of_the_workers_business(drawing):
    worker = await _pid(drawing)
    os.kill(worker, signal.SIGINT)
    await asyncio.sleep(0.2)
    assert await _pid(drawing) == worker


def test_a_chart_is_a_png_and_the_bot_never_loads_matplotlib():
    script = """
import asyncio, sys
from datetime import date
from bot.drawing import Drawing
from services.diagnostics.loading import load_instruments
from services.diagnostics.scoring import score

async def main():
    boyko = load_instruments()["boyko"]
    result = score(boyko, boyko.option_codes[0] * len(boyko.items))
    drawing = Drawing()
    picture = await drawing.draw("services.charts.result:draw_result", boyko, result, date(2026, 3, 12))
    await drawing.close()
    print(picture[:8] == b"\\x89PNG\\r\\n\\x1a\\n", "matplotlib" in sys.modules)

asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("True False", "", 0)


def test_the_worker_ends_with_a_parent_that_was_killed():
    script = """
import asyncio
from bot.drawing import Drawing

async def main():
    await Drawing().draw("os:urandom", 1)
    print("drawn", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"drawn\n"
        parent.kill()
        # The worker holds the same end of this pipe: it is at its end once both are gone.
        rest, _ = parent.communicate(timeout=15)
    assert rest == b""
