"""Counts of schools and who waits to be counted are what plain Python finds over the same people."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.diagnostics.session import Answer
from services.people.model import Account, Kind, Role
from services.reporting.groups.finding import waves
from services.reporting.groups.portions import freeze
from services.reporting.groups.ports import Participation
from services.reporting.groups.waves import of_campaign, school_year
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.services.reporting.groups.attacker import REVEALING
from tests.storage.district import MUNICIPALITIES, SCHOOLS, SCHOOLS_EACH, District, Inhabitant, Test
from tests.storage.residents import CONSENT, NOW, PROFILE, stranger
from tests.storage.stored_place import StoredPlace

often = st.sampled_from((True, True, True, False))
seldom = st.sampled_from((False, False, False, True))
schools = st.integers(0, SCHOOLS - 1)
tests = st.builds(
    Test,
    st.text("yn", min_size=3, max_size=3),
    instrument=st.sampled_from(("boyko", "boyko", "boyko", "other")),
    version=st.sampled_from(("1", "1", "1", "0")),
    year=st.sampled_from((2026, 2026, 2025)),
)
inhabitants = st.builds(
    Inhabitant,
    teaches_in=st.lists(schools, max_size=2, unique=True).map(tuple),
    curates=st.none() | schools,
    registered=often,
    stopped_before=seldom,
    finished=st.lists(tests, max_size=3).map(tuple),
    open_test=st.booleans(),
    revoked=seldom,
)
districts = st.builds(
    District,
    people=st.lists(inhabitants, max_size=14),
    invites=st.lists(st.tuples(schools, often, st.integers(1, 40)), max_size=6),
)

_numbers = count(1)
ABOUT = ("boyko", "1", school_year(2026, UTC))


async def take_tests(work: StoredWork, person_id: int, account: Account, person: Inhabitant) -> None:
    if person.stopped_before:
        await work.surveys.start(person_id, "boyko", "1", None, "y..", NOW)
        await work.people.revoke_consent(person_id, NOW)
        await work.people.welcome(account, CONSENT, NOW)
    for test in person.finished:
        unfinished = "." + test.answers[1:]
        at = test.taken_at
        session = await work.surveys.start(
            person_id, test.instrument, test.version, None, unfinished, at, alphabet="yn"
        )
        assert await work.surveys.accept([Answer(account, session.id, 1, test.answers[0], 0)], at, CONSENT)
    if person.open_test:
        await work.surveys.start(person_id, "boyko", "1", None, "yn.", NOW)
    if person.revoked:
        await work.people.revoke_consent(person_id, NOW)


async def build(work: StoredWork, district: District) -> tuple[list[int], list[int]]:
    """The ids of its municipalities and schools."""
    number = next(_numbers)
    parents = [
        (await work.organisations.add(Kind.MUNICIPALITY, f"Район {number}-{index}", None)).id
        for index in range(MUNICIPALITIES)
    ]
    places = [
        (await work.organisations.add(Kind.SCHOOL, f"Школа {index}", parents[index // SCHOOLS_EACH])).id
        for index in range(SCHOOLS)
    ]
    for index, (school, for_teachers, seats) in enumerate(district.invites):
        role = Role.TEACHER if for_teachers else Role.CURATOR
        await work.invites.add(
            f"{number}-{index}", role, places[school], seats, NOW + timedelta(days=1), NOW, None, None
        )
    for person in district.people:
        account = stranger()
        person_id = await work.people.welcome(account, CONSENT, NOW)
        if person.registered:
            await work.people.save_profile(person_id, PROFILE, NOW)
        if person.curates is not None:
            await work.people.grant(person_id, Role.CURATOR, places[person.curates], NOW)
        for school in person.teaches_in:
            await work.people.grant(person_id, Role.TEACHER, places[school], NOW)
        await take_tests(work, person_id, account, person)
    return parents, places


def teacher(
    *schools: int, tests: str = "", open_test: bool = False, revoked: bool = False, registered: bool = True
) -> Inhabitant:
    finished = tuple(Test(answers) for answers in tests.split())
    return Inhabitant(schools, None, registered, False, finished, open_test, revoked)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(district=districts)
@example(
    # Of two schools in two municipalities, repeated, begun again, revoked, not registered, of two kinds of tests.
    district=District(
        [
            teacher(4, 0, tests="yyy nnn"),
            teacher(0, 1, tests="yny", open_test=True),
            teacher(0, open_test=True),
            teacher(0, tests="yyn", revoked=True),
            teacher(0, tests="nny", registered=False),
            Inhabitant(
                (1,), 2, True, True, (Test("yyy", version="0"), Test("nyn", instrument="other")), True, False
            ),
        ],
        [(0, True, 30), (0, True, 5), (0, False, 2), (3, True, 1)],
    )
)
async def test_reports_count_what_python_counts(database: Database, district: District) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        parents, places = await build(work, district)
        await work.commit()
    expected = [district.participation(school, places[school], f"Школа {school}") for school in range(SCHOOLS)]
    async with database.write() as connection:
        work = StoredWork(connection)
        for index, parent in enumerate(parents):
            own = range(index * SCHOOLS_EACH, (index + 1) * SCHOOLS_EACH)
            assert await work.reports.participation(parent, *ABOUT, NOW) == [expected[school] for school in own]
            assert await waiting(work, parent) == {
                places[school]: sheets for school in own if (sheets := district.sheets(school))
            }
        for school, place in enumerate(places):
            assert await work.reports.participation(place, *ABOUT, NOW) == [expected[school]]
            assert await waiting(work, place) == ({place: sheets} if (sheets := district.sheets(school)) else {})


async def waiting(work: StoredWork, organisation: int) -> dict[int | None, list[str]]:
    """Sheets of each school that are in no portion, sorted."""
    found: dict[int | None, list[str]] = {}
    for one in await work.portions.waiting(organisation, *ABOUT, with_values=False):
        found.setdefault(one.school_id, []).append(one.sheet.answers)
    return {school: sorted(sheets) for school, sheets in found.items()}


async def test_school_that_nobody_joined_is_listed(database: Database) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        parents, places = await build(work, District([]))
        await work.commit()
        rows = await work.reports.participation(parents[0], *ABOUT, NOW)
        assert rows == [Participation(places[index], f"Школа {index}", 0, 0, 0, 0, 0) for index in range(3)]
        assert await waiting(work, parents[0]) == {}


async def test_people_and_seats_are_invited_once(database: Database) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        parents, places = await build(work, District([]))
        maria, olga, curator = [await work.people.welcome(stranger(), CONSENT, NOW) for _ in range(3)]
        soon, past = NOW + timedelta(days=1), NOW - timedelta(days=1)

        async def issue(
            seats: int, until: datetime, person: int | None = None, by: int | None = curator, *, taken: int = 0
        ) -> int:
            token = f"invited-{next(_numbers)}"
            await work.invites.add(token, Role.TEACHER, places[0], seats, until, past, by, person)
            made = await work.invites.find(token)
            assert made is not None
            for _ in range(taken):
                assert await work.invites.take_seat(made.id, past)
            return made.id

        await issue(30, soon, taken=2)
        await issue(20, NOW, taken=3)
        await work.invites.revoke(await issue(10, soon, taken=1), NOW)
        # Personal ones are made anew when they expire; a link for one's other phone invites nobody.
        for person, by in ((maria, None), (maria, curator), (olga, curator), (curator, curator)):
            await issue(1, soon, person, by)
        await work.commit()
        rows = await work.reports.participation(parents[0], *ABOUT, NOW)
    assert [row.invited for row in rows] == [30 + 3 + 1 + 2, 0, 0]


async def test_waves_are_those_in_which_somebody_finished(database: Database) -> None:
    async with database.write() as connection:
        place = StoredPlace(connection)
        await place.found()
        for person in range(8):
            await place.join(person, 0)
        spring = of_campaign(await place.launch(1, anonymous=False), "", NOW)
        secret = of_campaign(await place.launch(2, anonymous=True), "", NOW, anonymous=True)
        await place.launch(3, anonymous=False)
        years = school_year(2024, UTC), school_year(2026, UTC)
        await place.finish(0, years[0], "!!", datetime(2025, 8, 31, 23, tzinfo=UTC))
        await place.finish(1, years[1], "!!", datetime(2026, 9, 1, tzinfo=UTC))
        for person in range(6):
            await place.finish(person, spring, "!!", NOW)
            await place.finish(person, secret, "!!", NOW)

        async def found(organisation_id: int) -> list[str]:
            organisation = await place.work.organisations.get(organisation_id)
            assert organisation is not None
            return [wave.key for wave in await waves(place.work, organisation, REVEALING, UTC)]

        own, others = place.school(0), place.school(2)
        assert await found(own) == [spring.key, "y2026", "y2024"]
        # An anonymous campaign knows no schools: its results are those of whoever launched it.
        assert await found(place.municipality(0)) == [secret.key, spring.key, "y2026", "y2024"]
        assert await found(others) == await found(place.municipality(1)) == []

        # What has been frozen is there after everybody has gone.
        await freeze(place.work, REVEALING, spring, own, 5, NOW)
        await freeze(place.work, REVEALING, secret, place.municipality(0), 5, NOW)
        for person in range(8):
            await place.delete(person)
        assert await found(own) == [spring.key]
        assert await found(place.municipality(0)) == [secret.key, spring.key]


async def test_a_campaign_counts_those_whom_it_is_for(database: Database) -> None:
    async with database.write() as connection:
        place = StoredPlace(connection)
        await place.found()
        for person in range(7):
            await place.join(person, person % 2)
        wave = of_campaign(await place.launch(1, anonymous=False), "", NOW)
        await place.join(7, 0)
        for person in range(5):
            await place.finish(person, wave, "!!", NOW)
        await place.move(0, 2)
        rows = await place.work.reports.participation(place.municipality(0), REVEALING.id, "1", wave, NOW)
        # Four in the first school and three in the second, wherever they are now.
        assert [(row.invited, row.registered, row.finished, row.waiting) for row in rows] == [
            (4, 4, 3, 3),
            (3, 3, 2, 2),
        ]
        assert await place.work.reports.participation(place.municipality(1), REVEALING.id, "1", wave, NOW) == []
