"""Everything about one person: told whole, deleted whole, and forgotten after its term."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, insert, select

from handlers.ui.roles import ROLE_TITLES
from services.diagnostics.library import Library
from services.diagnostics.loading import load_versions
from services.people.model import Kind
from services.privacy.archive import as_json
from services.privacy.copy import compose
from services.privacy.erasing import erase
from services.privacy.ports import Action
from services.privacy.retention import forget_old, term_begins
from storage import tables
from storage.database import Database
from storage.tables import metadata
from storage.unit_of_work import StoredWork
from tests.storage import planted_mentoring, planted_reports
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, PROFILE, Resident, settle

WROTE = "Устала, но держусь: zq-words"
ANSWERS = "".join("yn"[number % 7 < 3] for number in range(84))
NAME = "Щукина Агафья Тихоновна"

EXPORTED = {
    "accounts.person_id": "external",
    "conversations.external_id": "Начатое имя",
    "consents.person_id": "zq-consent",
    "roles.person_id": "Школа роли",
    "invites.person_id": "Школа приглашения",
    "invites.issued_by": "Школа выданной ссылки",
    "campaigns.created_by": "Опрос автора",
    "campaign_people.person_id": "Опрос участника",
    "survey_sessions.person_id": "zq-gone",
    "survey_values.session_id": WROTE,
    "portion_members.person_id": "zq-wave",
    "shares.owner_id": "Смотрящая Анна Ивановна",
    "shares.viewer_id": "Показавшая Вера Ильинична",
    "audit.actor_id": "Школа отчёта",
    "audit.person_id": "Школа назначения",
    "uploads.person_id": "список-zq.xlsx",
    "outbox.account_id": "график изменений",
    "iom_routes.person_id": "Маршрут: чему хочется научиться",
    "iom_routes.mentor_id": "Школа подопечной",
    "iom_routes.agreed_by": "Школа согласованного маршрута",
    "iom_steps.confirmed_by": "Школа подтверждённого шага",
    "iom_history.actor_id": "zq-postponed",
    **planted_mentoring.EXPORTED,
    **planted_reports.EXPORTED,
}
"""Where rows lead to a person, and what the copy of their data tells of such a row."""

NOT_EXPORTED = {
    "shares.session_id": "the share is told by its owner and viewer",
    "iom_routes.session_id": "the route is told by its person, and the test by itself",
    "iom_routes.repeat_session_id": "the route is told by its person, and the test by itself",
    **planted_mentoring.NOT_EXPORTED,
}


def ways_to_a_person() -> dict[str, Column[Any]]:
    """Columns that lead to somebody, or to an account or a test of theirs, by a foreign key or by their name."""
    found = {}
    for table in metadata.tables.values():
        for column in table.columns:
            targets = {key.target_fullname for key in column.foreign_keys}
            named = column.name in {"person_id", "owner_id", "viewer_id", "actor_id", "issued_by", "created_by"}
            address = column.name == "external_id" and table.name != "accounts"
            if named or address or targets & {"people.id", "accounts.id", "survey_sessions.id"}:
                found[f"{table.name}.{column.name}"] = column
    return found


@dataclass
class Planted:
    """Somebody with a row in every table, and a neighbour who has nothing to do with it."""

    person: Resident
    session: int
    neighbour: Resident


@pytest.fixture
async def planted(database: Database) -> Planted:
    anna, viewer, owner, neighbour = await settle(database, 4)
    async with database.write() as connection:
        work = StoredWork(connection)

        async def put(table: Any, **values: Any) -> Any:
            made = await connection.execute(insert(table).values(**values))
            return made.inserted_primary_key[0]

        for one, name in ((anna, NAME), (viewer, "Смотрящая Анна Ивановна"), (owner, "Показавшая Вера Ильинична")):
            await work.people.save_profile(one.person_id, _profile(name), NOW)
        district = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)

        async def place(name: str) -> int:
            return (await work.organisations.add(Kind.SCHOOL, name, district.id)).id

        me = anna.person_id
        school = await place("Школа роли")
        account = (await connection.scalars(select(tables.accounts.c.id).filter_by(person_id=me))).one()
        await put(
            tables.consents, person_id=me, version="zq-consent", given_at=NOW, revoked_at=NOW + timedelta(days=1)
        )
        await put(tables.roles, person_id=me, role="teacher", organisation_id=school, granted_at=NOW)
        link = {"role": "teacher", "max_uses": 3, "created_at": NOW, "expires_at": NOW}
        await put(
            tables.invites,
            **link,
            token="zq-personal",
            organisation_id=await place("Школа приглашения"),
            person_id=me,
        )
        await put(
            tables.invites,
            **link,
            token="zq-issued",
            organisation_id=await place("Школа выданной ссылки"),
            issued_by=me,
        )
        campaign = {
            "organisation_id": district.id,
            "instrument": "boyko",
            "audience": {},
            "state": "running",
            "ends_on": NOW.date(),
            "created_at": NOW,
        }
        await put(tables.campaigns, **campaign, title="Опрос автора", created_by=me)
        asked = await put(tables.campaigns, **campaign, title="Опрос участника")
        await put(tables.campaign_people, campaign_id=asked, person_id=me, school_id=school)
        await put(
            tables.conversations,
            channel=anna.account.channel,
            external_id=anna.account.external_id,
            step="registration",
            data={"name": "Начатое имя"},
            updated_at=NOW,
        )
        taken = {"answers": ANSWERS, "state": "finished", "started_at": NOW, "updated_at": NOW, "finished_at": NOW}
        session = await put(tables.survey_sessions, person_id=me, instrument="boyko", version="1", **taken)
        gone = await put(tables.survey_sessions, person_id=me, instrument="zq-gone", version="1", **taken)
        await put(tables.survey_values, session_id=gone, item=3, value=WROTE)
        others = await put(
            tables.survey_sessions, person_id=owner.person_id, instrument="boyko", version="1", **taken
        )
        await put(tables.shares, session_id=session, owner_id=me, viewer_id=viewer.person_id, shared_at=NOW)
        await put(tables.shares, session_id=others, owner_id=owner.person_id, viewer_id=me, shared_at=NOW)
        portion = await put(
            tables.portions,
            instrument="boyko",
            version="1",
            wave="zq-wave",
            school_id=school,
            size=5,
            figures={"total": [5, 1, 2, 2]},
            made_at=NOW,
        )
        for one in (anna, neighbour):
            await put(
                tables.portion_members,
                instrument="boyko",
                version="1",
                wave="zq-wave",
                person_id=one.person_id,
                portion_id=portion,
            )
        await work.audit.note(NOW, me, Action.REPORT_SEEN, organisation_id=await place("Школа отчёта"))
        await work.audit.note(
            NOW, owner.person_id, Action.ROLE_GIVEN, me, await place("Школа назначения"), role="curator"
        )
        await put(
            tables.uploads,
            person_id=me,
            kind="roster",
            organisation_id=school,
            name="список-zq.xlsx",
            content=b"zq-content",
            uploaded_at=NOW,
        )
        await put(
            tables.outbox,
            key="zq-parcel",
            account_id=account,
            kind="dynamics_chart",
            payload={"person_id": me},
            not_before=NOW,
            created_at=NOW,
        )

        async def route(whose: int, where: str, **values: Any) -> Any:
            return await put(
                tables.iom_routes,
                person_id=whose,
                school_id=await place(where),
                kind="growth",
                created_at=NOW,
                **{"state": "active", "deficits": [], "reflection": {}} | values,
            )

        async def step(of: int, **values: Any) -> Any:
            return await put(
                tables.iom_steps,
                route_id=of,
                **{"domain": "", "title": "Шаг", "form": "webinar", "due_on": NOW.date(), "state": "planned"}
                | values,
            )

        mine = await route(
            me,
            "Школа маршрута",
            session_id=session,
            repeat_session_id=gone,
            reflection={"zq": "Маршрут: чему хочется научиться"},
        )
        own_step = await step(mine, title="zq-own-step")
        await put(
            tables.iom_evidence,
            step_id=own_step,
            kind="document",
            words="zq-evidence",
            content=b"zq-content",
            cause="zq",
            given_at=NOW,
        )
        await put(tables.iom_pauses, route_id=mine, reason="leave", starts_on=NOW.date())
        await route(viewer.person_id, "Школа подопечной", mentor_id=me)
        await route(owner.person_id, "Школа согласованного маршрута", agreed_by=me)
        confirmed = await route(neighbour.person_id, "Школа подтверждённого шага")
        await step(confirmed, confirmed_by=me)
        for of in (mine, confirmed):
            await put(
                tables.iom_history, route_id=of, at=NOW, actor_id=me, what="step_postponed", words="zq-postponed"
            )
        others = [viewer.person_id, owner.person_id, neighbour.person_id]
        await planted_mentoring.plant_mentoring(put, place, me, others)
        await planted_reports.plant_reports(put, place, me)
        await work.commit()
    return Planted(anna, session, neighbour)


def _profile(name: str) -> Any:
    return type(PROFILE)(name, "Учитель", "Физика", 12, 1976)


async def copy_of(database: Database, person_id: int) -> str:
    async def no_wording(wording_id: int) -> Any:
        raise AssertionError(wording_id)

    async with database.read() as connection:
        everything = await StoredWork(connection).personal.everything(person_id)
    library = Library(load_versions(), no_wording)
    return as_json("сегодня", await compose(everything, library, ZoneInfo("Europe/Moscow"), ROLE_TITLES))


async def end(database: Database, person_id: int) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        await erase(work, person_id, NOW, by_themselves=True)
        await work.commit()


async def everything_stored(witness: Witness) -> dict[str, list[dict[str, Any]]]:
    return {name: await witness.rows(select(table)) for name, table in metadata.tables.items()}


def test_somebody_has_decided_about_every_way_to_a_person() -> None:
    assert set(ways_to_a_person()) == set(EXPORTED) | set(NOT_EXPORTED)


async def test_the_copy_tells_of_every_row_that_leads_to_the_person(database: Database, planted: Planted) -> None:
    told = await copy_of(database, planted.person.person_id)
    expected = EXPORTED | {"accounts.person_id": str(planted.person.account.external_id), "people.name": NAME}
    assert {way: words for way, words in expected.items() if words not in told} == {}


async def test_answers_and_results_are_told_in_words(database: Database, planted: Planted) -> None:
    told = json.loads(await copy_of(database, planted.person.person_id))
    sections = {section["название"]: section["записи"] for section in told["разделы"]}
    [answers] = [
        records for title, records in sections.items() if title.endswith(": ответы") and len(records) == 84
    ]
    assert answers[0]["Ответ"] == ("Да" if ANSWERS[0] == "y" else "Нет")
    assert answers[0]["Вопрос"].startswith("1. ")
    [result] = [records for title, records in sections.items() if title.endswith(": результат")]
    assert len(result) == 12 + 3 + 1
    assert result[0]["Шкала"] == "Напряжение"
    assert "из 120" in result[0]["Баллы"]


async def test_groups_that_counted_the_person_are_named(
    database: Database, witness: Witness, planted: Planted
) -> None:
    await witness.change("UPDATE portion_members SET wave = 'y2026'")
    told = await copy_of(database, planted.person.person_id)
    assert "2026/27 учебный год" in told
    await witness.change("UPDATE portion_members SET wave = 'c12'")
    assert "опрос № 12" in await copy_of(database, planted.person.person_id)


async def test_the_copy_holds_no_key_to_let_others_in(database: Database, planted: Planted) -> None:
    told = await copy_of(database, planted.person.person_id)
    assert "zq-personal" not in told
    assert "zq-issued" not in told
    assert "zq-content" not in told


async def test_after_the_end_no_row_leads_to_the_person(
    database: Database, witness: Witness, planted: Planted
) -> None:
    me = planted.person.person_id
    before = await everything_stored(witness)
    assert before["portions"]
    gone = {
        "people.id": {me},
        "accounts.id": {row["id"] for row in before["accounts"] if row["person_id"] == me},
        "survey_sessions.id": {row["id"] for row in before["survey_sessions"] if row["person_id"] == me},
    }
    await end(database, me)

    after = await everything_stored(witness)
    assert me not in {row["id"] for row in after["people"]}
    for way, column in ways_to_a_person().items():
        targets = gone.keys() & {key.target_fullname for key in column.foreign_keys} or {"people.id"}
        ids = {planted.person.account.external_id} if column.name == "external_id" else gone[min(targets)]
        assert not ids & {row[column.name] for row in after[column.table.name]}, way
    written = repr(after)
    marks = (NAME, NAME.casefold(), WROTE, "zq-content", "zq-personal", "zq-own-step", "zq-evidence")
    marks += (str(planted.person.account.external_id), "чему хочется научиться")
    marks += ("zq-help", "zq-purpose", "zq-draft", "zq-topic", "zq-goal", "zq-thought")
    assert [mark for mark in marks if mark in written] == []
    # The link that they made for others, and the campaign, go on without them.
    assert "zq-issued" in written
    assert "Опрос автора" in written


async def test_figures_already_counted_and_other_people_stay(
    database: Database, witness: Witness, planted: Planted
) -> None:
    before = await everything_stored(witness)
    await end(database, planted.person.person_id)
    after = await everything_stored(witness)
    assert after["portions"] == before["portions"]
    assert [row["person_id"] for row in after["portion_members"]] == [planted.neighbour.person_id]
    assert len(after["people"]) == len(before["people"]) - 1


async def test_the_log_keeps_what_happened_under_a_number_that_is_nobodys(
    database: Database, witness: Witness, planted: Planted
) -> None:
    await end(database, planted.person.person_id)
    entries = await witness.rows("SELECT id, action, actor_id, person_id FROM audit ORDER BY id")
    [deleted] = [entry for entry in entries if entry["action"] == "person_deleted"]
    alias = -deleted["id"]
    assert (deleted["actor_id"], deleted["person_id"]) == (alias, alias)
    assert [entry["actor_id"] for entry in entries if entry["action"] == "report_seen"] == [alias]
    assert [entry["person_id"] for entry in entries if entry["action"] == "role_given"] == [alias]


async def test_the_file_of_the_database_holds_no_trace(database: Database, planted: Planted) -> None:
    if database.file is None:
        return
    marks = [NAME, NAME.casefold(), ANSWERS, "zq-content", "zq-personal", WROTE, json.dumps(WROTE).strip('"')]
    assert any(mark.encode() in bytes_of(database) for mark in marks)
    # The other tests of the same answers are not Agafya's.
    async with database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM shares")
        await connection.exec_driver_sql(
            f"DELETE FROM survey_sessions WHERE person_id <> {planted.person.person_id}"
        )
        await connection.commit()
    await end(database, planted.person.person_id)
    async with database.write() as connection:
        await connection.commit()
        await connection.exec_driver_sql("ROLLBACK")
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        await connection.exec_driver_sql("BEGIN")
    left = bytes_of(database)
    assert [mark for mark in marks if mark.encode() in left] == []


def bytes_of(database: Database) -> bytes:
    assert database.file is not None
    files = (database.file, database.file.with_name(f"{database.file.name}-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


async def test_nobody_is_deleted_in_part(database: Database, witness: Witness, planted: Planted) -> None:
    before = await everything_stored(witness)
    async with database.write() as connection:
        await erase(StoredWork(connection), planted.person.person_id, NOW, by_themselves=True)
    assert await everything_stored(witness) == before


async def forget(database: Database, years_later: float, kept: int = 5) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        await forget_old(work, NOW + timedelta(days=365.25 * years_later), kept)
        await work.commit()


async def test_before_the_term_nothing_is_forgotten(
    database: Database, witness: Witness, planted: Planted
) -> None:
    before = await everything_stored(witness)
    await forget(database, 4.9)
    assert await everything_stored(witness) == before


async def test_after_the_term_answers_and_the_log_are_forgotten_and_figures_stay(
    database: Database, witness: Witness, planted: Planted
) -> None:
    before = await everything_stored(witness)
    await forget(database, 5.1)
    after = await everything_stored(witness)
    for name in ("survey_sessions", "survey_values", "shares", "portion_members"):
        assert after[name] == [], name
    assert {row["action"] for row in after["audit"]} == {"person_deleted"}
    assert after["portions"] == before["portions"]


async def test_who_has_a_role_stays_and_who_has_left_long_ago_goes(
    database: Database, witness: Witness, planted: Planted
) -> None:
    await forget(database, 5.1)
    assert [row["id"] for row in await witness.rows("SELECT id FROM people")] == [planted.person.person_id]


async def test_who_has_agreed_again_meanwhile_is_not_gone(
    database: Database, witness: Witness, planted: Planted
) -> None:
    later = NOW + timedelta(days=365 * 3)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.welcome(planted.neighbour.account, f"{CONSENT}+", later)
        await work.commit()
    await forget(database, 5.1)
    people = {row["id"] for row in await witness.rows("SELECT id FROM people")}
    assert planted.neighbour.person_id in people


async def test_a_later_test_keeps_its_person_from_being_counted_twice(
    database: Database, witness: Witness, planted: Planted
) -> None:
    later = NOW + timedelta(days=300)
    await witness.change(
        "UPDATE survey_sessions SET finished_at = :later WHERE id = :id",
        later=later.replace(tzinfo=None) if witness.dialect == "sqlite" else later,
        id=planted.session,
    )
    await forget(database, 5.1)
    assert await witness.one("SELECT person_id FROM portion_members") == planted.person.person_id


@pytest.mark.parametrize(("closed", "left"), [(0, 0), (200, 1)])
async def test_sheets_of_anonymous_campaigns_go_with_the_term_of_their_campaign(
    database: Database, witness: Witness, planted: Planted, closed: int, left: int
) -> None:
    async with database.write() as connection:
        made = await connection.execute(
            insert(tables.campaigns).values(
                organisation_id=1,
                instrument="boyko",
                title="Анонимный",
                audience={},
                anonymous=True,
                state="closed",
                ends_on=NOW.date(),
                created_at=NOW,
                closed_at=NOW + timedelta(days=closed),
            )
        )
        await connection.execute(
            insert(tables.anonymous_sheets).values(
                id=987654321,
                campaign_id=made.inserted_primary_key[0],
                instrument="boyko",
                version="1",
                answers=ANSWERS,
                given={},
            )
        )
        await connection.commit()
    await forget(database, 5.1)
    assert len(await witness.rows("SELECT id FROM anonymous_sheets")) == left


def test_a_term_that_would_begin_on_a_day_that_is_not() -> None:
    assert term_begins(NOW.replace(year=2028, month=2, day=29), 5) == NOW.replace(year=2023, month=2, day=28)
    assert term_begins(NOW, 5) == NOW.replace(year=2021)


async def test_a_route_goes_with_its_files_when_its_term_since_the_end_is_over(
    database: Database, witness: Witness, planted: Planted
) -> None:
    await witness.change("UPDATE iom_routes SET state = 'closed', closed_at = created_at WHERE agreed_by IS NULL")
    await forget(database, 4.9)
    assert await witness.one("SELECT count(*) FROM iom_evidence") == 1
    await forget(database, 5.1)
    assert await witness.one("SELECT count(*) FROM iom_evidence") == 0
    assert await witness.one("SELECT count(*) FROM iom_routes WHERE state = 'closed'") == 0


async def test_a_route_outlives_its_diagnosis(database: Database, witness: Witness, planted: Planted) -> None:
    await forget(database, 5.1)
    [route] = await witness.rows("SELECT state, session_id, repeat_session_id FROM iom_routes WHERE person_id = 1")
    assert (route["state"], route["session_id"], route["repeat_session_id"]) == ("active", None, None)
