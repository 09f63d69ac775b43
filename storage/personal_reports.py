"""Reports and events in what the service holds about one person: read whole, deleted, forgotten after its term."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Select, Update, delete, exists, or_, select, update

from storage.reporting_tables import (
    alerts,
    event_people,
    events,
    given_amounts,
    push_marks,
    push_settings,
    report_choices,
    statements,
)
from storage.tables import organisations

_place = organisations.c.name.label("place")


def report_queries(person_id: int) -> Mapping[str, Select[*tuple[Any, ...]]]:
    """What is told of the person, by kinds."""
    taking_part = event_people.join(events).join(organisations, organisations.c.id == event_people.c.school_id)
    return {
        "events": (
            select(event_people, events.c.title, events.c.held_on, _place)
            .select_from(taking_part)
            .where(event_people.c.person_id == person_id)
            .order_by(events.c.held_on, events.c.id)
        ),
        "events_led": (
            select(
                events.c.title,
                events.c.held_on,
                events.c.state,
                events.c.responsible_id,
                events.c.created_by,
                _place,
            )
            .join(organisations)
            .where(or_(events.c.responsible_id == person_id, events.c.created_by == person_id))
            .order_by(events.c.held_on, events.c.id)
        ),
        "amounts_given": (
            select(given_amounts, _place)
            .join(organisations)
            .where(given_amounts.c.given_by == person_id)
            .order_by(given_amounts.c.given_at)
        ),
        "statements": (
            select(statements.c.id, statements.c.period, statements.c.asked_at, _place)
            .join(organisations)
            .where(statements.c.asked_by == person_id)
            .order_by(statements.c.id)
        ),
        "report_choice": (
            select(report_choices, _place).join(organisations).where(report_choices.c.person_id == person_id)
        ),
        "push_settings": select(push_settings).where(push_settings.c.person_id == person_id),
        "push_marks": select(push_marks).where(push_marks.c.person_id == person_id),
    }


def erasing_reports(person_id: int) -> Sequence[Delete | Update]:
    """Delete what is theirs; plans of events, figures and statements stay, and name them no more."""
    own = (event_people, report_choices, push_settings, push_marks)
    led = update(events).where(events.c.responsible_id == person_id)
    return [
        # The words beside the number may be their name.
        led.values(responsible_id=None, responsible=""),
        *(delete(table).where(table.c.person_id == person_id) for table in own),
        *(
            update(column.table).where(column == person_id).values({column.name: None})
            for column in (
                events.c.created_by,
                given_amounts.c.given_by,
                statements.c.asked_by,
            )
        ),
    ]


def forgetting_reports(before: datetime) -> Sequence[Delete | Update]:
    """Delete who took part in events from before the moment, and alerts that were over by then.

    Statements stay: what was handed in can be asked for later, and holds no names.
    """
    old = exists().where(events.c.id == event_people.c.event_id, events.c.held_on < before.date())
    return [delete(event_people).where(old), delete(alerts).where(alerts.c.cleared_at < before)]
