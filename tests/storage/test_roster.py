"""Rosters applied in bulk: once, whatever happens at once, on both databases."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from services.people import invites
from services.people.model import Invite, Kind, Profile, Role
from services.people.roster import importing
from services.people.roster.model import Applied, Card, Entry, Roster, Scope
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, school, settle

TODAY = NOW.date()
MARIA = Entry(2, "Школа № 1", "Иванова Мария Петровна", "учитель", "математика", 12, 1980, "первая")
ANNA = Entry(3, "Школа №1", "Фёдорова Анна", "учитель", "физика", 3, 1999)
OLGA = Entry(4, "Школа № 2", "Серова Ольга", "логопед")
PEOPLE = (MARIA, ANNA, OLGA)


async def municipality(database: Database) -> int:
    await school(database, "Школа № 1")
    await school(database, "Школа № 2")
    async with database.read() as connection:
        (place,) = await StoredWork(connection).organisations.all(Kind.MUNICIPALITY)
    return place.id


async def load(database: Database, place: int, *entries: Entry, new_schools: bool = False) -> Applied:
    async with database.write() as connection:
        work = StoredWork(connection)
        roster = Roster(tuple(entries), ())
        outcome = await importing.apply(work, roster, Scope(place), TODAY, NOW, new_schools=new_schools)
        await work.commit()
    assert outcome is not None
    return outcome


async def everything(witness: Witness) -> dict[str, list[dict[str, object]]]:
    return {
        table: await witness.rows(f"SELECT * FROM {table} ORDER BY id")
        for table in ("organisations", "people", "roles", "invites", "accounts", "consents")
    }


async def cards(database: Database, schools: Sequence[int]) -> Sequence[Card]:
    async with database.read() as connection:
        return await StoredWork(connection).roster.cards(schools, NOW)


async def test_people_come_with_a_role_and_an_invite_but_no_account_and_no_consent(
    database: Database, witness: Witness
) -> None:
    place = await municipality(database)
    outcome = await load(database, place, *PEOPLE)
    assert outcome == Applied(schools=0, added=3, changed=0, moved=0, unchanged=0, invited=3)
    stored = await everything(witness)
    assert [person["full_name"] for person in stored["people"]] == [each.full_name for each in PEOPLE]
    assert all(person["registered_at"] is None for person in stored["people"])
    assert [person["name_key"] for person in stored["people"]][1] == "федорова анна"
    assert [(role["role"], role["organisation_id"]) for role in stored["roles"]] == [
        ("teacher", 2),
        ("teacher", 2),
        ("teacher", 3),
    ]
    assert [(invite["person_id"], invite["max_uses"]) for invite in stored["invites"]] == [(1, 1), (2, 1), (3, 1)]
    assert stored["accounts"] == stored["consents"] == []


async def test_a_second_import_changes_nothing(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    await load(database, place, *PEOPLE)
    before = await everything(witness)
    assert await load(database, place, *PEOPLE) == Applied(0, 0, 0, 0, 3, 0)
    assert await everything(witness) == before


async def test_two_imports_at_once_double_nobody(
    database: Database, other_process: Database, witness: Witness
) -> None:
    place = await municipality(database)
    crowd = [replace(MARIA, row=2 + number, full_name=f"Иванова Мария {'я' * number}") for number in range(1, 60)]
    far = replace(MARIA, row=99, school="Новая школа")
    outcomes = await asyncio.gather(
        *(load(where, place, *crowd, far, new_schools=True) for where in (database, other_process) * 2)
    )
    assert sorted(outcome.added for outcome in outcomes) == [0, 0, 0, 60]
    assert sum(outcome.invited for outcome in outcomes) == 60
    for table in ("people", "roles", "invites"):
        assert await witness.one(f"SELECT count(*) FROM {table}") == 60
    assert await witness.one("SELECT count(*) FROM organisations WHERE kind = 'school'") == 3


async def test_what_changes_is_written_and_the_rest_is_left(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    await load(database, place, *PEOPLE)
    other = replace(MARIA, position="завуч", years_of_work=None, subject="", category="высшая")
    assert await load(database, place, other) == Applied(0, 0, 1, 0, 0, 0)
    (row,) = await witness.rows("SELECT * FROM people WHERE id = 1")
    assert (row["position"], row["subject"], row["years_of_work"], row["category"]) == (
        "завуч",
        "математика",
        12,
        "высшая",
    )


async def test_a_move_takes_the_role_and_the_invite_along(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    await load(database, place, MARIA)
    assert (await load(database, place, replace(MARIA, school="Школа № 2"))).moved == 1
    assert await witness.rows("SELECT person_id, organisation_id FROM roles") == [
        {"person_id": 1, "organisation_id": 3}
    ]
    assert await cards(database, [2]) == []
    assert [card.full_name for card in await cards(database, [3])] == [MARIA.full_name]


async def test_a_move_leaves_the_invite_for_another_role_where_it_is(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    await load(database, place, MARIA)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.invites.add("curator", Role.CURATOR, 2, 1, NOW + timedelta(days=1), NOW, None, 1)
        await work.commit()
    await load(database, place, replace(MARIA, school="Школа № 2"))
    found = await witness.rows("SELECT role, organisation_id FROM invites ORDER BY role")
    assert [(invite["role"], invite["organisation_id"]) for invite in found] == [("curator", 2), ("teacher", 3)]


async def test_unknown_schools_are_added_only_when_asked(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    far = replace(MARIA, school="Гимназия")
    assert (await load(database, place, far, ANNA)).added == 1
    assert await witness.one("SELECT count(*) FROM organisations WHERE name = 'Гимназия'") == 0
    outcome = await load(database, place, far, ANNA, new_schools=True)
    assert (outcome.schools, outcome.added, outcome.unchanged) == (1, 1, 1)
    assert await witness.one(
        "SELECT o.name FROM roles r JOIN organisations o ON o.id = r.organisation_id WHERE r.person_id = 2"
    ) == ("Гимназия")


async def test_whoever_has_joined_is_not_invited_and_keeps_their_name(
    database: Database, witness: Witness
) -> None:
    place = await municipality(database)
    [resident] = await settle(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.grant(resident.person_id, Role.TEACHER, 2, NOW)
        told = Profile("Федорова Анна", "Учитель", "Химия", 3, 1999, known_on=TODAY)
        await work.people.save_profile(resident.person_id, told, NOW)
        await work.commit()
    assert await load(database, place, ANNA) == Applied(0, 0, 1, 0, 0, 0)
    (row,) = await witness.rows("SELECT * FROM people")
    assert (row["full_name"], row["position"], row["subject"]) == ("Федорова Анна", "Учитель", "физика")
    assert await cards(database, [2]) == []


async def test_an_ended_invite_is_made_anew(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    await load(database, place, MARIA)
    [first] = await cards(database, [2])
    assert (await load(database, place, MARIA)).invited == 0
    await witness.change("UPDATE invites SET revoked_at = expires_at")
    assert await cards(database, [2]) == []
    async with database.write() as connection:
        work = StoredWork(connection)
        assert await importing.invite(work, [2], None, NOW) == 1
        assert await importing.invite(work, [2], None, NOW) == 0
        await work.commit()
    [second] = await cards(database, [2])
    assert second.token != first.token


async def test_whoever_opens_the_invite_is_the_person_of_the_roster(database: Database, witness: Witness) -> None:
    place = await municipality(database)
    await load(database, place, MARIA, ANNA)
    token = next(card.token for card in await cards(database, [2]) if card.full_name == ANNA.full_name)
    async with database.write() as connection:
        invite = invites.check(await StoredWork(connection).invites.find(token), NOW + timedelta(days=179))
    assert isinstance(invite, Invite)
    assert invite.person_id == 2


async def test_waiting_people_are_counted_by_school(database: Database) -> None:
    place = await municipality(database)
    await load(database, place, *PEOPLE)
    async with database.read() as connection:
        work = StoredWork(connection)
        everywhere = await importing.waiting(work, [Scope(place)])
        own = await importing.waiting(work, [Scope(place, frozenset({3}))])
    assert [(each.school.name, each.people) for each in everywhere] == [("Школа № 1", 2), ("Школа № 2", 1)]
    assert [each.school.id for each in own] == [3]


@pytest.mark.parametrize("changed", [False, True])
async def test_only_what_was_shown_is_applied(database: Database, witness: Witness, changed: bool) -> None:
    place = await municipality(database)
    roster, content = Roster(PEOPLE, ()), b"file"
    async with database.read() as connection:
        would = await importing.dry_run(StoredWork(connection), roster, Scope(place), TODAY)
    shown = content, importing.fingerprint(content, would.whole)
    if changed:
        await load(database, place, OLGA)
    async with database.write() as connection:
        work = StoredWork(connection)
        outcome = await importing.apply(work, roster, Scope(place), TODAY, NOW, new_schools=False, shown=shown)
        await work.commit()
    assert (outcome is None) is changed
    assert await witness.one("SELECT count(*) FROM people") == (1 if changed else 3)
