"""/people: places, links, people and their roles, as those who manage them see it."""

import pytest

from bot.sandbox.messenger.model import ChatMessage
from services.people.model import Role
from tests.conftest import Founder
from tests.handlers.test_results import finished
from tests.town import Person, Town, data_of, titles


def link_in(message: ChatMessage) -> str:
    """The token of the link that the message shows."""
    return message.text.split("?start=")[1].split()[0]


def changed(person: Person, message: ChatMessage) -> ChatMessage:
    """The message as it is now."""
    return next(each for each in person.history if each.id == message.id)


async def on_roster(
    town: Town, school: int, name: str = "Белова Анна Олеговна", role: str = "teacher", birth: int = 1980
) -> int:
    """Somebody whom a roster has brought and who has not joined; their id."""
    await town.change(
        "INSERT INTO people (full_name, name_key, position, subject, years_of_work, birth_year, category,"
        " origin, created_at)"
        " VALUES (:name, :key, 'Учитель', 'Химия', 9, :birth, 'высшая', 'roster', '2026-01-01 00:00:00')",
        name=name,
        key=name.casefold().replace("ё", "е"),
        birth=birth,
    )
    [row] = await town.rows("SELECT max(id) AS id FROM people")
    await town.change(
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " VALUES (:person, :role, :school, '2026-01-01 00:00:00')",
        person=row.id,
        role=role,
        school=school,
    )
    return int(row.id)


async def roles_of(town: Town, name: str) -> set[str]:
    rows = await town.rows(
        "SELECT role FROM roles JOIN people ON people.id = roles.person_id WHERE full_name = :name", name=name
    )
    return {row.role for row in rows}


async def noted(town: Town) -> list[str]:
    rows = await town.rows("SELECT action FROM audit WHERE action <> 'consent_given' ORDER BY id")
    return [row.action for row in rows]


async def curator_of(town: Town, school: int, name: str = "Крылова Наталья Сергеевна") -> Person:
    return await town.person("Наталья").registers(Role.CURATOR, school, name)


async def test_from_an_administrator_to_a_teacher_in_chat(found: Founder) -> None:
    town = await found(admin_ids="777")
    admin = town.person("Роман", user_id=777)
    await admin.says("/start")
    await admin.taps("Согласие даю")
    for words in ("Панов Роман Ильич", "Администратор"):
        await admin.says(words)
    await admin.taps("Всё верно")

    assert "Муниципалитетов пока нет" in (await admin.says("/people")).text
    await admin.taps("Добавить муниципалитет")
    assert "Добавить?\n\nСосновский район" in (await admin.says("Сосновский   район")).text
    card = await admin.taps("Добавить")
    assert "Методиста пока нет" in card.text
    await admin.taps("Пригласить методиста")
    await admin.taps("Один")
    link = await admin.taps("7\xa0дней")
    assert "Сосновский район: приглашение для методиста" in link.text
    assert "Перешлите эту ссылку методисту" in link.text

    methodist = town.person("Ирина")
    await methodist.says(f"/start {link_in(link)}")
    await methodist.taps("Согласие даю")
    for words in ("Громова Ирина Петровна", "Методист"):
        await methodist.says(words)
    await methodist.taps("Всё верно")
    assert "Школ пока нет" in (await methodist.says("/people")).text
    await methodist.taps("Добавить школу")
    await methodist.says("Школа № 3")
    school = await methodist.taps("Добавить")
    assert "Пока никого" in school.text
    await methodist.taps("Пригласить")
    await methodist.taps("Кураторов")
    await methodist.taps("Один")
    link = await methodist.taps("30\xa0дней")

    curator = town.person("Наталья")
    await curator.says(f"/start {link_in(link)}")
    await curator.taps("Согласие даю")
    for words in ("Крылова Наталья Сергеевна", "Завуч", "Химия", "20", "1975"):
        await curator.says(words)
    await curator.taps("Всё верно")
    assert "Школа № 3" in (await curator.says("/people")).text.splitlines()[0]
    await curator.taps("Пригласить")
    await curator.taps("Педагогов")
    await curator.says("25")
    link = await curator.says("14 дней")
    assert "На 25\xa0человек, действует до" in link.text
    assert "Перешлите эту ссылку педагогам" in link.text

    teacher = town.person("Вера")
    await teacher.says(f"/start {link_in(link)}")
    await teacher.taps("Согласие даю")
    for words in ("Орлова Вера Львовна", "Учитель", "Физика", "1", "2001"):
        await teacher.says(words)
    await teacher.taps("Всё верно")
    school = await curator.says("/people")
    assert "Уже в боте: 2, ещё нет: 0" in school.text
    assert "Молодые специалисты: 1, наставники: 0" in school.text
    assert "Куратор: Крылова Наталья Сергеевна" in school.text
    assert (
        "Методист: Громова Ирина Петровна"
        in (await admin.taps("Сосновский район", await admin.says("/people"))).text
    )
    assert await noted(town) == [
        *("school_added", "invite_issued", "school_added", "invite_issued", "invite_issued")
    ]


async def test_a_double_tap_makes_one_link(town: Town) -> None:
    curator = await curator_of(town, await town.school())
    await curator.says("/people")
    await curator.taps("Пригласить")
    await curator.taps("Педагогов")
    term = await curator.taps("30")
    data = data_of(term, "30\xa0дней")
    town.messenger.tap(curator.id, term.id, data)
    town.messenger.tap(curator.id, term.id, data)
    await town.quiet()
    issued = await town.rows("SELECT token FROM invites WHERE issued_by IS NOT NULL")
    assert [row.token for row in issued] == [link_in(curator.last)]


async def test_wrong_numbers_are_explained(town: Town) -> None:
    curator = await curator_of(town, await town.school())
    await curator.says("/people")
    await curator.taps("Пригласить")
    assert "кнопкой" in (await curator.says("педагогов")).text
    await curator.taps("Наставников")
    for words in ("много", "0", "501", "-5", "²", "9" * 40):
        assert "число от 1 до 500" in (await curator.says(words)).text
    await curator.says("500")
    for words in ("0", "366", "до весны"):
        assert "число дней от 1 до 365" in (await curator.says(words)).text
    assert "На 500\xa0человек" in (await curator.says("365")).text


async def test_links_are_listed_shown_as_pictures_and_revoked(town: Town) -> None:
    school = await town.school("Школа № 3")
    curator = await curator_of(town, school)
    await curator.says("/people")
    assert "Действующих ссылок нет" in (await curator.taps("Ссылки")).text
    await curator.taps("Новая ссылка")
    await curator.taps("Педагогов")
    await curator.taps("10")
    link = await curator.taps("7\xa0дней")
    token = link_in(link)
    await curator.taps("QR-код")
    picture = await curator.gets_picture()
    assert picture.caption.startswith("Школа № 3: приглашение для педагогов. На 10\xa0человек, действует до ")
    assert picture.photo is not None
    assert picture.photo.width >= 600

    listed = await curator.taps("‹ Ссылки", link)
    listed = changed(curator, link)
    assert "1. Для педагогов. Уже вошли: 0 из 10" in listed.text
    await curator.taps("1. Для педагогов", listed)
    shown = changed(curator, link)
    await curator.taps("Отозвать", shown)
    asked = changed(curator, link)
    assert "больше никто не сможет" in asked.text
    await curator.taps("Отозвать", asked)
    await curator.taps("Отозвать", asked)
    listed = changed(curator, link)
    assert "Действующих ссылок нет" in listed.text
    assert "приглашение отозвано" in (await town.person().says(f"/start {token}")).text
    assert (await noted(town)).count("invite_revoked") == 1
    await curator.taps("QR-код", shown)
    assert len(curator.pictures) == 1
    assert "отозвано" in changed(curator, link).text


async def test_people_are_listed_found_and_filtered(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    for number in range(10):
        await on_roster(town, school, f"Белова{'абвгдежзик'[number]} Анна Олеговна")
    await on_roster(town, school, "Фёдорова <b>Яна</b> Ильинична", birth=2001)
    await curator.says("/people")
    people = await curator.taps("Люди")
    assert "Всего: 12, ещё не в боте: 11" in people.text
    assert "Страница 1 из 2" in people.text
    second = await curator.taps("Дальше ›")
    assert "Крылова Наталья Сергеевна (куратор)" in second.text
    assert "Фёдорова <b>Яна</b> Ильинична (молодой специалист, ещё не в боте)" in second.text
    waiting = await curator.taps("Ещё не в боте: 11")
    assert "Крылова" not in waiting.text
    found = await curator.says("федор")
    assert "Фёдорова" in found.text
    assert "Белова" not in found.text
    pages = await curator.says("БЕЛОВА")
    assert "Страница 1 из 2" in pages.text
    assert "Беловак" in (await curator.taps("Дальше ›")).text
    assert "Никого не нашлось" in (await curator.says("я" * 4000)).text
    assert "Никого не нашлось" in (await curator.says("🙂")).text


async def test_namesakes_have_numbers_on_their_buttons(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    await on_roster(town, school, "Белова Анна Олеговна", birth=1970)
    await on_roster(town, school, "Белова Анна Олеговна", birth=2001)
    await curator.says("/people")
    people = await curator.taps("Люди")
    assert titles(people)[:3] == [
        "1. Белова Анна Олеговна",
        "2. Белова Анна Олеговна",
        "Крылова Наталья Сергеевна",
    ]
    assert "2. Белова Анна Олеговна (молодой специалист" in people.text
    assert "Молодой специалист" in (await curator.taps("2. Белова")).text


async def test_whoever_may_take_a_role_on_again_is_not_told_otherwise(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    await curator.says("/people")
    await curator.taps("Люди")
    await curator.taps("Крылова")
    await curator.taps("Сделать педагогом")
    asked = await curator.taps("Снять роль педагога")
    assert "Это вы сами." in asked.text
    assert "Вернуть роль" not in asked.text


async def test_a_card_says_nothing_of_tests(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    teacher = await town.person().registers(Role.TEACHER, school, "Орлова Вера Львовна")
    await curator.says("/people")
    await curator.taps("Люди")
    before = (await curator.taps("Орлова Вера")).text
    assert "Должность: Учитель" in before
    assert "Стаж: 12\xa0лет" in before
    assert "Роли: педагог" in before
    assert "1980" not in before
    await finished(town, teacher, "y" * 84, "2026-03-01")
    await curator.says("/people")
    await curator.taps("Люди")
    assert (await curator.taps("Орлова Вера")).text == before
    assert (await noted(town)).count("people_seen") == 4


async def test_roles_are_given_and_taken_and_menus_renewed(town: Town) -> None:
    school = await town.school()
    municipality = await town.municipality()
    methodist = await town.person("Ирина").registers(Role.METHODIST, municipality, "Громова Ирина Петровна")
    teacher = await town.person().registers(Role.TEACHER, school, "Орлова Вера Львовна")
    assert "report" not in {each["command"] for each in town.messenger.commands_for(teacher.id)}
    await methodist.says("/people")
    await methodist.taps("Школа № 1")
    await methodist.taps("Люди")
    await methodist.taps("Орлова Вера")
    card = await methodist.taps("Сделать куратором")
    assert "Готово, теперь это куратор." in card.text
    await town.server.until(lambda: "report" in {c["command"] for c in town.messenger.commands_for(teacher.id)})
    assert "Орлова Вера Львовна" in (await teacher.taps("Люди", await teacher.says("/people"))).text

    asked = await methodist.taps("Снять роль куратора")
    assert "Другого куратора в школе нет" in asked.text
    taken = await methodist.taps("Снять роль")
    assert "Роль снята" in taken.text
    await methodist.taps("Снять роль", asked)
    assert await roles_of(town, "Орлова Вера Львовна") == {"teacher"}
    await town.server.until(
        lambda: "report" not in {c["command"] for c in town.messenger.commands_for(teacher.id)}
    )
    assert "открыт кураторам" in (await teacher.says("/people")).text
    assert [action for action in await noted(town) if action.startswith("role")] == ["role_given", "role_taken"]


async def test_somebody_is_taken_out_of_the_school_and_keeps_results(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    teacher = await town.person().registers(Role.TEACHER, school, "Орлова Вера Львовна")
    await finished(town, teacher, "n" * 84, "2026-03-01")
    await curator.says("/people")
    await curator.taps("Люди")
    await curator.taps("Орлова Вера")
    asked = await curator.taps("Убрать из школы")
    assert "результаты останутся" in asked.text
    listed = await curator.taps("Убрать")
    assert "Орлова" not in listed.text.split("Всего")[1]
    await curator.taps("Убрать", asked)
    assert curator.toasts[-1] == "Уже сделано."
    assert await roles_of(town, "Орлова Вера Львовна") == set()
    assert "Пройдено 1" in (await teacher.says("/results")).text


async def test_a_curator_cannot_touch_another_curator(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    await curator_of(town, school, "Ветрова Ольга Ивановна")
    other = (await town.rows("SELECT id FROM people WHERE full_name LIKE 'Ветрова%'"))[0].id
    await curator.says("/people")
    await curator.taps("Люди")
    card = await curator.taps("Ветрова Ольга")
    assert "Убрать из школы" not in titles(card)
    assert "Снять роль куратора" not in titles(card)
    for data in (
        f"take:{school}:{other}:curator:1",
        f"takeout:{school}:{other}:1",
        f"give:{school}:{other}:methodist",
        f"invrole:{school}:curator",
    ):
        await curator.taps_data(data)
    assert await roles_of(town, "Ветрова Ольга Ивановна") == {"curator"}
    assert await town.rows("SELECT id FROM invites WHERE issued_by IS NOT NULL") == []


async def test_nobody_loses_their_own_last_role_unwarned(found: Founder) -> None:
    town = await found(admin_ids="777")
    admin = town.person("Роман", user_id=777)
    await admin.says("/start")
    await admin.taps("Согласие даю")
    for words in ("Панов Роман Ильич", "Администратор"):
        await admin.says(words)
    await admin.taps("Всё верно")
    await admin.says("/people")
    await admin.taps("Администраторы")
    await admin.taps("Администраторы")
    await admin.taps("Панов Роман")
    asked = await admin.taps("Снять роль администратора")
    assert "Это вы сами. Вернуть роль сможет только тот, кто её даёт." in asked.text
    assert "«Люди и школы» для вас закроется" in asked.text
    menu = await admin.taps("Снять роль")
    assert "что сделаем" in menu.text
    assert "открыт кураторам" in (await admin.says("/people")).text


async def test_a_personal_link_brings_in_the_person_of_the_roster(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    anna = await on_roster(town, school)
    await curator.says("/people")
    await curator.taps("Люди")
    card = await curator.taps("Белова Анна")
    assert "Категория: высшая" in card.text
    assert "Ещё не в боте" in card.text
    link = await curator.taps("Личная ссылка")
    again = await curator.taps("Личная ссылка", card)
    assert link_in(link) == link_in(again), "a second tap makes no other link"
    await curator.taps("QR-код")
    assert "Белова Анна Олеговна: личная ссылка" in (await curator.gets_picture()).caption

    phone = town.person("Анна")
    await phone.says(f"/start {link_in(link)}")
    await phone.taps("Согласие даю")
    assert "Белова Анна Олеговна" in (await phone.taps("Всё верно")).text or "Анна Олеговна" in phone.last.text
    [row] = await town.rows("SELECT person_id FROM accounts WHERE external_id = :id", id=phone.id)
    assert row.person_id == anna
    await curator.taps("Личная ссылка", card)
    assert "уже в боте, ссылка не нужна" in changed(curator, link).text
    assert "Личная ссылка" not in titles(changed(curator, link))


async def test_a_link_made_by_one_school_is_shown_by_the_other(town: Town) -> None:
    school, other = await town.school("Первая"), await town.school("Вторая")
    curator = await curator_of(town, school)
    anna = await on_roster(town, other)
    token = await town.invite(Role.TEACHER, other, person=anna)
    await town.change(
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " VALUES (:person, 'teacher', :school, '2026-01-01 00:00:00')",
        person=anna,
        school=school,
    )
    await curator.says("/people")
    await curator.taps("Люди")
    await curator.taps("Белова Анна")
    assert link_in(await curator.taps("Личная ссылка")) == token
    await curator.taps("QR-код")
    assert "Белова Анна Олеговна" in (await curator.gets_picture()).caption


async def test_a_curator_holds_no_link_of_somebody_who_is_more_elsewhere(town: Town) -> None:
    school, other = await town.school("Первая"), await town.school("Вторая")
    curator = await curator_of(town, school)
    anna = await on_roster(town, school)
    await town.change(
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " VALUES (:person, 'curator', :other, '2026-01-01 00:00:00')",
        person=anna,
        other=other,
    )
    await curator.says("/people")
    await curator.taps("Люди")
    await curator.taps("Белова Анна")
    assert "только методист" in (await curator.taps("Личная ссылка")).text
    assert await town.rows("SELECT id FROM invites WHERE person_id IS NOT NULL") == []


async def test_nobody_gets_at_the_link_of_anothers_phone(town: Town) -> None:
    school = await town.school()
    curator = await curator_of(town, school)
    teacher = await town.person().registers(Role.TEACHER, school, "Орлова Вера Львовна")
    await teacher.says("/profile")
    token = link_in(await teacher.taps("Подключить ещё один телефон"))
    [row] = await town.rows("SELECT id, person_id FROM invites WHERE token = :token", token=token)
    for data in (
        f"link:{row.id}",
        f"linkqr:{row.id}",
        f"personal:{school}:{row.person_id}:0",
        f"personal:{school}:{row.person_id}:1",
    ):
        await curator.taps_data(data)
    assert not any(token in message.words for message in curator.history)
    assert await town.rows("SELECT id FROM outbox WHERE kind = 'invite_qr'") == []


async def test_foreign_places_people_and_links_stay_closed(town: Town) -> None:
    mine, foreign = await town.school("Своя"), await town.school("Чужая", "Дальний район")
    far = await town.municipality("Дальний район")
    stranger = await on_roster(town, foreign, "Тайная Вера Ивановна")
    own = await on_roster(town, mine)
    token = await town.invite(Role.TEACHER, foreign, uses=5)
    [invite] = await town.rows("SELECT id FROM invites WHERE token = :token", token=token)
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    curator = await curator_of(town, mine)
    before = await town.rows("SELECT id, person_id, role, organisation_id FROM roles ORDER BY id")
    for person in (methodist, curator):
        await person.says("/people")
        for place in (foreign, far, 10**12):
            for data in (
                *(f"place:{place}:0", f"people:{place}:0:0", f"links:{place}:0", f"inv:{place}"),
                *(f"invrole:{place}:teacher", f"rename:{place}", f"schoolnew:{place}:0", f"peoplefound:{place}:0"),
                *(f"member:{place}:{stranger}", f"give:{place}:{stranger}:mentor"),
                *(f"take:{place}:{stranger}:teacher:1", f"takeout:{place}:{stranger}:1"),
                f"personal:{place}:{stranger}:0",
            ):
                assert "не открыто" in (await person.taps_data(data)).text, data
        for data in (f"link:{invite.id}", f"linkend:{invite.id}:1", f"linkqr:{invite.id}", "munnew:0", "munnew:1"):
            assert "открыт" in (await person.taps_data(data)).text, data
        # Somebody of another school under the name of one's own.
        await person.taps_data(f"give:{mine}:{stranger}:mentor")
        assert "не открыто" in (await person.taps_data(f"member:{mine}:{stranger}")).text
        assert not any("Тайная" in message.words or "Чужая" in message.words for message in person.history)
    assert await town.rows("SELECT id, person_id, role, organisation_id FROM roles ORDER BY id") == before
    assert own
    assert await town.rows("SELECT id FROM invites WHERE revoked_at IS NOT NULL") == []


async def test_a_name_of_a_school_is_checked_shown_as_written_and_changed(town: Town) -> None:
    school = await town.school("Школа № 1")
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    await methodist.says("/people")
    await methodist.taps("Добавить школу")
    assert "нужны слова" in (await methodist.says("😀")).text
    assert "нужны слова" in (await methodist.says("12")).text
    assert "длинно" in (await methodist.says("я" * 4000)).text
    assert "уже есть" in (await methodist.says("школа №1")).text
    assert "Похожее название уже есть: Школа № 1." in (await methodist.says("Гимназия № 1")).text
    confirm = await methodist.says("<b>Лицей</b> & сад 😀")
    assert "<b>Лицей</b> & сад 😀" in confirm.text
    card = await methodist.taps("Добавить")
    assert card.text.startswith("<b>Лицей</b> & сад 😀")
    await methodist.taps("Добавить", confirm)
    assert len(await town.rows("SELECT id FROM organisations WHERE kind = 'school'")) == 2

    await methodist.taps_data(f"place:{school}:0")
    await methodist.taps("Переименовать")
    assert "уже есть" in (await methodist.says("<b>Лицей</b> & сад 😀")).text
    renamed = await methodist.says("Школа № 1 имени Героя")
    assert "Название изменено, было: Школа № 1\n" in renamed.text
    assert "Школа № 1 имени Героя" in renamed.text
    assert (await noted(town)).count("school_renamed") == 1

    curator = await curator_of(town, school)
    assert "Переименовать" not in titles(await curator.says("/people"))
    assert "не открыто" in (await curator.taps_data(f"rename:{school}")).text


async def test_many_schools_are_paged_and_found(town: Town) -> None:
    for number in range(1, 24):
        await town.school(f"Школа № {number}")
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    card = await methodist.says("/people")
    assert "Школ: 23" in card.text
    assert titles(card)[:3] == ["Школа № 1", "Школа № 2", "Школа № 3"]
    assert titles(await methodist.taps("Дальше ›"))[0] == "Школа № 11"
    assert titles(await methodist.says("школа 2"))[:3] == ["Школа № 2", "Школа № 20", "Школа № 21"]
    assert "не нашлось" in (await methodist.says("гимназия")).text
    await methodist.taps("‹ Все школы")
    assert "Школа № 1" in titles(methodist.last)


@pytest.mark.parametrize("words", ["Переименовать", "Пригласить", "Люди"])
async def test_cancel_leaves_every_step(town: Town, words: str) -> None:
    school = await town.school("Школа № 1")
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    await methodist.says("/people")
    await methodist.taps("Школа № 1")
    await methodist.taps(words)
    assert "главном меню" in (await methodist.says("/cancel")).text
    assert "Не получилось понять" in (await methodist.says("Школа № 99")).text
    [row] = await town.rows("SELECT name FROM organisations WHERE id = :id", id=school)
    assert row.name == "Школа № 1"


async def test_start_leaves_what_was_to_be_written(town: Town) -> None:
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    await methodist.says("/people")
    await methodist.taps("Добавить школу")
    assert "что сделаем" in (await methodist.says("/start")).text
    assert "Не получилось понять" in (await methodist.says("Школа № 5")).text


async def test_going_elsewhere_leaves_what_was_to_be_written(town: Town) -> None:
    await town.school("Школа № 1")
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    await methodist.says("/people")
    school = await methodist.taps("Школа № 1")
    await methodist.taps("Переименовать")
    await methodist.taps("‹ Назад")
    await methodist.says("спасибо")
    assert [row.name for row in await town.rows("SELECT name FROM organisations WHERE kind = 'school'")] == [
        "Школа № 1"
    ]
    assert school


async def test_a_role_taken_meanwhile_stops_the_conversation(town: Town) -> None:
    school = await town.school("Школа № 1")
    methodist = await town.person("Ирина").registers(Role.METHODIST, await town.municipality(), "Громова Ирина")
    await methodist.says("/people")
    await methodist.taps("Школа № 1")
    await methodist.taps("Переименовать")
    far = await town.municipality("Дальний район")
    await town.change("UPDATE roles SET organisation_id = :far WHERE role = 'methodist'", far=far)
    assert "не открыто" in (await methodist.says("Захваченная школа")).text
    [row] = await town.rows("SELECT name FROM organisations WHERE id = :id", id=school)
    assert row.name == "Школа № 1"


async def test_whoever_is_appointed_gets_to_know(town: Town) -> None:
    school = await town.school("Школа № 4")
    curator = await curator_of(town, school)
    vera = await town.person("Вера").registers(Role.TEACHER, school, "Орлова Вера Львовна")
    await curator.says("/people")
    await curator.taps("Люди")
    await curator.taps("Орлова Вера")
    await curator.taps("Сделать наставником")
    await town.server.until(lambda: "Ваши роли изменились" in vera.last.text, 20)
    assert "• наставник, Школа № 4" in vera.last.text
    assert not any("Ваши роли" in message.text for message in curator.history)
