"""`python -m benchmarks [answers|score|report|chart|start ...] [--quick] [--json FILE]`."""

import argparse
import asyncio
import json
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

from rich.console import Console

from benchmarks.figures import Section, machine
from benchmarks.printing import print_section

BENCHMARKS = {
    "answers": "benchmarks.answers.measure",
    "score": "benchmarks.score",
    "matching": "benchmarks.matching",
    "report": "benchmarks.report",
    "roster": "benchmarks.roster",
    "campaign": "benchmarks.campaign",
    "tick": "benchmarks.tick",
    "health": "benchmarks.health",
    "sender": "benchmarks.sender",
    "chart": "benchmarks.chart",
    "start": "benchmarks.start",
}


def main() -> None:
    """Measure what is asked for (everything by default), print tables and JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the bot; asserts nothing.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller sizes, under a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the JSON there instead of printing it")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(BENCHMARKS):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    logging.basicConfig(level=logging.ERROR)
    console = Console(width=None if sys.stdout.isatty() else 150, highlight=False)
    facts = machine()
    console.print(
        f"{facts['processor']}, {facts['cores']} cores, load {facts['load_before']}, Python {facts['python']}\n",
    )
    began = time.perf_counter()
    measured: dict[str, object] = {}
    for name in chosen.names or BENCHMARKS:
        measure: Callable[[bool], Awaitable[list[Section]]] = import_module(BENCHMARKS[name]).measure
        for section in asyncio.run(_complete(measure(chosen.quick))):
            print_section(section, console)
            measured[section.name] = section.as_json()
    seconds = round(time.perf_counter() - began, 1)
    report = {"machine": facts, "quick": chosen.quick, "seconds": seconds, "benchmarks": measured}
    text = json.dumps(report, ensure_ascii=False)
    if chosen.json:
        chosen.json.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


async def _complete(work: Awaitable[list[Section]]) -> list[Section]:
    """Stopped with SIGTERM, a benchmark takes its databases, folders and processes with it."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work


if __name__ == "__main__":
    try:
        main()
    except asyncio.CancelledError:
        sys.exit(143)
