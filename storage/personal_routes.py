"""Routes (ИОМ) in what the service holds about one person: read whole, and deleted whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Select, Update, delete, or_, select, update

from storage.tables import (
    iom_evidence,
    iom_history,
    iom_pauses,
    iom_routes,
    iom_steps,
    organisations,
    people,
)

_place = organisations.c.name.label("place")


def route_queries(person_id: int) -> Mapping[str, Select[*tuple[Any, ...]]]:
    """What is told of the person's routes, by kinds; of those they only look after, no teacher's name."""
    mentor = people.alias("mentor")
    own = iom_routes.c.person_id == person_id
    decided = select(iom_steps.c.route_id).where(iom_steps.c.confirmed_by == person_id)
    return {
        "routes": (
            select(iom_routes, _place, mentor.c.full_name.label("mentor_name"))
            .join(organisations, organisations.c.id == iom_routes.c.school_id)
            .outerjoin(mentor, mentor.c.id == iom_routes.c.mentor_id)
            .where(own)
            .order_by(iom_routes.c.id)
        ),
        "steps": select(iom_steps).join(iom_routes).where(own).order_by(iom_steps.c.route_id, iom_steps.c.due_on),
        # Without the bytes: the bot sends every file back on request.
        "evidence": (
            select(
                iom_evidence.c.step_id,
                iom_evidence.c.kind,
                iom_evidence.c.words,
                iom_evidence.c.file_name,
                iom_evidence.c.given_at,
            )
            .join(iom_steps, iom_steps.c.id == iom_evidence.c.step_id)
            .join(iom_routes, iom_routes.c.id == iom_steps.c.route_id)
            .where(own)
            .order_by(iom_evidence.c.id)
        ),
        "pauses": select(iom_pauses).join(iom_routes).where(own).order_by(iom_pauses.c.id),
        "history": (
            select(iom_history)
            .join(iom_routes, iom_routes.c.id == iom_history.c.route_id)
            .where(or_(own, iom_history.c.actor_id == person_id))
            .order_by(iom_history.c.id)
        ),
        "routes_kept": (
            select(
                iom_routes.c.id,
                iom_routes.c.created_at,
                iom_routes.c.agreed_at,
                (iom_routes.c.mentor_id == person_id).label("as_mentor"),
                _place,
            )
            .join(organisations, organisations.c.id == iom_routes.c.school_id)
            .where(
                or_(
                    iom_routes.c.mentor_id == person_id,
                    iom_routes.c.agreed_by == person_id,
                    iom_routes.c.id.in_(decided),
                )
            )
            .order_by(iom_routes.c.id)
        ),
    }


def erasing_routes(person_id: int) -> Sequence[Delete | Update]:
    """Delete the person's routes; in those of others they are nobody any more."""
    own = select(iom_routes.c.id).where(iom_routes.c.person_id == person_id)
    named = (iom_routes.c.mentor_id, iom_routes.c.agreed_by, iom_steps.c.confirmed_by, iom_history.c.actor_id)
    return [
        *_deleting(own),
        *(update(column.table).where(column == person_id).values({column.name: None}) for column in named),
    ]


def forgetting_routes(before: datetime) -> Sequence[Delete | Update]:
    """Delete routes that ended before the moment."""
    return _deleting(select(iom_routes.c.id).where(iom_routes.c.closed_at < before))


def letting_go(sessions: Select[tuple[int]]) -> Sequence[Update]:
    """Routes forget these diagnoses, which are about to be deleted."""
    return [
        update(iom_routes).where(column.in_(sessions)).values({column.name: None})
        for column in (iom_routes.c.session_id, iom_routes.c.repeat_session_id)
    ]


def _deleting(routes: Select[tuple[int]]) -> Sequence[Delete]:
    steps = select(iom_steps.c.id).where(iom_steps.c.route_id.in_(routes))
    return [
        delete(iom_evidence).where(iom_evidence.c.step_id.in_(steps)),
        *(delete(table).where(table.c.route_id.in_(routes)) for table in (iom_history, iom_pauses, iom_steps)),
        delete(iom_routes).where(iom_routes.c.id.in_(routes)),
    ]
