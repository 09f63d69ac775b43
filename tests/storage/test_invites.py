"""Invites: a seat is for one person, until the term ends."""

import asyncio
from datetime import datetime, timedelta

import pytest

from services.people import invites
from services.people.invites import Refusal
from services.people.model import Invite, Kind, Organisation, Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, Resident, school, settle

TERM = NOW + timedelta(days=30)


async def issue(database: Database, uses: int, role: Role = Role.TEACHER) -> str:
    organisation = await school(database)
    async with database.write() as connection:
        work = StoredWork(connection)
        token = await invites.issue(work, role, organisation, uses, TERM, NOW)
        await work.commit()
    return token


async def accept(database: Database, person: Resident, token: str, now: datetime = NOW) -> Invite | Refusal:
    """As the edge does it: the transaction is committed whatever the answer is."""
    async with database.write() as connection:
        work = StoredWork(connection)
        answer = await invites.accept(work, person.person_id, token, now)
        await work.commit()
    return answer


async def taken(witness: Witness) -> tuple[int, int]:
    """Seats used, and people who have a role."""
    used = await witness.one("SELECT used FROM invites")
    return used, await witness.one("SELECT count(DISTINCT person_id) FROM roles")


async def test_invite_gives_its_role(database: Database, witness: Witness) -> None:
    token = await issue(database, 2, Role.MENTOR)
    [person] = await settle(database, 1)
    accepted = await accept(database, person, token)
    assert isinstance(accepted, Invite)
    assert accepted.role is Role.MENTOR
    assert (accepted.organisation.name, accepted.organisation.kind) == ("Школа № 1", Kind.SCHOOL)
    assert accepted.expires_at == TERM
    async with database.read() as connection:
        visitor = await StoredWork(connection).people.visitor(person.account)
    assert visitor.person is not None
    assert visitor.person.scopes(Role.MENTOR) == (accepted.organisation,)
    assert await taken(witness) == (1, 1)


@pytest.mark.parametrize("seats", [1, 7])
async def test_twenty_people_at_once(
    database: Database, other_process: Database, witness: Witness, seats: int
) -> None:
    token = await issue(database, seats)
    people = await settle(database, 20)
    places = (database, other_process) * 10
    answers = await asyncio.gather(
        *(accept(place, person, token) for place, person in zip(places, people, strict=True))
    )
    assert sum(isinstance(answer, Invite) for answer in answers) == seats
    assert {answer for answer in answers if isinstance(answer, Refusal)} == {Refusal.USED_UP}
    assert await taken(witness) == (seats, seats)
    winners = {
        person.person_id for person, answer in zip(people, answers, strict=True) if isinstance(answer, Invite)
    }
    assert {row["person_id"] for row in await witness.rows("SELECT person_id FROM roles")} == winners


async def test_same_person_takes_one_seat(database: Database, witness: Witness) -> None:
    token = await issue(database, 3)
    [person] = await settle(database, 1)
    for _ in range(3):
        assert isinstance(await accept(database, person, token), Invite)
    assert await taken(witness) == (1, 1)


async def test_same_person_twice_at_once_takes_one_seat(
    database: Database, other_process: Database, witness: Witness
) -> None:
    token = await issue(database, 3)
    [person] = await settle(database, 1)
    answers = await asyncio.gather(*(accept(place, person, token) for place in (database, other_process) * 2))
    assert all(isinstance(answer, Invite) for answer in answers)
    assert await taken(witness) == (1, 1)


async def test_used_up(database: Database, witness: Witness) -> None:
    token = await issue(database, 1)
    first, second = await settle(database, 2)
    assert isinstance(await accept(database, first, token), Invite)
    assert await accept(database, second, token) is Refusal.USED_UP
    assert await taken(witness) == (1, 1)


async def test_term_ends(database: Database, witness: Witness) -> None:
    token = await issue(database, 5)
    early, late = await settle(database, 2)
    assert isinstance(await accept(database, early, token, TERM - timedelta(microseconds=1)), Invite)
    assert await accept(database, late, token, TERM) is Refusal.EXPIRED
    assert await taken(witness) == (1, 1)


async def test_seat_of_an_ended_term_is_not_taken(database: Database, witness: Witness) -> None:
    """Whoever looked at the invite in time but came to take the seat too late gets none."""
    token = await issue(database, 5)
    async with database.write() as connection:
        work = StoredWork(connection)
        invite = await work.invites.find(token)
        assert invite is not None
        assert not await work.invites.take_seat(invite.id, TERM)
        assert await work.invites.take_seat(invite.id, TERM - timedelta(microseconds=1))
        await work.commit()
    assert await witness.one("SELECT used FROM invites") == 1


async def test_last_seat_is_taken_once_by_those_who_saw_it_free(database: Database, witness: Witness) -> None:
    token = await issue(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        invite = await work.invites.find(token)
        assert invite is not None
        assert await work.invites.take_seat(invite.id, NOW)
        assert not await work.invites.take_seat(invite.id, NOW)
        await work.commit()
    assert await witness.one("SELECT used FROM invites") == 1


async def test_unknown_token(database: Database, witness: Witness) -> None:
    await issue(database, 1)
    [person] = await settle(database, 1)
    assert await accept(database, person, "no-such-token") is Refusal.UNKNOWN
    assert await taken(witness) == (0, 0)


async def test_invite_fits_the_kind_of_place(database: Database, witness: Witness) -> None:
    organisation = await school(database)
    async with database.write() as connection:
        work = StoredWork(connection)
        place = await work.organisations.get(organisation)
        assert isinstance(place, Organisation)
        with pytest.raises(ValueError, match="methodist"):
            await invites.issue(work, Role.METHODIST, organisation, 1, TERM, NOW)
        with pytest.raises(ValueError, match="999"):
            await invites.issue(work, Role.TEACHER, 999, 1, TERM, NOW)
        await work.commit()
    assert await witness.one("SELECT count(*) FROM invites") == 0
