"""Routes (ИОМ) in the database: routes, steps, pauses and history."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.model import (
    OPEN_ROUTE,
    Event,
    Form,
    Happening,
    Pause,
    PauseReason,
    Plan,
    Route,
    RouteKind,
    RouteState,
    Step,
    StepState,
)
from storage.conflict import insertion
from storage.iom_evidence import EvidenceTable
from storage.tables import iom_evidence, iom_history, iom_pauses, iom_routes, iom_steps


class RouteTable(EvidenceTable):
    """`services.iom.ports.RouteStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, route_id: int) -> Route | None:
        return await self._route(select(iom_routes).where(iom_routes.c.id == route_id))

    async def open_of(self, person_id: int) -> Route | None:
        return await self._route(
            select(iom_routes).where(iom_routes.c.person_id == person_id, iom_routes.c.state.in_(OPEN_ROUTE))
        )

    async def all_of(self, person_id: int) -> Sequence[Route]:
        rows = await self._connection.execute(
            select(iom_routes).where(iom_routes.c.person_id == person_id).order_by(iom_routes.c.id.desc())
        )
        return [_route(row) for row in rows]

    async def mentored(self, mentor_id: int, school_id: int) -> Sequence[Route]:
        rows = await self._connection.execute(
            select(iom_routes)
            .where(
                iom_routes.c.mentor_id == mentor_id,
                iom_routes.c.school_id == school_id,
                iom_routes.c.state.in_(OPEN_ROUTE),
            )
            .order_by(iom_routes.c.id)
        )
        return [_route(row) for row in rows]

    async def add(
        self,
        person_id: int,
        school_id: int,
        kind: RouteKind,
        deficits: Sequence[str],
        session_id: int | None,
        now: datetime,
    ) -> Route | None:
        values: dict[str, Any] = {
            "person_id": person_id,
            "school_id": school_id,
            "kind": kind.value,
            "state": RouteState.DRAFT.value,
            "deficits": list(deficits),
            "session_id": session_id,
            "reflection": {},
            "created_at": now,
        }
        made = insertion(self._connection.dialect, iom_routes, values).returning(iom_routes)
        row = (await self._connection.execute(made)).first()
        return _route(row) if row else None

    async def save(self, route: Route) -> Route | None:
        return await self._route(
            update(iom_routes)
            .where(iom_routes.c.id == route.id, iom_routes.c.turn == route.turn)
            .values(_route_columns(route))
            .returning(iom_routes)
        )

    async def drop(self, route: Route) -> bool:
        never_agreed = (
            iom_routes.c.id == route.id,
            iom_routes.c.turn == route.turn,
            iom_routes.c.state == RouteState.DRAFT.value,
            iom_routes.c.agreed_at.is_(None),
        )
        # Locked first, so that a step added at the same moment is not left without its route.
        if await self._connection.scalar(select(iom_routes.c.id).where(*never_agreed).with_for_update()) is None:
            return False
        steps = select(iom_steps.c.id).where(iom_steps.c.route_id == route.id)
        await self._connection.execute(delete(iom_evidence).where(iom_evidence.c.step_id.in_(steps)))
        for table in (iom_history, iom_pauses, iom_steps):
            await self._connection.execute(delete(table).where(table.c.route_id == route.id))
        await self._connection.execute(delete(iom_routes).where(iom_routes.c.id == route.id))
        return True

    async def steps(self, route_id: int) -> Sequence[Step]:
        rows = await self._connection.execute(
            select(iom_steps).where(iom_steps.c.route_id == route_id).order_by(iom_steps.c.due_on, iom_steps.c.id)
        )
        return [_step(row) for row in rows]

    async def step(self, step_id: int) -> Step | None:
        return await self._step(select(iom_steps).where(iom_steps.c.id == step_id))

    async def add_step(self, route_id: int, plan: Plan) -> Step:
        values = _plan_columns(plan) | {"route_id": route_id, "state": StepState.PLANNED.value}
        row = (await self._connection.execute(insert(iom_steps).values(values).returning(iom_steps))).one()
        return _step(row)

    async def save_step(self, step: Step) -> Step | None:
        return await self._step(
            update(iom_steps)
            .where(iom_steps.c.id == step.id, iom_steps.c.turn == step.turn)
            .values(_step_columns(step))
            .returning(iom_steps)
        )

    async def drop_step(self, step: Step) -> bool:
        mine = (iom_steps.c.id == step.id, iom_steps.c.turn == step.turn, iom_steps.c.agreed.is_(False))
        if await self._connection.scalar(select(iom_steps.c.id).where(*mine).with_for_update()) is None:
            return False
        for table in (iom_evidence, iom_history):
            await self._connection.execute(delete(table).where(table.c.step_id == step.id))
        await self._connection.execute(delete(iom_steps).where(iom_steps.c.id == step.id))
        return True

    async def pause(self, route_id: int) -> Pause | None:
        query = select(iom_pauses).where(iom_pauses.c.route_id == route_id, iom_pauses.c.over.is_(False))
        row = (await self._connection.execute(query)).first()
        return _pause(row) if row else None

    async def add_pause(
        self, route_id: int, reason: PauseReason, starts_on: date, ends_on: date | None
    ) -> Pause | None:
        values = {"route_id": route_id, "reason": reason.value, "starts_on": starts_on, "ends_on": ends_on}
        made = insertion(self._connection.dialect, iom_pauses, values).returning(iom_pauses)
        row = (await self._connection.execute(made)).first()
        return _pause(row) if row else None

    async def end_pause(self, pause_id: int, ends_on: date) -> bool:
        result = await self._connection.execute(
            update(iom_pauses)
            .where(iom_pauses.c.id == pause_id, iom_pauses.c.over.is_(False))
            .values(over=True, ends_on=ends_on)
        )
        return result.rowcount == 1

    async def ended_pauses(self, before: date) -> Sequence[Pause]:
        rows = await self._connection.execute(
            select(iom_pauses)
            .where(iom_pauses.c.over.is_(False), iom_pauses.c.ends_on < before)
            .order_by(iom_pauses.c.id)
        )
        return [_pause(row) for row in rows]

    async def note(self, event: Event) -> None:
        version = None if event.version is None else [dict(step) for step in event.version]
        await self._connection.execute(
            insert(iom_history).values(
                route_id=event.route_id,
                step_id=event.step_id,
                at=event.at,
                actor_id=event.actor_id,
                what=event.what.value,
                words=event.words,
                version=version,
            )
        )

    async def history(self, route_id: int) -> Sequence[Event]:
        rows = await self._connection.execute(
            select(iom_history).where(iom_history.c.route_id == route_id).order_by(iom_history.c.id)
        )
        return [
            Event(
                row.route_id,
                row.at,
                row.actor_id,
                Happening(row.what),
                row.words,
                row.step_id,
                None if row.version is None else tuple(row.version),
            )
            for row in rows
        ]

    async def _route(self, statement: Select[Any] | Any) -> Route | None:
        row = (await self._connection.execute(statement)).first()
        return _route(row) if row else None

    async def _step(self, statement: Select[Any] | Any) -> Step | None:
        row = (await self._connection.execute(statement)).first()
        return _step(row) if row else None


def _route_columns(route: Route) -> dict[str, Any]:
    return {
        "school_id": route.school_id,
        "kind": route.kind.value,
        "state": route.state.value,
        "turn": route.turn + 1,
        "deficits": list(route.deficits),
        "session_id": route.session_id,
        "repeat_session_id": route.repeat_session_id,
        "mentor_id": route.mentor_id,
        "comment": route.comment,
        "reflection": dict(route.reflection or {}),
        "submitted_at": route.submitted_at,
        "agreed_at": route.agreed_at,
        "agreed_by": route.agreed_by,
        "closed_at": route.closed_at,
    }


def _plan_columns(plan: Plan) -> dict[str, Any]:
    return {
        "domain": plan.domain,
        "title": plan.title,
        "form": plan.form.value,
        "due_on": plan.due_on,
        "responsible": plan.responsible,
        "result": plan.result,
    }


def _step_columns(step: Step) -> dict[str, Any]:
    return _plan_columns(step.plan) | {
        "state": step.state.value,
        "turn": step.turn + 1,
        "agreed": step.agreed,
        "first_due_on": step.first_due_on,
        "comment": step.comment,
        "done_at": step.done_at,
        "confirmed_at": step.confirmed_at,
        "confirmed_by": step.confirmed_by,
        "remind_on": step.remind_on,
        "reminded_on": step.reminded_on,
        "escalated_on": step.escalated_on,
    }


def _route(row: Row[Any]) -> Route:
    return Route(
        id=row.id,
        person_id=row.person_id,
        school_id=row.school_id,
        kind=RouteKind(row.kind),
        state=RouteState(row.state),
        created_at=row.created_at,
        turn=row.turn,
        deficits=tuple(row.deficits),
        session_id=row.session_id,
        repeat_session_id=row.repeat_session_id,
        mentor_id=row.mentor_id,
        comment=row.comment,
        reflection=row.reflection,
        submitted_at=row.submitted_at,
        agreed_at=row.agreed_at,
        agreed_by=row.agreed_by,
        closed_at=row.closed_at,
    )


def _step(row: Row[Any]) -> Step:
    plan = Plan(row.domain, row.title, Form(row.form), row.due_on, row.responsible, row.result)
    return Step(
        id=row.id,
        route_id=row.route_id,
        plan=plan,
        state=StepState(row.state),
        turn=row.turn,
        agreed=row.agreed,
        first_due_on=row.first_due_on,
        comment=row.comment,
        done_at=row.done_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        remind_on=row.remind_on,
        reminded_on=row.reminded_on,
        escalated_on=row.escalated_on,
    )


def _pause(row: Row[Any]) -> Pause:
    return Pause(row.id, row.route_id, PauseReason(row.reason), row.starts_on, row.ends_on, row.over)
