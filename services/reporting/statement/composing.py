"""A statement made from what the database counts now. Nothing is written, nothing is published anew."""

from collections.abc import Iterable, Mapping, Sequence

from services.natural_order import natural
from services.people.model import Kind, Organisation
from services.reporting.facts import Basis, Facts
from services.reporting.indicators.indicator import Indicator, Level
from services.reporting.indicators.registry import registry
from services.reporting.periods import Period, before
from services.reporting.planned import held_above, level_of
from services.reporting.statement.computing import amounts_of, figures_of, with_sums
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Point, Statement
from services.reporting.statement.takings import same_taking
from services.reporting.target import Target
from services.work import UnitOfWork

Given = Mapping[tuple[int, str, str], Amount]


async def compose(
    work: UnitOfWork, basis: Basis, place: Organisation, period: Period, dynamics: int = 0
) -> Statement:
    """Every indicator of the school, or of the municipality and each of its schools, in the period.

    `dynamics` is how many earlier periods of the same kind are told of, too. Whoever has finished a test and is in
    no portion yet is left out: `freezing.freeze_for` before it counts them.
    """
    earlier = before(period, max(dynamics, 1))
    compared = earlier[-1]
    facts = await work.facts.facts(place, [*earlier, period], basis)
    given = await work.given.within(place.id, [one.key for one in (*earlier, period)])
    schools = await _schools(work, place)
    plans = await _plans(work, place, schools, period)
    now, then = facts[period.key], facts[compared.key]
    untold = same_taking(now.takings, then.takings)
    indicators, of_school = registry().at(level_of(place)), registry().at(Level.SCHOOL)
    whole = _of_whole(now, indicators)

    def figures(
        organisation_id: int, told: Sequence[Indicator], counted: Mapping[str, float]
    ) -> dict[str, Figure]:
        known = then.whole if organisation_id == place.id else then.schools.get(organisation_id, {})
        past = _past(told, known, then, compared, basis, _given(given, organisation_id, compared))
        return figures_of(
            told,
            counted,
            {code: amount for code, amount in past.items() if code not in untold},
            plans.get(organisation_id, {}),
            _given(given, organisation_id, period),
            basis.min_group,
            {taking.instrument for taking in now.takings if taking.anonymous},
        )

    return Statement(
        organisation_id=place.id,
        name=place.name,
        kind=place.kind,
        period=period,
        previous=compared,
        made_at=basis.now,
        min_group=basis.min_group,
        kept_on=now.kept_on,
        whole=PlaceFigures(place.id, place.name, figures(place.id, indicators, whole)),
        schools=tuple(
            PlaceFigures(one.id, one.name, figures(one.id, of_school, now.schools.get(one.id, {})))
            for one in schools
        ),
        takings=tuple(now.takings),
        facts=whole,
        dynamics=_points(earlier, facts, period, place, basis, given) if dynamics else (),
    )


def _points(
    earlier: Sequence[Period],
    facts: Mapping[str, Facts],
    period: Period,
    place: Organisation,
    basis: Basis,
    given: Given,
) -> tuple[Point, ...]:
    """A taking that belongs to several periods is told of in the last of them alone."""
    indicators = registry().at(level_of(place))
    later = list(facts[period.key].takings)
    points: list[Point] = []
    for one in reversed(earlier):
        of_then = facts[one.key]
        untold = same_taking(later, of_then.takings)
        by_hand = _given(given, place.id, one)
        amounts = _past(indicators, _of_whole(of_then, indicators), of_then, one, basis, by_hand)
        points.insert(0, Point(one, {code: amount for code, amount in amounts.items() if code not in untold}))
        later += of_then.takings
    return tuple(points)


def _past(
    indicators: Iterable[Indicator],
    known: Mapping[str, float],
    facts: Facts,
    period: Period,
    basis: Basis,
    given: Mapping[str, Amount],
) -> dict[str, Amount]:
    """Amounts of a period of the past. Of one that is over and that no day was kept of, counts of nothing are left
    out: the service may not have been there to count."""
    amounts = amounts_of(indicators, known, given)
    if facts.kept_on is not None or period.ends > basis.today:
        return amounts
    return {code: one for code, one in amounts.items() if one.numerator or one.denominator or one.given}


def _of_whole(facts: Facts, indicators: Sequence[Indicator]) -> dict[str, float]:
    return with_sums(facts.whole, facts.schools.values(), indicators)


def _given(given: Given, organisation_id: int, period: Period) -> dict[str, Amount]:
    return {
        indicator: amount
        for (of, key, indicator), amount in given.items()
        if of == organisation_id and key == period.key
    }


async def _plans(
    work: UnitOfWork, place: Organisation, schools: Sequence[Organisation], period: Period
) -> dict[int, dict[str, Target]]:
    """Plans by organisation. A municipality's plan that is a share holds in schools without one of their own."""
    found = await work.plans.within(place.id, period.key)
    own = dict(found.get(place.id, {}))
    if place.kind is Kind.SCHOOL:
        return {place.id: {**await held_above(work, place, period.key), **own}}
    held = {code: target for code, target in own.items() if target.share is not None}
    return {place.id: own} | {school.id: {**held, **found.get(school.id, {})} for school in schools}


async def _schools(work: UnitOfWork, place: Organisation) -> list[Organisation]:
    if place.kind is Kind.SCHOOL:
        return []
    schools = [one for one in await work.organisations.children(place.id) if one.kind is Kind.SCHOOL]
    return sorted(schools, key=lambda one: (natural(one.name), one.id))
