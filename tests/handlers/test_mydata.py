"""A copy of one's data, and its end."""

import io
import json
import zipfile
from datetime import datetime, timedelta

from handlers.mydata.taps import EraseTap, ExportTap
from services.people.model import Role
from tests.conftest import Founder
from tests.handlers.test_results import finished
from tests.town import Person, Town, data_of

NAME = "Щукина Агафья Тихоновна"


async def file_of(person: Person, count: int = 1) -> zipfile.ZipFile:
    """The copy that the bot sends."""

    def received() -> list[bytes]:
        return [message.document.data for message in person.history if message.document]

    await person.town.server.until(lambda: len(received()) >= count, timeout=30)
    return zipfile.ZipFile(io.BytesIO(received()[-1]))


async def test_the_copy_has_the_profile_the_answers_and_the_results(town: Town) -> None:
    agafya = await town.person().registers(Role.TEACHER, await town.school(), NAME)
    await finished(town, agafya, "n" * 84, "2026-02-03")
    await agafya.says("/privacy")
    await agafya.taps("Мои данные: выгрузить")
    assert "Собираю ваши данные" in agafya.toasts[-1]
    archive = await file_of(agafya)
    told = json.loads(archive.read("data.json"))
    sections = {section["название"]: section["записи"] for section in told["разделы"]}
    assert sections["Кто вы"][0]["Имя"] == NAME
    assert sections["Роли"][0]["Роль"] == "педагог"
    assert sections["Роли"][0]["Где"] == "Школа № 1"
    [answers] = [records for title, records in sections.items() if title.endswith("03.02.2026: ответы")]
    assert [record["Ответ"] for record in answers] == ["Нет"] * 84
    [result] = [records for title, records in sections.items() if title.endswith("03.02.2026: результат")]
    assert result[-1] == {"Шкала": "Всего", "Баллы": "68 из 363"}
    assert "запрошена копия своих данных" in json.dumps(sections["Журнал действий"], ensure_ascii=False)
    page = archive.read("data.html").decode()
    assert NAME in page
    assert "68 из 363" in page


async def test_the_copy_of_one_has_nothing_of_another(town: Town) -> None:
    school = await town.school()
    await town.person().registers(Role.TEACHER, school, NAME)
    maria = await town.person().registers(Role.TEACHER, school)
    await maria.says("/privacy")
    await maria.taps("Мои данные: выгрузить")
    archive = await file_of(maria)
    assert "Щукина" not in archive.read("data.json").decode()
    assert "Иванова" in archive.read("data.json").decode()


async def test_without_a_consent_there_is_no_copy(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/privacy")
    await maria.taps("Отозвать согласие")
    await maria.taps("Отозвать согласие")
    await maria.taps_data(ExportTap().pack())
    assert "нужно ваше согласие" in maria.last.text
    assert await town.rows("SELECT id FROM outbox WHERE kind = 'data_export'") == []


async def test_the_end_needs_two_steps_and_can_be_left(town: Town) -> None:
    agafya = await town.person().registers(Role.TEACHER, await town.school(), NAME)
    await agafya.says("/privacy")
    asked = await agafya.taps("Удалить мои данные")
    assert "общие цифры групп" in asked.text
    assert "Вернуть удалённое нельзя" in asked.text
    assert "Ваши данные" in (await agafya.taps("Не удалять")).text
    assert await town.rows("SELECT full_name FROM people") == [(NAME,)]


async def test_after_the_end_the_bot_knows_nobody(town: Town) -> None:
    agafya = await town.person().registers(Role.TEACHER, await town.school(), NAME)
    await finished(town, agafya, "n" * 84, "2026-02-03")
    await agafya.says("/survey")
    await agafya.says("/privacy")
    await agafya.taps("Удалить мои данные")
    assert "ваших данных в службе больше нет" in (await agafya.taps("Удалить навсегда")).text
    for table in ("people", "accounts", "survey_sessions", "conversations", "outbox", "roles"):
        assert await town.rows(f"SELECT * FROM {table}") == [], table
    assert "Вход по приглашению" in (await agafya.says("/start")).text
    assert "Согласия сейчас нет" in (await agafya.says("/privacy")).text
    [entry] = await town.rows("SELECT actor_id, person_id FROM audit WHERE action = 'person_deleted'")
    assert entry.actor_id == entry.person_id < 0


async def test_a_second_tap_on_the_end_still_says_that_it_is_done(town: Town) -> None:
    agafya = await town.person().registers(Role.TEACHER, await town.school(), NAME)
    await agafya.says("/privacy")
    asked = await agafya.taps("Удалить мои данные")
    for _ in range(2):
        town.messenger.tap(agafya.id, asked.id, data_of(asked, "Удалить навсегда"))
    await town.quiet()
    assert "ваших данных в службе больше нет" in agafya.last.text


async def test_before_the_end_a_copy_is_offered(town: Town) -> None:
    agafya = await town.person().registers(Role.TEACHER, await town.school(), NAME)
    await agafya.says("/privacy")
    await agafya.taps("Удалить мои данные")
    await agafya.taps("Сначала выгрузить")
    assert NAME in (await file_of(agafya)).read("data.html").decode()


async def test_after_the_end_one_may_come_in_anew(town: Town) -> None:
    school = await town.school()
    agafya = await town.person().registers(Role.TEACHER, school, NAME)
    await finished(town, agafya, "n" * 84, "2026-02-03")
    await agafya.says("/privacy")
    await agafya.taps("Удалить мои данные")
    await agafya.taps("Удалить навсегда")
    await agafya.registers(Role.TEACHER, school, NAME)
    assert "Результатов пока нет" in (await agafya.says("/results")).text


async def test_who_has_revoked_the_consent_may_still_end_their_data(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/privacy")
    await maria.taps("Отозвать согласие")
    await maria.taps("Отозвать согласие")
    await maria.says("/privacy")
    await maria.taps("Удалить мои данные")
    await maria.taps("Удалить навсегда")
    assert await town.rows("SELECT * FROM people") == []


async def test_the_last_administrator_may_go_too(found: Founder) -> None:
    town = await found(admin_ids=frozenset({77}))
    admin = town.person(user_id=77)
    await admin.says("/start")
    await admin.taps("Согласие даю")
    await admin.says("/privacy")
    await admin.taps("Удалить мои данные")
    await admin.taps("Удалить навсегда")
    assert await town.rows("SELECT * FROM people") == []
    assert "администратор" in (await admin.says("/start")).text


async def test_a_button_of_long_ago_asks_anew(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    for forged in (EraseTap(do="for_ever"), EraseTap(do="for_ever", minute=2**31 - 1)):
        assert "Удалить все ваши данные?" in (await maria.taps_data(forged.pack())).text
    assert len(await town.rows("SELECT * FROM people")) == 1


async def test_a_stranger_has_nothing_to_end(town: Town) -> None:
    stranger = town.person()
    await stranger.says("/start")
    assert "Вход по приглашению" in (await stranger.taps_data(EraseTap(do="ask").pack())).text


async def test_many_taps_in_a_minute_make_one_copy(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    assert town.house is not None
    standing = town.house.desk.clock()
    await town.stop_bot()

    def clock() -> datetime:
        return standing

    await town.start_bot(clock)
    await maria.says("/privacy")
    asked = maria.last
    for _ in range(3):
        await maria.taps("Мои данные: выгрузить", asked)
    standing += timedelta(minutes=2)
    await maria.taps("Мои данные: выгрузить", asked)
    await file_of(maria, 2)
    assert len(await town.rows("SELECT id FROM outbox WHERE kind = 'data_export'")) == 2
