"""People of an organisation as its managers see them, on both databases."""

from dataclasses import replace
from datetime import timedelta

from services.people import invites
from services.people.model import Kind, Organisation, Role
from services.people.ports import Attendance
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, PROFILE, school, settle

TERM = NOW + timedelta(days=30)


async def rostered(witness: Witness, name: str) -> int:
    """Somebody whom a roster has brought; their id."""
    await witness.change(
        "INSERT INTO people (full_name, name_key, position, subject, created_at) VALUES"
        f" ('{name}', '{name.casefold()}', 'Учитель', 'Химия', '2026-01-01 00:00:00')"
    )
    found: int = await witness.one("SELECT max(id) FROM people")
    return found


async def test_members_are_those_with_a_role_just_there(database: Database, witness: Witness) -> None:
    first, second = await school(database, "Школа № 1"), await school(database, "Школа № 2")
    [joined] = await settle(database, 1)
    waiting = await rostered(witness, "Белова Анна")
    elsewhere = await rostered(witness, "Антонова Яна")
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.save_profile(joined.person_id, PROFILE, NOW)
        for person, role, place in (
            (joined.person_id, Role.TEACHER, first),
            (joined.person_id, Role.CURATOR, first),
            (joined.person_id, Role.MENTOR, second),
            (waiting, Role.TEACHER, first),
            (elsewhere, Role.TEACHER, second),
        ):
            await work.people.grant(person, role, place, NOW)
        await work.commit()
    async with database.read() as connection:
        directory = StoredWork(connection).directory
        members = await directory.members(first)
        assert [(member.id, member.roles, member.joined) for member in members] == [
            (waiting, (Role.TEACHER,), False),
            (joined.person_id, (Role.TEACHER, Role.CURATOR), True),
        ]
        assert members[1].profile == replace(PROFILE, known_on=NOW.date())
        assert await directory.member(first, joined.person_id) == members[1]
        assert await directory.member(first, elsewhere) is None
        grants = await directory.grants(joined.person_id)
        assert [(grant.role, grant.organisation.id) for grant in grants] == [
            (Role.TEACHER, first),
            (Role.CURATOR, first),
            (Role.MENTOR, second),
        ]
        assert await directory.account_ids(waiting) == []
        assert len(await directory.account_ids(joined.person_id)) == 1
        municipality = grants[0].organisation.parent_id
        assert municipality is not None
        assert await directory.attendance(municipality) == [
            Attendance(Organisation(first, Kind.SCHOOL, "Школа № 1", municipality), 2, 1),
            Attendance(Organisation(second, Kind.SCHOOL, "Школа № 2", municipality), 2, 1),
        ]


async def test_a_person_with_two_accounts_is_counted_once(database: Database, witness: Witness) -> None:
    place = await school(database)
    [one] = await settle(database, 1)
    await witness.change(
        f"INSERT INTO accounts (person_id, channel, external_id) VALUES ({one.person_id}, 'telegram', 1)"
    )
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.people.grant(one.person_id, Role.TEACHER, place, NOW)
        await work.commit()
        [member] = await work.directory.members(place)
        parent = (await work.directory.grants(one.person_id))[0].organisation.parent_id
        assert parent is not None
        [line] = await work.directory.attendance(parent)
        assert member.joined
        assert (line.people, line.joined) == (1, 1)
        assert len(await work.directory.account_ids(one.person_id)) == 2


async def test_a_personal_link_lasts_until_used_revoked_or_over(database: Database, witness: Witness) -> None:
    place = await school(database)
    person = await rostered(witness, "Белова Анна")
    async with database.write() as connection:
        work = StoredWork(connection)
        directory = work.directory
        assert await directory.personal_link(person, NOW) is None
        await invites.issue(work, Role.TEACHER, place, 5, TERM, NOW)
        token = await invites.issue(work, Role.TEACHER, place, 1, TERM, NOW, person_id=person)
        link = await directory.personal_link(person, NOW)
        assert link is not None
        assert (link.token, link.person_id) == (token, person)
        assert await directory.personal_link(person, TERM) is None
        await directory.end_personal_links(person, Role.MENTOR, place, NOW)
        assert await directory.personal_link(person, NOW) is not None
        await directory.end_personal_links(person, Role.TEACHER, place, NOW)
        assert await directory.personal_link(person, NOW) is None
        second = await invites.issue(work, Role.TEACHER, place, 1, TERM, NOW, person_id=person)
        found = await work.invites.find(second)
        assert found is not None
        assert await work.invites.take_seat(found.id, NOW)
        assert await directory.personal_link(person, NOW) is None


async def test_an_organisation_gets_another_name(database: Database, witness: Witness) -> None:
    place = await school(database)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.directory.rename(place, "Лицей")
        await work.commit()
    assert await witness.one("SELECT name FROM organisations WHERE id = :id", id=place) == "Лицей"
