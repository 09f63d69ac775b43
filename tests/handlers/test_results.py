"""A person's own results."""

from services.iom.drafting import DEFICITS_TEST
from services.people.model import Role
from tests.services.diagnostics.forms import MEANS, made
from tests.town import BOYKO, Person, Town, titles


async def finished(town: Town, person: Person, answers: str, on: str, instrument: str = "boyko") -> None:
    """A finished test of some day, straight into the database."""
    await town.change(
        "INSERT INTO survey_sessions (person_id, instrument, version, answers, turn, position, state,"
        " started_at, updated_at, finished_at)"
        " SELECT person_id, :instrument, '1', :answers, 84, 0, 'finished', :on, :on, :on"
        " FROM accounts WHERE external_id = :user",
        instrument=instrument,
        answers=answers,
        on=f"{on} 09:00:00.000000",
        user=person.id,
    )


async def test_no_results_yet(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    assert "Результатов пока нет" in (await maria.says("/results")).text
    await maria.taps("Пройти тест")
    assert "84" in (await maria.taps(BOYKO)).text


async def test_earlier_results_are_listed_and_the_dynamics_drawn(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await finished(town, maria, "n" * 84, "2026-02-03")
    await finished(town, maria, "y" * 84, "2025-09-01")
    listed = await maria.says("/results")
    titles = [button.text for row in listed.keyboard for button in row]
    # «Нет» to everything: only the items keyed «нет» count, 363 - 295 = 68 points.
    assert titles[0] == "3\xa0февраля 2026\xa0г.: 68\xa0баллов"
    assert titles[1] == "1\xa0сентября 2025\xa0г.: 295\xa0баллов"
    await maria.taps("Что изменилось")
    assert "Рисую график" in maria.toasts[-1]
    assert "Что изменилось" in (await maria.gets_picture()).caption

    await maria.taps("3\xa0февраля", listed)
    result = next(message for message in maria.history if message.id == listed.id)
    assert "Напряжение: 31 из 120, не сформировалась" in result.text
    await maria.taps("График", result)
    assert "3\xa0февраля 2026" in (await maria.gets_picture(2)).caption


async def test_details_of_a_phase_show_its_four_symptoms(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await finished(town, maria, "y" * 84, "2026-02-03")
    await maria.says("/results")
    await maria.taps("3\xa0февраля")
    details = await maria.taps("Подробно: напряжение")
    for line in (
        "Тревога и депрессия\n30 из 30, доминирующий",
        "Неудовлетворённость собой\n12 из 30, складывающийся",
    ):
        assert line in details.text
    assert "Истощение" in str(details.keyboard)
    assert "Ваш результат" in (await maria.taps("‹ К результату")).text


async def test_nobody_sees_anothers_results(town: Town) -> None:
    school = await town.school()
    maria = await town.person().registers(Role.TEACHER, school)
    await finished(town, maria, "y" * 84, "2026-02-03")
    (session,) = await town.rows("SELECT id FROM survey_sessions")
    for role in (Role.TEACHER, Role.MENTOR, Role.CURATOR):
        other = await town.person("Анна").registers(role, school, "Анина Анна Анновна")
        for data in (f"result:{session.id}:-1", f"result:{session.id}:1", f"chart:{session.id}", "dynamics:boyko"):
            await other.taps_data(data)
        assert not any("из 120" in message.text for message in other.history)
        assert other.pictures == []


async def test_results_of_several_tests_are_found_by_test(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    assert town.house is not None
    town.house.desk.library.add(made(MEANS))
    await finished(town, maria, "y" * 84, "2026-02-03")
    await finished(town, maria, "n" * 84, "2026-03-04")
    await finished(town, maria, "30-", "2026-04-05", "means")
    listed = await maria.says("/results")
    assert titles(listed)[:2] == ["Лёгкость", "Эмоциональное выгорание, тест Бойко · 2"]
    burnout = await maria.taps("Эмоциональное")
    assert "Пройдено 2\xa0раза" in burnout.text
    assert "Что изменилось: график" in titles(burnout)
    await maria.says("/results")
    ease = await maria.taps("Лёгкость")
    assert "Лёгкость: 3 из 3, высокий" in ease.text
    assert "Совет high." in ease.text, "what is a deficit comes with advice"
    assert "График" not in titles(ease), "means have no chart"
    assert "3 из 3, высокий" in (await maria.taps("Подробно")).text


async def test_the_lists_say_who_sees_the_results(town: Town) -> None:
    """A result can be shown to one psychologist, so «only you» alone would be no longer true."""
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await finished(town, maria, "y" * 84, "2026-02-03")
    who = "Личные результаты видите только вы и тот, кому вы сами их покажете."
    assert who in (await maria.says("/results")).text
    await finished(town, maria, "n.y." + "." * 18, "2026-02-03", "adaptation")
    assert who in (await maria.says("/results")).text


async def test_an_unfinished_test_is_named(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.begins(BOYKO)
    left = await maria.says("/results")
    assert "Эмоциональное выгорание, тест Бойко" in left.text
    assert "84\xa0вопроса без ответа" in left.text


async def test_a_scale_without_a_score_has_no_level(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    assert town.house is not None
    town.house.desk.library.add(made(MEANS, lambda data: data["items"][0].update(optional=True)))
    await finished(town, maria, "-0-", "2026-04-05", "means")
    await finished(town, maria, "y" * 84, "2026-02-03")
    await maria.says("/results")
    shown = await maria.taps("Лёгкость")
    assert "оценки нет, слишком мало ответов" in shown.text
    for level in ("низкий", "средний", "высокий"):
        assert level not in shown.text
    assert "оценки нет" in (await maria.taps("Подробно")).text


async def test_the_result_of_the_deficits_test_leads_to_the_route(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await finished(town, maria, "y" * 84, "2026-02-03")
    await maria.says("/results")
    assert "Мой маршрут (ИОМ)" not in titles(await maria.taps("3\xa0февраля"))
    await finished(town, maria, "0" * 36, "2026-02-04", DEFICITS_TEST)
    await maria.says("/results")
    result = await maria.taps("Профессиональные дефициты")
    assert titles(result)[0] == "Мой маршрут (ИОМ)"
    assert "Составить маршрут" in titles(await maria.taps("Мой маршрут"))
