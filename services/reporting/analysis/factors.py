"""What goes with the result: rank correlation over schools.

Spearman's coefficient of every supposed factor with every result, over schools that have both, at least `FEWEST`
of them; how likely it is by chance comes from permutations, which small numbers of schools need; of many links
tried, Benjamini and Hochberg's rule keeps those of which at most one in twenty is expected to be there by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from services.reporting.analysis.values import in_order, value
from services.reporting.analysis.words import count, lowered
from services.reporting.indicators.registry import Registry
from services.reporting.statement.model import PlaceFigures

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 8
"""Schools that have both figures, at least."""
FALSE_SHARE = 0.05
PERMUTATIONS = 9999
_STRENGTHS = ((0.9, "очень сильная"), (0.7, "сильная"), (0.5, "заметная"), (0.3, "умеренная"), (0.0, "слабая"))
"""Chaddock's words, from the absolute value on."""

_CAUTION = "Связь не значит, что одно вызывает другое: это повод присмотреться, а не вывод о причине."


@dataclass(frozen=True, slots=True)
class Link:
    """Two indicators that may go together: a supposed factor and a result, by their codes."""

    factor: str
    result: str


@dataclass(frozen=True, slots=True)
class _Found:
    link: Link
    coefficient: float
    schools: int
    chance: float


def going_together(
    schools: Sequence[PlaceFigures], registry: Registry, links: Sequence[Link]
) -> tuple[tuple[str, ...], str]:
    """Links that hold, the strongest first, in words; and how they were looked for, or why they were not."""
    ordered = in_order(schools)
    tried = [found for link in links if (found := _tried(ordered, link)) is not None]
    if not tried:
        few = f"Связи между показателями ищутся, когда оба известны не меньше чем у {FEWEST} школ; пока их меньше."
        return (), few
    held = sorted(_kept(tried), key=lambda found: (-round(abs(found.coefficient), 9), links.index(found.link)))
    looked = (
        f"Пар показателей проверено: {len(tried)}; ранговая корреляция Спирмена по школам, с поправкой"
        " Бенджамини и Хохберга на число проверок (5 %)."
    )
    if not held:
        return (), f"{looked} Устойчивых связей не видно: то, что есть, могло получиться случайно."
    return tuple(_words(found, registry) for found in held), f"{looked} {_CAUTION}"


def _tried(schools: Sequence[PlaceFigures], link: Link) -> _Found | None:
    """None where too few schools have both, or where one of them is the same everywhere."""
    both = [(value(each.figures.get(link.factor)), value(each.figures.get(link.result))) for each in schools]
    there = np.array([pair for pair in both if None not in pair], float).reshape(-1, 2)
    if len(there) < FEWEST or (np.ptp(there, axis=0) == 0).any():
        return None
    coefficient, chance = _spearman(there[:, 0], there[:, 1])
    return _Found(link, coefficient, len(there), chance)


def _spearman(ones: "NDArray[np.float64]", others: "NDArray[np.float64]") -> tuple[float, float]:
    """The coefficient, and how likely one as strong is by chance."""
    from scipy import stats

    first, second = (stats.zscore(stats.rankdata(each)) for each in (ones, others))
    tested = stats.permutation_test(
        (first,),
        lambda shuffled, axis: np.mean(shuffled * second, axis=axis),
        permutation_type="pairings",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        rng=np.random.default_rng(0),
    )
    return float(tested.statistic), float(tested.pvalue)


def _kept(tried: Sequence[_Found]) -> list[_Found]:
    from scipy.stats import false_discovery_control

    corrected = false_discovery_control([found.chance for found in tried])
    return [found for found, chance in zip(tried, corrected, strict=True) if chance <= FALSE_SHARE]


def _words(found: _Found, registry: Registry) -> str:
    factor, result = registry.of(found.link.factor), registry.of(found.link.result)
    strength = next(words for least, words in _STRENGTHS if abs(found.coefficient) >= least)
    side = "тем больше" if found.coefficient > 0 else "тем меньше"
    coefficient = f"{found.coefficient:.2f}".replace(".", ",").replace("-", "−")
    return (
        f"Чем больше {lowered(factor.title)}, {side} {lowered(result.title)}: связь {strength}"
        f" (ρ = {coefficient}; {count(found.schools, 'школа', 'школы', 'школ')})"
    )
