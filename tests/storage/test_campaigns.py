"""Campaigns on both databases: launched once, everybody invited once, reminders never doubled, sheets untied."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.ticks.campaigns import tend_campaigns
from services.campaigns import launching, reminding
from services.campaigns.joining import joined
from services.campaigns.model import Audience, Campaign, Plan, SchoolStanding, Standing, State
from services.diagnostics.answering import Sheet
from services.diagnostics.instrument import UNANSWERED
from services.diagnostics.session import Answer
from services.people.model import Kind, Profile, Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, Resident, settle, stranger

ZONE = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZONE)
TODAY = TUESDAY.date()
TEACHER = Profile("Иванова Мария Петровна", "Учитель", "Математика", 12, 1976, known_on=TODAY)


@dataclass
class District:
    """A municipality with two schools, and a methodist."""

    database: Database
    municipality: int
    schools: list[int]
    methodist: int

    async def resident(
        self, *places: int, role: Role = Role.TEACHER, profile: Profile = TEACHER, registered: bool = True
    ) -> Resident:
        """Somebody with the role in these schools, by their numbers."""
        [person] = await settle(self.database, 1)
        async with self.database.write() as connection:
            work = StoredWork(connection)
            for place in places:
                await work.people.grant(person.person_id, role, self.schools[place], TUESDAY)
            if registered:
                await work.people.save_profile(person.person_id, profile, TUESDAY)
            await work.commit()
        return person

    async def draft(self, audience: Audience = Audience(), **other: object) -> Campaign:
        plan = Plan("boyko", "Выгорание", "Слова", audience, anonymous=False, ends_on=TODAY + timedelta(days=14))
        async with self.database.write() as connection:
            work = StoredWork(connection)
            plan = replace(plan, **other)  # type: ignore[arg-type]
            campaign = await work.campaigns.add(self.municipality, plan, None, self.methodist, TUESDAY)
            await work.commit()
        return campaign

    async def launched(self, audience: Audience = Audience(), **other: object) -> Campaign:
        campaign = await self.draft(audience, **other)
        await launch(self.database, campaign, self.methodist)
        return await campaign_now(self.database, campaign)


@pytest.fixture
async def district(database: Database) -> District:
    async with database.write() as connection:
        work = StoredWork(connection)
        municipality = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
        schools = [
            await work.organisations.add(Kind.SCHOOL, f"Школа № {number}", municipality.id) for number in (1, 2)
        ]
        await work.commit()
    [methodist] = await settle(database, 1)
    return District(database, municipality.id, [school.id for school in schools], methodist.person_id)


async def launch(database: Database, campaign: Campaign, actor: int, now: datetime = TUESDAY) -> int | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        invited = await launching.launch(work, campaign, actor, CONSENT, now.date(), now)
        await work.commit()
    return invited


async def campaign_now(database: Database, campaign: Campaign) -> Campaign:
    async with database.read() as connection:
        found = await StoredWork(connection).campaigns.get(campaign.id)
    assert found is not None
    return found


async def tend(database: Database, now: datetime) -> None:
    await tend_campaigns(database, CONSENT, ZONE, now)


async def standing(database: Database, campaign: Campaign) -> Sequence[SchoolStanding]:
    async with database.read() as connection:
        return await StoredWork(connection).campaigns.standing(campaign.id, CONSENT)


async def enrolled(witness: Witness, campaign: Campaign) -> set[tuple[int, int]]:
    rows = await witness.rows(
        "SELECT person_id, school_id FROM campaign_people WHERE campaign_id = :id", id=campaign.id
    )
    return {(row["person_id"], row["school_id"]) for row in rows}


async def keys(witness: Witness, kind: str = "campaign_invite") -> list[str]:
    rows = await witness.rows("SELECT key FROM outbox WHERE kind = :kind ORDER BY key", kind=kind)
    return [row["key"] for row in rows]


async def test_launch_gathers_the_audience_and_invites_each_once(district: District, witness: Witness) -> None:
    first, second = district.schools
    maria = await district.resident(0)
    both = await district.resident(1, 0)
    await district.resident(0, role=Role.CURATOR)
    campaign = await district.draft()
    assert await launch(district.database, campaign, district.methodist) == 2
    assert await enrolled(witness, campaign) == {(maria.person_id, first), (both.person_id, second)}
    assert await keys(witness) == sorted(f"campaign:{campaign.id}:invite:{one.person_id}" for one in (maria, both))
    assert (await campaign_now(district.database, campaign)).launched_at == TUESDAY


async def test_two_launches_at_once_are_one(district: District, other_process: Database, witness: Witness) -> None:
    for _ in range(5):
        await district.resident(0)
    campaign = await district.draft()
    results = await asyncio.gather(
        *(launch(place, campaign, district.methodist) for place in (district.database, other_process) * 2)
    )
    assert sorted(results, key=str) == [5, None, None, None]
    assert len(await keys(witness)) == 5
    assert await witness.one("SELECT count(*) FROM audit WHERE action = 'campaign_launched'") == 1


async def test_audience_narrows_by_role_school_subject_and_early_career(
    district: District, witness: Witness
) -> None:
    first, second = district.schools
    young = replace(TEACHER, birth_year=1999, years_of_work=2)
    wanted = await district.resident(1, profile=replace(young, subject=" математика "))
    await district.resident(1, profile=replace(young, subject="Физика"))
    await district.resident(1)
    await district.resident(0, profile=young)
    mentor = await district.resident(0, role=Role.MENTOR)
    narrow = await district.launched(Audience(schools=(second,), subjects=("Математика",), early_career=True))
    assert await enrolled(witness, narrow) == {(wanted.person_id, second)}
    mentors = await district.launched(Audience(roles=(Role.MENTOR,)))
    assert await enrolled(witness, mentors) == {(mentor.person_id, first)}


async def test_only_those_whom_a_message_reaches_are_invited(district: District, witness: Witness) -> None:
    reached = await district.resident(0)
    blocked, revoked, another_version = [await district.resident(0) for _ in range(3)]
    await district.resident(0, registered=False)
    async with district.database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_blocked(blocked.account, TUESDAY)
        await work.people.revoke_consent(revoked.person_id, TUESDAY)
        await work.commit()
    await witness.change("UPDATE consents SET version = '0' WHERE person_id = :id", id=another_version.person_id)
    campaign = await district.launched()
    assert await keys(witness) == [f"campaign:{campaign.id}:invite:{reached.person_id}"]
    [school] = await standing(district.database, campaign)
    assert school.standing == Standing(people=4, absent=3, opened=0, in_progress=0, finished=0)
    async with district.database.write() as connection:
        await StoredWork(connection).people.set_blocked(blocked.account, None)
        await connection.commit()
    await tend(district.database, TUESDAY)
    assert len(await keys(witness)) == 2, "whoever comes back gets the invitation after all"


async def test_two_accounts_get_one_message_at_the_newest(district: District, witness: Witness) -> None:
    maria = await district.resident(0)
    newer = stranger()
    async with district.database.write() as connection:
        await StoredWork(connection).people.welcome(newer, CONSENT, TUESDAY, invited=maria.person_id)
        await connection.commit()
    await district.launched()
    rows = await witness.rows(
        "SELECT external_id FROM outbox JOIN accounts ON accounts.id = outbox.account_id"
        " WHERE kind = 'campaign_invite'"
    )
    assert [row["external_id"] for row in rows] == [newer.external_id]


async def test_who_joins_moves_or_leaves_later_is_kept_up(district: District, witness: Witness) -> None:
    first, second = district.schools
    stays, moves, leaves, done = [await district.resident(0) for _ in range(4)]
    campaign = await district.launched()
    await witness.change("UPDATE campaign_people SET finished = true WHERE person_id = :id", id=done.person_id)
    newcomer = await district.resident(1)
    async with district.database.write() as connection:
        work = StoredWork(connection)
        for gone in (moves, leaves, done):
            await work.people.revoke_role(gone.person_id, Role.TEACHER, first)
        await work.people.grant(moves.person_id, Role.TEACHER, second, TUESDAY)
        assert await joined(work, newcomer.person_id, TUESDAY) == 1
        assert await joined(work, newcomer.person_id, TUESDAY) == 0
        assert await joined(work, moves.person_id, TUESDAY) == 0, "the invitation has been sent before"
        await work.commit()
    await tend(district.database, TUESDAY)
    assert await enrolled(witness, campaign) == {
        (stays.person_id, first),
        (moves.person_id, second),
        (done.person_id, first),
        (newcomer.person_id, second),
    }
    assert len(await keys(witness)) == 5


async def test_tending_twice_and_in_two_processes_adds_nothing(
    district: District, other_process: Database, witness: Witness
) -> None:
    people = [await district.resident(0) for _ in range(4)]
    await district.launched()
    friday = TUESDAY + timedelta(days=3)
    for _ in range(2):
        await asyncio.gather(*(tend(place, friday) for place in (district.database, other_process)))
    assert await keys(witness, "campaign_reminder") == sorted(
        f"campaigns:remind:{person.person_id}:2026-11-27" for person in people
    )
    assert len(await keys(witness)) == 4


async def test_several_campaigns_make_one_reminder_a_day(district: District, witness: Witness) -> None:
    maria = await district.resident(0)
    for _ in range(3):
        await district.launched()
    await tend(district.database, TUESDAY + timedelta(days=3))
    assert await keys(witness, "campaign_reminder") == [f"campaigns:remind:{maria.person_id}:2026-11-27"]


async def test_reminders_pass_over_those_who_have_finished_or_were_invited_today(
    district: District, witness: Witness
) -> None:
    waits, done = [await district.resident(0) for _ in range(2)]
    campaign = await district.launched()
    await witness.change("UPDATE campaign_people SET finished = true WHERE person_id = :id", id=done.person_id)
    friday = TUESDAY + timedelta(days=3)
    late = await district.resident(0)
    await tend(district.database, friday)
    assert f"campaign:{campaign.id}:invite:{late.person_id}" in await keys(witness)
    assert await keys(witness, "campaign_reminder") == [f"campaigns:remind:{waits.person_id}:2026-11-27"]


@pytest.mark.parametrize(
    ("moment", "reminders"),
    [
        (TUESDAY + timedelta(hours=2), 0),
        (TUESDAY + timedelta(days=1), 0),
        (TUESDAY + timedelta(days=3), 1),
        (TUESDAY + timedelta(days=3, hours=-2), 0),
        (TUESDAY + timedelta(days=3, hours=10), 0),
        (TUESDAY + timedelta(days=4), 0),
        (TUESDAY + timedelta(days=13), 1),
        (TUESDAY + timedelta(days=14), 0),
    ],
)
async def test_reminders_keep_to_their_days_and_hours(
    district: District, witness: Witness, moment: datetime, reminders: int
) -> None:
    await district.resident(0)
    await district.launched()
    await tend(district.database, moment)
    assert len(await keys(witness, "campaign_reminder")) == reminders


async def test_a_campaign_ends_with_its_last_day(district: District, witness: Witness) -> None:
    campaign = await district.launched()
    await tend(district.database, TUESDAY + timedelta(days=14))
    assert (await campaign_now(district.database, campaign)).state is State.RUNNING
    await tend(district.database, TUESDAY + timedelta(days=15))
    await tend(district.database, TUESDAY + timedelta(days=15))
    assert (await campaign_now(district.database, campaign)).state is State.CLOSED
    assert await witness.one("SELECT count(*) FROM audit WHERE action = 'campaign_closed'") == 1
    await district.resident(0)
    await tend(district.database, TUESDAY + timedelta(days=16))
    assert await enrolled(witness, campaign) == set()


async def test_reminding_now_works_once_a_day(district: District) -> None:
    for _ in range(3):
        await district.resident(0)
    campaign = await district.launched()

    async def remind(now: datetime) -> int:
        async with district.database.write() as connection:
            reminded = await reminding.remind_now(StoredWork(connection), campaign, CONSENT, now, ZONE)
            await connection.commit()
        return reminded

    assert await remind(TUESDAY) == 0, "they have been invited today"
    assert [await remind(TUESDAY + timedelta(days=1, hours=hours)) for hours in (0, 3)] == [3, 0]


async def test_drafts_are_changed_and_dropped_and_nothing_else_is(district: District) -> None:
    draft = await district.draft()
    running = await district.launched()
    plan = replace(
        draft.plan, words="Другие", anonymous=True, audience=Audience((1, 2), (Role.MENTOR,), ("Физика",))
    )
    async with district.database.write() as connection:
        store = StoredWork(connection).campaigns
        assert await store.change(draft.id, plan)
        assert not await store.change(running.id, plan)
        assert not await store.drop(running.id)
        await connection.commit()
    assert (await campaign_now(district.database, draft)).plan == plan
    assert (await campaign_now(district.database, running)).words == "Слова"
    async with district.database.write() as connection:
        assert await StoredWork(connection).campaigns.drop(draft.id)
        assert await StoredWork(connection).campaigns.get(draft.id) is None


async def test_invitations_given_up_are_owed_again_when_a_campaign_is_opened_again(
    district: District, witness: Witness
) -> None:
    people = [await district.resident(0) for _ in range(3)]
    campaign, other = await district.launched(), await district.launched()
    failed, sent, refused = (
        f"campaign:{one.id}:invite:{person.person_id}"
        for one, person in zip((campaign, campaign, other), people, strict=True)
    )
    await witness.change("UPDATE outbox SET state = 'sent'")
    for key in (failed, refused):
        await witness.change("UPDATE outbox SET state = 'failed' WHERE key = :key", key=key)
    async with district.database.write() as connection:
        work = StoredWork(connection)
        await launching.close(work, campaign, district.methodist, TUESDAY)
        term = TODAY + timedelta(days=20)
        await launching.reopen(work, campaign, term, district.methodist, CONSENT, TODAY, TUESDAY)
        await work.commit()
    states = {row["key"]: row["state"] for row in await witness.rows("SELECT key, state FROM outbox")}
    assert (states[failed], states[sent], states[refused]) == ("pending", "sent", "failed")


async def test_forms_about_schools_of_others_are_no_part_of_a_campaign(district: District) -> None:
    curator = await district.resident(0, role=Role.CURATOR)
    campaign = await district.launched(Audience(roles=(Role.CURATOR,)))
    async with district.database.write() as connection:
        work = StoredWork(connection)
        elsewhere = await work.organisations.add(Kind.MUNICIPALITY, "Дальний район", None)
        far = (await work.organisations.add(Kind.SCHOOL, "Лицей", elsewhere.id)).id
        for place in (far, district.schools[0]):
            session = await work.surveys.start(
                curator.person_id, "boyko", "1", None, ".", TUESDAY, campaign_id=campaign.id, organisation_id=place
            )
            assert await work.surveys.record(session, Sheet("y"), 0, TUESDAY)
            assert await work.campaigns.awaits(campaign.id, curator.person_id) == (place == far)
        forms = await work.campaigns.official(campaign.id)
    assert [form.school_id for form in forms] == [district.schools[0]]


async def test_a_form_about_the_chosen_school_is_all_that_a_narrow_campaign_waits_for(district: District) -> None:
    curator = await district.resident(0, 1, role=Role.CURATOR)
    first = district.schools[0]
    campaign = await district.launched(Audience((first,), (Role.CURATOR,)))
    async with district.database.write() as connection:
        work = StoredWork(connection)
        session = await work.surveys.start(
            curator.person_id, "boyko", "1", None, ".", TUESDAY, campaign_id=campaign.id, organisation_id=first
        )
        assert await work.surveys.record(session, Sheet("y"), 0, TUESDAY)
        assert not await work.campaigns.awaits(campaign.id, curator.person_id)


async def test_counts_by_school_follow_what_people_do(district: District, witness: Witness) -> None:
    people = [await district.resident(number % 2) for number in range(6)]
    campaign = await district.launched()
    async with district.database.write() as connection:
        work = StoredWork(connection)
        await work.campaigns.opened(campaign.id, people[0].person_id, TUESDAY)
        for number in (2, 4):
            await work.surveys.start(
                people[number].person_id, "boyko", "1", None, UNANSWERED * 84, TUESDAY, campaign_id=campaign.id
            )
        await work.commit()
    await witness.change(
        "UPDATE campaign_people SET finished = true WHERE person_id = :id", id=people[1].person_id
    )
    found = await standing(district.database, campaign)
    assert [(one.school, one.standing) for one in found] == [
        ("Школа № 1", Standing(people=3, absent=0, opened=3, in_progress=2, finished=0)),
        ("Школа № 2", Standing(people=3, absent=0, opened=1, in_progress=0, finished=1)),
    ]
    async with district.database.read() as connection:
        store = StoredWork(connection).campaigns
        awaited = await store.unfinished(campaign.id, CONSENT)
        [listed] = await store.listed([district.municipality])
        [around] = await store.around([district.schools[1]])
        assert [one.id for one in await store.running_for(people[0].person_id)] == [campaign.id]
        assert await store.running_for(people[1].person_id) == []
    assert [one.school for one in awaited] == ["Школа № 1"] * 3 + ["Школа № 2"] * 2
    assert (listed.people, listed.finished) == (6, 1)
    assert (around.school_id, around.people, around.finished) == (district.schools[1], 3, 1)


def test_days_of_reminders_move_off_sundays() -> None:
    # Launched on Thursday, 26 November: the first reminder falls on Sunday the 29th.
    campaign = Campaign(
        1, 1, "boyko", "", "", Audience(), False, State.RUNNING, date(2026, 12, 10), None,
        datetime(2026, 11, 26, 10, tzinfo=ZONE),
    )  # fmt: skip
    days = [date(2026, 11, 26) + timedelta(days=number) for number in range(16)]
    due = [day.day for day in days if reminding.is_due(campaign, day, ZONE) and day.weekday() != reminding.SUNDAY]
    assert due == [30, 2, 5, 8, 9]


async def test_a_test_begun_before_the_launch_counts_in_it(database: Database, district: District) -> None:
    maria = await district.resident(0)
    async with database.write() as connection:
        work = StoredWork(connection)
        begun = await work.surveys.start(
            maria.person_id, "boyko", "1", None, "y" * 83 + ".", TUESDAY, alphabet="yn"
        )
        await work.commit()
    campaign = await district.launched()
    async with database.write() as connection:
        work = StoredWork(connection)
        last = Answer(maria.account, begun.id, 1, "y", begun.turn)
        assert await work.surveys.move(begun.id, begun.turn, 84, TUESDAY)
        [done] = await work.surveys.accept([replace(last, item=84, turn=1)], TUESDAY, CONSENT)
        assert done.campaign_id == campaign.id
        assert not await work.campaigns.awaits(campaign.id, maria.person_id)
        await work.commit()
