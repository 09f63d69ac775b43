"""Counts and sheets of schools are those that plain Python counts over the same people."""

from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.diagnostics.session import Answer
from services.people.consent import CONSENT_VERSION
from services.people.model import Account, Kind, Role
from services.reporting.ports import Participation
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.district import MUNICIPALITIES, SCHOOLS, SCHOOLS_EACH, District, Inhabitant, Test
from tests.storage.residents import NOW, PROFILE, stranger

often = st.sampled_from((True, True, True, False))
seldom = st.sampled_from((False, False, False, True))
schools = st.integers(0, SCHOOLS - 1)
tests = st.builds(
    Test,
    st.text("yn", min_size=3, max_size=3),
    instrument=st.sampled_from(("boyko", "boyko", "boyko", "other")),
    version=st.sampled_from(("1", "1", "1", "0")),
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


async def take_tests(work: StoredWork, person_id: int, account: Account, person: Inhabitant) -> None:
    if person.stopped_before:
        await work.surveys.start(person_id, "boyko", "1", None, "y..", NOW)
        await work.people.revoke_consent(person_id, NOW)
        await work.people.welcome(account, CONSENT_VERSION, NOW)
    for test in person.finished:
        unfinished = "." + test.answers[1:]
        session = await work.surveys.start(person_id, test.instrument, test.version, None, unfinished, NOW)
        assert await work.surveys.accept([Answer(account, session.id, 1, test.answers[0], 0)], NOW)
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
        await work.invites.add(f"{number}-{index}", role, places[school], seats, NOW + timedelta(days=1), NOW)
    for person in district.people:
        account = stranger()
        person_id = await work.people.welcome(account, CONSENT_VERSION, NOW)
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


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    async with database.read() as connection:
        reports = StoredWork(connection).reports
        for index, parent in enumerate(parents):
            own = range(index * SCHOOLS_EACH, (index + 1) * SCHOOLS_EACH)
            assert await reports.participation(parent, "boyko", "1") == [expected[school] for school in own]
            found = {one.school_id: sorted(one.sheets) for one in await reports.sheets(parent, "boyko", "1")}
            assert found == {places[school]: sheets for school in own if (sheets := district.sheets(school))}
        for school, place in enumerate(places):
            assert await reports.participation(place, "boyko", "1") == [expected[school]]
            found = {one.school_id: sorted(one.sheets) for one in await reports.sheets(place, "boyko", "1")}
            assert found == ({place: sheets} if (sheets := district.sheets(school)) else {})


async def test_school_that_nobody_joined_is_listed(database: Database) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        parents, places = await build(work, District([]))
        await work.commit()
        rows = await work.reports.participation(parents[0], "boyko", "1")
        assert rows == [Participation(places[index], f"Школа {index}", 0, 0, 0, 0) for index in range(3)]
        assert await work.reports.sheets(parents[0], "boyko", "1") == []
