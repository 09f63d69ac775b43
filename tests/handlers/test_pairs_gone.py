"""One of a pair has their data deleted: the other one and whoever looks after it hear that the pair is no more."""

from datetime import UTC, date, datetime

from services.mentoring.life.entrusting import entrust
from services.mentoring.pair import EndReason, PairState
from services.people import membership
from services.people.model import Role
from services.privacy.erasing import erase
from storage.unit_of_work import StoredWork
from tests.handlers import test_pair_life
from tests.handlers.campaigning import about, until_sent
from tests.town import titles

GONE = "удалил свои данные"
couple = test_pair_life.couple


async def deleted(couple: test_pair_life.Couple, person_id: int) -> None:
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        await erase(work, person_id, couple.clock(), by_themselves=True)
        await work.commit()
    await until_sent(couple.town)


async def leads_in_school(couple: test_pair_life.Couple, mentor_id: int) -> bool:
    async with couple.town.second_connection() as database, database.read() as connection:
        return await StoredWork(connection).people.holds(mentor_id, Role.MENTOR, test_pair_life.SCHOOL)


async def test_a_mentee_whose_mentor_is_gone_waits_again_and_hears_of_it(couple: test_pair_life.Couple) -> None:
    await couple.starts()
    mentor_id, _ = await couple.ids()
    await deleted(couple, mentor_id)

    [told] = about(couple.mentee, GONE)
    assert "заявка в очереди" in told.text
    assert "Опытова" not in told.text
    [told] = about(couple.curator, GONE)
    assert "Новикова Анна Ивановна" in told.text
    assert "Опытова" not in told.text
    await couple.curator.taps("Подобрать наставника", told)
    assert "Моя заявка" in titles(couple.mentee.last)
    await couple.mentee.taps("Моя заявка")


async def test_a_mentor_whose_mentee_is_gone_hears_of_it_and_leaves(
    couple: test_pair_life.Couple,
) -> None:
    await couple.town.change("UPDATE mentor_cards SET school_id = :id", id=test_pair_life.OTHER_SCHOOL)
    await couple.town.change("DELETE FROM roles WHERE role = 'mentor'")
    mentor_id, mentee_id = await couple.ids()
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        await entrust(work, await couple.now(), couple.clock())
        await work.commit()
    assert await leads_in_school(couple, mentor_id)
    await deleted(couple, mentee_id)

    [told] = about(couple.mentor, GONE)
    assert "Новикова" not in told.text
    assert about(couple.curator, GONE) == []
    assert not await leads_in_school(couple, mentor_id)


async def test_a_pair_that_is_over_is_no_news(couple: test_pair_life.Couple) -> None:
    await couple.town.change("UPDATE pairs SET state = :state, seat = NULL", state=PairState.COMPLETED.value)
    mentor_id, _ = await couple.ids()
    await deleted(couple, mentor_id)
    assert about(couple.mentee, GONE) == []


async def test_a_pair_ends_on_the_day_of_its_school(couple: test_pair_life.Couple) -> None:
    await couple.town.change(
        "UPDATE organisations SET timezone = :zone WHERE id = :id", zone="Asia/Kamchatka", id=test_pair_life.SCHOOL
    )
    mentor_id, _ = await couple.ids()
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        school = await work.organisations.get(test_pair_life.SCHOOL)
        assert school is not None
        evening_in_london = datetime(2026, 11, 24, 22, tzinfo=UTC)
        await membership.take_away(work, mentor_id, Role.MENTOR, school, evening_in_london)
        await work.commit()
    pair = await couple.now()
    assert (pair.end_reason, pair.ended_on) == (EndReason.MENTOR_LEFT, date(2026, 11, 25))
