"""Official forms of schools: the newest that each has handed in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.session import State
from services.reporting.facts import Basis
from services.reporting.forms import FORMS, HANDED_IN, Form, facts_of
from storage.fact_windows import Counted, Window
from storage.tables import survey_sessions, survey_values

_VALID = timedelta(days=366)
"""A form is not counted for longer than that."""
_AT_ONCE = 500
"""Ids in one condition: both databases have a limit on parameters."""


async def count_forms(
    connection: AsyncConnection, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """`staffing.*`, `documents.*`, `pairs.other.*` and `network.*`."""
    counted.look_for(windows, HANDED_IN)
    until = {window.key: min(window.ended, basis.now) for window in windows}
    forms = (
        await connection.execute(
            select(
                survey_sessions.c.id,
                survey_sessions.c.instrument,
                survey_sessions.c.organisation_id,
                survey_sessions.c.answers,
                survey_sessions.c.finished_at,
            )
            .where(
                survey_sessions.c.instrument.in_(sorted(FORMS)),
                survey_sessions.c.state == State.FINISHED.value,
                survey_sessions.c.organisation_id.in_(counted.schools),
                survey_sessions.c.finished_at > min(until.values()) - _VALID,
            )
            .order_by(survey_sessions.c.finished_at, survey_sessions.c.id)
        )
    ).all()
    chosen = {
        (window.key, form.instrument, form.organisation_id): form
        for window in windows
        for form in forms
        if until[window.key] - _VALID < form.finished_at <= until[window.key] and form.finished_at < window.ended
    }
    values = await _values(connection, sorted({form.id for form in chosen.values()}))
    by_key = {window.key: window for window in windows}
    for (key, instrument, school), form in chosen.items():
        counted.add(by_key[key], school, facts_of(instrument, Form(form.answers, values.get(form.id, {}))))


async def _values(connection: AsyncConnection, sessions: Sequence[int]) -> Mapping[int, Mapping[int, object]]:
    found: dict[int, dict[int, object]] = {}
    for start in range(0, len(sessions), _AT_ONCE):
        rows = await connection.execute(
            select(survey_values).where(survey_values.c.session_id.in_(sessions[start : start + _AT_ONCE]))
        )
        for row in rows:
            found.setdefault(row.session_id, {})[row.item] = row.value
    return found
