"""Who was asked to take a test and who has finished it, in the takings that belong to periods."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.instrument import Audience, Instrument
from services.reporting.facts import Basis, Taking
from services.reporting.groups.waves import Wave
from storage.early_career import is_early
from storage.fact_census import count_rows, how_many, labelled
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
    columns: dict[tuple[str, str], ColumnElement[Any]] = {}
    for (key, test), wave in waves.items():
        finished = _has_finished(test, wave)
        columns[key, f"{test}.finished"] = how_many(finished)
        if _asks_all(tests[test]):
            columns[key, f"{test}.invited"] = func.count()
        elif _asked(tests[test]):
            columns[key, f"{test}.invited"] = how_many(or_(is_early(by_key[key].as_of), finished))
    by_age = any(_asked(tests[test]) and not _asks_all(tests[test]) for _, test in waves)
    rows = (
        select(roles.c.organisation_id.label("school"), *labelled(columns))
        .select_from(roles.join(people, people.c.id == roles.c.person_id) if by_age else roles)
        .where(roles.c.organisation_id.in_(counted.schools), joined_first())
        .group_by(roles.c.organisation_id)
    )
    await count_rows(connection, rows, columns, windows, counted)


def asked_then(window: Window, takings: Sequence[Taking], basis: Basis, counted: Counted) -> None:
    """Of a period that is over, who was asked outside campaigns is known from that time or not at all.

    Teachers of today are not those of then.
    """
    for taking in takings:
        instrument = basis.library.find(taking.instrument, taking.version)
        if taking.wave.startswith("c") or instrument is None or not _asked(instrument):
            continue
        code = f"{taking.instrument}.invited"
        kept = "teachers" if _asks_all(instrument) else "teachers.early"
        for place in counted.places:
            of_place = counted.of(window, place)
            of_place.pop(code, None)
            if kept in of_place:
                of_place[code] = of_place[kept]


def _has_finished(test: str, wave: Wave) -> ColumnElement[bool]:
    assert wave.ends is not None
    # One list, not a search by teacher: PostgreSQL would not make a join of that.
    return roles.c.person_id.in_(select(survey_sessions.c.person_id).where(*outside(test, wave.begins, wave.ends)))


def _asks_all(instrument: Instrument) -> bool:
    return Audience.TEACHER in instrument.audience


def _asked(instrument: Instrument) -> bool:
    """Whether it is offered to teachers by itself, so that it is known who might have taken it."""
    return _asks_all(instrument) or Audience.EARLY_CAREER in instrument.audience
