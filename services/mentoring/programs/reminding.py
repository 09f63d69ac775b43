"""Telling both of a pair that a stage of their program comes to its end, at hours that disturb nobody.

Nothing is remembered but in the tables: doing it again, or after a while, doubles nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from services.delivery.quiet import Quiet
from services.iom.reminding_ports import Moment
from services.mentoring.pair import Pair, PairState
from services.mentoring.programs.program import Program, Stage, present
from services.mentoring.programs.schedule import LOOK_BACK, needs_attention, next_day
from services.people.model import Person
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Ending:
    """A stage of a pair that comes to its end, or should have."""

    pair: Pair
    program: Program
    stage: Stage


async def remind(work: UnitOfWork, moment: Moment, quiet: Quiet) -> None:
    """Owe one reminder of today to everybody who is to hear of a stage of this zone's pairs, at their hour."""
    due = await work.programs.due(moment.zone, moment.today, moment.consent)
    people = {person_id for each in due for person_id in (each.mentor_id, each.mentee_id)}
    for reader in await work.programs.readers(people, moment.consent):
        at = datetime.combine(moment.today, time(quiet.hour(reader.hour)), moment.began.tzinfo)
        await work.programs.owe(reader, moment.today, max(at, moment.now), moment.now)
    for each in due:
        await work.programs.reminded(each.stage, next_day(each.stage.ends_on, moment.today, quiet))


async def endings_for_mentor(
    work: UnitOfWork, person: Person, today: date, consent: str, quiet: Quiet
) -> list[Ending]:
    """What the person is asked about as a mentor, the earliest end first."""
    pairs = await work.pairs.of_mentor(person.id)
    shown = [pair for pair in pairs if await _is_told(work, pair, pair.mentee_id, consent)]
    return await _endings(work, shown, today, quiet)


async def endings_for_mentee(
    work: UnitOfWork, person: Person, today: date, consent: str, quiet: Quiet
) -> list[Ending]:
    """What the person hears of as a mentee: at most one stage, and none that should have ended long ago."""
    pair = await work.pairs.open_of_mentee(person.id)
    if pair is None or not await _is_told(work, pair, pair.mentor_id, consent):
        return []
    found = await _endings(work, [pair], today, quiet)
    return [each for each in found if (today - each.stage.ends_on).days <= LOOK_BACK]


async def _is_told(work: UnitOfWork, pair: Pair, other_id: int, consent: str) -> bool:
    return pair.state is PairState.ACTIVE and await work.people.agrees(other_id, consent)


async def _endings(work: UnitOfWork, pairs: Sequence[Pair], today: date, quiet: Quiet) -> list[Ending]:
    found = []
    for pair in pairs:
        program, stage = await work.programs.get(pair.id), present(await work.programs.stages(pair.id))
        if program is not None and stage is not None and needs_attention(stage, today, quiet):
            found.append(Ending(pair, program, stage))
    return sorted(found, key=lambda each: (each.stage.ends_on, each.pair.id))
