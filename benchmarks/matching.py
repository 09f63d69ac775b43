"""Matching of mentors and mentees, beside the packages `mentor-match` and `matching`."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Cell, Section, Series, series
from benchmarks.mentors import Case, many
from services.mentoring.matching import match
from services.mentoring.rules import forbidding
from services.mentoring.scoring import LOAD, SCORING, load_points
from services.mentoring.sides import Aim
from services.mentoring.weights import weights_of

PEERS_FOLDER = Path(__file__).parent.parent / "build" / "peers"
PEERS = {"mentor-match": "7.0.1", "matching": "1.4.3"}
SIZES = ((30, 15, 3), (100, 50, 3), (200, 50, 3), (1000, 500, 3), (1000, 250, 3))
"""Mentees, mentors, seats of each. In some there are fewer seats than mentees."""
QUICK_SIZES = ((30, 15, 3), (60, 15, 3), (1000, 500, 3))
ROUNDS, QUICK_ROUNDS = 5, 3
LIMIT, QUICK_LIMIT = 60.0, 15.0
"""Seconds that a package may take for one case; larger cases are then not tried with it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    seconds: Series
    pairs: int
    total: int


async def measure(quick: bool) -> list[Section]:
    """The same cases for all of them, one after the other."""
    return [await asyncio.to_thread(_compare, quick)]


def _compare(quick: bool) -> Section:
    rounds, limit = (QUICK_ROUNDS, QUICK_LIMIT) if quick else (ROUNDS, LIMIT)
    section = Section(
        "matching",
        "Matching mentees with mentors",
        {
            "case": "Mentees x mentors x seats",
            "by": "By",
            "seconds": "Seconds",
            "slower": "Times slower",
            "pairs": "Pairs",
            "total": "Total score",
            "share": "Of the best, %",
        },
        notes=[
            "Ours: scoring, the optimum, reasons in words, alternatives. The packages only match, by our scores.",
            "mentor-match: a mentor once for each seat, one round.",
            "matching: HospitalResident, preferences by score, stable and best for mentees; it knows no total.",
        ],
    )
    # SciPy is loaded once in a worker's life.
    match(*many(0, 3, 3, 1), weights_of())
    tried = [name for name in PEERS if (PEERS_FOLDER / name).is_dir()]
    section.notes += [_how_to_install(name) for name in PEERS if name not in tried]
    for size in QUICK_SIZES if quick else SIZES:
        case = many(1, *size)
        ours = {aim: _ours(case, aim, rounds) for aim in Aim}
        best = ours[Aim.TOTAL]
        for aim, answer in ours.items():
            section.rows.append(_row(size, f"ours, {aim}", answer, best))
        for name in list(tried):
            answer = _peer(name, case, rounds, limit)
            section.rows.append(_row(size, name, answer, best))
            if answer is None:
                section.notes.append(f"{name}: stopped after {limit:g} s, larger cases were not tried.")
                tried.remove(name)
    return section


def _row(size: tuple[int, int, int], by: str, answer: _Answer | None, best: _Answer) -> dict[str, Cell]:
    row: dict[str, Cell] = dict.fromkeys(("seconds", "slower", "pairs", "total", "share"))
    row |= {"case": " x ".join(map(str, size)), "by": by}
    if answer is not None:
        row |= {
            "seconds": answer.seconds,
            "slower": round(answer.seconds.median / best.seconds.median, 2),
            "pairs": answer.pairs,
            "total": answer.total,
            "share": round(100 * answer.total / best.total, 1),
        }
    return row


def _ours(case: Case, aim: Aim, rounds: int) -> _Answer:
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        found = match(*case, weights_of(), aim)
        seconds.append(time.perf_counter() - began)
    return _Answer(series(seconds), len(case[1]) - found.unmatched, found.total)


def _peer(name: str, case: Case, rounds: int, limit: float) -> _Answer | None:
    """The package's answer by our score; None when it takes too long."""
    scores, seats = _table(case)
    given = json.dumps({"scores": scores, "seats": seats})
    seconds = []
    for _ in range(rounds):
        try:
            ended = subprocess.run(
                [sys.executable, "-P", Path(__file__).with_name("matching_peer.py"), name],
                input=given,
                capture_output=True,
                text=True,
                timeout=limit,
                env=os.environ | {"PYTHONPATH": str(PEERS_FOLDER / name)},
            )
        except subprocess.TimeoutExpired:
            return None
        if ended.returncode:
            raise RuntimeError(f"{name} failed: {ended.stderr[-500:]}")
        found = json.loads(ended.stdout)
        seconds.append(found["seconds"])
        if found["seconds"] * rounds > limit:
            break
    pairs = found["pairs"]
    sitting = Counter(mentor for mentor, _ in pairs)
    if any(count > len(seats[mentor]) for mentor, count in sitting.items()):
        raise RuntimeError(f"{name} gave somebody more than their seats")
    total = sum(scores[mentor][mentee] for mentor, mentee in pairs)
    total += sum(sum(seats[mentor][:count]) for mentor, count in sitting.items())
    return _Answer(series(seconds), len(pairs), total)


def _table(case: Case) -> tuple[list[list[int | None]], list[list[int]]]:
    """Our scores of all pairs, None where a rule forbids one, and what each seat adds."""
    mentors, mentees, facts = case
    weights = weights_of()
    tables = [(rule.code, rule.table(mentors, mentees).tolist()) for rule in SCORING]
    scores = [
        [
            None
            if forbidding(mentor, mentee, facts)
            else sum(weights.points(code, table[row][column]) for code, table in tables)
            for row, mentee in enumerate(mentees)
        ]
        for column, mentor in enumerate(mentors)
    ]
    seats = [
        [weights.points(LOAD, load_points(mentor.taken_seats + number)) for number in range(mentor.free_seats)]
        for mentor in mentors
    ]
    return scores, seats


def _how_to_install(name: str) -> str:
    return f"{name} is not installed: pip install --target build/peers/{name} {name}=={PEERS[name]}"
