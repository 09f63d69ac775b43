"""Diagnostics in facts: only whole portions are told, of the taking that belongs to the period."""

from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.answering import Sheet
from services.diagnostics.instrument import Instrument
from services.diagnostics.library import Library
from services.diagnostics.loading import load_instruments
from services.diagnostics.wording import Wording
from services.mentoring.policy import MentoringPolicy
from services.people.model import Kind, Organisation
from services.reporting import periods
from services.reporting.facts import Basis
from services.reporting.groups.figures import figures_of
from services.reporting.groups.portions import freeze
from services.reporting.groups.suppression import Figures, Measure
from services.reporting.groups.waves import of_campaign, school_year
from storage.database import Database
from storage.tables import campaign_people, campaigns, consents, organisations, people, roles, survey_sessions
from storage.unit_of_work import StoredWork
from tests.storage.residents import CONSENT

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 24, 12, tzinfo=ZONE)
DISTRICT = Organisation(1, Kind.MUNICIPALITY, "Район")
LARGE, SMALL = 11, 12
IN_LARGE, IN_SMALL = range(1, 12), range(12, 16)
LAUNCHED = datetime(2026, 10, 5, tzinfo=UTC)
YEAR = periods.year_of(NOW.date())


async def no_wording(_: int) -> Wording:
    raise AssertionError("nobody has another wording")


def basis() -> Basis:
    return Basis(CONSENT, 5, ZONE, Library(load_instruments().values(), no_wording), MentoringPolicy(), NOW)


async def settle(connection: AsyncConnection) -> None:
    """Two schools, one of them too small for a group."""
    await connection.execute(insert(organisations), [{"id": 1, "kind": "municipality", "name": "Район"}])
    schools = [{"id": each, "kind": "school", "parent_id": 1, "name": f"Школа {each}"} for each in (LARGE, SMALL)]
    await connection.execute(insert(organisations), schools)
    profile = {"full_name": "Сидорова Анна", "position": "Учитель", "subject": "Физика", "birth_year": 1970}
    everybody = [*IN_LARGE, *IN_SMALL]
    await connection.execute(
        insert(people), [{"id": each, **profile, "created_at": NOW, "registered_at": NOW} for each in everybody]
    )
    await connection.execute(
        insert(consents), [{"person_id": each, "version": CONSENT, "given_at": NOW} for each in everybody]
    )
    teacher = {"role": "teacher", "granted_at": NOW}
    await connection.execute(
        insert(roles), [{"person_id": each, "organisation_id": school_of(each), **teacher} for each in everybody]
    )


def school_of(person: int) -> int:
    return LARGE if person in IN_LARGE else SMALL


async def launch(connection: AsyncConnection, number: int, instrument: str, **values: object) -> None:
    row = {"id": number, "organisation_id": 1, "instrument": instrument, "title": f"Кампания {number}"}
    row |= {"audience": {}, "state": "running", "ends_on": NOW.date(), "created_at": NOW, "launched_at": LAUNCHED}
    await connection.execute(insert(campaigns), [row | values])


async def finish(
    connection: AsyncConnection, instrument: Instrument, who: range, at: datetime, campaign: int | None, seed: int
) -> list[Sheet]:
    """Each has answered by chance."""
    random = Random(seed)
    answers = ["".join(random.choices(instrument.option_codes, k=len(instrument.items))) for _ in who]
    await connection.execute(
        insert(survey_sessions),
        [
            {
                "person_id": person,
                "instrument": instrument.id,
                "version": instrument.version,
                "answers": packed,
                "state": "finished",
                "started_at": at,
                "updated_at": at,
                "finished_at": at,
                "campaign_id": campaign,
            }
            for person, packed in zip(who, answers, strict=True)
        ],
    )
    if campaign is not None:
        await connection.execute(
            insert(campaign_people),
            [
                {"campaign_id": campaign, "person_id": each, "school_id": school_of(each), "finished": True}
                for each in who
            ],
        )
    return [Sheet(packed, {}) for packed in answers]


def formed(figures: Figures, phase: str) -> tuple[int, int]:
    measure = figures.measures[f"factor.{phase}"]
    return measure.counts[-1], measure.people


async def test_of_a_campaign_whole_portions_are_told_and_of_too_few_nothing(database: Database) -> None:
    on = basis()
    boyko = on.library.current("boyko")
    async with database.write() as connection:
        await settle(connection)
        await launch(connection, 1, "boyko")
        sheets = await finish(connection, boyko, IN_LARGE, LAUNCHED, 1, seed=1)
        await finish(connection, boyko, IN_SMALL, LAUNCHED, 1, seed=2)
        work = StoredWork(connection)
        assert [(test.id, wave.key) for test, wave in await work.facts.waiting(DISTRICT, YEAR, on)] == [
            ("boyko", "c1")
        ]
        before = (await work.facts.facts(DISTRICT, [YEAR], on))[YEAR.key]
        await freeze(work, boyko, of_campaign(1, "", LAUNCHED), 1, 5, NOW)
        assert await work.facts.waiting(DISTRICT, YEAR, on) == []
        found = (await work.facts.facts(DISTRICT, [YEAR, periods.previous(YEAR)], on))[YEAR.key]
    assert before.whole["boyko.finished"] == 15
    assert "boyko.counted" not in before.whole
    # Eleven have finished: two portions of five, one waits; the four of the small school are told nowhere.
    expected = figures_of(boyko, sheets[:10])
    for place in (found.whole, found.schools[LARGE]):
        assert place["boyko.counted"] == 10
        for phase in ("tension", "resistance", "exhaustion"):
            assert (place[f"boyko.{phase}.formed"], place[f"boyko.{phase}"]) == formed(expected, phase)
        shares = [formed(expected, phase) for phase in ("tension", "resistance", "exhaustion")]
        assert place["boyko.schools"] == 1
        assert place["boyko.high"] == int(any(100 * count >= 30 * counted for count, counted in shares))
    small = found.schools[SMALL]
    assert (small["boyko.invited"], small["boyko.finished"]) == (4, 4)
    assert {code for code in small if code.startswith("boyko.")} == {"boyko.invited", "boyko.finished"}
    [taking] = found.takings
    assert (taking.wave, taking.wave_title, taking.began_on) == ("c1", "Кампания 1", date(2026, 10, 5))
    assert taking.results is not None
    assert (taking.results.people, taking.withheld, set(taking.schools)) == (10, 5, {LARGE})


async def test_an_anonymous_campaign_knows_no_schools(database: Database) -> None:
    on = basis()
    async with database.write() as connection:
        await settle(connection)
        await launch(connection, 1, "boyko", anonymous=True)
        asked = {"campaign_id": 1, "finished": True}
        rows = [{"person_id": each, "school_id": school_of(each), **asked} for each in IN_LARGE]
        await connection.execute(insert(campaign_people), rows)
        figures = Figures(6, {"factor.tension": Measure(6, (1, 2, 3))})
        wave = of_campaign(1, "", LAUNCHED, anonymous=True)
        work = StoredWork(connection)
        await work.portions.add("boyko", "1", wave, None, figures, [], NOW)
        found = (await work.facts.facts(DISTRICT, [YEAR], on))[YEAR.key]
        school = Organisation(LARGE, Kind.SCHOOL, "Школа", 1)
        alone = (await work.facts.facts(school, [YEAR], on))[YEAR.key]
    assert [taking.anonymous for taking in found.takings] == [True]
    assert (found.whole["boyko.counted"], found.whole["boyko.tension.formed"]) == (6, 3)
    assert "boyko.counted" not in found.schools[LARGE]
    assert found.schools[LARGE]["boyko.finished"] == 11
    assert not any(code.startswith("boyko.") for code in alone.whole)


async def test_outside_campaigns_the_whole_school_year_is_told_never_a_part_of_it(database: Database) -> None:
    on = basis()
    deficits = on.library.current("deficits")
    september, november = (datetime(2026, month, 10, tzinfo=UTC) for month in (9, 11))
    october, month = periods.month_of(date(2026, 10, 1)), periods.month_of(NOW.date())
    async with database.write() as connection:
        await settle(connection)
        await finish(connection, deficits, range(1, 6), september, None, seed=1)
        await finish(connection, deficits, range(6, 11), november, None, seed=2)
        work = StoredWork(connection)
        await freeze(work, deficits, school_year(2026, ZONE), 1, 5, NOW)
        found = await work.facts.facts(DISTRICT, [YEAR, month, october], on)
    for period in (YEAR, month):
        whole = found[period.key].whole
        assert (whole["deficits.invited"], whole["deficits.finished"], whole["deficits.counted"]) == (15, 10, 10)
        assert 0 <= whole["deficits.found"] <= 10
    # In October nobody has finished: the month has no taking.
    assert found[october.key].takings == ()
