"""What the database counts is what pandas finds in the same tables, for the whole and for every school."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import delete, select

from bot.ticks.facts import tend_facts
from services.diagnostics.library import Library
from services.diagnostics.loading import load_instruments
from services.diagnostics.wording import Wording
from services.mentoring.policy import MentoringPolicy
from services.people.model import Kind, Organisation
from services.reporting import periods
from services.reporting.facts import STATE, Basis
from storage.database import Database
from storage.reporting_tables import fact_days
from storage.tables import roles
from storage.unit_of_work import StoredWork
from tests.storage.pandas_facts import MIN_GROUP, SILENT_DAYS, Frames, Recount, read_frames
from tests.storage.pandas_participation import asked_then, participation, takings_of
from tests.storage.reported_district import (
    EVERYWHERE,
    MUNICIPALITY,
    NEIGHBOUR,
    NOW,
    SCHOOLS,
    TODAY,
    ZONE,
    Planting,
)
from tests.storage.residents import CONSENT

DISTRICT = Organisation(MUNICIPALITY, Kind.MUNICIPALITY, "Район")
PERIODS = (
    periods.year_of(TODAY),
    periods.previous(periods.year_of(TODAY)),
    periods.previous(periods.half_of(TODAY)),
    periods.quarter_of(date(2026, 8, 1)),
    periods.days(date(2026, 9, 30), date(2026, 10, 1)),
    periods.month_of(date(2027, 2, 1)),
)


async def no_wording(_: int) -> Wording:
    raise AssertionError("nobody has another wording")


@pytest.fixture(scope="module")
def basis() -> Basis:
    library = Library(load_instruments().values(), no_wording)
    return Basis(CONSENT, MIN_GROUP, ZONE, library, MentoringPolicy(silent_days=SILENT_DAYS), NOW)


def kept(frames: Frames, place: int, period: periods.Period) -> tuple[date | None, Mapping[str, float]]:
    days = frames["fact_days"]
    inside = days[(days.day >= pd.Timestamp(period.begins)) & (days.day < pd.Timestamp(period.ends))].sort_values(
        "day"
    )
    mine = inside[inside.organisation_id == place]
    return (mine.day.iloc[-1].date(), mine.facts.iloc[-1]) if len(mine) else (None, {})


@pytest.mark.parametrize("seed", range(2))
async def test_the_database_counts_what_pandas_counts(database: Database, basis: Basis, seed: int) -> None:
    async with database.write() as connection:
        await Planting(seed).store(connection)
        frames = await read_frames(connection)
        found = await StoredWork(connection).facts.facts(DISTRICT, PERIODS, basis)
        alone = await StoredWork(connection).facts.facts(
            Organisation(SCHOOLS[0], Kind.SCHOOL, "Школа 11", MUNICIPALITY), PERIODS, basis
        )
    for period in PERIODS:
        facts, last = found[period.key], min(period.last_day, TODAY)
        takings = takings_of(frames, SCHOOLS, MUNICIPALITY, None, period, ZONE)
        own = takings_of(frames, SCHOOLS[:1], SCHOOLS[0], MUNICIPALITY, period, ZONE)
        assert set(facts.schools) == set(SCHOOLS)
        for place, schools, taken, told in (
            (MUNICIPALITY, SCHOOLS, takings, facts.whole),
            *((school, (school,), takings, facts.schools[school]) for school in SCHOOLS),
            (SCHOOLS[0], SCHOOLS[:1], own, alone[period.key].whole),
        ):
            expected = dict(Recount(frames, schools, place, period.begins, period.ends, NOW).all())
            expected |= participation(frames, taken, schools, last)
            day, facts_kept = kept(frames, place, period)
            if period.ends <= TODAY:
                expected |= facts_kept
                expected = asked_then(expected, taken, facts_kept)
                assert facts.kept_on == day
            else:
                assert facts.kept_on == TODAY
            assert told == pytest.approx(expected), (period.key, place)


async def test_the_clock_keeps_a_day_once(database: Database, basis: Basis) -> None:
    desk: Any = SimpleNamespace(zone=ZONE, basis=basis)
    async with database.write() as connection:
        await Planting(1).store(connection)
        await connection.execute(delete(fact_days))
        await connection.commit()
    await tend_facts(database, desk, NOW)
    async with database.write() as connection:
        first = (await connection.execute(select(fact_days))).all()
        await connection.execute(delete(roles))
        await connection.commit()
    await tend_facts(database, desk, NOW)
    async with database.read() as connection:
        assert (await connection.execute(select(fact_days))).all() == first
    assert {(row.organisation_id, row.day) for row in first} == {
        (place, TODAY - timedelta(days=1)) for place in (MUNICIPALITY, NEIGHBOUR, *EVERYWHERE)
    }
    assert all(row.facts["teachers"] > 0 for row in first)


async def test_a_day_is_kept_once_and_tells_of_the_period_that_it_was_in(database: Database, basis: Basis) -> None:
    period = periods.month_of(TODAY)
    async with database.write() as connection:
        await Planting(1).store(connection)
        store = StoredWork(connection).facts
        live = (await store.facts(DISTRICT, [period], basis))[period.key]
        old = [date(2026, 6, 29), date(2026, 6, 30), date(2026, 9, 22), date(2026, 9, 23)]
        for day in old:
            assert await store.keep_day(day, await store.facts_now(basis))
        assert await store.keep_day(TODAY, await store.facts_now(basis))
        assert not await store.keep_day(TODAY, await store.facts_now(basis))
        later = Basis(CONSENT, 5, ZONE, basis.library, basis.mentoring, NOW + timedelta(days=20))
        past = (await store.facts(DISTRICT, [period], later))[period.key]
        days = (await read_frames(connection))["fact_days"]
    assert past.kept_on == TODAY
    assert {code: past.whole[code] for code in STATE} == {code: live.whole[code] for code in STATE}
    for school in SCHOOLS:
        assert {code: past.schools[school][code] for code in STATE} == {
            code: live.schools[school][code] for code in STATE
        }
    # Of what is older than two months only the last day of a month is left.
    assert date(2026, 6, 29) not in set(days.day.dt.date)
    assert {date(2026, 6, 30), date(2026, 9, 23), TODAY} <= set(days.day.dt.date)
