"""A methodist sends a list of people to the bot, mends it, loads it and prints the invites."""

import zipfile
from io import BytesIO

import pytest

from bot.sandbox.messenger.model import ChatMessage
from services.people.model import Role
from services.people.roster.reading import read_roster
from tests.services.people.roster.files import HEADERS, TODAY, csv, row, xlsx
from tests.town import Person, Town, titles

PEOPLE = [row(), row(Фамилия="Серова", Имя="Анна"), row(Фамилия="Жукова", Школа="Школа № 2")]


async def methodist(town: Town) -> Person:
    school = await town.school("Школа № 1")
    await town.school("Школа № 2")
    (place,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=school)
    return await town.person().registers(Role.METHODIST, place.parent_id, "Громова Ирина Львовна")


async def sends(person: Person, content: bytes, name: str = "Список.csv") -> ChatMessage:
    person.town.messenger.send_document(person.id, name, content)
    await person.town.quiet()
    return person.last


async def gets_documents(person: Person, count: int) -> list[ChatMessage]:
    await person.town.server.until(lambda: len(documents(person)) >= count, timeout=60)
    return documents(person)


def documents(person: Person) -> list[ChatMessage]:
    return [message for message in person.history if message.document]


async def loaded(town: Town) -> list[str]:
    """Names that a roster has brought."""
    found = await town.rows("SELECT full_name FROM people WHERE origin = 'roster' ORDER BY id")
    return [each.full_name for each in found]


async def test_a_list_with_mistakes_is_mended_and_loaded(town: Town) -> None:
    irina = await methodist(town)
    wrong = row(Фамилия="Лугина", Стаж="двадцать")
    card = await sends(irina, csv(HEADERS, *PEOPLE, wrong, encoding="cp1251"))
    assert "Сосновский район" in card.text
    assert "Добавятся: 3" in card.text
    assert "строка 5, «Стаж»: «двадцать» — нужно число полных лет, например 12" in card.text
    assert await loaded(town) == []

    marked = await irina.taps("Мой файл с пометками")
    assert marked.document is not None
    assert (
        "нужно число полных лет"
        in zipfile.ZipFile(BytesIO(marked.document.data)).read("xl/sharedStrings.xml").decode()
    )
    assert len(read_roster("in.xlsx", marked.document.data, TODAY).problems) == 1

    card = await sends(irina, xlsx(HEADERS, *PEOPLE, row(Фамилия="Лугина")), "Список.xlsx")
    done = await irina.taps("Загрузить 4\xa0человек", card)
    assert "Готово: добавлено 4, личных приглашений 4." in done.text
    assert len(await loaded(town)) == 4
    assert await town.rows("SELECT id FROM uploads") == []

    again = await sends(irina, csv(HEADERS, *PEOPLE, row(Фамилия="Лугина")))
    assert "Без изменений: 4" in again.text
    assert "Загружать нечего" in again.text
    assert not any(title.startswith("Загрузить") for title in titles(again))


async def test_a_double_tap_still_says_what_has_been_loaded(town: Town) -> None:
    irina = await methodist(town)
    card = await sends(irina, csv(HEADERS, row()))
    await irina.taps("Загрузить 1\xa0человека", card)
    await irina.taps("Загрузить 1\xa0человека", card)
    assert "Готово: добавлено 1" in irina.last.text
    assert "уже загружен" in irina.toasts[-1]
    assert len(await loaded(town)) == 1


async def test_rows_with_the_same_mistake_are_told_in_one_line(town: Town) -> None:
    irina = await methodist(town)
    surnames = ("Лугина", "Серова", "Жукова", "Белова")
    wrong = [row(Фамилия=surname, Школа="") for surname in surnames]
    card = await sends(irina, csv(HEADERS, *wrong[:3], row(), wrong[3]))
    assert "Строк с ошибками: 4, они не загрузятся" in card.text
    assert "Что исправить: 1" in titles(card)
    assert "«Школа»: впишите школу в каждую строку" in card.text
    assert "(строки 2–4, 6)" in (await irina.taps("Что исправить")).text


async def test_whoever_joins_by_the_printed_link_is_the_person_of_the_list(town: Town) -> None:
    irina = await methodist(town)
    await sends(irina, csv(HEADERS, *PEOPLE))
    await irina.taps("Загрузить 3")
    await irina.taps("Листы приглашений")
    assert "3\xa0человека" in irina.last.text
    await irina.taps("Школа № 1: 2")
    files = {each.document.name: each.document.data for each in await gets_documents(irina, 2) if each.document}
    captions = {each.document.name[-4:]: each.words for each in documents(irina) if each.document}
    assert "распечатайте" in captions["docx"]
    assert "таблицей" in captions["xlsx"]
    assert files.keys() == {"Школа 1, приглашения.docx", "Школа 1, приглашения.xlsx"}
    with zipfile.ZipFile(BytesIO(files["Школа 1, приглашения.docx"])) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Иванова Мария Петровна" in text
    assert "Жукова" not in text
    tokens = await town.rows(
        "SELECT i.token FROM invites i JOIN people p ON p.id = i.person_id WHERE p.full_name LIKE 'Иванова%'"
        " AND p.origin = 'roster'"
    )
    (token,) = [each.token for each in tokens]
    assert f"https://t.me/school_bot?start={token}" in text

    maria = town.person("Мария", "Иванова")
    await maria.says(f"/start {token}")
    await maria.taps("Согласие даю")
    joined = await town.rows(
        "SELECT p.full_name FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.external_id = :id",
        id=maria.id,
    )
    assert [each.full_name for each in joined] == ["Иванова Мария Петровна"]
    assert len(await loaded(town)) == 3

    await irina.taps_data("rsheets:0")
    assert "2\xa0человека" in irina.last.text
    await irina.taps("Все школы архивом")
    archived = (await gets_documents(irina, 3))[-1]
    assert archived.document is not None
    with zipfile.ZipFile(BytesIO(archived.document.data)) as archive:
        assert archive.namelist() == [
            "Школа 1.docx",
            "Школа 1.xlsx",
            "Школа 2.docx",
            "Школа 2.xlsx",
        ]


async def test_new_schools_come_only_when_the_methodist_says_so(town: Town) -> None:
    irina = await methodist(town)
    content = csv(
        HEADERS,
        *PEOPLE,
        row(Фамилия="Лугина", Школа="Гимназия «Радуга»"),
        row(Фамилия="Белова", Школа="Шкала № 2"),
    )
    card = await sends(irina, content)
    assert "«Гимназия „Радуга“», 1\xa0человек" in card.text
    assert "Похоже на «Школа № 2»" in card.text
    await irina.taps("Загрузить 3\xa0человек без новых школ")
    assert len(await loaded(town)) == 3
    await sends(irina, content)
    done = await irina.taps("Загрузить 2\xa0человек и новые школы")
    assert "новых школ 2" in done.text
    assert len(await loaded(town)) == 5


async def test_what_was_not_shown_is_not_loaded(town: Town) -> None:
    irina = await methodist(town)
    card = await sends(irina, csv(HEADERS, *PEOPLE))
    await town.change(
        "INSERT INTO organisations (kind, parent_id, name) SELECT 'school', parent_id, 'Гимназия'"
        " FROM organisations WHERE name = 'Школа № 1'"
    )
    await town.change(
        "INSERT INTO people (full_name, name_key, position, subject, years_of_work, birth_year, created_at)"
        " VALUES ('Иванова Мария Петровна', 'иванова мария петровна', 'завуч', '', 12, 1980,"
        " '2026-01-01 00:00:00')"
    )
    await town.change(
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " SELECT (SELECT max(id) FROM people), 'teacher', id, '2026-01-01 00:00:00' FROM organisations"
        " WHERE name = 'Гимназия'"
    )
    changed = await irina.taps("Загрузить 3", card)
    assert "данные изменились" in changed.text
    assert "Сменят школу: 1" in changed.text
    assert await loaded(town) == []
    done = await irina.taps("Загрузить 3")
    assert "добавлено 2, обновлено 1, сменили школу 1" in done.text


async def test_the_buttons_of_an_earlier_file_do_not_load_a_later_one(town: Town) -> None:
    irina = await methodist(town)
    first = await sends(irina, csv(HEADERS, *PEOPLE))
    await sends(irina, csv(HEADERS, row(Фамилия="Чужая")))
    shown = await irina.taps("Загрузить 3", first)
    assert await loaded(town) == []
    assert "Добавятся: 1" in next(message for message in irina.history if message.id == first.id).text
    assert shown


async def test_cancelled_files_are_forgotten(town: Town) -> None:
    irina = await methodist(town)
    card = await sends(irina, csv(HEADERS, *PEOPLE))
    data = next(
        button.data for line in card.keyboard or [] for button in line if button.text.startswith("Загрузить")
    )
    await irina.taps("Отменить", card)
    assert await town.rows("SELECT id FROM uploads") == []
    assert "файл не загружен" in (await irina.taps_data(str(data))).text
    assert "уже загружен или отменён" in irina.toasts[-1]
    assert await loaded(town) == []


async def test_long_lists_are_shown_in_pages(town: Town) -> None:
    irina = await methodist(town)
    different = [first + second for first in "абвг" for second in "деёжзийклм"]
    rows = [row(Стаж=f"{words} {'много ' * 9}", Год_рождения=f"{words} {'год ' * 9}") for words in different]
    card = await sends(irina, csv(HEADERS, *rows))
    assert "Строк с ошибками: 40" in card.text
    assert len(card.text) < 4000
    page = await irina.taps("Что исправить", card)
    assert "Страница 1 из 6" in page.text
    seen = page.text
    while any("Дальше" in title for title in titles(irina.last)):
        seen += (await irina.taps("Дальше")).text
    assert all(f"строка {number}, " in seen for number in range(2, 42))


async def test_a_curator_loads_only_the_own_school(town: Town) -> None:
    school = await town.school("Школа № 1")
    await town.school("Школа № 2")
    olga = await town.person().registers(Role.CURATOR, school, "Ветрова Ольга")
    card = await sends(olga, csv(HEADERS, *PEOPLE))
    assert "Добавятся: 2" in card.text
    assert "не ваша школа" in card.text
    await olga.taps("Загрузить 2")
    assert len(await loaded(town)) == 2
    await olga.taps("Листы приглашений")
    assert not any("Школа № 2" in title for title in titles(olga.last))
    await olga.taps_data(f"rsheet:{school + 1}")
    assert documents(olga) == []


async def test_a_teacher_loads_nothing(town: Town) -> None:
    school = await town.school("Школа № 1")
    teacher = await town.person().registers(Role.TEACHER, school)
    await sends(teacher, csv(HEADERS, *PEOPLE))
    for data in ("roster", "rtemplate", "rcard", "rpart:problems:0", "rfile", "rapply:00000000:1", "rsheets:0"):
        await teacher.taps_data(data)
    assert await loaded(town) == []
    assert documents(teacher) == []
    assert not any("Добавятся" in message.text for message in teacher.history)


async def test_a_broken_file_is_called_by_its_own_name(town: Town) -> None:
    irina = await methodist(town)
    answer = await sends(irina, b"not a spreadsheet", "Наши педагоги.xlsx")
    assert "Файл «Наши педагоги.xlsx» не открывается" in answer.text


async def test_schools_to_print_for_stand_in_the_order_of_their_numbers(town: Town) -> None:
    irina = await methodist(town)
    await town.school("Школа № 10")
    rows = [row(Фамилия=surname, Школа=f"Школа № {number}") for surname, number in (("Белова", 10), ("Жукова", 2))]
    await sends(irina, csv(HEADERS, *rows))
    await irina.taps("Загрузить 2")
    assert titles(await irina.taps("Листы приглашений"))[:2] == ["Школа № 2: 1", "Школа № 10: 1"]


@pytest.mark.parametrize("name", ["Список.xlsm", "Список.txt"])
async def test_a_file_of_another_kind_is_refused_with_words(town: Town, name: str) -> None:
    irina = await methodist(town)
    answer = await sends(irina, b"x", name)
    assert "сохраните её как" in answer.text or ".xlsx или .csv" in answer.text
    assert await town.rows("SELECT id FROM uploads") == []


async def test_the_files_of_a_school_with_a_long_name_say_what_they_are(town: Town) -> None:
    irina = await methodist(town)
    name = "Муниципальное бюджетное общеобразовательное учреждение «Нижнереченская школа»"
    await sends(irina, csv(HEADERS, row(Школа=name)))
    await irina.taps("Загрузить 1")
    await irina.taps("Листы приглашений")
    await irina.taps("Муниципальное")
    files = [each.document.name for each in await gets_documents(irina, 2) if each.document]
    assert {name.partition(", ")[2] for name in files} == {"приглашения.docx", "приглашения.xlsx"}


async def test_the_template_is_sent(town: Town) -> None:
    irina = await methodist(town)
    await irina.taps_data("roster")
    sent = await irina.taps("Скачать шаблон")
    assert sent.document is not None
    assert sent.document.name.endswith(".xlsx")


async def test_a_methodist_of_two_places_says_whose_the_list_is(town: Town) -> None:
    irina = await methodist(town)
    other = await town.school("Школа № 1", "Берёзовский район")
    (place,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=other)
    await irina.says(f"/start {await town.invite(Role.METHODIST, place.parent_id)}")
    await irina.taps("Принять")
    await sends(irina, csv(HEADERS, PEOPLE[0]))
    card = await irina.taps("Берёзовский район")
    assert "Берёзовский район" in card.text
    await irina.taps("Загрузить 1")
    (role,) = await town.rows(
        "SELECT r.organisation_id FROM roles r JOIN people p ON p.id = r.person_id WHERE p.origin = 'roster'"
    )
    assert role.organisation_id == other


async def test_the_words_of_a_list_are_escaped(town: Town) -> None:
    irina = await methodist(town)
    card = await sends(irina, csv(HEADERS, row(Школа="<b>Школа</b> & Ко")))
    assert "<b>Школа</b> & Ко" in card.text
