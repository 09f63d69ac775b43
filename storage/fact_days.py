"""Facts that only their own day can tell, kept by day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflict import insert_for
from storage.fact_windows import Window
from storage.reporting_tables import fact_days
from storage.tables import organisations

EVERY_DAY = 62
"""For so many days every one is kept, then the last one of each month."""


async def is_kept(connection: AsyncConnection, day: date) -> bool:
    """Whether facts of the day are kept."""
    # By way of the places: a day has no index of its own, and one of them is enough.
    query = select(organisations.c.id).join(fact_days, fact_days.c.organisation_id == organisations.c.id)
    return await connection.scalar(query.where(fact_days.c.day == day).limit(1)) is not None


async def keep(connection: AsyncConnection, day: date, facts: Mapping[int, Mapping[str, float]]) -> None:
    """Keep facts of that day by organisation; those that are kept stay as they are."""
    rows = [{"organisation_id": place, "day": day, "facts": dict(of_place)} for place, of_place in facts.items()]
    if rows:
        statement = insert_for(connection.dialect)(fact_days).on_conflict_do_nothing()
        await connection.execute(statement, rows)


async def thin_out(connection: AsyncConnection, today: date) -> None:
    """Forget old days that are not the last one kept of their month."""
    before = today - timedelta(days=EVERY_DAY)
    old = await connection.scalars(select(fact_days.c.day).where(fact_days.c.day < before).distinct())
    days = sorted(old)
    # The month that `before` is in the middle of has later days still.
    last_of = {(day.year, day.month): day for day in days if (day.year, day.month) != (before.year, before.month)}
    needless = [day for day in days if last_of.get((day.year, day.month)) != day]
    if needless:
        await connection.execute(delete(fact_days).where(fact_days.c.day.in_(needless)))


async def newest(
    connection: AsyncConnection, place_id: int, schools: Sequence[int], windows: Collection[Window]
) -> Mapping[str, tuple[date, Mapping[int, Mapping[str, float]]]]:
    """By period the newest day inside with facts of the place, and those of it and its schools."""
    if not windows:
        return {}
    days = {
        window.key: await connection.scalar(
            select(func.max(fact_days.c.day)).where(
                fact_days.c.organisation_id == place_id,
                fact_days.c.day >= window.period.begins,
                fact_days.c.day < window.period.ends,
            )
        )
        for window in windows
    }
    wanted = {day for day in days.values() if day is not None}
    rows = await connection.execute(
        select(fact_days).where(fact_days.c.organisation_id.in_({place_id, *schools}), fact_days.c.day.in_(wanted))
    )
    facts: dict[date, dict[int, Mapping[str, float]]] = {}
    for row in rows:
        facts.setdefault(row.day, {})[row.organisation_id] = row.facts
    return {key: (day, facts[day]) for key, day in days.items() if day is not None}
