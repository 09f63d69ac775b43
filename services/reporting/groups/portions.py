"""The one way from answers to published figures: answers are frozen into portions, portions are summed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from random import SystemRandom

from services.diagnostics.instrument import Instrument
from services.people.model import Organisation
from services.reporting.groups.figures import asks_several, figures_of, results
from services.reporting.groups.model import GroupResults
from services.reporting.groups.suppression import Figures, publishable, published, together
from services.reporting.groups.waves import Wave
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Published:
    """What may be shown of an organisation in a wave, and how many people of its portions may not be shown yet.

    `schools` has those with something to show. An anonymous campaign shows only the `whole`.
    """

    whole: Figures | None
    schools: Mapping[int, Figures]
    withheld: int


async def freeze(
    work: UnitOfWork, instrument: Instrument, wave: Wave, organisation_id: int, min_group: int, now: datetime
) -> None:
    """Make portions of those of the organisation who have finished and are in none, where they are enough.

    Raises ValueError for a `min_group` under `suppression.SMALLEST_ALLOWED`.
    """
    await work.portions.lock(instrument.id, instrument.version, wave)
    waiting = await work.portions.waiting(
        organisation_id, instrument.id, instrument.version, wave, with_values=asks_several(instrument)
    )
    if wave.anonymous:
        # They lie in an order of their own, but which of them are left over must not depend on that either.
        waiting = SystemRandom().sample(waiting, len(waiting))
    for school_id, group in groupby(waiting, key=lambda contribution: contribution.school_id):
        theirs = list(group)
        portion = theirs[: publishable(len(theirs), min_group)]
        if portion:
            await work.portions.add(
                instrument.id,
                instrument.version,
                wave,
                school_id,
                figures_of(instrument, [one.sheet for one in portion]),
                [one.id for one in portion],
                now,
            )


async def publish(
    work: UnitOfWork, instrument: Instrument, wave: Wave, organisation_id: int, min_group: int
) -> Published:
    """What the portions made so far show. Nothing is frozen: whoever has finished since is not counted.

    Raises ValueError for a `min_group` under `suppression.SMALLEST_ALLOWED`.
    """
    return shown(await work.portions.kept(organisation_id, instrument.id, instrument.version, wave), min_group)


def shown(kept: Iterable[tuple[int | None, Figures]], min_group: int) -> Published:
    """What portions show; each with its school, in the order they were made, all of the schools' in one wave.

    Raises ValueError for a `min_group` under `suppression.SMALLEST_ALLOWED`.
    """
    portions: dict[int | None, list[Figures]] = {}
    for school_id, figures in kept:
        portions.setdefault(school_id, []).append(figures)
    large_enough = {
        school_id: enough
        for school_id, of_school in portions.items()
        if (enough := published(of_school, min_group)) is not None
    }
    people = sum(figures.people for of_school in portions.values() for figures in of_school)
    return Published(
        whole=together(large_enough.values()),
        schools={school_id: figures for school_id, figures in large_enough.items() if school_id is not None},
        withheld=people - sum(figures.people for figures in large_enough.values()),
    )


async def results_of(
    work: UnitOfWork, instrument: Instrument, wave: Wave, organisation: Organisation, min_group: int
) -> GroupResults | None:
    """Published results of the whole organisation in the wave; None while there are none to show.

    Raises ValueError for a `min_group` under `suppression.SMALLEST_ALLOWED`.
    """
    figures = (await publish(work, instrument, wave, organisation.id, min_group)).whole
    return results(instrument, figures) if figures is not None else None
