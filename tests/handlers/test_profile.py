"""/profile: one's own data, school and phones."""

from handlers.profile.taps import PhoneTap
from services.people.model import Role
from tests.handlers.test_people import changed, link_in
from tests.handlers.test_results import finished
from tests.town import Town, data_of, titles


async def test_every_field_is_changed(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school("Школа № 3"))
    card = await maria.says("/profile")
    assert "Имя: Иванова Мария Петровна" in card.text
    assert "Стаж: 12\xa0лет" in card.text
    assert "Категория: не указано" in card.text
    assert "педагог, Школа № 3" in card.text
    assert "молодой специалист" not in card.text

    await maria.taps("✎ Имя")
    assert "Нужны хотя бы" in (await maria.says("Петрова")).text
    assert "Имя: Петрова Мария Петровна" in (await maria.says("Петрова Мария Петровна")).text
    await maria.taps("✎ Предмет")
    assert "Предмет: Физика" in (await maria.taps("Физика")).text
    await maria.taps("✎ Категория")
    assert "кнопкой" in (await maria.says("доктор наук")).text
    assert "Категория: высшая" in (await maria.taps("Высшая")).text
    await maria.taps("✎ Год рождения")
    assert "не сходится" in (await maria.says("2004")).text
    await maria.taps("‹ Не менять")
    await maria.taps("✎ Стаж")
    early = await maria.taps("Первый год")
    assert "Вы молодой специалист: вы в школе меньше 3 лет." in early.text
    await maria.taps("✎ Год рождения")
    assert "вам меньше 35 лет и вы в школе меньше 3 лет" in (await maria.says("2003")).text
    await maria.taps("✎ Должность")
    assert "Должность: <b>Завуч</b> & тьютор" in (await maria.says("<b>Завуч</b> & тьютор")).text

    [row] = await town.rows("SELECT full_name, name_key, subject, category, years_of_work, birth_year FROM people")
    assert tuple(row) == ("Петрова Мария Петровна", "петрова мария петровна", "Физика", "высшая", 0, 2003)
    actions = await town.rows("SELECT action, details FROM audit")
    assert {row.action for row in actions} == {"consent_given", "profile_changed"}
    assert "Физика" not in str(actions)


async def test_years_that_have_passed_count_and_are_not_reset_by_another_field(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await town.change("UPDATE people SET profile_on = '2020-01-01', years_of_work = 2")
    card = await maria.says("/profile")
    assert "Стаж: 2\xa0года" not in card.text
    await maria.taps("✎ Предмет")
    await maria.taps("Химия")
    [row] = await town.rows("SELECT years_of_work, profile_on FROM people")
    assert (row.years_of_work, str(row.profile_on)) == (2, "2020-01-01")


async def test_old_buttons_and_cancel_change_nothing(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/profile")
    subject = await maria.taps("✎ Предмет")
    data = data_of(subject, "Физика")
    assert "главном меню" in (await maria.says("/cancel")).text
    await maria.says("Астрономия")
    await maria.taps("Физика", subject)
    for forged in ("profvalue:subject:99", "profedit:password", "profvalue:years:0", data):
        await maria.taps_data(forged)
    [row] = await town.rows("SELECT subject, years_of_work FROM people")
    assert tuple(row) == ("Математика", 12)


async def test_moving_to_another_school_takes_the_roles_along(town: Town) -> None:
    first, second = await town.school("Школа № 1"), await town.school("Школа № 2")
    await town.school("Чужая", "Дальний район")
    maria = await town.person().registers(Role.TEACHER, first)
    for role in (Role.MENTOR, Role.CURATOR):
        await maria.says(f"/start {await town.invite(role, first)}")
        await maria.taps("Принять")
    await asked_by_campaigns(town, first, second)
    await maria.says("/profile")
    schools = await maria.taps("Сменить школу")
    assert titles(schools) == ["Школа № 2", "‹ Остаться"]
    asked = await maria.taps("Школа № 2")
    assert "Роль куратора не переходит" in asked.text
    card = await maria.taps("Сменить школу")
    assert "Готово, теперь ваша школа: Школа № 2." in card.text
    await maria.taps("Сменить школу", asked)
    assert maria.toasts[-1] == "Вы уже не в этой школе."
    rows = await town.rows("SELECT role, organisation_id FROM roles ORDER BY role")
    assert [tuple(row) for row in rows] == [("curator", first), ("mentor", second), ("teacher", second)]
    asked_in = await town.rows("SELECT title, school_id FROM campaign_people JOIN campaigns ON id = campaign_id")
    assert {tuple(row) for row in asked_in} == {("Район", second), ("Пройдена", first), ("Новая школа", second)}
    invited = await town.rows("SELECT payload FROM outbox WHERE kind = 'campaign_invite'")
    assert len(invited) == 2, "to the campaign of the new school, and to the district's, which had not written yet"


async def asked_by_campaigns(town: Town, first: int, second: int) -> None:
    """Running campaigns for teachers; all but the one of the second school ask the only person."""
    district = await town.municipality()
    campaigns = (
        ("Район", district, False),
        ("Только школа", first, False),
        ("Пройдена", district, True),
        ("Новая школа", second, None),
    )
    for number, (title, place, done) in enumerate(campaigns, 1):
        await town.change(
            "INSERT INTO campaigns (id, organisation_id, instrument, title, audience, anonymous, state, ends_on,"
            " created_at, launched_at) VALUES (:id, :place, 'boyko', :title, :audience, 0, 'running',"
            " '2099-01-01', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            id=number,
            place=place,
            title=title,
            audience='{"roles": ["teacher"]}',
        )
        if done is not None:
            await town.change(
                "INSERT INTO campaign_people (campaign_id, person_id, school_id, finished)"
                " SELECT :id, max(id), :school, :finished FROM people",
                id=number,
                school=first,
                finished=done,
            )


async def test_nobody_moves_to_a_school_of_another_district(town: Town) -> None:
    first, foreign = await town.school("Школа № 1"), await town.school("Чужая", "Дальний район")
    maria = await town.person().registers(Role.TEACHER, first)
    await maria.says("/profile")
    assert "Других школ в вашем районе пока нет" in (await maria.taps("Сменить школу")).text
    for data in (
        f"move:{first}:{foreign}:1",
        f"move:{foreign}:{first}:1",
        f"leave:{foreign}:1",
        f"schools:{foreign}:0",
    ):
        await maria.taps_data(data)
    [row] = await town.rows("SELECT organisation_id FROM roles")
    assert row.organisation_id == first
    assert "Чужая" not in " ".join(message.words for message in maria.history)


async def test_leaving_the_school_keeps_the_results_and_says_how_to_return(town: Town) -> None:
    school = await town.school("Школа № 1")
    maria = await town.person().registers(Role.CURATOR, school)
    await maria.says(f"/start {await town.invite(Role.TEACHER, school)}")
    await maria.taps("Принять")
    await finished(town, maria, "n" * 84, "2026-03-01")
    await maria.says("/profile")
    asked = await maria.taps("Уйти из школы")
    assert "Другого куратора в школе нет" in asked.text
    assert "Закончатся роли: куратор, педагог" in asked.text
    menu = await maria.taps("Уйти из школы")
    assert "вы ушли из школы: Школа № 1." in menu.text
    assert "ссылку-приглашение" in menu.text
    await maria.taps("Уйти из школы", asked)
    assert "не состоите в школе" in changed(maria, menu).text
    assert "открыт кураторам" in (await maria.says("/report")).text
    assert "Пройдено 1" in (await maria.says("/results")).text
    await town.server.until(
        lambda: "report" not in {each["command"] for each in town.messenger.commands_for(maria.id)}
    )
    await maria.says("/profile")
    assert "Подключить ещё один телефон" not in titles(maria.last)
    assert "пока вы состоите в школе" in (await maria.taps_data(PhoneTap().pack())).text
    await maria.says(f"/start {await town.invite(Role.TEACHER, school)}")
    assert "педагог, Школа № 1" in (await maria.taps("Принять")).text


async def test_another_phone_is_the_same_person(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await finished(town, maria, "n" * 84, "2026-03-01")
    await maria.says("/profile")
    screen = await maria.taps("Подключить ещё один телефон")
    assert "войдёт как вы" in screen.text
    await maria.taps("QR-код")
    assert "войдёт как вы" in (await maria.gets_picture()).caption

    known = town.person("Ольга")
    await known.registers(Role.TEACHER, await town.school(), "Ветрова Ольга Ивановна")
    assert "для другого человека" in (await known.says(f"/start {link_in(screen)}")).text

    second, stranger = town.person("Мария", "Иванова"), town.person("Чужой")
    await stranger.says(f"/start {link_in(screen)}")
    await second.says(f"/start {link_in(screen)}")
    menu = await second.taps("Согласие даю")
    assert "Мария Петровна, что сделаем" in menu.text
    assert "Пройдено 1" in (await second.says("/results")).text
    [one, two] = await town.rows(
        "SELECT person_id FROM accounts WHERE external_id IN (:one, :two)", one=maria.id, two=second.id
    )
    assert one.person_id == two.person_id

    assert "уже воспользовались" in (await stranger.taps("Согласие даю")).text
    assert "уже воспользовались" in (await stranger.says(f"/start {link_in(screen)}")).text
    assert await town.rows("SELECT id FROM accounts WHERE external_id = :id", id=stranger.id) == []


async def test_a_new_phone_link_ends_the_former_and_a_lost_role_ends_it(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/profile")
    card = maria.last
    first = link_in(await maria.taps("Подключить ещё один телефон"))
    second = link_in(await maria.taps("Подключить ещё один телефон", card))
    assert first != second
    stranger = town.person()
    assert "отозвано" in (await stranger.says(f"/start {first}")).text
    await maria.says("/profile")
    await maria.taps("Уйти из школы")
    await maria.taps("Уйти из школы")
    assert "отозвано" in (await stranger.says(f"/start {second}")).text


async def test_the_hour_of_reminders_is_one_s_own(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    assert "Напоминания: с 10:00" in (await maria.says("/profile")).text
    hours = await maria.taps("Когда напоминать")
    assert "✓ 10:00" in titles(hours)
    assert not {"7:00", "20:00"} & set(titles(hours))
    assert "Напоминания: с 17:00" in (await maria.taps("17:00")).text
    assert "✓ 17:00" in titles(await maria.taps("Когда напоминать"))
    assert "Сейчас: с 17:00" in (await maria.taps_data("remhour:3")).text
    assert [tuple(row) for row in await town.rows("SELECT reminder_hour FROM people")] == [(17,)]
