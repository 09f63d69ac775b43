"""Showing one result to one psychologist."""

from handlers.mydata.taps import ExportTap
from handlers.sharing.taps import ShareEndTap, ShareTap, ShownTap
from services.people.model import Role
from tests.handlers.test_mydata import file_of
from tests.handlers.test_results import finished
from tests.town import DISTRICT, Person, Town, titles

HELPER = "Тихонова Вера Ильинична"


async def psychologist(
    town: Town, school: int, name: str = HELPER, position: str = "Педагог-психолог", role: Role = Role.TEACHER
) -> Person:
    helper = await town.person().registers(role, school, name)
    await town.change(
        "UPDATE people SET position = :position"
        " WHERE id = (SELECT person_id FROM accounts WHERE external_id = :user)",
        position=position,
        user=helper.id,
    )
    return helper


async def with_result(town: Town, school: int) -> tuple[Person, int]:
    """A teacher with one result, and its number."""
    maria = await town.person().registers(Role.TEACHER, school)
    await finished(town, maria, "y" * 84, "2026-02-03")
    [row] = await town.rows("SELECT max(id) FROM survey_sessions")
    return maria, row[0]


async def shows(maria: Person, session: int, name: str = HELPER) -> None:
    await maria.taps_data(ShareTap(session=session).pack())
    await maria.taps(name)
    await maria.taps("Показать")


async def hears(helper: Person) -> None:
    """Wait until all news sent so far have come."""
    town = helper.town

    news = len(await town.rows("SELECT id FROM outbox WHERE kind = 'shared_result'"))
    await town.server.until(
        lambda: sum("показывает вам один результат" in message.text for message in helper.history) == news,
        timeout=20,
    )


async def noted(town: Town) -> list[str]:
    rows = await town.rows("SELECT action FROM audit WHERE action LIKE '%shar%' ORDER BY id")
    return [row.action for row in rows]


async def test_nobody_to_show_it_to(town: Town) -> None:
    maria, session = await with_result(town, await town.school())
    assert "психологов в боте пока нет" in (await maria.taps_data(ShareTap(session=session).pack())).text


async def test_the_owner_shows_one_result_and_the_psychologist_reads_it_alone(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, await town.school("Школа № 2"))
    maria, session = await with_result(town, school)
    asked = await maria.taps_data(ShareTap(session=session).pack())
    assert "забрать назад бот не сможет" in asked.text
    confirmed = await maria.taps(f"{HELPER}, Школа № 2")
    assert "Увидит: один результат от 3\xa0февраля 2026\xa0г., больше ничего." in confirmed.text
    done = await maria.taps("Показать")
    assert f"Видит: {HELPER}" in done.text
    assert "результат ещё не открыт" in done.text

    await hears(helper)
    assert "Иванова Мария Петровна" in helper.last.text
    assert "Напряжение" not in helper.last.text
    read = await helper.taps("Открыть")
    assert "Иванова Мария Петровна" in read.text
    assert "Напряжение" in read.text
    assert titles(helper.last) == ["Убрать с экрана", "Меню"]
    assert "Напряжение" not in (await helper.taps("Убрать с экрана")).text
    await helper.taps("Открыть")

    await maria.says("/privacy")
    assert "результат открыт впервые" in (await maria.taps("Кому я показываю результаты")).text
    assert await noted(town) == ["result_shared", "share_opened", "share_opened"]


async def test_closing_works_at_once_and_for_messages_already_sent(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, session = await with_result(town, school)
    await shows(maria, session)
    await hears(helper)
    await maria.says("/privacy")
    await maria.taps("Кому я показываю результаты")
    closed = await maria.taps("Закрыть доступ")
    assert "Доступ закрыт." in closed.text
    assert "Сейчас никому" in closed.text
    assert "Доступ к этому результату закрыт" in (await helper.taps("Открыть")).text
    assert await noted(town) == ["result_shared", "share_revoked"]


async def test_several_are_told_apart_by_numbers(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, first = await with_result(town, school)
    await finished(town, maria, "n" * 84, "2026-03-04")
    await shows(maria, first)
    await shows(maria, first + 1)
    await hears(helper)
    listed = await maria.taps_data("shares:0")
    # The newest is first.
    assert "1. Эмоциональное выгорание, тест Бойко, 4\xa0марта" in listed.text
    assert titles(maria.last)[:2] == ["Закрыть доступ: 1", "Закрыть доступ: 2"]
    await maria.taps("Закрыть доступ: 2")
    [left] = await town.rows("SELECT session_id FROM shares WHERE revoked_at IS NULL")
    assert left.session_id == first + 1
    assert titles(maria.last)[0] == "Закрыть доступ"


async def test_the_copy_of_ones_data_names_the_result_that_is_shown(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, session = await with_result(town, school)
    await shows(maria, session)
    await hears(helper)
    await maria.taps_data(ExportTap().pack())
    page = (await file_of(maria)).read("data.html").decode()
    assert "<dt>Результат</dt><dd>Эмоциональное выгорание, тест Бойко, 03.02.2026</dd>" in page


async def test_a_result_has_one_viewer_at_a_time(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    await psychologist(town, school, "Вторая Анна Ивановна")
    maria, session = await with_result(town, school)
    await shows(maria, session)
    await hears(helper)
    again = await maria.taps_data(ShareTap(session=session).pack())
    assert "сначала закройте этот доступ" in again.text
    await maria.taps("Закрыть доступ")
    await shows(maria, session, "Вторая")
    rows = await town.rows("SELECT viewer_id FROM shares WHERE revoked_at IS NULL")
    assert len(rows) == 1


async def test_who_has_power_over_the_school_is_not_offered_and_cannot_be_forged(town: Town) -> None:
    school = await town.school()
    district = await town.municipality(DISTRICT)
    await psychologist(town, school, "Куратор Анна Ивановна", role=Role.CURATOR)
    await psychologist(town, district, "Методист Анна Ивановна", role=Role.METHODIST)
    await psychologist(town, await town.school("Школа № 9", "Речной район"), "Чужая Анна Ивановна")
    await psychologist(town, school, "Учитель Анна Ивановна", position="Учитель")
    maria, session = await with_result(town, school)
    for row in await town.rows("SELECT id FROM people"):
        screen = await maria.taps_data(ShareTap(session=session, viewer=row.id, sure=True).pack())
        assert "психологов в боте пока нет" in screen.text
    assert await town.rows("SELECT id FROM shares") == []


async def test_only_the_owner_shows_and_closes_and_only_the_viewer_reads(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    other_helper = await psychologist(town, school, "Вторая Анна Ивановна")
    maria, session = await with_result(town, school)
    [row] = await town.rows("SELECT person_id FROM accounts WHERE external_id = :user", user=helper.id)
    olga = await town.person("Ольга").registers(Role.TEACHER, school, "Петрова Ольга Ивановна")
    await olga.taps_data(ShareTap(session=session, viewer=row.person_id, sure=True).pack())
    assert await town.rows("SELECT id FROM shares") == []

    await shows(maria, session)
    await hears(helper)
    [share] = await town.rows("SELECT id FROM shares")
    for somebody in (olga, helper, other_helper):
        await somebody.taps_data(ShareEndTap(share=share.id).pack())
    assert len(await town.rows("SELECT id FROM shares WHERE revoked_at IS NULL")) == 1
    for somebody in (olga, maria, other_helper):
        refused = await somebody.taps_data(ShownTap(share=share.id).pack())
        assert "Доступ к этому результату закрыт" in refused.text
    assert "Напряжение" in (await helper.taps_data(ShownTap(share=share.id).pack())).text


async def test_a_psychologist_who_becomes_the_curator_reads_no_more(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, session = await with_result(town, school)
    await shows(maria, session)
    await hears(helper)
    await town.change("UPDATE roles SET role = 'curator' WHERE person_id = (SELECT viewer_id FROM shares)")
    assert "Доступ к этому результату закрыт" in (await helper.taps("Открыть")).text


async def test_a_revoked_consent_ends_what_one_shows_and_is_shown(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, session = await with_result(town, school)
    for somebody in (maria, helper):
        await shows(maria, session)
        await hears(helper)
        await somebody.says("/privacy")
        await somebody.taps("Отозвать согласие")
        await somebody.taps("Отозвать согласие")
        assert await town.rows("SELECT id FROM shares WHERE revoked_at IS NULL") == []
        await somebody.says("/start")
        await somebody.taps("Согласие даю")
    assert "Сейчас никому" in (await maria.taps_data("shares:0")).text


async def test_deleted_data_ends_it_too(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, session = await with_result(town, school)
    await shows(maria, session)
    await hears(helper)
    await maria.says("/privacy")
    await maria.taps("Удалить мои данные")
    await maria.taps("Удалить навсегда")
    assert "Доступ к этому результату закрыт" in (await helper.taps("Открыть")).text


async def test_an_unfinished_test_is_not_to_be_shown(town: Town) -> None:
    school = await town.school()
    await psychologist(town, school)
    maria, session = await with_result(town, school)
    await town.change("UPDATE survey_sessions SET state = 'stopped'")
    assert HELPER not in str((await maria.taps_data(ShareTap(session=session).pack())).keyboard)


async def test_names_are_text_and_nothing_else(town: Town) -> None:
    school = await town.school()
    helper = await psychologist(town, school)
    maria, session = await with_result(town, school)
    await town.change("UPDATE people SET full_name = '<b>&' WHERE full_name LIKE 'Иванова%'")
    await town.change("UPDATE people SET full_name = '<i>&' WHERE full_name LIKE 'Тихонова%'")
    await shows(maria, session, "<i>&")
    assert "<i>&" in maria.last.text
    await hears(helper)
    assert "<b>&" in (await helper.taps("Открыть")).text
