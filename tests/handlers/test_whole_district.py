"""A whole district from an empty database, as its people would do it: in chat, to the first figures."""

from bot.sandbox.messenger.model import ChatMessage
from tests.conftest import Founder
from tests.handlers.campaigning import until_sent
from tests.handlers.test_people import link_in
from tests.handlers.test_roster import gets_documents, sends
from tests.services.people.roster.files import HEADERS, row, xlsx
from tests.town import Person, Town, titles

PEOPLE = 300
SCHOOLS = ("Школа № 1", "Школа № 2", "Лесная школа")
MISTAKES = (
    {"Стаж": "двадцать"},
    {"Год_рождения": "76"},
    {"Год_рождения": "1890"},
    {"Фамилия": ""},
    {"Имя": "123"},
    {"Школа": ""},
    {"Должность": ""},
    {"Категория": "вторая"},
    {"Стаж": "50", "Год_рождения": "1995"},
    {"Фамилия": "=HYPERLINK(1)"},
)
SURNAMES = ("Белова", "Волкова", "Громова", "Дёмина", "Ершова", "Жарова", "Зимина", "Ильина", "Котова", "Лапина")
NAMES = ("Анна", "Вера", "Дарья", "Елена", "Зоя", "Инна", "Кира", "Лидия", "Мария", "Нина")


def roster(mended: bool) -> bytes:
    """300 rows; until they are mended, ten of them are wrong, each in its own way."""
    rows = []
    for number in range(PEOPLE):
        cells = {
            "Школа": SCHOOLS[number % 3],
            "Фамилия": SURNAMES[number % 10],
            "Имя": NAMES[number // 10 % 10],
            "Отчество": ("Ивановна", "Петровна", "Юрьевна")[number // 100],
            "Год_рождения": str(1960 + number % 40),
            "Стаж": str(number % 3),
        }
        if not mended and number % 30 == 7:
            cells |= MISTAKES[number // 30]
        rows.append(row(**cells))
    return xlsx(HEADERS, *rows)


async def joins(town: Town, name: str, token: str, *words: str) -> Person:
    """Opens a link, agrees, tells what is asked, confirms."""
    person = town.person(name)
    await person.says(f"/start {token}")
    await person.taps("Согласие даю")
    for each in words:
        await person.says(each)
    await person.taps("Всё верно")
    return person


async def personal_links(town: Town, school: str, count: int) -> list[str]:
    rows = await town.rows(
        "SELECT token FROM invites JOIN organisations ON organisations.id = organisation_id"
        " WHERE person_id IS NOT NULL AND name = :school ORDER BY invites.id LIMIT :count",
        school=school,
        count=count,
    )
    return [each.token for each in rows]


async def invited(host: Person, whom: str) -> str:
    """The token of a link for one person."""
    await host.taps(whom)
    await host.taps("Один")
    return link_in(await host.taps("30\xa0дней"))


async def everything(town: Town) -> list[object]:
    """All that a roster may change."""
    found: list[object] = []
    for table in ("organisations", "people", "roles", "invites"):
        found += [tuple(each) for each in await town.rows(f"SELECT * FROM {table} ORDER BY id")]
    return found


async def test_a_district_from_nothing_to_its_first_figures(found: Founder) -> None:
    town = await found(admin_ids="777")
    admin = town.person("Роман", user_id=777)
    await admin.says("/start")
    await admin.taps("Согласие даю")
    for words in ("Панов Роман Ильич", "Администратор"):
        await admin.says(words)
    await admin.taps("Всё верно")
    await admin.says("/people")
    await admin.taps("Добавить муниципалитет")
    await admin.says("Сосновский район")
    await admin.taps("Добавить")
    methodist = await joins(
        town, "Ирина", await invited(admin, "Пригласить методиста"), "Громова Ирина Петровна", "Методист"
    )

    await the_roster_is_mended_and_loaded(town, methodist)

    school = await methodist.says("/people")
    school = await methodist.taps("Школа № 1", school)
    assert "Уже в боте: 0, ещё нет: 100" in school.text
    await methodist.taps("Пригласить")
    curator = await joins(
        town,
        "Наталья",
        await invited(methodist, "Кураторов"),
        *("Крылова Наталья Сергеевна", "Завуч", "Химия", "20", "1975"),
    )
    teachers = [
        await joins(town, f"Учитель {number}", token)
        for number, token in enumerate(await personal_links(town, "Школа № 1", 6))
    ]
    assert "Уже в боте: 7, ещё нет: 94" in (await curator.says("/people")).text

    await the_campaign_is_answered(town, methodist, teachers)
    await the_figures_are_right(town, methodist, curator, teachers)


async def the_roster_is_mended_and_loaded(town: Town, methodist: Person) -> None:
    card = await sends(methodist, roster(mended=False), "Список.xlsx")
    assert f"Добавятся: {PEOPLE - len(MISTAKES)}" in card.text
    assert "10" in card.text
    assert "строка 9, «Стаж»: «двадцать»" in card.text
    marked = (await methodist.taps("Мой файл с пометками")).document
    assert marked is not None
    assert (await town.rows("SELECT count(*) AS n FROM people WHERE origin = 'roster'"))[0].n == 0

    card = await sends(methodist, roster(mended=True), "Список.xlsx")
    assert f"Добавятся: {PEOPLE}" in card.text
    apply = next(title for title in titles(card) if title.startswith("Загрузить"))
    done = await methodist.taps(apply, card)
    assert f"Готово: добавлено {PEOPLE}" in done.text
    assert [each.name for each in await town.rows("SELECT name FROM organisations WHERE kind = 'school'")] == list(
        SCHOOLS
    )

    before = await everything(town)
    again = await sends(methodist, roster(mended=True), "Список.xlsx")
    assert f"Без изменений: {PEOPLE}" in again.text
    assert await everything(town) == before


async def the_campaign_is_answered(town: Town, methodist: Person, teachers: list[Person]) -> None:
    await methodist.says("/campaigns")
    await methodist.taps("Новая кампания")
    await methodist.taps("Эмоциональное выгорание")
    await methodist.taps("Дальше ›")
    await methodist.taps("Оставить:")
    await methodist.taps("✓ Нет, у каждого")
    preview = await methodist.taps("Оставить так")
    assert "Получат 6\xa0человек, ещё 294 не в боте" in preview.text
    await methodist.taps("Запустить")
    await until_sent(town)
    for number, teacher in enumerate(teachers):
        invitation = next(message for message in teacher.history if "Начать" in titles(message))
        await teacher.taps("Начать", invitation)
        if number == 5:
            continue
        await teacher.taps("Начать")
        await fast_forward(town)
        await teacher.taps("Да" if number < 2 else "Нет")


async def fast_forward(town: Town) -> None:
    """Whoever has just begun has answered «нет» to everything but the item on the screen."""
    await town.change("UPDATE survey_sessions SET answers = :sheet WHERE position = 1", sheet="." + "n" * 83)


async def the_figures_are_right(town: Town, methodist: Person, curator: Person, teachers: list[Person]) -> None:
    await curator.says("/report")
    report = await curator.taps("Диагностики")
    assert "Школа № 1" in report.text
    assert "Участников: 100" in report.text
    assert "Завершили тест: 5 из 6 (83,3\xa0%)" in report.text
    assert "не сформировалась: 5 (100\xa0%)" in report.text

    listed = await methodist.says("/campaigns")
    card = await methodist.taps(next(title for title in titles(listed) if "5 из 300" in title), listed)
    assert "Приглашены 6 · открыли 6 · отвечают 0 · завершили 5" in card.text
    assert "Ещё не в боте или остановили его: 294" in card.text
    names: ChatMessage = await methodist.taps("Кто не ответил", card)
    ((sixth,),) = await town.rows(
        "SELECT full_name FROM people JOIN accounts ON person_id = people.id WHERE external_id = :user",
        user=teachers[5].id,
    )
    ((first,),) = await town.rows(
        "SELECT full_name FROM people JOIN accounts ON person_id = people.id WHERE external_id = :user",
        user=teachers[0].id,
    )
    shown = names.text
    while (title := next((each for each in titles(names) if each.startswith("Дальше")), None)) is not None:
        names = await methodist.taps(title, names)
        shown += names.text
    assert sixth in shown
    assert first not in shown
    await methodist.says("/people")
    await methodist.taps("Школа № 1")
    await methodist.taps("Листы приглашений")
    assert await gets_documents(methodist, 1)
