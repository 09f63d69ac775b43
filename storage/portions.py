"""Portions of groups' figures, and who is in none yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns.model import State
from services.diagnostics.answering import Sheet, Value
from services.reporting.groups.ports import Contribution
from services.reporting.groups.suppression import Figures, Measure
from services.reporting.groups.waves import Wave
from storage.sheets_lock import lock_sheets
from storage.tables import (
    anonymous_sheets,
    campaigns,
    organisations,
    people,
    portion_members,
    portions,
    survey_sessions,
    survey_values,
)
from storage.takers import finished, takers, within


class PortionTable:
    """`services.reporting.groups.ports.PortionStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, instrument: str, version: str, wave: Wave) -> None:
        if wave.anonymous:
            await lock_sheets(self._connection, wave.campaign_id)
            return
        # SQLite has one writer anyway. Another wave with the same number only waits for nothing.
        if self._connection.dialect.name == "postgresql":
            key = func.hashtextextended(f"portions {instrument} {version} {wave.key}", 0)
            await self._connection.execute(select(func.pg_advisory_xact_lock(cast(key, BigInteger))))

    async def waiting(
        self, organisation_id: int, instrument: str, version: str, wave: Wave, *, with_values: bool
    ) -> Sequence[Contribution]:
        if wave.anonymous:
            return await self._waiting_sheets(organisation_id, instrument, version, wave)
        found = takers(organisation_id, wave.campaign_id)
        later = survey_sessions.alias("later")
        superseded = exists().where(
            later.c.person_id == people.c.id,
            finished(later, instrument, version, wave),
            later.c.id > survey_sessions.c.id,
        )
        counted = exists().where(
            _of(portion_members, instrument, version, wave), portion_members.c.person_id == people.c.id
        )
        rows = (
            await self._connection.execute(
                found.add_columns(survey_sessions.c.id, survey_sessions.c.answers)
                .join(survey_sessions, survey_sessions.c.person_id == people.c.id)
                .where(finished(survey_sessions, instrument, version, wave), ~superseded, ~counted)
                .order_by(found.selected_columns.school_id, survey_sessions.c.finished_at, survey_sessions.c.id)
                # Nobody who deletes themselves meanwhile gets into a portion.
                .with_for_update(of=people, read=True, key_share=True)
            )
        ).all()
        values = await self._values([row.id for row in rows]) if with_values else {}
        return [
            Contribution(row.person_id, row.school_id, Sheet(row.answers, values.get(row.id, {}))) for row in rows
        ]

    async def _values(self, sessions: Sequence[int]) -> Mapping[int, Mapping[int, Value]]:
        found: dict[int, dict[int, Value]] = {}
        for start in range(0, len(sessions), _AT_ONCE):
            rows = await self._connection.execute(
                select(survey_values).where(survey_values.c.session_id.in_(sessions[start : start + _AT_ONCE]))
            )
            for row in rows:
                found.setdefault(row.session_id, {})[row.item] = row.value
        return found

    async def _waiting_sheets(
        self, organisation_id: int, instrument: str, version: str, wave: Wave
    ) -> Sequence[Contribution]:
        rows = await self._connection.execute(
            select(anonymous_sheets)
            .join(campaigns, campaigns.c.id == anonymous_sheets.c.campaign_id)
            .where(
                campaigns.c.id == wave.campaign_id,
                campaigns.c.organisation_id == organisation_id,
                # While it runs, a sheet that came after a count would be known as that of somebody who came later.
                campaigns.c.state == State.CLOSED.value,
                anonymous_sheets.c.instrument == instrument,
                anonymous_sheets.c.version == version,
                anonymous_sheets.c.portion_id.is_(None),
            )
        )
        return [
            Contribution(row.id, None, Sheet(row.answers, {int(item): value for item, value in row.given.items()}))
            for row in rows
        ]

    async def add(
        self,
        instrument: str,
        version: str,
        wave: Wave,
        school_id: int | None,
        figures: Figures,
        members: Sequence[int],
        now: datetime,
    ) -> None:
        key = {"instrument": instrument, "version": version, "wave": wave.key}
        portion_id = (
            await self._connection.execute(
                insert(portions)
                .values(**key, school_id=school_id, size=figures.people, figures=_packed(figures), made_at=now)
                .returning(portions.c.id)
            )
        ).scalar_one()
        if wave.anonymous:
            taken = 0
            for start in range(0, len(members), _AT_ONCE):
                result = await self._connection.execute(
                    update(anonymous_sheets)
                    .where(
                        anonymous_sheets.c.id.in_(members[start : start + _AT_ONCE]),
                        anonymous_sheets.c.portion_id.is_(None),
                    )
                    .values(portion_id=portion_id)
                )
                taken += result.rowcount
            if taken != len(members):
                raise RuntimeError(f"{len(members) - taken} sheets have changed while they were counted")
            return
        await self._connection.execute(
            insert(portion_members),
            [{**key, "person_id": person_id, "portion_id": portion_id} for person_id in members],
        )

    async def kept(
        self, organisation_id: int, instrument: str, version: str, wave: Wave
    ) -> Sequence[tuple[int | None, Figures]]:
        rows = await self._connection.execute(
            select(portions.c.school_id, portions.c.size, portions.c.figures)
            .where(_of(portions, instrument, version, wave), self._belongs(organisation_id, wave))
            .order_by(portions.c.id)
        )
        return [(row.school_id, unpacked(row.size, row.figures)) for row in rows]

    async def newest(self, organisation_id: int, instrument: str, version: str, wave: Wave) -> int | None:
        found: int | None = await self._connection.scalar(
            select(func.max(portions.c.id)).where(
                _of(portions, instrument, version, wave), self._belongs(organisation_id, wave)
            )
        )
        return found

    async def taking(self, portion_id: int) -> tuple[str, str, str] | None:
        row = (
            await self._connection.execute(
                select(portions.c.instrument, portions.c.version, portions.c.wave).where(
                    portions.c.id == portion_id
                )
            )
        ).first()
        return (row.instrument, row.version, row.wave) if row else None

    async def years(self, organisation_id: int, instrument: str, version: str) -> Sequence[str]:
        return (
            await self._connection.scalars(
                select(portions.c.wave)
                .distinct()
                .join(organisations, organisations.c.id == portions.c.school_id)
                .where(
                    portions.c.instrument == instrument,
                    portions.c.version == version,
                    portions.c.wave.like("y%"),
                    within(organisation_id),
                )
            )
        ).all()

    @staticmethod
    def _belongs(organisation_id: int, wave: Wave) -> ColumnElement[bool]:
        if wave.anonymous:
            return exists().where(
                campaigns.c.id == wave.campaign_id, campaigns.c.organisation_id == organisation_id
            )
        return exists().where(organisations.c.id == portions.c.school_id, within(organisation_id))


_AT_ONCE = 500
"""Ids in one condition: both databases have a limit on parameters."""


def _of(table: Any, instrument: str, version: str, wave: Wave) -> ColumnElement[bool]:
    return and_(table.c.instrument == instrument, table.c.version == version, table.c.wave == wave.key)


def _packed(figures: Figures) -> dict[str, list[int]]:
    """As JSON: each measure's people, then its counts."""
    return {code: [measure.people, *measure.counts] for code, measure in figures.measures.items()}


def unpacked(size: int, packed: Mapping[str, Sequence[int]]) -> Figures:
    return Figures(size, {code: Measure(people, tuple(counts)) for code, (people, *counts) in packed.items()})
