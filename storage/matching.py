"""Runs of matching, their proposals, and who is never to be proposed to whom, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.pairing.run import Choice, Decision, NewProposal, Proposal, Run, RunState
from services.mentoring.sides import Aim
from storage.conflict import insert_new, insertion
from storage.matching_facts import MatchingFacts
from storage.mentoring_tables import matching_proposals, matching_runs, pair_bars
from storage.pair_offers import OfferTable
from storage.tables import organisations


class MatchingTable(MatchingFacts, OfferTable):
    """`services.mentoring.pairing.ports.MatchingStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, place_id: int) -> None:
        # Shared with whoever only refers to the place: joining a school waits for nobody.
        await self._connection.execute(
            select(organisations.c.id).where(organisations.c.id == place_id).with_for_update(key_share=True)
        )

    async def open_of(self, organisation_id: int) -> Run | None:
        is_open = matching_runs.c.state == RunState.OPEN.value
        return await self._run(_of_place(organisation_id).where(is_open))

    async def newest_of(self, organisation_id: int) -> Run | None:
        return await self._run(_of_place(organisation_id))

    async def run(self, run_id: int) -> Run | None:
        return await self._run(select(matching_runs).where(matching_runs.c.id == run_id))

    async def caused_by(self, cause: str) -> Run | None:
        return await self._run(select(matching_runs).where(matching_runs.c.cause == cause))

    async def add(
        self,
        organisation_id: int,
        aim: Aim,
        total: int,
        made_by: int,
        cause: str,
        proposals: Sequence[NewProposal],
        now: datetime,
    ) -> Run | None:
        values = {
            "organisation_id": organisation_id,
            "aim": aim.value,
            "state": RunState.OPEN.value,
            "total": total,
            "made_by": made_by,
            "made_at": now,
            "cause": cause,
        }
        made = insertion(self._connection.dialect, matching_runs, values).returning(matching_runs)
        run = await self._run(made)
        if run is None:
            return None
        await self._connection.execute(
            update(matching_runs)
            .where(
                matching_runs.c.organisation_id == organisation_id,
                matching_runs.c.state == RunState.OPEN.value,
                matching_runs.c.id != run.id,
            )
            .values(state=RunState.REPLACED.value, turn=matching_runs.c.turn + 1)
        )
        if proposals:
            rows = [{"run_id": run.id, "mentee_id": one.mentee_id} | _columns(one) for one in proposals]
            await self._connection.execute(insert(matching_proposals), rows)
        return run

    async def proposals(self, run_id: int) -> Sequence[Proposal]:
        query = select(matching_proposals).where(matching_proposals.c.run_id == run_id)
        rows = await self._connection.execute(query.order_by(matching_proposals.c.id))
        return [_proposal(row) for row in rows]

    async def proposal(self, proposal_id: int) -> Proposal | None:
        return await self._proposal(select(matching_proposals).where(matching_proposals.c.id == proposal_id))

    async def sent_for(self, request_id: int) -> Proposal | None:
        return await self._proposal(
            select(matching_proposals)
            .where(
                matching_proposals.c.request_id == request_id,
                matching_proposals.c.decision == Decision.SENT.value,
            )
            .order_by(matching_proposals.c.id.desc())
            .limit(1)
        )

    async def turned(self, run: Run, state: RunState | None = None) -> Run | None:
        return await self._run(
            update(matching_runs)
            .where(
                matching_runs.c.id == run.id,
                matching_runs.c.turn == run.turn,
                matching_runs.c.state == RunState.OPEN.value,
            )
            .values(turn=run.turn + 1, state=(state or run.state).value)
            .returning(matching_runs)
        )

    async def decide(self, proposal: Proposal) -> None:
        await self._connection.execute(
            update(matching_proposals).where(matching_proposals.c.id == proposal.id).values(_columns(proposal))
        )

    async def bar(self, mentor_id: int, mentee_id: int, made_by: int, now: datetime) -> None:
        values = {
            "mentor_id": mentor_id,
            "mentee_id": mentee_id,
            "reason": "excluded",
            "made_by": made_by,
            "made_at": now,
        }
        await insert_new(self._connection, pair_bars, values)

    async def _run(self, statement: Any) -> Run | None:
        row = (await self._connection.execute(statement)).first()
        if row is None:
            return None
        return Run(
            row.id,
            row.organisation_id,
            Aim(row.aim),
            RunState(row.state),
            row.turn,
            row.total,
            row.made_by,
            row.made_at,
        )

    async def _proposal(self, query: Select[Any]) -> Proposal | None:
        row = (await self._connection.execute(query)).first()
        return _proposal(row) if row else None


def _of_place(organisation_id: int) -> Select[Any]:
    """Its last run."""
    mine = select(matching_runs).where(matching_runs.c.organisation_id == organisation_id)
    return mine.order_by(matching_runs.c.id.desc()).limit(1)


def _columns(proposal: NewProposal) -> dict[str, Any]:
    return {
        "request_id": proposal.request_id,
        "mentor_id": proposal.mentor_id,
        "score": proposal.score,
        "decision": proposal.decision.value,
        "details": {
            "reasons": list(proposal.reasons),
            "alternatives": [[one.mentor_id, one.score, list(one.reasons)] for one in proposal.alternatives],
            "cause": proposal.cause,
        },
    }


def _proposal(row: Any) -> Proposal:
    details: Mapping[str, Any] = row.details
    return Proposal(
        request_id=row.request_id,
        mentee_id=row.mentee_id,
        mentor_id=row.mentor_id,
        score=row.score,
        reasons=tuple(details["reasons"]),
        alternatives=tuple(
            Choice(mentor_id, score, tuple(reasons)) for mentor_id, score, reasons in details["alternatives"]
        ),
        cause=details["cause"],
        decision=Decision(row.decision),
        id=row.id,
        run_id=row.run_id,
    )
