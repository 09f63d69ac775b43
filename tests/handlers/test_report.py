"""/report: aggregates of groups that are large enough, never a name."""

import pytest

from services.people.model import Role
from tests.conftest import Founder
from tests.handlers.test_results import finished
from tests.town import Person, Town


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
    report = await curator.says("/report")
    assert "Завершили тест: 5 из 5 (100\xa0%)" in report.text
    assert "Фазы, 5\xa0педагогов" in report.text
    # Two of five have every phase formed; «нет» to all leaves every phase below 37.
    assert report.text.count("  сформировалась: 2 (40\xa0%)") == 3
    assert report.text.count("  не сформировалась: 3 (60\xa0%)") == 3
    assert (await curator.gets_picture()).caption.startswith("Школа № 3")
    assert "Тайн" not in " ".join(message.words for message in curator.history)

    symptoms = await curator.taps("Все симптомы", report)
    shown = next(message for message in curator.history if message.id == report.id)
    assert "Тревога и депрессия: 2 (40\xa0%)" in shown.text
    assert symptoms.photo


async def test_a_group_under_the_threshold_is_withheld_with_the_reason(town: Town) -> None:
    school = await school_of(town, "Малая школа", ["y" * 84] * 4)
    curator = await town.person().registers(Role.CURATOR, school)
    report = await curator.says("/report")
    assert "Завершили тест: 4 из 4" in report.text
    assert "Результаты скрыты" in report.text
    assert "4\xa0человека, а показываем группы от 5" in report.text
    assert "сформировалась" not in report.text
    for data in (f"report:{school}:symptoms", f"rchart:{school}", f"report:{school}:schools"):
        await curator.taps_data(data)
    assert "доминирует" not in curator.last.text
    assert curator.pictures == []


async def test_an_empty_school_says_there_is_no_data(town: Town) -> None:
    curator = await town.person().registers(Role.CURATOR, await town.school())
    report = await curator.says("/report")
    assert "Завершили тест: 0 из 0 (нет данных)" in report.text
    assert "нет данных: тест ещё никто не завершил" in report.text


async def test_one_more_test_tells_nothing_about_the_one_who_took_it(town: Town) -> None:
    school = await school_of(town, "Школа", ["n" * 84] * 5)
    curator = await town.person().registers(Role.CURATOR, school)
    before = (await curator.says("/report")).text
    assert "Фазы, 5\xa0педагогов" in before
    for number in range(4):
        teacher = town.person()
        await enrol(town, teacher, school, "Поздняя Вера")
        await finished(town, teacher, "y" * 84, f"2026-04-0{number + 1}")
        after = (await curator.says("/report")).text
        assert f"Завершили тест: {number + 6}" in after
        assert f"В расчёт не вош{'ёл' if number == 0 else 'ли'} {number + 1}\xa0человек" in after
        assert before[before.index("Фазы") :] == after[after.index("Фазы") : after.index("\n\nВ расчёт")]
    last = town.person()
    await enrol(town, last, school, "Поздняя Вера")
    await finished(town, last, "y" * 84, "2026-04-09")
    assert "Фазы, 10\xa0педагогов" in (await curator.says("/report")).text


async def test_a_methodist_cannot_subtract_a_small_school(town: Town) -> None:
    large = await school_of(town, "Большая", ["n" * 84] * 5)
    await school_of(town, "Малая", ["y" * 84] * 3)
    (municipality,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=large)
    methodist = await town.person().registers(Role.METHODIST, municipality.parent_id)
    report = await methodist.says("/report")
    assert "Завершили тест: 8 из 8" in report.text
    assert "Фазы, 5\xa0педагогов" in report.text
    assert "не вошли 3\xa0человека" in report.text
    await methodist.gets_picture()
    await methodist.taps("По школам", report)
    schools = next(message for message in methodist.history if message.id == report.id)
    assert "Малая\nзавершили 3 из 3 (100\xa0%)\nрезультаты скрыты" in schools.text
    assert "в расчёте 5; фаза сформировалась: напряжение 0, резистенция 0, истощение 0" in schools.text
    await methodist.taps("Малая", schools)
    assert "Результаты скрыты" in next(m for m in methodist.history if m.id == report.id).text


async def test_schools_of_a_real_district_are_shown_in_pages(town: Town) -> None:
    name = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа имени Героя» № "
    for number in range(1, 26):
        school = await town.school(f"{name}{number}")
    (municipality,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=school)
    methodist = await town.person().registers(Role.METHODIST, municipality.parent_id)
    await methodist.says("/report")
    seen = (await methodist.taps("По школам")).text
    while any("Дальше" in button.text for row in methodist.last.keyboard for button in row):
        seen += (await methodist.taps("Дальше ›")).text
    places = [seen.index(f"№ {number}\n") for number in range(1, 26)]
    assert places == sorted(places)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MENTOR])
async def test_only_curators_and_methodists_get_reports(town: Town, role: Role) -> None:
    school = await school_of(town, "Школа", ["y" * 84] * 6)
    other = await town.person().registers(role, school)
    for attempt in ("/report",):
        assert "открыт кураторам и методистам" in (await other.says(attempt)).text
    for data in (f"report:{school}:main", "reports", f"rchart:{school}"):
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
        await curator.taps_data(f"report:{scope}:main")
        await curator.taps_data(f"rchart:{scope}")
    assert not any("Чужая" in message.words for message in curator.history)
    assert not any("Сосновский район" in message.words for message in curator.history)


async def test_the_threshold_is_a_setting(found: Founder) -> None:
    town = await found(min_group=3)
    school = await school_of(town, "Школа", ["y" * 84] * 3)
    curator = await town.person().registers(Role.CURATOR, school)
    assert "Фазы, 3\xa0педагога" in (await curator.says("/report")).text


async def test_somebody_with_two_scopes_chooses(town: Town) -> None:
    first, second = await town.school("Первая"), await town.school("Вторая")
    curator = await town.person().registers(Role.CURATOR, first)
    await curator.says(f"/start {await town.invite(Role.CURATOR, second)}")
    await curator.taps("Принять")
    assert "По какой школе" in (await curator.says("/report")).text
    assert (await curator.taps("Вторая")).text.startswith("Вторая")
