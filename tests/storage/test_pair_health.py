"""Silent pairs on both databases: who is asked about them and when, and the figures an overseer sees."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from handlers.visit import Desk
from services.mentoring.health import silence
from services.mentoring.health.ports import Figures, SchoolLine, Slice
from services.mentoring.health.silence import Digest
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.pair import PairHappening, PairState
from services.mentoring.programs.program import StageNumber
from services.people.model import Kind, Organisation, Role
from storage.database import Database
from storage.pair_health import median
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.paired_service import MENTOR, Paired
from tests.storage.test_iom_reminders import TODAY, TUESDAY, ZONE, days, desk

__all__ = ["desk"]
MONDAY = TUESDAY + timedelta(days=6)
ALL = Slice(100)


@pytest.fixture
async def service(database: Database, desk: Desk, witness: Witness) -> Paired:
    service = Paired(database, desk, witness)
    service.school = await service.place()
    return service


async def asked(service: Paired) -> list[int]:
    return await service.told("pair_silent")


async def digest_of(service: Paired, reader: int, now: datetime = TUESDAY) -> Digest:
    terms = silence.terms_of(service.desk.mentoring, now, ZONE)
    async with service.database.read() as connection:
        return await silence.digest_of(StoredWork(connection), reader, terms, service.desk.consent.version)


async def figures(service: Paired, place: int | None = None, viewer: int = 0) -> Figures:
    terms = silence.terms_of(service.desk.mentoring, TUESDAY, ZONE)
    async with service.database.read() as connection:
        work = StoredWork(connection)
        found = await work.organisations.get(place or service.school)
        assert found is not None
        return await work.pair_health.figures(found, viewer, terms, silence.year_began(TODAY))


async def test_a_mentor_is_asked_after_fourteen_days_and_not_a_day_sooner(service: Paired) -> None:
    silent, fresh = await service.pair(days(-14)), await service.pair(days(-13))
    await service.tick()
    assert await asked(service) == [silent.mentor_id]
    assert await service.nudged_on(silent) == TODAY
    assert await service.nudged_on(fresh) is None


async def test_a_pair_that_has_not_met_yet_is_silent_from_its_beginning_on(service: Paired) -> None:
    silent = await service.pair(started=days(-14))
    await service.pair(started=days(-13))
    await service.tick()
    assert await asked(service) == [silent.mentor_id]


async def test_all_silent_pairs_of_a_mentor_are_one_message(service: Paired) -> None:
    mentor = await service.person(Role.MENTOR)
    pairs = [await service.pair(days(-20 - number), mentor=mentor) for number in range(3)]
    await service.tick()
    assert await asked(service) == [mentor]
    assert [await service.nudged_on(pair) for pair in pairs] == [TODAY] * 3


async def test_looking_again_and_in_two_processes_asks_once(service: Paired, other_process: Database) -> None:
    for _ in range(5):
        await service.pair(days(-20))
    await asyncio.gather(service.tick(), service.tick(database=other_process))
    for hours in (1, 5, 24, 24 * 10):
        await service.tick(TUESDAY + timedelta(hours=hours))
    assert len(await asked(service)) == 5


async def test_a_mentor_is_asked_again_after_another_fourteen_days(service: Paired) -> None:
    pair = await service.pair(days(-14))
    await service.tick()
    await service.tick(TUESDAY + timedelta(days=13))
    assert len(await asked(service)) == 1
    await service.tick(TUESDAY + timedelta(days=14))
    assert await asked(service) == [pair.mentor_id] * 2


async def told_to(service: Paired, mentor: int, now: datetime) -> list[int]:
    """The pairs that the message of the moment's day is about."""
    terms = silence.terms_of(service.desk.mentoring, now, ZONE)
    async with service.database.read() as connection:
        store = StoredWork(connection).pair_health
        found = await store.told_to(mentor, now.date(), terms, service.desk.consent.version)
    return [one.pair_id for one in found]


async def test_a_message_repeats_no_pair_within_fourteen_days(service: Paired) -> None:
    mentor = await service.person(Role.MENTOR)
    first, second = await service.pair(days(-14), mentor=mentor), await service.pair(days(-8), mentor=mentor)
    sixth, twentieth = TUESDAY + timedelta(days=6), TUESDAY + timedelta(days=20)
    for number in range(21):
        await service.tick(TUESDAY + timedelta(days=number))
    assert await asked(service) == [mentor] * 3
    assert await told_to(service, mentor, TUESDAY) == [first.id]
    assert await told_to(service, mentor, sixth) == [second.id]
    assert await told_to(service, mentor, twentieth) == [first.id, second.id]


async def test_pairs_that_go_silent_one_after_another_are_told_together(service: Paired) -> None:
    mentor = await service.person(Role.MENTOR)
    for number in range(3):
        await service.pair(days(-14 + number), mentor=mentor)
    for number in range(3):
        await service.tick(TUESDAY + timedelta(days=number))
    assert len(await asked(service)) == 1
    await service.tick(TUESDAY + timedelta(days=3))
    assert len(await asked(service)) == 2


async def test_a_week_without_the_bot_is_one_message(service: Paired) -> None:
    pair = await service.pair(days(-21))
    await service.tick()
    await service.tick(TUESDAY + timedelta(days=1))
    assert await asked(service) == [pair.mentor_id]


@pytest.mark.parametrize("state", [PairState.PAUSED, PairState.APPROVED, PairState.COMPLETED])
async def test_only_pairs_at_work_are_asked_about(service: Paired, state: PairState) -> None:
    await service.pair(days(-40), state=state)
    await service.tick()
    assert await asked(service) == []


async def test_after_a_pause_the_silence_counts_from_its_end(service: Paired) -> None:
    pair = await service.pair(days(-40))
    await service.happened(pair, PairHappening.RESUMED, TUESDAY - timedelta(days=13))
    await service.tick()
    assert await asked(service) == []
    await service.tick(TUESDAY + timedelta(days=1))
    assert await asked(service) == [pair.mentor_id]


async def test_who_has_just_told_of_an_old_meeting_is_not_asked_at_once(service: Paired) -> None:
    pair = await service.pair(days(-20))
    await service.meeting(pair, days(-20), logged_at=TUESDAY - timedelta(hours=1))
    await service.tick()
    assert await asked(service) == []
    await service.tick(TUESDAY + timedelta(days=7))
    assert await asked(service) == [pair.mentor_id]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 7, 59, tzinfo=ZONE),
        datetime(2026, 11, 24, 20, 0, tzinfo=ZONE),
        datetime(2026, 11, 29, 12, 0, tzinfo=ZONE),
        datetime(2027, 1, 4, 12, 0, tzinfo=ZONE),
        datetime(2026, 11, 24, 9, 59, tzinfo=ZONE),
    ],
    ids=["too early", "too late", "Sunday", "holiday", "before the usual hour"],
)
async def test_there_are_hours_when_nobody_is_asked(service: Paired, moment: datetime) -> None:
    await service.person(Role.CURATOR)
    await service.pair(days(-60))
    await service.tick(moment)
    assert await asked(service) == []


async def test_the_hour_that_a_mentor_has_chosen_is_waited_for(service: Paired) -> None:
    pair = await service.pair(days(-20))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_reminder_hour(pair.mentor_id, 15)
        await work.commit()
    await service.tick(TUESDAY.replace(hour=14))
    assert await asked(service) == []
    await service.tick(TUESDAY.replace(hour=15))
    assert await asked(service) == [pair.mentor_id]


async def test_who_has_taken_their_consent_back_is_neither_asked_nor_told_of(service: Paired) -> None:
    mentor_gone, mentee_gone = await service.pair(days(-20)), await service.pair(days(-20))
    curator = await service.person(Role.CURATOR)
    await service.takes_back_consent(mentor_gone.mentor_id)
    await service.takes_back_consent(mentee_gone.mentee_id)
    await service.tick()
    assert await asked(service) == []
    assert (await digest_of(service, curator, TUESDAY + timedelta(days=30))).empty
    assert (await figures(service)).states == {}


async def test_curators_hear_a_week_after_the_mentor_was_asked(service: Paired) -> None:
    curator = await service.person(Role.CURATOR)
    pair = await service.pair(days(-14))
    await service.tick()
    assert (await digest_of(service, curator, TUESDAY + timedelta(days=6))).silent == []
    [told] = (await digest_of(service, curator, TUESDAY + timedelta(days=7))).silent
    assert (told.pair_id, told.since) == (pair.id, days(-14))
    # Asked for the second time meanwhile, the mentor has not begun anew.
    await service.tick(TUESDAY + timedelta(days=14))
    assert len((await digest_of(service, curator, TUESDAY + timedelta(days=15))).silent) == 1


async def test_after_long_silence_of_the_bot_the_mentor_is_still_the_first(service: Paired) -> None:
    curator = await service.person(Role.CURATOR)
    await service.pair(days(-60))
    assert (await digest_of(service, curator)).silent == []
    await service.tick()
    assert (await digest_of(service, curator)).silent == []


async def test_a_logged_meeting_ends_the_silence(service: Paired) -> None:
    curator = await service.person(Role.CURATOR)
    pair = await service.pair(days(-14))
    await service.tick()
    await service.change_pair(pair, last_met_on=days(3), nudged_on=None)
    assert (await digest_of(service, curator, TUESDAY + timedelta(days=10))).silent == []
    await service.tick(TUESDAY + timedelta(days=16))
    assert len(await asked(service)) == 1
    await service.tick(TUESDAY + timedelta(days=17))
    assert len(await asked(service)) == 2


async def test_of_a_mentor_who_cannot_be_asked_curators_hear_all_the_same(service: Paired) -> None:
    curator = await service.person(Role.CURATOR)
    pair = await service.pair(days(-20))
    await service.witness.change(
        "UPDATE accounts SET blocked_at = '2026-11-01 00:00:00+00' WHERE person_id = :id", id=pair.mentor_id
    )
    await service.tick()
    assert await asked(service) == []
    assert (await digest_of(service, curator)).silent == []
    assert len((await digest_of(service, curator, TUESDAY + timedelta(days=1))).silent) == 1


async def test_a_methodist_stands_in_where_a_school_has_no_curator(service: Paired) -> None:
    parent = await service.witness.one("SELECT parent_id FROM organisations WHERE id = :id", id=service.school)
    methodist = await service.person(Role.METHODIST, school=parent)
    pair = await service.pair(days(-40), nudged_on=days(-7))
    assert [one.pair_id for one in (await digest_of(service, methodist)).silent] == [pair.id]
    curator = await service.person(Role.CURATOR)
    assert (await digest_of(service, methodist)).silent == []
    assert len((await digest_of(service, curator)).silent) == 1


async def test_a_curator_who_is_the_mentee_hears_nothing_of_it(service: Paired) -> None:
    parent = await service.witness.one("SELECT parent_id FROM organisations WHERE id = :id", id=service.school)
    methodist = await service.person(Role.METHODIST, school=parent)
    curator = await service.person(Role.TEACHER, Role.CURATOR)
    await service.pair(days(-40), mentee=curator, nudged_on=days(-7))
    assert (await digest_of(service, curator)).empty
    assert len((await digest_of(service, methodist)).silent) == 1
    assert (await figures(service, viewer=curator)).silent == 0


async def test_the_digest_tells_of_everything_that_stands_still(service: Paired) -> None:
    curator = await service.person(Role.CURATOR)
    late = await service.pair(days(-1))
    # Two terms have passed, but the pair is still at its first stage.
    await service.program(late, days(-20), days(-8), days(60))
    fresh = await service.pair(days(-1))
    await service.program(fresh, days(-7), days(30), days(60))
    lost = await service.lost_offer(days(-6))
    await service.lost_offer(days(-7))
    await service.request(TUESDAY - timedelta(days=15))
    await service.request(TUESDAY - timedelta(days=14))
    told = await digest_of(service, curator)
    assert [(stage.pair_id, stage.number) for stage in told.late_stages] == [(late.id, StageNumber.ADAPTATION)]
    assert [offer.pair_id for offer in told.lost_offers] == [lost.id]
    assert len(told.waiting) == 1


async def test_figures_of_a_school(service: Paired) -> None:
    busy, quiet, resting = (
        await service.pair(days(-1)),
        await service.pair(days(-20)),
        await service.pair(days(-20), state=PairState.PAUSED),
    )
    await service.pair(state=PairState.APPROVED)
    await service.pair(state=PairState.PROPOSED)
    await service.pair(state=PairState.COMPLETED, ended_on=date(2026, 9, 1))
    await service.pair(state=PairState.COMPLETED, ended_on=date(2026, 8, 31))
    await service.program(busy, days(-1), days(30), days(60), over=1)
    await service.program(quiet, days(-10), days(30), days(60))
    await service.program(resting, days(-50), days(-30), days(-20), over=3)
    await service.meeting(busy, days(-1), 45)
    await service.meeting(busy, days(-29), 30, MeetingState.LOGGED)
    await service.meeting(quiet, days(-20), None, MeetingState.DISPUTED)
    await service.meeting(quiet, days(-30), 45)
    await service.lost_offer(days(-29))
    await service.request(TUESDAY - timedelta(days=3))
    found = await figures(service)
    assert found.states == {
        PairState.ACTIVE: 2,
        PairState.PAUSED: 1,
        PairState.APPROVED: 1,
        PairState.PROPOSED: 1,
        PairState.COMPLETED: 1,
    }
    assert found.stages == {StageNumber.ADAPTATION: 1, StageNumber.MAIN: 1, None: 1}
    assert found.without_program == 0
    met = found.meetings
    assert (met.held, met.minutes, met.untimed, met.confirmed, met.unconfirmed) == (3, 75, 1, 1, 2)
    assert met.per_pair == 1.5
    assert (found.silent, found.late_stages, found.lost_offers, found.waiting) == (1, 1, 1, 2)
    assert found.longest_since == TUESDAY - timedelta(days=5)


async def test_figures_of_an_empty_school_are_none(service: Paired) -> None:
    found = await figures(service)
    assert (found.states, found.stages, found.meetings.held, found.meetings.per_pair) == ({}, {}, 0, None)
    assert (found.waiting, found.longest_since) == (0, None)


async def test_lists_hold_just_what_the_figures_count(service: Paired) -> None:
    quiet = await service.pair(days(-20))
    quieter = await service.pair(started=days(-50))
    await service.program(quiet, days(-10), days(30), days(60))
    logged = await service.meeting(quiet, days(-20), state=MeetingState.LOGGED)
    disputed = await service.meeting(quieter, days(-10), state=MeetingState.DISPUTED)
    lost = await service.lost_offer(days(-2))
    terms = silence.terms_of(service.desk.mentoring, TUESDAY, ZONE)
    async with service.database.read() as connection:
        work = StoredWork(connection)
        place = await work.organisations.get(service.school)
        assert place is not None
        key = (place, 0, terms, ALL)
        assert [one.pair_id for one in (await work.pair_health.silent(*key)).items] == [quieter.id, quiet.id]
        assert [one.meeting_id for one in (await work.pair_health.unconfirmed(*key)).items] == [
            disputed,
            logged,
        ]
        [stage] = (await work.pair_health.late_stages(*key)).items
        assert (stage.pair_id, stage.mentor) == (quiet.id, MENTOR)
        assert [one.pair_id for one in (await work.pair_health.lost_offers(*key)).items] == [lost.id]
        page = await work.pair_health.silent(place, 0, terms, Slice(1, 1))
        assert ([one.pair_id for one in page.items], page.total) == ([quiet.id], 2)


async def test_a_municipality_is_its_schools_together_and_apart(service: Paired) -> None:
    parent: int = await service.witness.one(
        "SELECT parent_id FROM organisations WHERE id = :id", id=service.school
    )
    async with service.database.write() as connection:
        work = StoredWork(connection)
        place: Organisation | None = await work.organisations.get(parent)
        assert place is not None
        other = await work.organisations.add(Kind.SCHOOL, "Школа № 10", parent)
        await work.organisations.add(Kind.SCHOOL, "Школа № 2", parent)
        district = await work.organisations.add(Kind.MUNICIPALITY, "Дальний район", None)
        elsewhere = (await work.organisations.add(Kind.SCHOOL, "Школа № 3", district.id)).id
        await work.commit()
    await service.pair(days(-20))
    await service.meeting(await service.pair(days(-1), school=other.id), days(-1))
    await service.request(TUESDAY, school=other.id)
    await service.pair(days(-20), school=elsewhere)
    terms = silence.terms_of(service.desk.mentoring, TUESDAY, ZONE)
    async with service.database.read() as connection:
        lines = await StoredWork(connection).pair_health.schools(place, 0, terms)
    assert [line.name for line in lines] == ["Школа № 1", "Школа № 2", "Школа № 10"]
    assert [lines[0], lines[2]] == [
        SchoolLine(service.school, "Школа № 1", 1, 1, 0, 0),
        SchoolLine(other.id, "Школа № 10", 1, 0, 1, 1),
    ]
    assert (await figures(service, parent)).states == {PairState.ACTIVE: 2}


@pytest.mark.parametrize(
    ("counts", "middle"),
    [([], None), ([(0, 1)], 0), ([(0, 1), (3, 1)], 1.5), ([(0, 2), (4, 3)], 4), ([(1, 2), (2, 2)], 1.5)],
)
def test_the_median_of_counted_values(counts: list[tuple[int, int]], middle: float | None) -> None:
    assert median(counts) == middle
