"""Sheets of an anonymous campaign: the database itself keeps nothing that tells whose they are."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from services.campaigns.model import Audience, Campaign, Plan
from services.campaigns.results import wave_of
from services.diagnostics.answering import Sheet
from services.diagnostics.loading import load_instruments
from services.diagnostics.session import Session
from services.people.model import Role
from services.reporting.groups import portions
from storage.database import Database
from storage.tables import campaign_people
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, school, settle

ITEMS = 4
PEOPLE = 8


async def handed_in(database: Database) -> list[tuple[int, str]]:
    """People who finish an anonymous campaign one after another, each with answers of their own."""
    place = await school(database)
    people = await settle(database, PEOPLE)
    plan = Plan("boyko", "Опрос", "", Audience(), anonymous=True, ends_on=NOW.date() + timedelta(days=9))
    async with database.write() as connection:
        work = StoredWork(connection)
        for person in people:
            await work.people.grant(person.person_id, Role.TEACHER, place, NOW)
        campaign = await work.campaigns.add(place, plan, None, people[0].person_id, NOW)
        await work.campaigns.launch(campaign.id, NOW)
        await work.campaigns.enrol(campaign.id, [(person.person_id, place) for person in people])
        await work.commit()
    given = []
    for number, person in enumerate(people):
        answers = f"{number:0{ITEMS}b}".replace("0", "n").replace("1", "y")
        async with database.write() as connection:
            work = StoredWork(connection)
            session = await work.surveys.start(
                person.person_id, "boyko", "1", None, answers, NOW, campaign_id=campaign.id, anonymous=True
            )
            await work.commit()
        async with database.write() as connection:
            work = StoredWork(connection)
            assert await work.surveys.record(session, Sheet(answers, {1: "Свободно"}), 0, NOW)
            await work.commit()
        given.append((person.person_id, answers))
    return given


async def frozen(database: Database, campaign: Campaign) -> int:
    """Count those who wait for it; how many people the portions have."""
    instrument = load_instruments()["boyko"]
    async with database.write() as connection:
        work = StoredWork(connection)
        await portions.freeze(work, instrument, wave_of(campaign), campaign.organisation_id, 5, NOW)
        await work.commit()
    async with database.read() as connection:
        shown = await portions.publish(
            StoredWork(connection), instrument, wave_of(campaign), campaign.organisation_id, 5
        )
    return shown.whole.people if shown.whole else 0


async def test_sheets_are_counted_once_and_not_before_the_end(
    database: Database, other_process: Database, witness: Witness
) -> None:
    place = await school(database)
    people = await settle(database, 6)
    plan = Plan("boyko", "Опрос", "", Audience(), anonymous=True, ends_on=NOW.date() + timedelta(days=9))
    async with database.write() as connection:
        work = StoredWork(connection)
        campaign = await work.campaigns.add(place, plan, None, people[0].person_id, NOW)
        await work.campaigns.launch(campaign.id, NOW)
        await work.campaigns.enrol(campaign.id, [(person.person_id, place) for person in people])
        campaign = await work.campaigns.get(campaign.id) or campaign
        sessions = [
            await work.surveys.start(
                person.person_id, "boyko", "1", None, "." * 84, NOW, campaign_id=campaign.id, anonymous=True
            )
            for person in people
        ]
        await work.commit()
    sheet = Sheet("y" * 84, {})

    async def finish(place: Database, session: Session, held: asyncio.Event | None = None) -> None:
        async with place.write() as connection:
            work = StoredWork(connection)
            await work.surveys.record(session, sheet, 0, NOW)
            if held is not None:
                held.set()
                await asyncio.sleep(0.3)
            await work.commit()

    for session in sessions[:5]:
        await finish(database, session)
    assert await frozen(database, campaign) == 0, "nothing is counted while people may still come"
    async with database.write() as connection:
        await StoredWork(connection).campaigns.close(campaign.id, NOW)
        await connection.commit()
    # The last answer is being written while somebody looks.
    held = asyncio.Event()
    last = asyncio.create_task(finish(database, sessions[5], held))
    await held.wait()
    await asyncio.gather(last, frozen(other_process, campaign))
    assert await frozen(database, campaign) == 5
    assert await witness.one("SELECT count(*) FROM anonymous_sheets WHERE portion_id IS NOT NULL") == 5
    assert await witness.one("SELECT sum(size) FROM portions") == 5


async def test_when_an_anonymous_campaign_was_opened_is_not_noted(database: Database, witness: Witness) -> None:
    place = await school(database)
    [person] = await settle(database, 1)
    plan = Plan("boyko", "Опрос", "", Audience(), anonymous=True, ends_on=NOW.date() + timedelta(days=9))
    async with database.write() as connection:
        work = StoredWork(connection)
        campaign = await work.campaigns.add(place, plan, None, person.person_id, NOW)
        await work.campaigns.launch(campaign.id, NOW)
        await work.campaigns.enrol(campaign.id, [(person.person_id, place)])
        await work.campaigns.opened(campaign.id, person.person_id, NOW + timedelta(days=2))
        await work.commit()
    [row] = await witness.rows(select(campaign_people.c.opened_at))
    assert row["opened_at"] == NOW


async def test_every_sheet_is_kept_and_no_session_is(database: Database, witness: Witness) -> None:
    given = await handed_in(database)
    sheets = await witness.rows("SELECT * FROM anonymous_sheets")
    assert sorted(sheet["answers"] for sheet in sheets) == sorted(answers for _, answers in given)
    assert await witness.one("SELECT count(*) FROM survey_sessions") == 0
    assert await witness.one("SELECT count(*) FROM survey_values") == 0
    assert await witness.one("SELECT count(*) FROM campaign_people WHERE finished") == PEOPLE


async def test_rows_do_not_lie_in_the_order_of_finishing(database: Database, witness: Witness) -> None:
    given = await handed_in(database)
    rows = await witness.rows("SELECT answers FROM anonymous_sheets")
    assert [row["answers"] for row in rows] != [answers for _, answers in given]


async def test_no_hidden_column_joins_a_sheet_to_a_person(database: Database, witness: Witness) -> None:
    await handed_in(database)
    if witness.dialect != "postgresql":
        return
    # PostgreSQL notes in every row which transaction wrote it.
    joined = await witness.rows(
        "SELECT person_id, count(*) AS sheets FROM campaign_people JOIN anonymous_sheets"
        " ON campaign_people.xmin = anonymous_sheets.xmin WHERE finished GROUP BY person_id"
    )
    assert all(row["sheets"] == PEOPLE for row in joined)
