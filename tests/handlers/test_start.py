"""The first meeting: invite, consent, registration."""

from datetime import UTC, timedelta
from pathlib import Path

from services.people.consent import OURS
from services.people.model import Role
from services.people.names import name_key
from tests.conftest import Founder
from tests.town import BOYKO, Town, working_hours


async def test_a_teacher_comes_in_by_an_invite_and_registers(town: Town) -> None:
    school = await town.school("Школа № 7")
    token = await town.invite(Role.TEACHER, school)
    maria = town.person("Мария", "Иванова")

    consent = await maria.says(f"/start {token}")
    assert "педагог, Школа № 7" in consent.text
    assert "Год рождения".casefold() in consent.text.casefold()
    await maria.taps("Согласие даю")
    await maria.taps("Иванова Мария")
    await maria.taps("Учитель")
    await maria.taps("Физика")
    await maria.taps("Первый год")
    check = await maria.says("2001")
    assert "Иванова Мария" in check.text
    assert "первый год" in check.text
    menu = await maria.taps("Всё верно")

    assert "вы зарегистрированы" in menu.text
    assert "педагог, Школа № 7" in menu.text
    (row,) = await town.rows(
        "SELECT full_name, position, subject, years_of_work, birth_year, role FROM people"
        " JOIN roles ON roles.person_id = people.id"
    )
    assert tuple(row) == ("Иванова Мария", "Учитель", "Физика", 0, 2001, "teacher")
    await town.server.until(lambda: "survey" in {c["command"] for c in town.messenger.commands_for(maria.id)})
    assert "report" not in {c["command"] for c in town.messenger.commands_for(maria.id)}


async def test_nothing_is_asked_or_kept_before_consent(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school())
    maria = town.person()

    await maria.says(f"/start {token}")
    assert "согласие" in (await maria.says("/survey")).text.casefold()
    assert "согласие" in (await maria.says("Иванова Мария Петровна")).text.casefold()
    assert "Согласие на обработку" in (await maria.taps("Прочитать полностью")).text
    await maria.taps("Отказаться")

    assert await town.rows("SELECT id FROM people") == []
    assert [row.used for row in await town.rows("SELECT used FROM invites")] == [0]
    assert "Без согласия" in maria.last.text
    assert await town.rows("SELECT step FROM conversations") == [], "nothing is kept about whoever refused"
    assert "Прежде чем начать" in (await maria.says(f"/start {token}")).text


async def test_help_and_privacy_are_open_to_strangers(town: Town) -> None:
    stranger = town.person()
    assert "по приглашению" in (await stranger.says("/start")).text
    assert "приглашению" in (await stranger.says("/help")).text
    assert "Согласия сейчас нет" in (await stranger.says("/privacy")).text
    for command in ("/survey", "/results", "/report", "/menu", "/cancel", "/nonsense", "привет"):
        assert "по приглашению" in (await stranger.says(command)).text


async def test_a_bad_link_is_explained(town: Town) -> None:
    school = await town.school()
    first, second = town.person(), town.person()
    assert "Такого приглашения нет" in (await first.says("/start чужой-токен")).text

    used = await town.invite(Role.TEACHER, school, uses=1)
    await first.says(f"/start {used}")
    await first.taps("Согласие даю")
    assert "уже воспользовались" in (await second.says(f"/start {used}")).text

    old = await town.invite(Role.TEACHER, school)
    past = (working_hours() - timedelta(hours=1)).astimezone(UTC)
    await town.change("UPDATE invites SET expires_at = :past WHERE token = :token", past=str(past)[:19], token=old)
    answer = await second.says(f"/start {old}")
    assert "Срок этого приглашения истёк" in answer.text
    assert "куратора" in answer.text


async def test_the_last_seat_is_taken_by_one(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school(), uses=1)
    first, second = town.person(), town.person()
    await first.says(f"/start {token}")
    await second.says(f"/start {token}")
    await first.taps("Согласие даю")
    assert "уже воспользовались" in (await second.taps("Согласие даю")).text
    assert len(await town.rows("SELECT id FROM people")) == 1


async def test_wrong_answers_are_explained_and_lose_nothing(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school())
    maria = town.person("😀", "")
    await maria.says(f"/start {token}")
    await maria.taps("Согласие даю")

    for name in ("😀", "<b>", "Мария", "12345", "я" * 4000):
        assert "Как вас зовут" in (await maria.says(name)).text
    await maria.says("  Петрова   Анна  Ивановна ")
    town.messenger.send_sticker(maria.id)
    await town.quiet()
    assert "только текст и кнопки" in maria.last.text
    assert "Кем вы работаете" in maria.last.text
    assert "словами" in (await maria.says("!!!")).text
    await maria.says("<b>Тьютор & логопед</b>")
    assert "предмет" in maria.last.text
    await maria.taps("Не веду предмет")
    for years in ("давно", "-3", "200", "5 или 6"):
        assert "стаж" in (await maria.says(years)).text.casefold()
    await maria.says("30 лет")
    for year in ("76", "1890", "2025", "2000"):
        assert "год" in (await maria.says(year)).text.casefold()
        assert "Знакомство: 5 из 5" in maria.last.text
    check = await maria.says("1970")
    assert "Петрова Анна Ивановна" in check.text
    assert "<b>Тьютор & логопед</b>" in check.text
    assert "30\xa0лет" in check.text


async def test_a_field_is_mended_from_the_check_card(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school())
    maria = town.person()
    await maria.says(f"/start {token}")
    await maria.taps("Согласие даю")
    await maria.says("Иванова Мария")
    await maria.taps("Директор")
    back = await maria.taps("‹ Назад")
    assert "Сейчас указано: Директор" in back.text
    await maria.taps("Учитель")
    await maria.says("Астрономия")
    await maria.says("7")
    await maria.says("1990")
    question = await maria.taps("✎ Предмет")
    assert "Сейчас указано: Астрономия" in question.text
    assert "Астрономия" in (await maria.taps("‹ Не менять")).text
    await maria.taps("✎ Предмет")
    check = await maria.taps("Химия")
    assert "Проверьте" in check.text
    assert "Химия" in check.text
    assert "7\xa0лет" in check.text


async def test_registration_survives_a_restart_and_cancel(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school())
    maria = town.person()
    await maria.says(f"/start {token}")
    await maria.taps("Согласие даю")
    await maria.says("Иванова Мария")
    await town.stop_bot()
    await town.start_bot()
    assert "Кем вы работаете" in (await maria.says("/start")).text
    assert "сохранено" in (await maria.says("/cancel")).text
    assert "Какой предмет" in (await maria.says("Учитель")).text


async def test_old_buttons_of_the_registration_change_nothing(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school())
    maria = town.person("Мария", "Иванова")
    await maria.says(f"/start {token}")
    await maria.taps("Согласие даю")
    name = maria.last
    await maria.taps("Иванова Мария")
    await maria.taps("Учитель")
    subject = maria.last
    await maria.says("Математика")
    assert "стаж" in (await maria.taps("Физика", subject)).text
    assert "стаж" in (await maria.taps("Иванова Мария", name)).text
    await maria.says("5")
    await maria.says("1990")
    check = maria.last
    assert "Математика" in check.text
    await maria.taps("Всё верно")
    await maria.taps("Всё верно", check)
    assert len(await town.rows("SELECT id FROM people")) == 1


async def test_a_second_role_is_offered_and_taken(town: Town) -> None:
    school = await town.school("Школа № 2")
    maria = await town.person().registers(Role.TEACHER, school)
    token = await town.invite(Role.CURATOR, school)
    assert "куратор, Школа № 2" in (await maria.says(f"/start {token}")).text
    menu = await maria.taps("Принять")
    assert "теперь вы ещё и куратор" in menu.text.casefold()
    await town.server.until(lambda: "report" in {c["command"] for c in town.messenger.commands_for(maria.id)})
    assert "что сделаем" in (await maria.says(f"/start {token}")).text


async def test_consent_is_revoked_and_given_again(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.begins(BOYKO)
    await maria.taps("Да")
    question = maria.last
    await maria.says("/privacy")
    await maria.taps("Отозвать согласие")
    assert "Согласие отозвано" in (await maria.taps("Отозвать согласие")).text

    await maria.taps("Да", question)
    (session,) = await town.rows("SELECT answers, state FROM survey_sessions")
    assert session.answers.count(".") == 83
    assert session.state == "stopped"
    for attempt in ("/results", "/menu", "/cancel"):
        assert "Прежде чем начать" in (await maria.says(attempt)).text
    assert "что сделаем" not in (await maria.says("/help")).text
    assert "Прежде чем начать" in (await maria.says("/start")).text
    assert "что сделаем" in (await maria.taps("Согласие даю")).text


async def test_the_administrator_of_the_settings_comes_in_without_an_invite(found: Founder) -> None:
    town = await found(admin_ids="777", region="Приморье")
    admin = town.person(user_id=777)
    assert "администратор службы" in (await admin.says("/start")).text
    await admin.taps("Согласие даю")
    await admin.says("Дёмин Сергей Ильич")
    check = await admin.says("Администратор")
    assert "стаж" not in check.text.casefold(), "an administrator is not asked about teaching"
    menu = await admin.taps("Всё верно")
    assert "администратор, Приморье" in menu.text

    stranger = town.person(user_id=778)
    assert "по приглашению" in (await stranger.says("/start")).text
    assert "по приглашению" in (await stranger.taps_data("consent:agree")).text
    assert len(await town.rows("SELECT id FROM people")) == 1


async def on_the_roster(town: Town, school: int, name: str, birth_year: int) -> str:
    """The token of the personal invite of somebody whom only a roster has told of."""
    await town.change(
        "INSERT INTO people (full_name, name_key, position, subject, years_of_work, birth_year, category,"
        " profile_on, origin, created_at) VALUES (:name, :key, 'Учитель', 'Химия', 20, :birth, 'высшая',"
        " '2026-09-01', 'roster', '2026-09-01 00:00:00')",
        name=name,
        key=name_key(name),
        birth=birth_year,
    )
    await town.change(
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " SELECT max(id), 'teacher', :school, '2026-09-01 00:00:00' FROM people",
        school=school,
    )
    ((person,),) = await town.rows("SELECT max(id) FROM people")
    return await town.invite(Role.TEACHER, school, person=person)


async def test_a_personal_link_makes_the_roster_record_ones_own(town: Town) -> None:
    school = await town.school()
    token = await on_the_roster(town, school, "Орлова Нина Павловна", 1975)
    other_link = await town.invite(Role.TEACHER, school, person=1)
    nina = town.person("Ниночка", "")
    consent = await nina.says(f"/start {token}")
    assert "Согласие" in consent.text
    check = await nina.taps("Согласие даю")
    assert "Орлова Нина Павловна" in check.text
    assert "20\xa0лет" in check.text
    assert "вы зарегистрированы" in (await nina.taps("Всё верно")).text
    ((people, category),) = await town.rows("SELECT count(*), min(category) FROM people")
    assert (people, category) == (1, "высшая")

    stranger = town.person()
    assert "воспользовались" in (await stranger.says(f"/start {token}")).text
    assert "отозвано" in (await stranger.says(f"/start {other_link}")).text
    assert await town.rows("SELECT id FROM accounts WHERE external_id = :user", user=stranger.id) == []


async def test_who_comes_by_the_schools_link_finds_their_roster_record(town: Town) -> None:
    school = await town.school()
    token = await on_the_roster(town, school, "Фёдорова Анна Ивановна", 1980)
    await on_the_roster(town, school, "Фёдорова Анна Ивановна", 1990)
    anna = town.person()
    await anna.registers(Role.TEACHER, school, "федорова анна ивановна")
    assert [
        tuple(row) for row in await town.rows("SELECT birth_year, category FROM people ORDER BY birth_year")
    ] == [
        (1980, "высшая"),
        (1990, "высшая"),
    ]
    assert len(await town.rows("SELECT id FROM roles")) == 2
    assert "отозвано" in (await town.person().says(f"/start {token}")).text


async def test_a_personal_link_of_somebody_else_is_refused(town: Town) -> None:
    school = await town.school()
    token = await on_the_roster(town, school, "Орлова Нина Павловна", 1975)
    nina = town.person()
    await nina.says(f"/start {token}")
    await nina.taps("Согласие даю")
    await nina.taps("Всё верно")
    vera = await town.person().registers(Role.TEACHER, school, "Зуева Вера Львовна")
    spare = await town.invite(Role.TEACHER, school, person=1)
    refused = await vera.says(f"/start {spare}")
    assert "для другого человека" in refused.text
    assert "что сделаем" in (await vera.taps("Меню")).text
    names = [row.full_name for row in await town.rows("SELECT full_name FROM people ORDER BY id")]
    assert names == ["Орлова Нина Павловна", "Зуева Вера Львовна"]


async def test_ones_own_printed_link_opens_the_bot_again(town: Town) -> None:
    school = await town.school()
    token = await on_the_roster(town, school, "Орлова Нина Павловна", 1975)
    nina = town.person()
    await nina.says(f"/start {token}")
    await nina.taps("Согласие даю")
    assert "Проверьте" in (await nina.says(f"/start {token}")).text
    await nina.taps("Всё верно")
    assert "Нина Павловна, что сделаем" in (await nina.says(f"/start {token}")).text


async def test_ones_own_link_for_another_phone_is_not_used_up_on_this_one(town: Town) -> None:
    school = await town.school()
    maria = await town.person().registers(Role.TEACHER, school)
    link = await town.invite(Role.TEACHER, school, person=1)
    answer = await maria.says(f"/start {link}")
    assert "откройте эту ссылку на нём" in answer.text
    assert "что сделаем" in answer.text
    phone = town.person("Мария", "со второго телефона")
    await phone.says(f"/start {link}")
    assert "Мария Петровна" in (await phone.taps("Согласие даю")).text


async def test_a_colleagues_card_is_not_taken_over(town: Town) -> None:
    school = await town.school()
    token = await on_the_roster(town, school, "Орлова Нина Павловна", 1975)
    vera = await town.person().registers(Role.TEACHER, school, "Зуева Вера Львовна")
    assert "для другого человека" in (await vera.says(f"/start {token}")).text
    names = {row.full_name for row in await town.rows("SELECT full_name FROM people")}
    assert names == {"Орлова Нина Павловна", "Зуева Вера Львовна"}
    assert "согласие" in (await town.person().says(f"/start {token}")).text, "the card still waits for its person"


async def test_a_teacher_whom_the_settings_name_later_is_an_administrator(found: Founder) -> None:
    town = await found()
    maria = await town.person(user_id=777).registers(Role.TEACHER, await town.school())
    await town.stop_bot()
    town.settings = town.settings.model_copy(update={"admin_ids": frozenset({777})})
    await town.start_bot()
    assert "администратор, Регион" in (await maria.says("/start")).text


async def test_a_second_phone_is_the_same_person(town: Town) -> None:
    school = await town.school()
    maria = await town.person().registers(Role.TEACHER, school)
    link = await town.invite(Role.TEACHER, school, person=1)
    phone = town.person("Мария", "со второго телефона")
    await phone.says(f"/start {link}")
    menu = await phone.taps("Согласие даю")
    assert "Мария Петровна" in menu.text
    assert len(await town.rows("SELECT id FROM people")) == 1
    assert {row.external_id for row in await town.rows("SELECT external_id FROM accounts")} == {maria.id, phone.id}


async def test_a_new_version_of_the_consent_is_asked_at_the_next_tap(found: Founder, tmp_path: Path) -> None:
    town = await found()
    maria = await town.person().registers(Role.TEACHER, await town.school())
    menu = maria.last
    await town.stop_bot()
    file = tmp_path / "consent.yaml"
    ours = OURS.read_text(encoding="utf-8")
    file.write_text(ours.replace('version: "3"', 'version: "4-район"').replace("службы поддержки", "нашего РМК"))
    town.settings = town.settings.model_copy(update={"consent_file": file})
    await town.start_bot()
    asked = await maria.taps("Мои результаты", menu)
    assert "Текст согласия изменился" in asked.text
    assert "нашего РМК" in asked.text
    assert "4-район" in (await maria.taps("Прочитать полностью")).text
    assert "согласие получено" in (await maria.taps("Согласие даю")).text
    versions = [
        (row.version, row.revoked_at is None) for row in await town.rows("SELECT * FROM consents ORDER BY id")
    ]
    assert versions == [("3", False), ("4-район", True)]


async def test_words_mend_or_confirm_the_check_card(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school())
    maria = town.person()
    await maria.says(f"/start {token}")
    await maria.taps("Согласие даю")
    for words in ("соколова-иванова марина петровна", "Учитель", "Химия", "7", "1990"):
        await maria.says(words)
    assert "Соколова-Иванова Марина Петровна" in maria.last.text
    assert "Нажмите «Всё верно»" in (await maria.says("что-то не так")).text
    assert "вы зарегистрированы" in (await maria.says("всё верно")).text


async def test_a_role_taken_with_a_new_consent_is_in_the_menu(town: Town) -> None:
    school = await town.school("Школа № 2")
    maria = await town.person().registers(Role.TEACHER, school)
    await maria.says("/privacy")
    await maria.taps("Отозвать согласие")
    await maria.taps("Отозвать согласие")
    await maria.says(f"/start {await town.invite(Role.CURATOR, school)}")
    menu = await maria.taps("Согласие даю")
    assert "куратор, Школа № 2" in menu.text
    assert "Отчёт" in str(menu.keyboard)
