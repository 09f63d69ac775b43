from services.people.model import Role
from tests.town import Town


async def test_a_teacher_comes_in_by_an_invite_and_registers(town: Town) -> None:
    school = await town.school("Школа № 7")
    token = await town.invite(Role.TEACHER, school)
    maria = town.person("Мария", "Иванова")

    consent = await maria.says(f"/start {token}")
    assert "педагог, Школа № 7" in consent.text
    await maria.taps("Согласие даю")
    await maria.taps("Мария Иванова")
    await maria.taps("Учитель")
    await maria.taps("Физика")
    await maria.taps("Первый год")
    check = await maria.says("2001")
    assert "Мария Иванова" in check.text
    assert "первый год" in check.text
    menu = await maria.taps("Всё верно")

    assert "вы зарегистрированы" in menu.text
    (row,) = await town.rows(
        "SELECT full_name, position, subject, years_of_work, birth_year, role FROM people"
        " JOIN roles ON roles.person_id = people.id"
    )
    assert tuple(row) == ("Мария Иванова", "Учитель", "Физика", 0, 2001, "teacher")
