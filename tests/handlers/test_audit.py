"""The audit log in the chat."""

from datetime import timedelta

from services.people.model import Role
from services.privacy.ports import Action
from storage.unit_of_work import StoredWork
from tests.conftest import Founder
from tests.handlers.test_results import finished
from tests.town import Person, Town


async def with_admin(found: Founder) -> tuple[Town, Person]:
    """A town whose administrator has registered."""
    town = await found(admin_ids=frozenset({77}), timezone="Asia/Yekaterinburg")
    admin = town.person(user_id=77)
    await admin.says("/start")
    await admin.taps("Согласие даю")
    await admin.says("Главная Анна Ивановна")
    await admin.taps("Методист")
    await admin.taps("Всё верно")
    return town, admin


async def note(town: Town, action: Action, *, times: int = 1, **values: int | str | None) -> None:
    assert town.house is not None
    now = town.house.desk.clock() - timedelta(minutes=5)
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        for _ in range(times):
            await work.audit.note(now, values.pop("actor", None), action, **values)
        await work.commit()


def entries(person: Person) -> list[str]:
    """Lines of the log on the screen, without their time."""
    blocks = person.last.text.split("\n\n")[1:]
    return [block.partition(" ")[2].partition(" ")[2] for block in blocks]


async def person_id(town: Town, person: Person) -> int:
    [row] = await town.rows("SELECT person_id FROM accounts WHERE external_id = :user", user=person.id)
    return int(row.person_id)


async def test_the_log_says_who_did_what_about_whom_and_where(found: Founder) -> None:
    town, admin = await with_admin(found)
    school = await town.school()
    maria = await town.person().registers(Role.TEACHER, school)
    await town.change("DELETE FROM audit")
    await note(
        town,
        Action.ROLE_GIVEN,
        actor=await person_id(town, admin),
        person_id=await person_id(town, maria),
        organisation_id=school,
        role="curator",
    )
    await note(town, Action.CAMPAIGN_CLOSED, organisation_id=school, campaign=3)
    await admin.says("/audit")
    assert entries(admin) == [
        "Главная Анна Ивановна: открыт журнал действий",
        "служба: закрыт опрос, № 3\nШкола № 1",
        "Главная Анна Ивановна: выдана роль, куратор\nИванова Мария Петровна, Школа № 1",
    ]


async def test_times_are_those_of_the_service(found: Founder) -> None:
    town, admin = await with_admin(found)
    await town.change("DELETE FROM audit")
    await note(town, Action.SCHOOL_ADDED)
    await town.change("UPDATE audit SET at = '2026-02-03 21:30:00.000000'")
    assert "04.02.2026 02:30" in (await admin.says("/audit")).text


async def test_it_is_read_in_pages_from_the_newest(found: Founder) -> None:
    town, admin = await with_admin(found)
    await town.change("DELETE FROM audit")
    for number in range(1, 25):
        await note(town, Action.CAMPAIGN_OPENED, campaign=number)
    await admin.says("/audit")
    assert [line.rpartition(" ")[2] for line in entries(admin)[1:]] == [
        str(number) for number in range(24, 15, -1)
    ]
    await admin.taps("Раньше")
    assert [line.rpartition(" ")[2] for line in entries(admin)] == [str(number) for number in range(15, 5, -1)]
    await admin.taps("Раньше")
    assert [line.rpartition(" ")[2] for line in entries(admin)] == ["5", "4", "3", "2", "1"]
    await admin.taps("« К новым")
    assert entries(admin)[0].endswith("открыт журнал действий")


async def test_it_can_be_narrowed_to_a_kind(found: Founder) -> None:
    town, admin = await with_admin(found)
    await town.change("DELETE FROM audit")
    await note(town, Action.REPORT_SEEN)
    await note(town, Action.ROLE_TAKEN, role="mentor")
    await admin.says("/audit")
    await admin.taps("Отчёты")
    assert entries(admin) == ["служба: открыт отчёт"]
    await admin.taps("Роли и ссылки")
    assert entries(admin) == ["служба: снята роль, наставник"]
    await admin.taps("Опросы")
    assert "Записей нет." in admin.last.text
    await admin.taps("Всё")
    assert len(entries(admin)) == 3


async def test_looking_at_it_is_noted_once_an_hour(found: Founder) -> None:
    town, admin = await with_admin(found)
    looks = "SELECT at FROM audit WHERE action = 'audit_seen'"
    await admin.says("/audit")
    await admin.taps("Данные")
    assert len(await town.rows(looks)) == 1
    await town.change("UPDATE audit SET at = '2026-02-03 21:30:00.000000'")
    await admin.taps("Всё")
    assert len(await town.rows(looks)) == 2


async def test_whoever_has_deleted_themselves_has_no_name(found: Founder) -> None:
    town, admin = await with_admin(found)
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/privacy")
    await maria.taps("Удалить мои данные")
    await maria.taps("Удалить навсегда")
    await admin.says("/audit")
    assert "удалённый человек: удалены данные человека" in entries(admin)
    # Whoever gets the number of the deleted is not taken for them.
    await town.person().registers(Role.TEACHER, await town.school(), "Новая Ольга Ивановна")
    await admin.says("/audit")
    assert "удалённый человек: удалены данные человека" in entries(admin)


async def test_it_is_for_administrators_only(found: Founder) -> None:
    town, _ = await with_admin(found)
    district = await town.municipality()
    methodist = await town.person().registers(Role.METHODIST, district)
    assert "открыт администраторам" in (await methodist.says("/audit")).text
    assert "открыт администраторам" in (await methodist.taps_data("audit::")).text


async def test_no_answer_is_ever_in_it(found: Founder) -> None:
    town, admin = await with_admin(found)
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await finished(town, maria, "n" * 84, "2026-02-03")
    await maria.says("/results")
    await maria.says("/privacy")
    await maria.taps("Мои данные: выгрузить")
    await admin.says("/audit")
    rows = await town.rows("SELECT details FROM audit")
    assert "nnn" not in repr(rows)
    assert "балл" not in admin.last.text
