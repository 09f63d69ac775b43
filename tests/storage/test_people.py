"""People, their consent and their roles."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from services.diagnostics.session import State
from services.people.model import Account, Conversation, Kind, Organisation, Person, Role, Visitor
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.tables import consents
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, PROFILE, TEST, newcomer, school, seat, settle, stranger, tap

LATER = NOW + timedelta(days=1)


async def visitor(database: Database, account: Account) -> Visitor:
    async with database.read() as connection:
        return await StoredWork(connection).people.visitor(account)


async def welcome(database: Database, account: Account, version: str = "1") -> int:
    async with database.write() as connection:
        work = StoredWork(connection)
        person_id = await work.people.welcome(account, version, LATER)
        await work.commit()
    return person_id


async def revoke(database: Database, person_id: int) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.revoke_consent(person_id, LATER)
        await work.commit()


async def test_stranger_is_nobody(database: Database) -> None:
    account = stranger()
    assert await visitor(database, account) == Visitor(account, None, None)


async def test_registered_person_is_found_whole(database: Database) -> None:
    first = await school(database)
    second = await school(database, "Школа № 2")
    [person] = await settle(database, 1)
    # Somebody with the same number in another messenger is somebody else.
    await welcome(database, Account("max", person.account.external_id))
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.save_profile(person.person_id, PROFILE, NOW)
        granted = [
            await work.people.grant(person.person_id, role, place, NOW)
            for role, place in ((Role.MENTOR, second), (Role.TEACHER, first), (Role.MENTOR, second))
        ]
        await work.conversations.put(person.account, Conversation("survey", {"session": 7}), NOW)
        await work.commit()
    assert granted == [True, True, False]
    found = await visitor(database, person.account)
    assert found.conversation == Conversation("survey", {"session": 7})
    assert isinstance(found.person, Person)
    assert (found.person.id, found.person.consent_version) == (person.person_id, "1")
    assert found.person.profile == replace(PROFILE, known_on=NOW.date())
    assert [(grant.role, grant.organisation.id) for grant in found.person.grants] == [
        (Role.MENTOR, second),
        (Role.TEACHER, first),
    ]
    [place] = found.person.scopes(Role.TEACHER)
    assert place == Organisation(first, Kind.SCHOOL, "Школа № 1", place.parent_id)


async def test_person_without_a_profile_is_not_registered(database: Database) -> None:
    [person] = await settle(database, 1)
    found = (await visitor(database, person.account)).person
    assert found is not None
    assert (found.profile, found.grants, found.consent_version) == (None, (), "1")


async def test_the_same_consent_again_changes_nothing(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    assert await welcome(database, person.account) == person.person_id
    [row] = await witness.rows(select(consents))
    assert (row["version"], row["given_at"], row["revoked_at"]) == ("1", NOW, None)


async def test_new_text_of_consent_replaces_the_old(database: Database, witness: Witness) -> None:
    [person] = await settle(database, 1)
    assert await welcome(database, person.account, "2") == person.person_id
    rows = await witness.rows(select(consents).order_by("id"))
    assert [(row["version"], row["given_at"], row["revoked_at"]) for row in rows] == [
        ("1", NOW, LATER),
        ("2", LATER, None),
    ]
    found = (await visitor(database, person.account)).person
    assert found is not None
    assert found.consent_version == "2"


async def test_one_consent_is_in_force_however_many_are_given_at_once(
    database: Database, other_process: Database, witness: Witness
) -> None:
    [known] = await settle(database, 1)
    for account in (known.account, stranger()):
        results = await asyncio.gather(*(welcome(place, account, "2") for place in (database, other_process) * 3))
        assert len(set(results)) == 1, results
        found = (await visitor(database, account)).person
        assert found is not None
        assert found.consent_version == "2"
        in_force = "SELECT count(*) FROM consents WHERE person_id = :person AND revoked_at IS NULL"
        assert await witness.one(in_force, person=found.id) == 1
    assert await witness.one("SELECT count(*) FROM people") == 2


async def test_revoked_consent_stops_open_tests(
    database: Database, book: GroupedAnswers, witness: Witness
) -> None:
    person, done = await newcomer(database, ".")
    await book.accept(tap(person, done, "y"))
    [session] = await seat(database, [person], "..")
    _, others = await newcomer(database, "..")
    await revoke(database, person.person_id)
    assert (found := (await visitor(database, person.account)).person) is not None
    assert found.consent_version is None
    assert await book.accept(tap(person, session, "y")) is None
    rows = {row["id"]: row for row in await witness.rows("SELECT id, state, answers FROM survey_sessions")}
    assert {key: row["state"] for key, row in rows.items()} == {
        done.id: "finished",
        session.id: "stopped",
        others.id: "in_progress",
    }
    assert rows[session.id]["answers"] == ".."
    [row] = await witness.rows(select(consents).where(consents.c.person_id == person.person_id))
    assert row["revoked_at"] == LATER


async def test_consent_given_again_begins_a_new_test(database: Database, witness: Witness) -> None:
    person, stopped = await newcomer(database, "y.")
    await revoke(database, person.person_id)
    assert await welcome(database, person.account) == person.person_id
    async with database.read() as connection:
        work = StoredWork(connection)
        assert await work.surveys.open_session(person.person_id, TEST) is None
        old = await work.surveys.get(stopped.id, person.person_id)
    assert old is not None
    assert (old.state, old.answers) == (State.STOPPED, "y.")
    [fresh] = await seat(database, [person], "..")
    assert fresh.id != stopped.id
    assert await witness.one("SELECT count(*) FROM consents") == 2


async def test_revocation_at_the_moment_of_an_answer(
    database: Database, other_process: Database, book: GroupedAnswers, witness: Witness
) -> None:
    people = await settle(database, 10)
    sessions = await seat(database, people, "...")
    await asyncio.gather(
        *(book.accept(tap(person, session, "y")) for person, session in zip(people, sessions, strict=True)),
        *(revoke(other_process, person.person_id) for person in people),
    )
    rows = await witness.rows("SELECT state, answers FROM survey_sessions")
    assert {row["state"] for row in rows} == {"stopped"}
    assert {row["answers"] for row in rows} <= {"y..", "..."}
