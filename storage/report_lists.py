"""Lists of people and events for those who oversee a place, in the database."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.model import Audience, EventKind, EventState, PartState
from services.iom.model import OPEN_ROUTE, RouteKind, RouteState, StepState
from services.mentoring.health.silence import terms_of
from services.mentoring.pair import OPEN_PAIR, PairForm, PairState
from services.mentoring.requests.request import RequestState
from services.natural_order import natural
from services.people.model import Kind, Organisation, Role
from services.people.zones import zone_at
from services.reporting.facts import Basis
from services.reporting.periods import Period
from services.reporting.table.lists import (
    MOST,
    EarlyRow,
    EventRow,
    Listed,
    Lists,
    PairRow,
    RouteRow,
    SilentRow,
    TeacherRow,
)
from storage import pair_attention as attention
from storage.early_career import is_early
from storage.mentoring_tables import meetings, mentee_requests, pair_stages, pairs
from storage.reachable import agrees
from storage.reporting_tables import event_people, events
from storage.tables import accounts, consents, iom_pauses, iom_routes, iom_steps, organisations, people, roles
from storage.takers import within

Row = TypeVar("Row")
Moments = tuple[datetime, datetime]
_mentor = people.alias("mentor")
_mentee = people.alias("mentee")
_OPEN = iom_routes.c.state.in_([state.value for state in OPEN_ROUTE])


class ReportListTable:
    """`services.reporting.table.lists.ReportLists` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_place(self, place: Organisation, period: Period, reader_id: int | None, basis: Basis) -> Lists:
        zone = zone_at(place, basis.zone)
        terms = terms_of(basis.mentoring, basis.now, zone)
        today = terms.today
        looked_after = and_(
            pairs.c.school_id.in_(_schools(place)),
            pairs.c.mentee_id != (reader_id or 0),
            attention.both_agree(None),
        )
        silent = attention.silent_pairs(looked_after, attention.silent(terms))

        def silent_row(row: Any) -> SilentRow:
            pair = attention.silent_pair(row)
            return SilentRow(pair.school, pair.mentor, pair.mentee, pair.since, (today - pair.since).days)

        return Lists(
            made_on=today,
            pairs=_by_school(await self._listed(_pairs(looked_after, period), _pair_row)),
            silent=await self._listed(silent, silent_row),
            routes=_by_school(
                await self._listed(
                    _routes(place, period.moments(zone), today, basis.consent), lambda row: _route_row(row, zone)
                )
            ),
            without_route=_by_school(
                await self._listed(_without_route(place, period.moments(zone)), _teacher_row)
            ),
            early_without_mentor=_by_school(
                await self._listed(_early_without_mentor(place, today), lambda row: _early_row(row, zone))
            ),
            events=await self._listed(_events(place, period, basis.min_group), _event_row),
        )

    async def _listed(self, query: Select[Any], read: Callable[[Any], Row]) -> Listed[Row]:
        found = [read(row) for row in await self._connection.execute(query.limit(MOST))]
        if len(found) < MOST:
            return Listed(found, len(found))
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        return Listed(found, int(await self._connection.scalar(counted) or 0))


def _by_school(listed: Listed[Any]) -> Listed[Any]:
    """By the numbers of schools as people count them; within a school as the database has put them."""
    return Listed(sorted(listed.rows, key=lambda row: natural(row.school)), listed.total)


def _schools(place: Organisation) -> Select[tuple[int]]:
    return select(organisations.c.id).where(organisations.c.kind == Kind.SCHOOL.value, within(place.id))


def _pairs(looked_after: ColumnElement[bool], period: Period) -> Select[Any]:
    """Open today, or at work at some time of the period."""
    stage = select(func.min(pair_stages.c.number)).where(
        pair_stages.c.pair_id == pairs.c.id, pair_stages.c.done_on.is_(None)
    )
    held = select(func.count()).where(
        meetings.c.pair_id == pairs.c.id, meetings.c.held_on >= period.begins, meetings.c.held_on < period.ends
    )
    worked = and_(
        pairs.c.started_on < period.ends, or_(pairs.c.ended_on.is_(None), pairs.c.ended_on >= period.begins)
    )
    return (
        select(
            organisations.c.name.label("school"),
            _mentor.c.full_name.label("mentor"),
            _mentee.c.full_name.label("mentee"),
            pairs.c.form,
            pairs.c.state,
            stage.correlate(pairs).scalar_subquery().label("stage"),
            pairs.c.started_on,
            pairs.c.ended_on,
            held.correlate(pairs).scalar_subquery().label("meetings"),
            pairs.c.last_met_on,
        )
        .join(_mentor, _mentor.c.id == pairs.c.mentor_id)
        .join(_mentee, _mentee.c.id == pairs.c.mentee_id)
        .join(organisations, organisations.c.id == pairs.c.school_id)
        .where(looked_after, or_(pairs.c.state.in_([state.value for state in OPEN_PAIR]), worked))
        .order_by(organisations.c.name, organisations.c.id, _mentee.c.name_key, pairs.c.id)
    )


def _pair_row(row: Any) -> PairRow:
    return PairRow(
        row.school,
        row.mentor,
        row.mentee,
        PairForm(row.form),
        PairState(row.state),
        row.stage,
        row.started_on,
        row.ended_on,
        row.meetings,
        row.last_met_on,
    )


def _routes(place: Organisation, moments: Moments, today: date, consent: str) -> Select[Any]:
    """Drafts that nobody has been shown are their teachers' own."""
    rests = exists().where(
        iom_pauses.c.route_id == iom_steps.c.route_id,
        iom_pauses.c.over.is_(False),
        iom_pauses.c.starts_on <= iom_steps.c.due_on,
    )
    late = and_(iom_steps.c.state == StepState.PLANNED.value, iom_steps.c.due_on < today, ~rests)
    return (
        select(
            organisations.c.name.label("school"),
            people.c.full_name.label("teacher"),
            iom_routes.c.kind,
            iom_routes.c.state,
            iom_routes.c.agreed_at,
            _steps(iom_steps.c.state != StepState.CANCELLED.value).label("steps"),
            _steps(iom_steps.c.state == StepState.CONFIRMED.value).label("confirmed"),
            _steps(iom_steps.c.state == StepState.DONE.value).label("handed_in"),
            case((_OPEN, _steps(late)), else_=0).label("overdue"),
        )
        .join(people, people.c.id == iom_routes.c.person_id)
        .join(organisations, organisations.c.id == iom_routes.c.school_id)
        .where(
            iom_routes.c.school_id.in_(_schools(place)),
            iom_routes.c.submitted_at.is_not(None),
            agrees(iom_routes.c.person_id, consent),
            or_(_OPEN, _closed_in(moments)),
        )
        .order_by(organisations.c.name, organisations.c.id, people.c.name_key, people.c.id, iom_routes.c.id.desc())
    )


def _route_row(row: Any, zone: ZoneInfo) -> RouteRow:
    return RouteRow(
        row.school,
        row.teacher,
        RouteKind(row.kind),
        RouteState(row.state),
        None if row.agreed_at is None else row.agreed_at.astimezone(zone).date(),
        row.steps,
        row.confirmed,
        row.handed_in,
        row.overdue,
    )


def _closed_in(moments: Moments) -> ColumnElement[bool]:
    begins, ends = moments
    return and_(iom_routes.c.closed_at >= begins, iom_routes.c.closed_at < ends)


def _steps(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(iom_steps.c.route_id == iom_routes.c.id, iom_steps.c.agreed.is_(True), condition)
        .correlate(iom_routes)
        .scalar_subquery()
    )


def _teachers(place: Organisation, *told: ColumnElement[Any]) -> Select[Any]:
    """Teachers of the schools, those of a roster too who have not joined yet; nobody who has left the service."""
    return (
        select(
            organisations.c.name.label("school"),
            people.c.full_name.label("teacher"),
            people.c.position,
            people.c.subject,
            exists().where(accounts.c.person_id == people.c.id).label("joined"),
            *told,
        )
        .join(roles, roles.c.person_id == people.c.id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .where(
            roles.c.role == Role.TEACHER.value,
            roles.c.organisation_id.in_(_schools(place)),
            or_(agrees(people.c.id, None), ~exists().where(consents.c.person_id == people.c.id)),
        )
        .order_by(organisations.c.name, organisations.c.id, people.c.name_key, people.c.id)
    )


def _without_route(place: Organisation, moments: Moments) -> Select[Any]:
    """Whose route nobody has been shown is among them: that there is a draft is for its teacher to tell."""
    has = exists().where(
        iom_routes.c.person_id == people.c.id,
        iom_routes.c.submitted_at.is_not(None),
        or_(_OPEN, and_(iom_routes.c.state == RouteState.CLOSED.value, _closed_in(moments))),
    )
    return _teachers(place).where(~has)


def _teacher_row(row: Any) -> TeacherRow:
    return TeacherRow(row.school, row.teacher, row.position, row.subject, bool(row.joined))


def _early_without_mentor(place: Organisation, today: date) -> Select[Any]:
    asked = select(func.min(mentee_requests.c.waits_since)).where(
        mentee_requests.c.person_id == people.c.id, mentee_requests.c.state == RequestState.OPEN.value
    )
    at_work = exists().where(
        pairs.c.mentee_id == people.c.id,
        pairs.c.state.in_([PairState.ACTIVE.value, PairState.PAUSED.value]),
    )
    waits = asked.correlate(people).scalar_subquery().label("waits_since")
    return _teachers(place, waits).where(is_early(today), ~at_work)


def _early_row(row: Any, zone: ZoneInfo) -> EarlyRow:
    waits_since = None if row.waits_since is None else row.waits_since.astimezone(zone).date()
    return EarlyRow(row.school, row.teacher, row.position, row.subject, bool(row.joined), waits_since)


def _events(place: Organisation, period: Period, min_group: int) -> Select[Any]:
    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    marks = func.count(event_people.c.mark)
    responsible = people.alias("responsible")
    name = case(
        (events.c.responsible_id.is_(None), events.c.responsible),
        (agrees(events.c.responsible_id, None), responsible.c.full_name),
        else_="",
    )
    taking_part = (
        select(
            event_people.c.event_id,
            count(event_people.c.state == PartState.SIGNED_UP.value).label("signed_up"),
            count(event_people.c.attended.is_(True)).label("attended"),
            case((marks >= min_group, func.avg(event_people.c.mark))).label("mark"),
        )
        .group_by(event_people.c.event_id)
        .subquery()
    )
    return (
        select(
            events.c.held_on,
            events.c.title,
            events.c.kind,
            organisations.c.name.label("holder"),
            events.c.audience,
            name.label("responsible"),
            events.c.state,
            func.coalesce(taking_part.c.signed_up, 0).label("signed_up"),
            func.coalesce(taking_part.c.attended, 0).label("attended"),
            taking_part.c.mark,
        )
        .join(organisations, organisations.c.id == events.c.organisation_id)
        .outerjoin(responsible, responsible.c.id == events.c.responsible_id)
        .outerjoin(taking_part, taking_part.c.event_id == events.c.id)
        .where(within(place.id), events.c.held_on >= period.begins, events.c.held_on < period.ends)
        .order_by(events.c.held_on, events.c.id)
    )


def _event_row(row: Any) -> EventRow:
    return EventRow(
        row.held_on,
        row.title,
        EventKind(row.kind),
        row.holder,
        Audience(row.audience),
        row.responsible,
        EventState(row.state),
        row.signed_up,
        row.attended if row.state == EventState.HELD.value else None,
        None if row.mark is None else float(row.mark),
    )
