"""The time zone of a school: who sets it, and whose day follows it."""

from services.people.model import Account, Role
from services.people.zones import ZONES, zone_of
from storage.unit_of_work import StoredWork
from tests.handlers.test_people import curator_of, noted
from tests.town import Person, Town, titles


async def zone_in_force(town: Town, person: Person) -> str:
    """The zone that the bot takes for the person's."""
    async with town.second_connection() as database, database.read() as connection:
        visitor = await StoredWork(connection).people.visitor(Account("telegram", person.id))
    return zone_of(visitor.person, town.settings.zone).key


async def test_a_school_has_the_zone_of_its_municipality_until_it_has_its_own(town: Town) -> None:
    school, district = await town.school(), await town.municipality()
    maria = await town.person().registers(Role.TEACHER, school)
    assert await zone_in_force(town, maria) == "Europe/Moscow"

    irina = await town.person("Ирина").registers(Role.METHODIST, district, "Громова Ирина Алексеевна")
    await irina.says("/people")
    choice = await irina.taps("Часовой пояс")
    assert "✓ Москва, МСК" in titles(choice)
    assert len(titles(choice)) == len(ZONES) + 2
    assert "Сосновский район" in (await irina.taps("Екатеринбург, МСК+2")).text
    assert await zone_in_force(town, maria) == "Asia/Yekaterinburg"

    curator = await curator_of(town, school)
    await curator.says("/people")
    assert "✓ Екатеринбург, МСК+2" in titles(await curator.taps("Часовой пояс"))
    await curator.taps("Омск, МСК+3")
    assert await zone_in_force(town, maria) == "Asia/Omsk"
    await curator.taps("Часовой пояс")
    await curator.taps("Как в муниципалитете")
    assert await zone_in_force(town, maria) == "Asia/Yekaterinburg"
    assert (await noted(town)).count("zone_set") == 3


async def test_a_foreign_or_unknown_zone_is_not_set(town: Town) -> None:
    school, other = await town.school(), await town.school("Школа № 2")
    curator = await curator_of(town, school)
    await curator.says("/people")
    for data in (f"zoneset:{other}:3", f"zoneset:{await town.municipality()}:3", f"zoneset:{school}:99"):
        await curator.taps_data(data)
    assert [row.timezone for row in await town.rows("SELECT timezone FROM organisations")] == [None] * 3
