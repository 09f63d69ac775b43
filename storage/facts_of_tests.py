"""Diagnostics: which taking a period's figures are from, who was asked and has finished, published results.

What people answered is told by whole portions alone (services.reporting.groups), whatever the period's days are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.instrument import Instrument, Privacy, version_key
from services.people.model import Organisation
from services.reporting.facts import Basis, Taking
from services.reporting.groups.facts import facts_of, schools_of
from services.reporting.groups.figures import results
from services.reporting.groups.portions import Published, shown
from services.reporting.groups.suppression import Figures
from services.reporting.groups.waves import Wave
from storage.fact_windows import WHOLE, Counted, Window
from storage.participation_facts import count_participation
from storage.portions import unpacked
from storage.tables import campaigns, portions
from storage.taking_choice import choose_takings

Portions = list[tuple[int | None, Figures]]


@dataclass(slots=True)
class _Kept:
    """Portions of one taking, by the version of the instrument."""

    by_version: dict[str, Portions] = field(default_factory=dict)


def tests_of(basis: Basis) -> Sequence[Instrument]:
    """Instruments about people; forms about organisations are none."""
    return [each for each in basis.library.instruments if each.privacy is not Privacy.OFFICIAL]


async def count_tests(
    connection: AsyncConnection, place: Organisation, windows: Sequence[Window], basis: Basis, counted: Counted
) -> Mapping[str, Sequence[Taking]]:
    """`<test>.*`, `deficits.found`, `courses.asked`, `courses.need`, `boyko.schools`, `boyko.high`.

    The takings that they are from, by the keys of the periods.
    """
    tests = tests_of(basis)
    chosen = await choose_takings(connection, place, windows, tests, basis, counted.schools)
    await count_participation(connection, windows, {test.id: test for test in tests}, chosen, counted)
    kept = await _kept(
        connection, place, {(test, wave.key) for (_, test), wave in chosen.items()}, counted.schools
    )
    takings: dict[str, list[Taking]] = {}
    for window in windows:
        for test in tests:
            wave = chosen.get((window.key, test.id))
            if wave is None:
                continue
            instrument, of_taking = _version_of(test, kept.get((test.id, wave.key)), basis)
            published = shown(of_taking, basis.min_group)
            _put(window, instrument, published, counted)
            finished = int(counted.of(window, WHOLE).get(f"{test.id}.finished", 0))
            takings.setdefault(window.key, []).append(_taking(instrument, wave, published, finished, basis))
    return takings


async def _kept(
    connection: AsyncConnection, place: Organisation, wanted: set[tuple[str, str]], schools: Sequence[int]
) -> Mapping[tuple[str, str], _Kept]:
    """Portions by instrument and wave, in the order they were made; without a school the place's own alone."""
    own = exists().where(
        campaigns.c.organisation_id == place.id,
        campaigns.c.anonymous,
        portions.c.wave == literal("c").concat(campaigns.c.id),
    )
    rows = await connection.execute(
        select(
            portions.c.instrument,
            portions.c.version,
            portions.c.wave,
            portions.c.school_id,
            portions.c.size,
            portions.c.figures,
        )
        .where(
            portions.c.instrument.in_(sorted({test for test, _ in wanted})),
            portions.c.wave.in_(sorted({wave for _, wave in wanted})),
            or_(portions.c.school_id.in_(schools), and_(portions.c.school_id.is_(None), own)),
        )
        .order_by(portions.c.id)
    )
    found: dict[tuple[str, str], _Kept] = {}
    for row in rows:
        if (row.instrument, row.wave) in wanted:
            of_taking = found.setdefault((row.instrument, row.wave), _Kept())
            of_version = of_taking.by_version.setdefault(row.version, [])
            of_version.append((row.school_id, unpacked(row.size, row.figures)))
    return found


def _version_of(test: Instrument, kept: _Kept | None, basis: Basis) -> tuple[Instrument, Portions]:
    """The newest version of the instrument with portions: what was taken years ago is told by its own key."""
    for version in sorted(kept.by_version if kept else (), key=version_key, reverse=True):
        instrument = basis.library.find(test.id, version)
        if instrument is not None and kept is not None:
            return instrument, kept.by_version[version]
    return test, []


def _put(window: Window, instrument: Instrument, published: Published, counted: Counted) -> None:
    for school_id, figures in published.schools.items():
        counted.of(window, school_id).update(facts_of(instrument, figures))
    if published.whole is not None:
        counted.of(window, WHOLE).update(facts_of(instrument, published.whole))
    for school_id, facts in schools_of(instrument, published).items():
        counted.add(window, school_id, facts)


def _taking(instrument: Instrument, wave: Wave, published: Published, finished: int, basis: Basis) -> Taking:
    whole = published.whole
    return Taking(
        instrument=instrument.id,
        title=instrument.title,
        version=instrument.version,
        wave=wave.key,
        wave_title=wave.title,
        began_on=wave.begins.astimezone(basis.zone).date(),
        results=results(instrument, whole) if whole is not None else None,
        withheld=max(0, finished - (whole.people if whole is not None else 0)),
        schools={school_id: results(instrument, figures) for school_id, figures in published.schools.items()},
        anonymous=wave.anonymous,
    )
