"""Every indicator of the registry is computed of what a real database holds: no code is misspelt anywhere."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from services.diagnostics.instrument import ANSWERED, ONE_OPTION, SKIPPED, Instrument, Item, ItemKind, Privacy
from services.people.model import Role
from services.reporting.indicators.registry import registry
from services.reporting.statement.freezing import freeze_for
from services.reporting.statement.model import Silence
from storage.database import Database
from storage.tables import survey_sessions, survey_values
from tests.storage.planted_roster import YEAR, YOUNG, Roster, basis, founded, told

OCTOBER = datetime(2026, 10, 1, 9, tzinfo=UTC)
NOBODY_KNOWS = {f"{form}.coverage" for form in ("mentee_satisfaction", "mentor_satisfaction", "pair_comfort")}
"""Who was asked to fill these outside campaigns."""
NOTHING_TO_DIVIDE = {"meetings.minutes", "meetings.confirmed", "events.rating", "funnel.approved"}
"""No meeting is logged there, no event is rated, no pair is proposed; events are the district's."""


def first_options(instrument: Instrument) -> str:
    """Packed answers: the first option of every item that has one, everything else passed over."""
    return "".join(item.options[0].code if item.kind in ONE_OPTION else SKIPPED for item in instrument.items)


def written(item: Item) -> Any:
    """What a curator may write into an item of a form."""
    if item.kind is ItemKind.NUMBER:
        return 20
    if item.kind is ItemKind.SEVERAL:
        return "".join(option.code for option in item.options)
    return "2026-10-01" if item.kind is ItemKind.DATE else "Слова"


async def hand_in(roster: Roster, connection: Any, form: Instrument, curator: int, school: int) -> None:
    answers = "".join(item.options[0].code if item.kind in ONE_OPTION else ANSWERED for item in form.items)
    session = await connection.scalar(
        insert(survey_sessions)
        .values(
            person_id=curator,
            instrument=form.id,
            version=form.version,
            answers=answers,
            position=0,
            state="finished",
            started_at=OCTOBER,
            updated_at=OCTOBER,
            finished_at=OCTOBER,
            organisation_id=school,
        )
        .returning(survey_sessions.c.id)
    )
    values = [
        {"session_id": session, "item": item.number, "value": written(item)}
        for item in form.items
        if item.kind not in ONE_OPTION
    ]
    await roster.put(survey_values, values)


async def test_no_indicator_of_a_busy_school_is_without_data(database: Database) -> None:
    async with database.write() as connection:
        roster = await founded(connection, 1)
        [school] = roster.schools
        teachers = await roster.settle(12, Role.TEACHER, YOUNG)
        [curator] = await roster.settle(1, Role.CURATOR)
        await roster.pair_each_school()
        await roster.routes(teachers, OCTOBER, done=3)
        await roster.hold([date(2026, 10, 2)])
        for instrument in basis().library.instruments:
            if instrument.privacy is Privacy.OFFICIAL:
                await hand_in(roster, connection, instrument, curator, school)
            else:
                await roster.finish(teachers, instrument.id, first_options(instrument), OCTOBER)
        await freeze_for(roster.work, basis(), roster.place, YEAR)
        statement = await roster.statement(basis())
        [its_school] = statement.schools
        for place, undivided in (
            (statement.whole, NOTHING_TO_DIVIDE),
            (its_school, NOTHING_TO_DIVIDE | {"events.held_share"}),
        ):
            silent = {code: figure.silence for code, figure in place.figures.items() if figure.silence is not None}
            assert {code for code, silence in silent.items() if silence is not Silence.EMPTY} == NOBODY_KNOWS
            assert {code for code, silence in silent.items() if silence is Silence.EMPTY} == undivided
        assert set(statement.whole.figures) == {one.code for one in registry().all}
        for code, words in {
            "boyko.coverage": "92,3 % (12 из 13)",
            "boyko.tension": "100 % (10 из 10)",
            "boyko.high": "100 % (1 из 1)",
            "deficits.found": "0 % (0 из 10)",
            "courses.need": "100 % (10 из 10)",
            "mentor_satisfaction.high": "100 % (10 из 10)",
            "documents.complete": "100 % (1 из 1)",
            "pairs.other.student_pupil": "20",
            "network.teachers": "100 % (20 из 20)",
            "network.schools": "100 % (1 из 1)",
            "staffing.age": "20 лет",
            "staffing.posts": "20",
        }.items():
            assert told(statement.whole, code) == words, code
