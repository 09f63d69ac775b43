"""Pairs of schools, their meetings and stages, and how requests become pairs, over several periods at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.health.silence import terms_of
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.pair import PairForm, PairState
from services.mentoring.programs.program import StageNumber
from services.mentoring.requests.request import RequestState
from services.people.model import Role
from services.reporting.facts import Basis
from storage import pair_attention as attention
from storage.early_career import is_early
from storage.fact_census import NOW, Columns, any_of, count_people, count_rows, flag, how_many, labelled
from storage.fact_windows import Counted, Window
from storage.mentoring_tables import meetings, mentee_requests, pair_stages, pairs
from storage.tables import people, roles

_LIVE = and_(pairs.c.approved_at.is_not(None), attention.both_agree(None))
"""Both have agreed to the pair, and agree to have their data handled still."""


async def count_pairs(
    connection: AsyncConnection, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """`pairs.*`, `meetings.*`, `early.mentored`, `funnel.*`, `requests.waiting`, `schools.model`."""
    await _count_pairs(connection, windows, basis, counted)
    for window in windows:
        for school in counted.schools:
            works = counted.of(window, school)["pairs.worked"] > 0
            counted.add(window, school, {"schools.model": 1 if works else 0})
    await _count_mentees(connection, windows, counted)
    await _count_offers(connection, windows, counted)
    await _count_requests(connection, windows, counted)


async def _count_pairs(
    connection: AsyncConnection, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    held, stages = _meetings(counted.schools, windows), _stages(counted.schools, windows)
    columns: dict[tuple[str, str], ColumnElement[Any]] = {}
    for window in windows:
        columns |= _of_window(window, held, stages)
    if any(window.live for window in windows):
        silent = attention.silent(terms_of(basis.mentoring, basis.now, basis.zone))
        columns[NOW, "pairs.silent"] = how_many(silent)
    rows = (
        select(pairs.c.school_id.label("school"), *labelled(columns))
        .select_from(
            pairs.outerjoin(held, held.c.pair_id == pairs.c.id).outerjoin(stages, stages.c.pair_id == pairs.c.id)
        )
        .where(pairs.c.school_id.in_(counted.schools), _LIVE)
        .group_by(pairs.c.school_id)
    )
    await count_rows(connection, rows, columns, windows, counted)


def _of_window(window: Window, held: Subquery, stages: Subquery) -> Columns:
    worked = _worked_in(window)
    stage = stages.c[f"stage {window.key}"]
    ended = and_(pairs.c.ended_on >= window.period.begins, pairs.c.ended_on < window.period.ends)
    conditions = {
        "pairs.worked": worked,
        "pairs.met": and_(worked, held.c[f"held {window.key}"] > 0),
        "pairs.open": and_(
            pairs.c.started_on <= window.as_of,
            or_(pairs.c.ended_on.is_(None), pairs.c.ended_on > window.as_of),
        ),
        "pairs.formed": and_(pairs.c.approved_at >= window.began, pairs.c.approved_at < window.ended),
        "pairs.completed": and_(pairs.c.state == PairState.COMPLETED.value, ended),
        "pairs.closed_early": and_(pairs.c.state == PairState.CLOSED_EARLY.value, ended),
        **{f"pairs.form.{form.value}": and_(pairs.c.form == form.value, worked) for form in PairForm},
        **{f"pairs.stage.{number.value}": and_(stage == number.value, worked) for number in StageNumber},
        "pairs.stage.none": and_(stage.is_(None), worked),
    }
    columns: dict[tuple[str, str], ColumnElement[Any]] = {
        (window.key, code): how_many(condition) for code, condition in conditions.items()
    }
    for what in ("held", "minutes", "timed", "confirmed"):
        columns[window.key, f"meetings.{what}"] = func.coalesce(func.sum(held.c[f"{what} {window.key}"]), 0)
    return columns


def _worked_in(window: Window) -> ColumnElement[bool]:
    """Whether a pair was at work at some time of the period; a pause is part of it."""
    return and_(
        pairs.c.started_on < window.period.ends,
        or_(pairs.c.ended_on.is_(None), pairs.c.ended_on >= window.period.begins),
    )


def _meetings(schools: Sequence[int], windows: Sequence[Window]) -> Subquery:
    """Meetings added up by pair."""
    columns: list[ColumnElement[Any]] = []
    for window in windows:
        inside = and_(meetings.c.held_on >= window.period.begins, meetings.c.held_on < window.period.ends)
        columns += [
            how_many(inside).label(f"held {window.key}"),
            func.sum(case((inside, meetings.c.minutes))).label(f"minutes {window.key}"),
            how_many(and_(inside, meetings.c.minutes.is_not(None))).label(f"timed {window.key}"),
            how_many(and_(meetings.c.state == MeetingState.CONFIRMED.value, inside)).label(
                f"confirmed {window.key}"
            ),
        ]
    return (
        select(meetings.c.pair_id, *columns)
        .join(pairs, pairs.c.id == meetings.c.pair_id)
        .where(
            pairs.c.school_id.in_(schools),
            meetings.c.held_on >= min(window.period.begins for window in windows),
            meetings.c.held_on < max(window.period.ends for window in windows),
        )
        .group_by(meetings.c.pair_id)
        .subquery("held")
    )


def _stages(schools: Sequence[int], windows: Sequence[Window]) -> Subquery:
    """By pair the first stage that is not over on the last day of each period, the last one when all are."""
    present = [
        func.coalesce(
            func.min(
                case(
                    (
                        or_(pair_stages.c.done_on.is_(None), pair_stages.c.done_on > window.as_of),
                        pair_stages.c.number,
                    )
                )
            ),
            func.max(pair_stages.c.number),
        ).label(f"stage {window.key}")
        for window in windows
    ]
    return (
        select(pair_stages.c.pair_id, *present)
        .join(pairs, pairs.c.id == pair_stages.c.pair_id)
        .where(pairs.c.school_id.in_(schools))
        .group_by(pair_stages.c.pair_id)
        .subquery("stages")
    )


async def _count_mentees(connection: AsyncConnection, windows: Sequence[Window], counted: Counted) -> None:
    """Early-career teachers of a school with a pair, wherever it is looked after."""
    # Pairs come first, few as they are beside teachers.
    worked = (
        select(pairs.c.mentee_id, *(any_of(_worked_in(window)).label(window.key) for window in windows))
        .where(_LIVE, pairs.c.started_on < max(window.period.ends for window in windows))
        .group_by(pairs.c.mentee_id)
        .cte("worked")
        .prefix_with("MATERIALIZED")
    )
    columns: dict[tuple[str, str], ColumnElement[Any]] = {
        (window.key, "early.mentored"): flag(and_(worked.c[window.key] == 1, is_early(window.as_of)))
        for window in windows
    }
    rows = (
        select(
            roles.c.organisation_id.label("school"),
            roles.c.person_id,
            literal(1).label("here"),
            *labelled(columns),
        )
        .select_from(
            worked.join(people, people.c.id == worked.c.mentee_id).join(
                roles, and_(roles.c.person_id == worked.c.mentee_id, roles.c.role == Role.TEACHER.value)
            )
        )
        .where(roles.c.organisation_id.in_(counted.schools))
    )
    await count_people(connection, rows, columns, {}, windows, counted)


async def _count_offers(connection: AsyncConnection, windows: Sequence[Window], counted: Counted) -> None:
    """Pairs that were proposed in the period, and what has come of them up to now."""
    met = select(meetings.c.pair_id).where(meetings.c.pair_id == pairs.c.id).exists()
    approved = pairs.c.approved_at.is_not(None)
    columns: dict[tuple[str, str], ColumnElement[Any]] = {}
    for window in windows:
        offered = and_(pairs.c.proposed_at >= window.began, pairs.c.proposed_at < window.ended)
        columns |= {
            (window.key, "funnel.proposed"): how_many(offered),
            (window.key, "funnel.approved"): how_many(and_(approved, offered)),
            (window.key, "funnel.met"): how_many(and_(approved, offered, met)),
            (window.key, "funnel.completed"): how_many(
                and_(pairs.c.state == PairState.COMPLETED.value, offered, met)
            ),
        }
    rows = (
        select(pairs.c.school_id.label("school"), *labelled(columns))
        .where(pairs.c.school_id.in_(counted.schools))
        .group_by(pairs.c.school_id)
    )
    await count_rows(connection, rows, columns, windows, counted)


async def _count_requests(connection: AsyncConnection, windows: Sequence[Window], counted: Counted) -> None:
    made = mentee_requests.c.created_at
    columns: dict[tuple[str, str], ColumnElement[Any]] = {
        (window.key, "funnel.requests"): how_many(
            and_(mentee_requests.c.state != RequestState.DRAFT.value, made >= window.began, made < window.ended)
        )
        for window in windows
    }
    if any(window.live for window in windows):
        columns[NOW, "requests.waiting"] = how_many(attention.waits(None))
    rows = (
        select(mentee_requests.c.school_id.label("school"), *labelled(columns))
        .where(mentee_requests.c.school_id.in_(counted.schools))
        .group_by(mentee_requests.c.school_id)
    )
    await count_rows(connection, rows, columns, windows, counted)
