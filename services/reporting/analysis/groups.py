"""Groups of schools alike: cluster analysis.

Of the shares and means that describe a school, features are those that at least three quarters of the schools
have, brought to one scale; what a school does not have is the median of the others; a school with less than half
of the features is left out. Ward's method; of 2 to 6 groups the number whose mean silhouette is the greatest.
There are groups only when it is at least `NORM`, and greater than in each of `SHUFFLED` districts made of the same
values shuffled between schools: of districts without any structure less than 2 of 100 pass (measured).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from services.reporting.analysis.values import in_order, value
from services.reporting.analysis.words import count, lowered, mean_words, named
from services.reporting.indicators.indicator import Indicator, Privacy
from services.reporting.statement.model import PlaceFigures, SchoolGroup

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_SCHOOLS = 4
FEWEST_FEATURES = 2
MOST_GROUPS = 6
HAVE_IT = 0.75
"""The part of schools that know a feature, at least."""
HAS = 0.5
"""The part of features that a school knows, at least."""
NORM = 0.25
"""Kaufman and Rousseeuw: below it a silhouette shows no substantial structure."""
SHUFFLED = 99
APART = 0.5
"""Deviations between a group's mean and the mean of all from which on a feature tells the group apart."""
MOST_WORDS = 4
"""Features told of a group."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Values of schools (rows) by features (columns); NaN where there is none."""

    schools: Sequence[PlaceFigures]
    features: Sequence[Indicator]
    values: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class _Division:
    """The best division into groups, a label for each school, and how clear it is."""

    labels: "NDArray[np.int64]"
    silhouette: float

    @property
    def groups(self) -> int:
        return int(self.labels.max()) + 1


def alike(schools: Sequence[PlaceFigures], features: Sequence[Indicator]) -> tuple[tuple[SchoolGroup, ...], str]:
    """Groups, the largest first, and how they were found; no groups, and why."""
    if len(schools) < FEWEST_SCHOOLS:
        return (), _too_few(len(schools))
    grid, strangers = _grid(in_order(schools), features)
    left_out = f" Не сравнивались, потому что о них мало данных: {named(strangers)}." if strangers else ""
    if len(grid.features) < FEWEST_FEATURES:
        return (), "Группы похожих школ не выделены: пока мало показателей, которые есть у большинства школ."
    if len(grid.schools) < FEWEST_SCHOOLS:
        return (), _too_few(len(grid.schools)) + left_out
    scaled = _scaled(grid.values)
    division = _best(scaled)
    compared = (
        f"Школ в сравнении: {len(grid.schools)}, показателей: {len(grid.features)} (те, что известны не"
        " меньше чем у трёх четвертей школ; приведены к одному масштабу, пропуски заменены медианой). Метод Уорда,"
        " число групп выбрано по наибольшему среднему коэффициенту силуэта."
    )
    clear = f"{division.silhouette:.2f}".replace(".", ",")
    if division.silhouette < NORM:
        norm = f"{NORM}".replace(".", ",")
        found = f"Выраженных групп нет: наибольший коэффициент силуэта {clear}, а группы видны от {norm}."
        return (), f"{found} {compared}{left_out}"
    if _by_chance(scaled, division.silhouette):
        found = (
            "Выраженных групп нет: школы делятся не чётче, чем при случайном перемешивании показателей"
            f" (коэффициент силуэта {clear})."
        )
        return (), f"{found} {compared}{left_out}"
    found = f"Силуэт {clear}: ни одно из {SHUFFLED} случайных перемешиваний показателей так чётко не делится."
    return _told(grid, division), f"{compared} {found}{left_out}"


def _too_few(schools: int) -> str:
    return f"Школ с данными: {schools}. Группы похожих школ ищутся, когда их не меньше {FEWEST_SCHOOLS}."


def _grid(schools: Sequence[PlaceFigures], candidates: Sequence[Indicator]) -> tuple[_Grid, list[str]]:
    """What is compared, and the names of schools that are not."""
    table = np.array([[value(school.figures.get(each.code)) for each in candidates] for school in schools], float)
    table = table.reshape(len(schools), len(candidates))
    wide = [number for number in range(len(candidates)) if _tells(table[:, number])]
    heard = (~np.isnan(table[:, wide])).mean(axis=1) >= HAS if wide else np.zeros(len(schools), bool)
    # Without those left out a feature may have become the same everywhere.
    wide = [number for number in wide if _tells(table[heard, number])]
    strangers = [school.name for school, there in zip(schools, heard, strict=True) if not there]
    kept = [school for school, there in zip(schools, heard, strict=True) if there]
    return _Grid(kept, [candidates[number] for number in wide], table[heard][:, wide]), strangers


def _tells(column: "NDArray[np.float64]") -> bool:
    there = column[~np.isnan(column)]
    return len(there) > 0 and len(there) >= HAVE_IT * len(column) and bool(np.ptp(there) > 0)


def _scaled(table: "NDArray[np.float64]") -> "NDArray[np.float64]":
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import StandardScaler

    filled = SimpleImputer(strategy="median").fit_transform(table)
    scaled: NDArray[np.float64] = StandardScaler().fit_transform(filled)
    return scaled


def _best(scaled: "NDArray[np.float64]") -> _Division:
    """The division with the greatest mean silhouette; of equals the one with fewer groups."""
    from sklearn import config_context
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.metrics import silhouette_score

    made = []
    with config_context(assume_finite=True, skip_parameter_validation=True):
        for groups in range(2, min(MOST_GROUPS, len(scaled) - 1) + 1):
            labels = AgglomerativeClustering(groups, linkage="ward").fit_predict(scaled)
            made.append(_Division(labels, round(float(silhouette_score(scaled, labels)), 9)))
    return max(made, key=lambda division: (division.silhouette, -division.groups))


def _by_chance(scaled: "NDArray[np.float64]", silhouette: float) -> bool:
    """Whether a district with the same values, each shuffled between schools, is divided as clearly."""
    chance = np.random.default_rng(0)
    return any(_best(chance.permuted(scaled, axis=0)).silhouette >= silhouette for _ in range(SHUFFLED))


def _told(grid: _Grid, division: _Division) -> tuple[SchoolGroup, ...]:
    rows = [np.flatnonzero(division.labels == label) for label in range(division.groups)]
    rows.sort(key=lambda inside: (-len(inside), inside[0]))
    return tuple(
        SchoolGroup(
            f"Группа {number}: {count(len(inside), 'школа', 'школы', 'школ')}",
            tuple(grid.schools[int(row)].name for row in inside),
            _features(grid, inside),
        )
        for number, inside in enumerate(rows, start=1)
    )


def _features(grid: _Grid, inside: "NDArray[np.intp]") -> tuple[str, ...]:
    """What tells the group apart, the greatest difference first."""
    apart: list[tuple[float, int, str]] = []
    for number, feature in enumerate(grid.features):
        column, own = grid.values[:, number], grid.values[inside, number]
        hidden = np.isnan(own)
        # A school whose figure is not published is never told of by that of its neighbours.
        if hidden.all() or (feature.privacy is Privacy.GROUP and hidden.any()):
            continue
        mean, mean_of_all = float(np.nanmean(own)), float(np.nanmean(column))
        distance = (mean - mean_of_all) / float(np.nanstd(column))
        if abs(distance) >= APART:
            side = "выше среднего" if distance > 0 else "ниже среднего"
            of_all, ours = mean_words(feature, mean_of_all), mean_words(feature, mean)
            words = f"{side}: {lowered(feature.title)} ({ours} при {of_all} в среднем)"
            apart.append((-round(abs(distance), 9), number, words))
    return tuple(words for _, _, words in sorted(apart)[:MOST_WORDS])
