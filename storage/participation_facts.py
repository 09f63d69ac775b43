"""Who was asked to take a test and who has finished it, in the takings that belong to periods."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.instrument import Audience, Instrument
from services.reporting.groups.waves import Wave
from storage.early_career import is_early
from storage.fact_census import how_many
from storage.fact_windows import Counted, Window
from storage.tables import campaign_people, people, roles, survey_sessions
from storage.takers import joined_first
from storage.taking_choice import Chosen, outside


async def count_participation(
    connection: AsyncConnection,
    windows: Sequence[Window],
    tests: Mapping[str, Instrument],
    chosen: Chosen,
    counted: Counted,
) -> None:
    """`<test>.invited` and `<test>.finished`.

    In a campaign those whom it is for. Outside campaigns teachers, each in the school joined first, of the
    audience that the instrument is offered to, and whoever else has finished; where it is offered to nobody by
    itself, who was asked is not known.
    """
    for window in windows:
        codes = [
            f"{test}.{what}"
            for (key, test), wave in chosen.items()
            if key == window.key
            for what in (("invited", "finished") if wave.campaign_id or _asked(tests[test]) else ("finished",))
        ]
        counted.look_for([window], codes)
    await _in_campaigns(connection, windows, chosen, counted)
    await _outside_campaigns(connection, windows, tests, chosen, counted)


async def _in_campaigns(
    connection: AsyncConnection, windows: Sequence[Window], chosen: Chosen, counted: Counted
) -> None:
    ids = {wave.campaign_id for wave in chosen.values() if wave.campaign_id is not None}
    if not ids:
        return
    rows = await connection.execute(
        select(
            campaign_people.c.campaign_id,
            campaign_people.c.school_id,
            func.count().label("invited"),
            how_many(campaign_people.c.finished).label("finished"),
        )
        .where(campaign_people.c.campaign_id.in_(ids), campaign_people.c.school_id.in_(counted.schools))
        .group_by(campaign_people.c.campaign_id, campaign_people.c.school_id)
    )
    of_campaigns = rows.all()
    for window in windows:
        for (key, test), wave in chosen.items():
            if key == window.key and wave.campaign_id is not None:
                for row in of_campaigns:
                    if row.campaign_id == wave.campaign_id:
                        numbers = {f"{test}.invited": row.invited, f"{test}.finished": row.finished}
                        counted.add(window, row.school_id, numbers)


async def _outside_campaigns(
    connection: AsyncConnection,
    windows: Sequence[Window],
    tests: Mapping[str, Instrument],
    chosen: Chosen,
    counted: Counted,
) -> None:
    waves = {(key, test): wave for (key, test), wave in chosen.items() if wave.campaign_id is None}
    if not waves:
        return
    by_key = {window.key: window for window in windows}
    teachers = await _teachers(
        connection, [by_key[key] for key in dict.fromkeys(key for key, _ in waves)], counted
    )
    # Who is early in their career depends on the period's last day; where it does not matter, a wave is read once.
    takings = {
        (key, test): (test, wave, None if _asks_all(tests[test]) else by_key[key].as_of)
        for (key, test), wave in waves.items()
    }
    once = list(dict.fromkeys(takings.values()))
    queries = [_finished(number, *each, tests[each[0]], counted) for number, each in enumerate(once)]
    done: dict[int, list[Any]] = {}
    for row in await connection.execute(union_all(*queries)):
        done.setdefault(row.number, []).append(row)
    for (key, test), taking in takings.items():
        window, is_known = by_key[key], _asked(tests[test])
        for row in done.get(once.index(taking), ()):
            counted.add(window, row.school, {f"{test}.finished": row.finished})
            if is_known:
                counted.add(window, row.school, {f"{test}.invited": row.others})
        for school, everybody, early in teachers[key] if is_known else ():
            counted.add(window, school, {f"{test}.invited": everybody if _asks_all(tests[test]) else early})


async def _teachers(
    connection: AsyncConnection, windows: Sequence[Window], counted: Counted
) -> Mapping[str, Sequence[tuple[int, int, int]]]:
    """By period: schools with their teachers and with those of them in their early career on its last day."""
    early = [how_many(is_early(window.as_of)).label(window.key) for window in windows]
    rows = (
        await connection.execute(
            select(roles.c.organisation_id, func.count().label("everybody"), *early)
            .select_from(roles.join(people, people.c.id == roles.c.person_id))
            .where(roles.c.organisation_id.in_(counted.schools), joined_first())
            .group_by(roles.c.organisation_id)
        )
    ).mappings()
    found = [(row["organisation_id"], row["everybody"], row) for row in rows]
    return {
        window.key: [(school, everybody, row[window.key]) for school, everybody, row in found]
        for window in windows
    }


def _finished(
    number: int, test: str, wave: Wave, day: date | None, instrument: Instrument, counted: Counted
) -> Select[Any]:
    """By `school` who has `finished`, and how many of them are `others` than those who are asked on that day."""
    assert wave.ends is not None
    person = survey_sessions.c.person_id
    sources = survey_sessions.join(roles, roles.c.person_id == person)
    others: ColumnElement[Any] = literal(0)
    if day is not None:
        sources = sources.join(people, people.c.id == person)
        others = func.count(case((~is_early(day), person)).distinct())
    return (
        select(
            literal(number).label("number"),
            roles.c.organisation_id.label("school"),
            func.count(person.distinct()).label("finished"),
            others.label("others"),
        )
        .select_from(sources)
        .where(
            *outside(test, wave.begins, wave.ends), joined_first(), roles.c.organisation_id.in_(counted.schools)
        )
        .group_by(roles.c.organisation_id)
    )


def _asks_all(instrument: Instrument) -> bool:
    return Audience.TEACHER in instrument.audience


def _asked(instrument: Instrument) -> bool:
    """Whether it is offered to teachers by itself, so that it is known who might have taken it."""
    return _asks_all(instrument) or Audience.EARLY_CAREER in instrument.audience
