"""What a short report begins with: figures, what to attend to; and in which order schools are told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from services.natural_order import natural
from services.reporting.indicators.indicator import Better, Form, Indicator, Level, Unit
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Conclusion, Figure, PlaceFigures, Statement

MOST = 10
LEAST = 6
TELLING: Mapping[str, Sequence[str]] = {
    "participants": ("teachers.count", "teachers.early_share", "mentors.count"),
    "diagnostics": ("deficits.coverage", "deficits.found", "courses.need"),
    "iom": ("iom.developed", "iom.took_part", "iom.overdue", "courses.done"),
    "mentoring": ("mentoring.schools", "pairs.worked", "pairs.met", "mentee_satisfaction.high"),
    "early": ("early.mentored", "early.routed", "adaptation.coverage"),
    "staffing": ("staffing.vacancies", "staffing.age"),
    "events": ("events.held", "network.schools"),
    "burnout": ("boyko.high", "boyko.coverage", "boyko.exhaustion"),
}
"""The most telling indicators of each section, the first one first."""


def headline(figures: PlaceFigures) -> tuple[Figure, ...]:
    """Six to ten figures that tell most, fewer where there is no more data: one of each section, then a second
    one, planned ones before others; in the order of the sections."""
    known = figures.figures
    sections = [_by_weight([known[code] for code in codes if code in known]) for codes in TELLING.values()]
    chosen = [figure for round_ in zip_longest(*sections) for figure in round_ if figure is not None][:MOST]
    taken = {figure.code for figure in chosen}
    for figure in known.values():
        if len(chosen) >= LEAST:
            break
        if figure.code not in taken and figure.amount is not None and _tells(figure):
            chosen.append(figure)
    order = {code: place for place, code in enumerate(known)}
    return tuple(sorted(chosen, key=lambda figure: order[figure.code]))


def _by_weight(figures: Sequence[Figure]) -> list[Figure]:
    """Those that tell anything: planned ones first, hidden ones last."""
    return sorted(filter(_tells, figures), key=lambda figure: (figure.hidden, figure.plan is None))


def _tells(figure: Figure) -> bool:
    """Whether there is more to it than a nought that nobody has planned for."""
    if figure.amount is None:
        return figure.hidden
    if figure.amount.denominator == 1 and registry().of(figure.code).unit is Unit.SCHOOLS:
        # «100 % (1 из 1)» tells nothing to the one school.
        return False
    before = figure.before is not None and figure.before.numerator != 0
    whole = figure.amount.denominator is not None
    return bool(figure.amount.numerator) or figure.plan is not None or before or whole


def leading(statement: Statement, level: Level | None = None) -> Indicator:
    """The indicator that lists and dynamics begin with: planned and of the headline if there is one.

    With a `level` only what places of it have; for schools first what is known of any of them.
    """
    told = [figure for figure in headline(statement.whole) if figure.amount is not None]

    def key(figure: Figure) -> tuple[bool, bool, bool, bool, bool]:
        unknown = level is Level.SCHOOL and not any(_known(school, figure.code) for school in statement.schools)
        share = registry().of(figure.code).form is Form.SHARE
        nought = figure.amount is None or not figure.amount.numerator
        return unknown, figure.plan is None, nought, figure.before is None, not share

    indicators = [registry().of(figure.code) for figure in sorted(told, key=key)]
    return next(each for each in (*indicators, *registry().all) if level is None or level in each.levels)


def _known(place: PlaceFigures, code: str) -> bool:
    """Whether there is a value, and more than a count of nothing."""
    figure = place.figures.get(code)
    amount = figure.amount if figure is not None else None
    return amount is not None and bool(amount.numerator or amount.denominator)


def attention(statement: Statement, conclusions: Sequence[Conclusion], most: int) -> list[Conclusion]:
    """What calls for attention first: at most so many, one of each section before a second one, none about what
    there is no data of."""
    seen: Counter[str] = Counter()
    found = []
    for each in conclusions:
        figure = statement.whole.figures.get(each.indicator)
        if not each.good and figure is not None and figure.amount is not None:
            section = registry().of(each.indicator).section
            found.append((seen[section], each))
            seen[section] += 1
    return [each for _, each in sorted(found, key=lambda one: one[0])][:most]


def ranked(schools: Sequence[PlaceFigures], indicator: Indicator) -> list[PlaceFigures]:
    """Schools from the best to the worst, those without a value last; equal ones by name."""
    sign = 1 if indicator.better is Better.DOWN else -1

    def key(school: PlaceFigures) -> tuple[bool, float, list[tuple[int, str]]]:
        figure = school.figures.get(indicator.code)
        amount = figure.amount if figure is not None else None
        known = amount is not None and amount.denominator != 0
        return not known, sign * amount.value if amount is not None and known else 0.0, natural(school.name)

    return sorted(schools, key=key)
