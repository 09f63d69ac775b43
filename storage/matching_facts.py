"""What matching has to know of people, in the database."""

from collections.abc import Collection, Mapping

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.model import OPEN_ROUTE
from services.mentoring.pair import EndReason, PairState
from services.mentoring.pairing.ports import Couple, Seats
from services.mentoring.sides import Bar
from services.people.model import Profile, Role
from storage.mentoring_tables import mentor_seats, pair_bars, pairs
from storage.reachable import agrees
from storage.tables import accounts, iom_routes, iom_steps, people, roles, shares

PARTED = (
    EndReason.MENTOR_DECLINED,
    EndReason.MENTEE_DECLINED,
    EndReason.NO_ANSWER,
    EndReason.MENTOR_ASKED,
    EndReason.MENTEE_ASKED,
    EndReason.NO_FIT,
    EndReason.MENTOR_CHANGED,
)
"""After such an end the same two are not proposed to each other again."""


class MatchingFacts:
    """The part of `services.mentoring.pairing.ports.MatchingStore` that reads about many people at once."""

    _connection: AsyncConnection

    async def bars(self, mentee_ids: Collection[int]) -> Mapping[Couple, Bar]:
        found = dict.fromkeys(await self._parted(mentee_ids), Bar.REFUSED)
        bars = await self._connection.execute(select(pair_bars).where(pair_bars.c.mentee_id.in_(mentee_ids)))
        found |= {(row.mentor_id, row.mentee_id): Bar(row.reason) for row in bars}
        # A psychologist and whoever shows them a result are no pair, whoever of them would be the mentor.
        shown = await self._connection.execute(
            select(shares.c.owner_id, shares.c.viewer_id).where(
                shares.c.revoked_at.is_(None),
                or_(shares.c.owner_id.in_(mentee_ids), shares.c.viewer_id.in_(mentee_ids)),
            )
        )
        for row in shown:
            found |= dict.fromkeys([(row.viewer_id, row.owner_id), (row.owner_id, row.viewer_id)], Bar.CONFLICT)
        return found

    async def _parted(self, mentee_ids: Collection[int]) -> set[Couple]:
        rows = await self._connection.execute(
            select(pairs.c.mentor_id, pairs.c.mentee_id)
            .where(
                pairs.c.mentee_id.in_(mentee_ids),
                pairs.c.state.in_([PairState.DECLINED.value, PairState.CLOSED_EARLY.value]),
                pairs.c.end_reason.in_([reason.value for reason in PARTED]),
            )
            .distinct()
        )
        return {(row.mentor_id, row.mentee_id) for row in rows}

    async def profiles(self, person_ids: Collection[int], consent: str | None) -> Mapping[int, Profile]:
        rows = await self._connection.execute(
            select(people).where(
                people.c.id.in_(person_ids),
                people.c.registered_at.is_not(None),
                exists().where(accounts.c.person_id == people.c.id),
                agrees(people.c.id, consent),
            )
        )
        return {
            row.id: Profile(
                row.full_name,
                row.position,
                row.subject,
                row.years_of_work,
                row.birth_year,
                row.category,
                row.profile_on,
            )
            for row in rows
        }

    async def curators(self, person_ids: Collection[int]) -> set[tuple[int, int]]:
        rows = await self._connection.execute(
            select(roles.c.person_id, roles.c.organisation_id).where(
                roles.c.person_id.in_(person_ids), roles.c.role == Role.CURATOR.value
            )
        )
        return {(row.person_id, row.organisation_id) for row in rows}

    async def seats(self, mentor_ids: Collection[int]) -> Mapping[int, Seats]:
        taken = (
            select(func.count())
            .where(pairs.c.mentor_id == mentor_seats.c.mentor_id, pairs.c.seat.is_not(None))
            .correlate(mentor_seats)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(mentor_seats.c.mentor_id, func.count().label("capacity"), taken.label("taken"))
            .where(mentor_seats.c.mentor_id.in_(mentor_ids))
            .group_by(mentor_seats.c.mentor_id)
        )
        return {row.mentor_id: Seats(row.capacity, row.capacity - row.taken) for row in rows}

    async def paired(self, mentee_ids: Collection[int]) -> set[int]:
        found = await self._connection.scalars(
            select(pairs.c.mentee_id).where(pairs.c.mentee_id.in_(mentee_ids), pairs.c.seat.is_not(None))
        )
        return set(found)

    async def route_domains(self, person_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
        rows = await self._connection.execute(
            select(iom_routes.c.person_id, iom_steps.c.domain)
            .join(iom_steps, iom_steps.c.route_id == iom_routes.c.id)
            .where(
                iom_routes.c.person_id.in_(person_ids),
                and_(iom_routes.c.state.in_(OPEN_ROUTE), iom_routes.c.submitted_at.is_not(None)),
                iom_steps.c.domain != "",
                iom_steps.c.state != "cancelled",
            )
            .distinct()
        )
        found: dict[int, frozenset[str]] = {}
        for row in rows:
            found[row.person_id] = found.get(row.person_id, frozenset()) | {row.domain}
        return found
