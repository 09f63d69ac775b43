"""Carrying out the cyclogram: offered as a month begins, prepared as a campaign, written up at its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.campaigns import launching
from services.campaigns.model import Campaign, State
from services.delivery.model import Kind
from services.delivery.quiet import USUAL_HOUR, Quiet
from services.diagnostics.instrument import Instrument
from services.iom.reminding_ports import Moment
from services.people.model import Organisation, Role
from services.pushes.cyclogram import Turn, stages, to_offer, to_write_up, turns_in
from services.pushes.model import Stage, What
from services.reporting.facts import Basis
from services.reporting.statement.freezing import freeze_for
from services.work import UnitOfWork

SHORTEST = timedelta(days=7)
"""A campaign of the cyclogram ends with the month, but never sooner than in a week."""
_KINDS = {Stage.OFFERED: Kind.CYCLOGRAM, Stage.WRITTEN: Kind.CYCLOGRAM_NOTE}

Due = tuple[Organisation, Turn, Stage]


async def due(work: UnitOfWork, moment: Moment, quiet: Quiet) -> Sequence[Due]:
    """What is to be offered and written up now, in municipalities of the moment's zone; `settle` does it.

    What was declined for the year is not written up.
    """
    offers, notes = to_offer(moment.today, quiet), to_write_up(moment.today, quiet)
    if moment.hour < USUAL_HOUR or not (offers or notes):
        return []
    found: list[Due] = []
    for place in await work.pushes.municipalities(moment):
        known = stages(await work.pushes.monitoring_marks(place.id, [turn.key for turn in (*offers, *notes)]))
        none: frozenset[Stage] = frozenset()
        # A campaign that was prepared before its month is not offered again.
        found += [(place, turn, Stage.OFFERED) for turn in offers if not known.get(turn.key, none)]
        found += [(place, turn, Stage.WRITTEN) for turn in notes if _awaits_note(known.get(turn.key, none))]
    return found


def _awaits_note(known: frozenset[Stage]) -> bool:
    left_out = Stage.DECLINED in known and Stage.PREPARED not in known
    return not left_out and Stage.WRITTEN not in known


async def settle(work: UnitOfWork, found: Sequence[Due], moment: Moment, basis: Basis) -> None:
    """Note the stages and tell the methodists; what was noted already is not told again.

    For what is written up groups that are whole are published.
    """
    for place, turn, stage in found:
        if not await work.pushes.put_monitoring(place.id, turn.key, stage, moment.now):
            continue
        if stage is Stage.WRITTEN:
            await freeze_for(work, basis, place, turn.period())
        for one in await work.pushes.recipients(Role.METHODIST, place.id, What.CYCLOGRAM, moment.consent):
            kind, month = _KINDS[stage], turn.month.toordinal()
            key = f"{kind.value}:{one.person_id}:{place.id}:{turn.key}"
            payload = {
                "person_id": one.person_id,
                "organisation_id": place.id,
                "month": month,
                "monitoring": number_of(turn),
            }
            await work.outbox.owe(one.account_id, kind, key, payload, moment.now)


async def prepare(
    work: UnitOfWork,
    place: Organisation,
    turn: Turn,
    instrument: Instrument,
    actor_id: int,
    today: date,
    now: datetime,
) -> Campaign:
    """The campaign of the monitoring: one under way or drafted, or a new draft that is ready to be launched."""
    known = [one.campaign for one in await work.campaigns.listed([place.id])]
    open_ones = (one for one in known if one.instrument == instrument.id and one.state is not State.CLOSED)
    found = next(open_ones, None)
    if found is None:
        drafted = await launching.draft(work, place.id, instrument, actor_id, today, now)
        ends_on = max(turn.last_day, today + SHORTEST)
        await work.campaigns.change(drafted.id, replace(drafted.plan, ends_on=ends_on))
        found = await work.campaigns.get(drafted.id) or drafted
    await work.pushes.put_monitoring(place.id, turn.key, Stage.PREPARED, now)
    return found


async def decline(work: UnitOfWork, place: Organisation, turn: Turn, now: datetime) -> None:
    """Leave the monitoring out this year."""
    await work.pushes.put_monitoring(place.id, turn.key, Stage.DECLINED, now)


def number_of(turn: Turn) -> int:
    """The place of the turn among those of its month, for payloads that hold whole numbers."""
    return [one.key for one in turns_in(turn.month)].index(turn.key)
