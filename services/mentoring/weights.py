"""Weights of the rules of matching: ours, or an operator's own file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from services.mentoring.scoring import CODES, FULL

OURS = Path(__file__).parent / "weights.yaml"


class WeightsError(ValueError):
    """The file cannot be used; `problems` has a line in Russian for each mistake, saying how to mend it."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"Веса подбора пар, {path}:\n" + "\n".join(f"  {problem}" for problem in problems))


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points that a rule adds to a score, by the codes of `scoring.CODES`; together they make 100."""

    of: Mapping[str, int]

    def points(self, code: str, met: int) -> int:
        """Points of the score for a rule that is met by `met` of 100, rounded half up."""
        return (self.of[code] * met + FULL // 2) // FULL


@cache
def weights_of(path: Path | None = None) -> Weights:
    """The weights of an operator's file, ours without one. Raises WeightsError."""
    return load_weights(path or OURS)


def load_weights(path: Path) -> Weights:
    """The weights of a YAML file (UTF-8). Raises WeightsError."""
    try:
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WeightsError(path, [f"файл не читается: {error.strerror or type(error).__name__}"]) from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise WeightsError(
            path, ["это не YAML в кодировке UTF-8: строки должны быть вида «subject: 22»"]
        ) from None
    if not isinstance(file, dict):
        raise WeightsError(path, [f"нужны строки вида «subject: 22» для правил {', '.join(CODES)}"])
    problems = [f"нет веса правила {code}: добавьте строку «{code}: …»" for code in CODES if code not in file]
    for code, weight in file.items():
        if code not in CODES:
            problems.append(f"правила {code} нет: уберите строку или выберите из {', '.join(CODES)}")
        elif isinstance(weight, bool) or not isinstance(weight, int) or not 0 <= weight <= FULL:
            problems.append(f"{code}: нужно целое число от 0 до {FULL}, а не {weight!r}")
    if not problems and sum(file.values()) != FULL:
        problems.append(f"сумма весов — {sum(file.values())}, а должна быть {FULL}: поправьте числа")
    if problems:
        raise WeightsError(path, problems)
    return Weights({code: file[code] for code in CODES})
