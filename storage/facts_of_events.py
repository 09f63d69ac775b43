"""Events by who holds them, and who took part by school."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.model import EventState, PartState
from services.people.model import Kind, Organisation
from services.reporting.facts import Basis
from services.reporting.groups.marks import told
from storage.fact_census import count_rows, how_many, labelled
from storage.fact_windows import WHOLE, Counted, Window
from storage.reporting_tables import event_people, events
from storage.tables import organisations

_MARKED = ("events.rated", "events.rating")
_HOLDING = ("events.planned", "events.held", "events.cancelled")


async def count_events(
    connection: AsyncConnection, place: Organisation, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """`events.*`. Those of the whole are held by the place itself; taking part is counted at whoever's events."""
    await _count_holding(connection, place, windows, counted)
    await _count_marks(connection, place, windows, basis.min_group, counted)
    columns: dict[tuple[str, str], ColumnElement[Any]] = {}
    for window in windows:
        inside = _inside(window)
        signed_up = event_people.c.state == PartState.SIGNED_UP.value
        columns |= {
            (window.key, "events.signed_up"): how_many(and_(signed_up, inside)),
            (window.key, "events.attended"): how_many(and_(event_people.c.attended.is_(True), inside)),
        }
    rows = (
        select(event_people.c.school_id.label("school"), *labelled(columns))
        .select_from(event_people.join(events, events.c.id == event_people.c.event_id))
        .where(
            event_people.c.school_id.in_(counted.schools),
            events.c.state != EventState.CANCELLED.value,
            _any(windows),
        )
        .group_by(event_people.c.school_id)
    )
    await count_rows(connection, rows, columns, windows, counted)


async def _count_marks(
    connection: AsyncConnection, place: Organisation, windows: Sequence[Window], min_group: int, counted: Counted
) -> None:
    """`events.rated` and `events.rating`: whoever gives a mark is promised that it is seen among others alone."""
    counted.look_for(windows, _MARKED)
    ours = select(event_people.c.event_id).where(
        event_people.c.school_id.in_(counted.schools), event_people.c.mark.is_not(None)
    )
    rows = await connection.execute(
        select(
            events.c.id,
            events.c.held_on,
            event_people.c.school_id,
            func.coalesce(organisations.c.parent_id, organisations.c.id).label("above"),
            func.count().label("marks"),
            func.sum(event_people.c.mark).label("rating"),
        )
        .select_from(
            event_people.join(events, events.c.id == event_people.c.event_id).join(
                organisations, organisations.c.id == event_people.c.school_id
            )
        )
        .where(
            event_people.c.mark.is_not(None),
            events.c.state != EventState.CANCELLED.value,
            _any(windows),
            events.c.id.in_(ours),
        )
        .group_by(
            events.c.id, events.c.held_on, event_people.c.school_id, organisations.c.parent_id, organisations.c.id
        )
        .order_by(events.c.id)
    )
    for _, of_event in groupby(rows, key=lambda row: row.id):
        cells = list(of_event)
        marks = {cell.school_id: cell.marks for cell in cells}
        municipalities, schools = told(marks, {cell.school_id: cell.above for cell in cells}, min_group)
        for cell in cells:
            if cell.school_id not in counted.schools:
                continue
            in_whole = cell.school_id in schools if place.kind is Kind.SCHOOL else cell.above in municipalities
            places = ({WHOLE} if in_whole else set()) | ({cell.school_id} & set(schools))
            for window in (each for each in windows if each.period.holds(cell.held_on)):
                for one in places:
                    found = counted.of(window, one)
                    found["events.rated"] += cell.marks
                    found["events.rating"] += int(cell.rating)


async def _count_holding(
    connection: AsyncConnection, place: Organisation, windows: Sequence[Window], counted: Counted
) -> None:
    counted.look_for(windows, _HOLDING)
    held = events.c.state == EventState.HELD.value
    cancelled = events.c.state == EventState.CANCELLED.value
    columns = [
        how_many(and_(_inside(window), *conditions)).label(f"{window.key}/{code}")
        for window in windows
        for code, conditions in zip(_HOLDING, ((), (held,), (cancelled,)), strict=True)
    ]
    holders = {place.id, *counted.schools}
    rows = await connection.execute(
        select(events.c.organisation_id, *columns)
        .where(events.c.organisation_id.in_(holders), _any(windows))
        .group_by(events.c.organisation_id)
    )
    for row in rows.mappings():
        holder = row["organisation_id"]
        places = {WHOLE} if holder == place.id else set()
        for window in windows:
            for each in places | ({holder} & set(counted.schools)):
                counted.of(window, each).update({code: row[f"{window.key}/{code}"] for code in _HOLDING})


def _inside(window: Window) -> ColumnElement[bool]:
    return and_(events.c.held_on >= window.period.begins, events.c.held_on < window.period.ends)


def _any(windows: Sequence[Window]) -> ColumnElement[bool]:
    """No narrower than all of the periods together."""
    return and_(
        events.c.held_on >= min(window.period.begins for window in windows),
        events.c.held_on < max(window.period.ends for window in windows),
    )
