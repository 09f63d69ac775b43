"""The demonstration district's official forms: what curators told of their schools in autumn."""

from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.instrument import ANSWERED, HIDDEN, Instrument
from services.diagnostics.loading import load_instruments
from services.diagnostics.session import State
from storage.tables import survey_sessions, survey_values

DOCUMENTS = ("poria", "poa", "pora", "po", "p")
"""Which documents each school has; the last school has handed in no form at all."""
AGES = (48.7, 41.2, 42.4, 40.9, 49.3)
VACANCIES = (2, 0, 1, 0, 3)
HANDED_IN = timedelta(days=35)


async def add_forms(
    connection: AsyncConnection, schools: list[int], headcounts: tuple[int, ...], curator: int, now: datetime
) -> None:
    """Staffing cards of all schools but the last, and two more forms of the first three."""
    instruments = load_instruments()
    for number, (school, headcount) in enumerate(zip(schools[:-1], headcounts, strict=False)):
        moment = now - HANDED_IN + timedelta(days=number)
        day = moment.date().isoformat()
        people = headcount + 4
        staffing: dict[int, object] = {
            1: day,
            2: people + 1.5,
            3: people + 1.5 + VACANCIES[number],
            4: people,
            5: people // 4,
            6: AGES[number],
            28: DOCUMENTS[number],
        }
        chosen = {7: "n", 26: "y", 27: "y"}
        if VACANCIES[number]:
            chosen[7] = "y"
            staffing |= {8: "m", 11: VACANCIES[number]}
        await _hand_in(connection, instruments["staffing"], school, curator, moment, staffing, chosen)
        if number < 3:
            others: dict[int, object] = {1: day, 2: 4 + number, 3: 6, 4: number, 5: 1, 6: 0}
            await _hand_in(connection, instruments["mentoring_school"], school, curator, moment, others, {})
            network: dict[int, object] = {1: day, 2: people, 3: people // (2 + number), 5: "m"}
            await _hand_in(connection, instruments["network"], school, curator, moment, network, {4: "y"})


async def _hand_in(
    connection: AsyncConnection,
    instrument: Instrument,
    school: int,
    curator: int,
    moment: datetime,
    values: dict[int, object],
    chosen: dict[int, str],
) -> None:
    marks = dict.fromkeys(values, ANSWERED) | chosen
    made = await connection.execute(
        insert(survey_sessions)
        .values(
            person_id=curator,
            instrument=instrument.id,
            version=instrument.version,
            answers="".join(marks.get(item.number, HIDDEN) for item in instrument.items),
            turn=len(marks),
            position=0,
            state=State.FINISHED.value,
            started_at=moment,
            updated_at=moment,
            finished_at=moment,
            organisation_id=school,
        )
        .returning(survey_sessions.c.id)
    )
    session_id = int(made.scalar_one())
    await connection.execute(
        insert(survey_values),
        [{"session_id": session_id, "item": item, "value": value} for item, value in values.items()],
    )
