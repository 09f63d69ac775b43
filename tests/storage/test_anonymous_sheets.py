"""Sheets of an anonymous campaign: the database itself keeps nothing that tells whose they are."""

from datetime import timedelta

from services.campaigns.model import Audience, Plan
from services.diagnostics.answering import Sheet
from services.people.model import Role
from storage.database import Database
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
