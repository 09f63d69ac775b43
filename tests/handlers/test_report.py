"""Results of diagnostics, reached from /report: aggregates of groups that are large enough, never a name."""

import pytest

from bot.sandbox.messenger.model import ChatMessage
from handlers.report.groups.taps import ReportTap
from services.people.model import Role
from tests.conftest import Founder
from tests.handlers.test_results import finished
from tests.town import Person, Town


async def asks(person: Person) -> ChatMessage:
    """The results that somebody with one place asks for."""
    await person.says("/report")
    return await person.taps("Диагностики")


async def school_of(town: Town, name: str, sheets: list[str]) -> int:
    """A school whose teachers have finished the test, one sheet each."""
    school = await town.school(name)
    for number, sheet in enumerate(sheets):
        teacher = town.person(f"Тайна{number}", name)
        await enrol(town, teacher, school, f"Тайная Вера {name}")
        await finished(town, teacher, sheet, "2026-03-01")
    return school


async def enrol(town: Town, person: Person, school: int, name: str) -> None:
    """A registered teacher, straight into the database: what the chat writes is tested elsewhere."""
    await town.change(
        "INSERT INTO people (full_name, position, subject, years_of_work, birth_year, created_at, registered_at)"
        " VALUES (:name, 'Учитель', 'Химия', 5, 1990, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        name=f"{name} {person.id}",
    )
    for statement in (
        "INSERT INTO accounts (person_id, channel, external_id) SELECT max(id), 'telegram', :user FROM people",
        "INSERT INTO consents (person_id, version, given_at)"
        " SELECT max(id), '1', '2026-01-01 00:00:00' FROM people",
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " SELECT max(id), 'teacher', :school, '2026-01-01 00:00:00' FROM people",
    ):
        values = {"user": person.id, "school": school}
        await town.change(statement, **{name: value for name, value in values.items() if f":{name}" in statement})


async def test_a_curator_reads_shares_and_gets_the_chart(town: Town) -> None:
    school = await school_of(town, "Школа № 3", ["y" * 84, "y" * 84, "n" * 84, "n" * 84, "n" * 84])
    curator = await town.person("Ольга").registers(Role.CURATOR, school)
    report = await asks(curator)
    assert "Завершили тест: 5 из 5 (100\xa0%)" in report.text
    assert "Результаты, 5\xa0педагогов" in report.text
    # Two of five have every phase formed; «нет» to all leaves every phase below 37.
    assert report.text.count("  сформировалась: 2 (40\xa0%)") == 3
    assert report.text.count("  не сформировалась: 3 (60\xa0%)") == 3
    await curator.taps("График", report)
    assert (await curator.gets_picture()).caption.startswith("Школа № 3")
    assert "Тайн" not in " ".join(message.words for message in curator.history)

    symptoms = await curator.taps("Все симптомы", report)
    assert symptoms.id == report.id
    assert "Тревога и депрессия: 2 (40\xa0%)" in symptoms.text
    assert curator.last.photo


async def test_a_group_under_the_threshold_is_withheld_with_the_reason(town: Town) -> None:
    school = await school_of(town, "Малая школа", ["y" * 84] * 4)
    curator = await town.person().registers(Role.CURATOR, school)
    report = await asks(curator)
    assert "Завершили тест: 4 из 4" in report.text
    assert "Результаты скрыты" in report.text
    assert "4\xa0человека, а показываем группы от 5" in report.text
    assert "сформировалась" not in report.text
    for data in (f"rep:{school}:scales:0::", f"rchart:{school}::", f"rep:{school}:schools:0::"):
        await curator.taps_data(data)
    assert "доминирует" not in curator.shown.text
    assert curator.pictures == []


async def test_an_empty_school_says_there_is_no_data(town: Town) -> None:
    curator = await town.person().registers(Role.CURATOR, await town.school())
    report = await asks(curator)
    assert "Завершили тест: 0 из 0 (нет данных)" in report.text
    assert "нет данных: тест ещё никто не завершил" in report.text


async def test_one_more_test_tells_nothing_about_the_one_who_took_it(town: Town) -> None:
    school = await school_of(town, "Школа", ["n" * 84] * 5)
    curator = await town.person().registers(Role.CURATOR, school)
    before = (await asks(curator)).text
    assert "Результаты, 5\xa0педагогов" in before
    for number in range(4):
        teacher = town.person()
        await enrol(town, teacher, school, "Поздняя Вера")
        await finished(town, teacher, "y" * 84, f"2026-04-0{number + 1}")
        after = (await asks(curator)).text
        assert f"Завершили тест: {number + 6}" in after
        assert f"В расчёт не вош{'ёл' if number == 0 else 'ли'} {number + 1}\xa0человек" in after
        assert (
            before[before.index("Результаты") :] == after[after.index("Результаты") : after.index("\n\nВ расчёт")]
        )
    last = town.person()
    await enrol(town, last, school, "Поздняя Вера")
    await finished(town, last, "y" * 84, "2026-04-09")
    assert "Результаты, 10\xa0педагогов" in (await asks(curator)).text


async def test_a_methodist_cannot_subtract_a_small_school(town: Town) -> None:
    large = await school_of(town, "Большая", ["n" * 84] * 5)
    await school_of(town, "Малая", ["y" * 84] * 3)
    (municipality,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=large)
    methodist = await town.person().registers(Role.METHODIST, municipality.parent_id)
    report = await asks(methodist)
    assert "Завершили тест: 8 из 8" in report.text
    assert "Результаты, 5\xa0педагогов" in report.text
    assert "не вошли 3\xa0человека" in report.text
    await methodist.taps("По школам", report)
    schools = next(message for message in methodist.history if message.id == report.id)
    assert "Малая\nзавершили 3 из 3 (100\xa0%)\nрезультаты скрыты" in schools.text
    assert "в расчёте 5; сформировалась: напряжение 0, резистенция 0, истощение 0" in schools.text
    await methodist.taps("Малая", schools)
    assert "Результаты скрыты" in next(m for m in methodist.history if m.id == report.id).text
    await methodist.taps("‹ Все школы", next(m for m in methodist.history if m.id == report.id))
    assert "по школам" in next(m for m in methodist.history if m.id == report.id).text


async def test_schools_of_a_real_district_are_shown_in_pages(town: Town) -> None:
    name = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа имени Героя» № "
    for number in range(1, 26):
        school = await town.school(f"{name}{number}")
    (municipality,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=school)
    methodist = await town.person().registers(Role.METHODIST, municipality.parent_id)
    await asks(methodist)
    seen = (await methodist.taps("По школам")).text
    while any("Дальше" in button.text for row in methodist.shown.keyboard for button in row):
        seen += (await methodist.taps("Дальше ›")).text
    places = [seen.index(f"№ {number}\n") for number in range(1, 26)]
    assert places == sorted(places)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MENTOR])
async def test_only_curators_and_methodists_get_reports(town: Town, role: Role) -> None:
    school = await school_of(town, "Школа", ["y" * 84] * 6)
    other = await town.person().registers(role, school)
    for attempt in ("/report",):
        assert "открыт кураторам и методистам" in (await other.says(attempt)).text
    for data in (f"rep:{school}:main:0::", "reports", f"rchart:{school}::"):
        await other.taps_data(data)
    assert not any("Участие" in message.text for message in other.history)
    assert other.pictures == []


async def test_a_curator_sees_no_other_school_and_not_the_municipality(town: Town) -> None:
    mine = await school_of(town, "Своя", ["n" * 84] * 6)
    foreign = await school_of(town, "Чужая", ["y" * 84] * 6)
    (municipality,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=mine)
    curator = await town.person().registers(Role.CURATOR, mine)
    await curator.says("/report")
    for scope in (foreign, municipality.parent_id, 10**12):
        await curator.taps_data(f"rep:{scope}:main:0::")
        await curator.taps_data(f"rchart:{scope}::")
    assert not any("Чужая" in message.words for message in curator.history)
    assert not any("Сосновский район" in message.words for message in curator.history)


async def test_the_threshold_is_a_setting(found: Founder) -> None:
    town = await found(min_group=3)
    school = await school_of(town, "Школа", ["y" * 84] * 3)
    curator = await town.person().registers(Role.CURATOR, school)
    assert "Результаты, 3\xa0педагога" in (await asks(curator)).text


async def test_somebody_with_two_scopes_chooses(town: Town) -> None:
    first, second = await town.school("Первая"), await town.school("Вторая")
    curator = await town.person().registers(Role.CURATOR, first)
    await curator.says(f"/start {await town.invite(Role.CURATOR, second)}")
    await curator.taps("Принять")
    assert "По какой школе" in (await curator.says("/report")).text
    await curator.taps("Вторая")
    assert (await curator.taps("Диагностики")).text.startswith("Вторая")


async def campaign(town: Town, school: int, title: str, *, anonymous: bool = False) -> int:
    """A running campaign of the school for all its teachers."""
    await town.change(
        "INSERT INTO campaigns (organisation_id, instrument, title, audience, anonymous, state, ends_on,"
        " created_at, launched_at) VALUES (:school, 'boyko', :title, :audience, :anonymous, 'running',"
        " '2027-06-01', '2026-10-01 09:00:00.000000', '2026-10-01 09:00:00.000000')",
        school=school,
        title=title,
        audience='{"roles": ["teacher"]}',
        anonymous=anonymous,
    )
    (row,) = await town.rows("SELECT max(id) AS id FROM campaigns")
    await town.change(
        "INSERT INTO campaign_people (campaign_id, person_id, school_id)"
        " SELECT :campaign, person_id, organisation_id FROM roles"
        " WHERE role = 'teacher' AND organisation_id = :school",
        campaign=row.id,
        school=school,
    )
    return int(row.id)


async def finish_campaign(town: Town, number: int, sheet: str) -> None:
    """Everybody whom the campaign is for finishes it."""
    await town.change(
        "INSERT INTO survey_sessions (person_id, instrument, version, answers, turn, position, state, started_at,"
        " updated_at, finished_at, campaign_id) SELECT person_id, 'boyko', '1', :sheet, 84, 0, 'finished',"
        " '2026-10-05 09:00:00.000000', '2026-10-05 09:00:00.000000', '2026-10-05 09:00:00.000000', campaign_id"
        " FROM campaign_people WHERE campaign_id = :number",
        number=number,
        sheet=sheet,
    )


async def test_the_newest_campaign_is_shown_and_others_are_a_tap_away(town: Town) -> None:
    school = await school_of(town, "Школа", ["y" * 84] * 5)
    await finish_campaign(town, await campaign(town, school, "Осень <2026>"), "n" * 84)
    curator = await town.person().registers(Role.CURATOR, school)
    report = await asks(curator)
    assert "Осень &lt;2026&gt;" not in report.text
    assert "Осень <2026>" in report.text
    assert "Участников: 5" in report.text
    assert report.text.count("  сформировалась: 0") == 3
    await curator.taps("Другая кампания", report)
    listed = next(message for message in curator.history if message.id == report.id)
    titles = [button.text for row in listed.keyboard for button in row]
    assert titles[:2] == ["Осень <2026>", "Вне кампаний, 2025/26 учебный год"]
    await curator.taps("Вне кампаний", listed)
    earlier = next(message for message in curator.history if message.id == report.id)
    assert earlier.text.count("  сформировалась: 5") == 3
    # It stays that wave in all its parts.
    await curator.taps("Все симптомы", earlier)
    parts = next(message for message in curator.history if message.id == report.id)
    assert "5 (100\xa0%)" in parts.text
    await curator.taps("‹ К результатам", parts)
    assert "2025/26" in next(message for message in curator.history if message.id == report.id).text


async def test_a_repeated_test_a_move_or_a_deletion_changes_nothing_that_was_shown(town: Town) -> None:
    school = await school_of(town, "Школа", ["n" * 84] * 5)
    other = await town.school("Другая")
    curator = await town.person().registers(Role.CURATOR, school)
    before = (await asks(curator)).text
    results = before[before.index("Результаты") :]
    await town.change(
        "INSERT INTO survey_sessions (person_id, instrument, version, answers, turn, position, state,"
        " started_at, updated_at, finished_at)"
        " SELECT person_id, instrument, version, :sheet, turn, 0, 'finished', :on, :on, :on"
        " FROM survey_sessions WHERE id = 1",
        sheet="y" * 84,
        on="2026-04-01 09:00:00.000000",
    )
    assert results in (await asks(curator)).text
    await town.change("UPDATE roles SET organisation_id = :other WHERE person_id = 1", other=other)
    moved = (await asks(curator)).text
    assert results in moved
    assert "Завершили тест: 4 из 4" in moved
    assert "кто потом перешёл в другую школу" in moved
    for table in ("portion_members", "survey_sessions", "consents", "roles", "accounts"):
        await town.change(f"DELETE FROM {table} WHERE person_id = 2")
    await town.change("DELETE FROM people WHERE id = 2")
    gone = (await asks(curator)).text
    assert results in gone
    assert "Завершили тест: 3 из 3" in gone


async def test_an_anonymous_campaign_shows_only_everybody_together(town: Town) -> None:
    school = await school_of(town, "Школа", ["n" * 84] * 5)
    (municipality,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=school)
    number = await campaign(town, school, "Честно", anonymous=True)
    await town.change("UPDATE campaigns SET organisation_id = :id, state = 'closed'", id=municipality.parent_id)
    await town.change("UPDATE campaign_people SET finished = true")
    for sheet in range(5):
        await town.change(
            "INSERT INTO anonymous_sheets (id, campaign_id, instrument, version, answers, given)"
            " VALUES (:id, :number, 'boyko', '1', :sheet, '{}')",
            id=10**6 - sheet,
            number=number,
            sheet="y" * 84,
        )
    methodist = await town.person().registers(Role.METHODIST, municipality.parent_id)
    report = await asks(methodist)
    assert "Честно" in report.text
    assert report.text.count("  сформировалась: 5") == 3
    await methodist.taps("По школам", report)
    schools = next(message for message in methodist.history if message.id == report.id)
    assert "завершили 5 из 5" in schools.text
    assert "в расчёте" not in schools.text
    await methodist.taps("Школа", schools)
    own = next(message for message in methodist.history if message.id == report.id)
    assert "Кампания анонимная" in own.text
    assert "сформировалась" not in own.text


async def test_buttons_of_another_report_fit_and_forged_ones_are_harmless(town: Town) -> None:
    school = await school_of(town, "Школа", ["n" * 84] * 5)
    curator = await town.person().registers(Role.CURATOR, school)
    await curator.says("/report")
    forged = ("staffing:y2026", "none:c1", "boyko:c99", "boyko:y0", "boyko:y99999", "boyko:c" + "9" * 19, ":x")
    for about in forged:
        await curator.taps_data(f"rep:{school}:main:0:{about}")
        # The chart may have come below it already.
        report = next(message for message in reversed(curator.history) if message.from_bot and message.text)
        assert "Завершили тест" in report.text
        await curator.taps_data(f"rep:{school}:waves:7:{about}")
    longest = ReportTap(organisation=9_999_999, part="schools", page=99, instrument="i" * 32, wave="c9999999")
    assert len(longest.pack()) <= 64


async def test_who_has_no_role_left_reads_how_to_come_in_again(town: Town) -> None:
    person = await town.person().registers(Role.TEACHER, await town.school("Школа"))
    await town.change("DELETE FROM roles")
    menu = await person.says("/menu")
    assert "не числитесь ни в одной школе" in menu.text
    assert "ссылку-приглашение" in menu.text
