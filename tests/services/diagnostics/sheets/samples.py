"""Answer sheets for the tests, and the score of each counted by hand from the key, one item after another."""

import csv
import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import services.diagnostics

KEY_FILE = Path(services.diagnostics.__file__).parent / "instruments" / "boyko.yaml"
NUMBERS = [str(number) for number in range(1, 85)]

Sheet = tuple[bool, ...]


@cache
def key() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(KEY_FILE.read_text(encoding="utf-8"))
    return loaded


def item_texts() -> list[str]:
    return [item["text"].strip() for item in key()["items"]]


def sheets(count: int, seed: int = 7) -> list[Sheet]:
    """People who agree with a different share of items each, so that all levels occur."""
    generator = random.Random(seed)
    return [
        tuple(generator.random() < share for _ in range(84))
        for share in (generator.random() for _ in range(count))
    ]


def words(sheet: Sheet, yes: str = "да", no: str = "нет") -> list[str]:
    return [yes if answer else no for answer in sheet]


def expected(sheet: Sheet) -> list[str]:
    """The result columns of one person as a CSV file has them."""
    points = dict.fromkeys([scale["code"] for scale in key()["scales"]], 0)
    for item, answer in zip(key()["items"], sheet, strict=True):
        if answer == (item["keyed"] == "y"):
            points[item["scale"]] += item["weight"]
    cells = []
    for scale in key()["scales"]:
        cells += [str(points[scale["code"]]), _scale_level(points[scale["code"]])]
    phases = [sum(points[code] for code in factor["scales"]) for factor in key()["factors"]]
    for phase in phases:
        cells += [str(phase), _phase_level(phase)]
    return [*cells, str(sum(phases))]


def _scale_level(points: int) -> str:
    if points <= 9:
        return "не сложившийся"
    if points <= 15:
        return "складывающийся"
    return "сложившийся" if points <= 19 else "доминирующий"


def _phase_level(points: int) -> str:
    if points <= 36:
        return "не сформировалась"
    return "в стадии формирования" if points <= 60 else "сформировалась"


def write_csv(
    path: Path,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    encoding: str = "utf-8",
    separator: str = ";",
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(headers)
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))
