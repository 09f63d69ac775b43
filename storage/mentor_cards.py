"""Info cards of mentors, in the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.bank.card import IN_BANK, BankCard, Card, CardState, MeetFormat
from services.people.model import Kind, Organisation, Profile, Role
from storage.conflict import insertion
from storage.mentoring_tables import mentor_cards, pairs
from storage.reachable import agrees
from storage.tables import organisations, people, roles

_TAKEN = (
    select(func.count())
    .select_from(pairs)
    .where(pairs.c.mentor_id == mentor_cards.c.person_id, pairs.c.seat.is_not(None))
    .scalar_subquery()
)
_SEEN = (
    select(
        mentor_cards,
        people.c.full_name,
        people.c.position,
        people.c.subject,
        people.c.years_of_work,
        people.c.birth_year,
        people.c.category,
        people.c.profile_on,
        organisations.c.name.label("school_name"),
        organisations.c.parent_id,
        _TAKEN.label("taken"),
    )
    .join(people, people.c.id == mentor_cards.c.person_id)
    .join(organisations, organisations.c.id == mentor_cards.c.school_id)
    # Whoever has taken their consent back is shown to nobody.
    .where(agrees(mentor_cards.c.person_id, None))
    .order_by(people.c.name_key, people.c.id)
)


class CardTable:
    """`services.mentoring.bank.ports.CardStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, person_id: int) -> Card | None:
        return await self._one(select(mentor_cards).where(mentor_cards.c.person_id == person_id))

    async def add(self, card: Card) -> Card | None:
        new = _columns(card) | {"person_id": card.person_id, "created_at": card.created_at, "turn": 0}
        made = insertion(self._connection.dialect, mentor_cards, new).returning(mentor_cards)
        return await self._one(made)

    async def save(self, card: Card) -> Card | None:
        return await self._one(
            update(mentor_cards)
            .where(mentor_cards.c.person_id == card.person_id, mentor_cards.c.turn == card.turn)
            .values(_columns(card))
            .returning(mentor_cards)
        )

    async def drop(self, card: Card) -> bool:
        result = await self._connection.execute(
            delete(mentor_cards).where(
                mentor_cards.c.person_id == card.person_id,
                mentor_cards.c.turn == card.turn,
                mentor_cards.c.state.not_in(IN_BANK),
            )
        )
        return result.rowcount == 1

    async def approved(self, municipality_id: int) -> Sequence[Card]:
        rows = await self._connection.execute(
            select(mentor_cards)
            .join(organisations, organisations.c.id == mentor_cards.c.school_id)
            .where(
                organisations.c.parent_id == municipality_id,
                mentor_cards.c.state == CardState.APPROVED.value,
                _is_mentor(),
                agrees(mentor_cards.c.person_id, None),
            )
            .order_by(mentor_cards.c.person_id)
        )
        return [_card(row) for row in rows]

    async def listed(self, place: Organisation, states: Sequence[CardState]) -> Sequence[BankCard]:
        within = (
            mentor_cards.c.school_id == place.id
            if place.kind is Kind.SCHOOL
            else organisations.c.parent_id == place.id
        )
        query = _SEEN.where(
            within,
            mentor_cards.c.state.in_(states),
            or_(mentor_cards.c.state.not_in(IN_BANK), _is_mentor()),
            _is_there(),
        )
        return [_bank_card(row) for row in await self._connection.execute(query)]

    async def seen(self, person_id: int) -> BankCard | None:
        row = (await self._connection.execute(_SEEN.where(mentor_cards.c.person_id == person_id))).first()
        return _bank_card(row) if row else None

    async def move(self, person_id: int, left_id: int, to_id: int) -> None:
        await self._connection.execute(
            update(mentor_cards)
            .where(mentor_cards.c.person_id == person_id, mentor_cards.c.school_id == left_id)
            .values(school_id=to_id, turn=mentor_cards.c.turn + 1)
        )

    async def _one(self, statement: Select[Any] | Any) -> Card | None:
        row = (await self._connection.execute(statement)).first()
        return _card(row) if row else None


def _is_there() -> ColumnElement[bool]:
    """Whether the card's owner has any role in its school."""
    return exists().where(
        roles.c.person_id == mentor_cards.c.person_id, roles.c.organisation_id == mentor_cards.c.school_id
    )


def _is_mentor() -> ColumnElement[bool]:
    return exists().where(
        roles.c.person_id == mentor_cards.c.person_id,
        roles.c.organisation_id == mentor_cards.c.school_id,
        roles.c.role == Role.MENTOR.value,
    )


def _columns(card: Card) -> dict[str, Any]:
    return {
        "school_id": card.school_id,
        "state": card.state.value,
        "turn": card.turn + 1,
        "strengths": list(card.strengths),
        "help_with": card.help_with,
        "formats": [each.value for each in card.formats],
        "times": card.times,
        "capacity": card.capacity,
        "reaches_out": card.reaches_out,
        "prefers_early": card.prefers_early,
        "comment": card.comment,
        "proposed_by": card.proposed_by,
        "offered_at": card.offered_at,
        "approved_at": card.approved_at,
        "approved_by": card.approved_by,
    }


def _card(row: Any) -> Card:
    return Card(
        person_id=row.person_id,
        school_id=row.school_id,
        state=CardState(row.state),
        created_at=row.created_at,
        turn=row.turn,
        strengths=tuple(row.strengths),
        help_with=row.help_with,
        formats=tuple(MeetFormat(code) for code in row.formats),
        times=row.times,
        capacity=row.capacity,
        reaches_out=row.reaches_out,
        prefers_early=row.prefers_early,
        comment=row.comment,
        proposed_by=row.proposed_by,
        offered_at=row.offered_at,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
    )


def _bank_card(row: Any) -> BankCard:
    profile = Profile(
        row.full_name,
        row.position,
        row.subject,
        row.years_of_work,
        row.birth_year,
        row.category,
        row.profile_on,
    )
    school = Organisation(row.school_id, Kind.SCHOOL, row.school_name, row.parent_id)
    return BankCard(_card(row), profile, school, row.taken)
