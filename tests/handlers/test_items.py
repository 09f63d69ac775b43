"""Tests and forms with items of every kind, in chat: campaigns, official forms, anonymous ones."""

import pytest

from services.people.model import Role
from tests.services.diagnostics.forms import FORM, MEANS, Data, made
from tests.town import Person, Town, titles


def for_teachers(data: Data) -> None:
    data.update(id="kinds", short_title="Разные вопросы", audience=["teacher"], privacy="professional")


def add(town: Town, *right: Data) -> None:
    """Make instruments known to the running bot."""
    assert town.house is not None
    for data in right:
        town.house.desk.library.add(made(data, for_teachers if data is FORM else lambda _: None))


@pytest.fixture
async def maria(town: Town) -> Person:
    add(town, FORM, MEANS)
    return await town.person().registers(Role.TEACHER, await town.school())


async def sheet(town: Town) -> tuple[str, dict[int, object]]:
    """The answers of the only form and their values."""
    [row] = await town.rows("SELECT id, answers FROM survey_sessions WHERE instrument IN ('kinds', 'card')")
    values = await town.rows("SELECT item, value FROM survey_values WHERE session_id = :id", id=row.id)
    return row.answers, {value.item: value.value for value in values}


async def runs_campaign(town: Town, person: Person, instrument: str, *, anonymous: bool = False) -> None:
    """A running campaign for one person."""
    await town.change(
        "INSERT INTO campaigns (id, organisation_id, instrument, title, words, audience, anonymous, state,"
        " ends_on, created_at) SELECT 1, id, :instrument, 'Осенний опрос', 'Ждём <ваших> слов', '{}', :anonymous,"
        " 'running', '2099-11-30', '2026-01-01 00:00:00' FROM organisations WHERE kind = 'school'",
        instrument=instrument,
        anonymous=anonymous,
    )
    await town.change(
        "INSERT INTO campaign_people (campaign_id, person_id, school_id, finished)"
        " SELECT 1, person_id, (SELECT organisation_id FROM campaigns), :no FROM accounts"
        " WHERE external_id = :user",
        user=person.id,
        no=False,
    )


async def test_a_form_is_filled_from_the_first_question_to_the_last(maria: Person, town: Town) -> None:
    first = await maria.begins("Разные вопросы")
    assert "1 из 6" in first.text
    assert "Какие?" in (await maria.taps("Да")).text
    await maria.taps("Физика")
    marked = await maria.taps("Математика")
    assert titles(marked)[:3] == ["✓ Математика", "Русский язык", "✓ Физика"]
    age = await maria.taps("Готово")
    assert "число от 18 до 80, можно с запятой (лет)" in age.text
    assert "17 не подходит" in (await maria.says("17")).text
    assert "Когда заполнено?" in (await maria.says("41,5")).text
    assert "Кто помогал?" in (await maria.taps("Сегодня")).text
    assert "Что добавить?" in (await maria.taps("Пропустить")).text
    done = await maria.says("Нужна <b>помощь</b> & время")
    assert "Спасибо за ответы." in done.text
    assert "Математика; Физика" in done.text
    assert "41,5 лет" in done.text
    assert "Нужна <b>помощь</b> & время" in done.text, "a person's own words are shown as they are"
    answers, _ = await sheet(town)
    assert answers == "y+++-+"


async def test_what_the_condition_hides_is_neither_asked_nor_kept(maria: Person, town: Town) -> None:
    await maria.begins("Разные вопросы")
    await maria.taps("Да")
    await maria.taps("Физика")
    await maria.taps("Готово")
    await maria.taps("‹ Назад")
    await maria.taps("‹ Назад")
    age = await maria.taps("Нет")
    assert "Средний возраст?" in age.text
    assert "2 из 5" in age.text, "the hidden question counts no more"
    assert await sheet(town) == ("n~....", {})
    assert "Есть ли вакансии?" in (await maria.taps("‹ Назад")).text, "the way back leaves it out, too"


async def test_the_way_back_shows_what_was_given(maria: Person, town: Town) -> None:
    await maria.begins("Разные вопросы")
    await maria.says("нет")
    await maria.says("40")
    await maria.says("12.10.2025")
    back = await maria.taps("‹ Назад")
    assert "Сейчас записано: 12.10.2025" in back.text
    again = await maria.says("назад")
    assert "Сейчас записано: 40 лет" in again.text
    assert "Кто помогал?" in (await maria.taps("К вопросу 4 ›")).text
    await maria.says("назад")
    await maria.says("13.10.2025")
    assert (await sheet(town))[0] == "n~++.."
    assert '"2025-10-13"' in (await sheet(town))[1].values()


async def test_options_chosen_so_far_outlive_a_restart(maria: Person, town: Town) -> None:
    await maria.begins("Разные вопросы")
    await maria.taps("Да")
    await maria.taps("Физика")
    await town.stop_bot()
    await town.start_bot()
    add(town, FORM, MEANS)
    await maria.says("/survey")
    assert "Разные вопросы: отвечено 1 из 6" in maria.last.text
    shown = await maria.taps("Продолжить: Разные вопросы")
    assert "✓ Физика" in titles(shown)
    await maria.taps("Физика")
    await maria.taps("Готово")
    assert "хотя бы один" in maria.toasts[-1]
    assert (await sheet(town))[0] == "y....."


async def test_a_stale_button_changes_nothing(maria: Person, town: Town) -> None:
    await maria.begins("Разные вопросы")
    several = await maria.taps("Да")
    await maria.taps("Физика")
    stale = next(button.data for row in several.keyboard or [] for button in row if button.text == "Готово")
    await maria.taps_data(str(stale))
    assert (await sheet(town))[0] == "y....."
    [row] = await town.rows("SELECT id, turn FROM survey_sessions")
    for code in ("z", "-", "t", "y", "0", "~", "."):
        await maria.taps_data(f"a:{row.id}:2:{code}:{row.turn}")
        assert (await sheet(town))[0] == "y.....", code


@pytest.mark.parametrize(
    ("words", "mend"),
    [("завтра", "позже сегодняшнего дня"), ("99.99.9999", "ДД.ММ.ГГГГ"), ("<b>", "ДД.ММ.ГГГГ")],
)
async def test_a_refused_answer_says_how_to_mend_it(maria: Person, town: Town, words: str, mend: str) -> None:
    await maria.begins("Разные вопросы")
    await maria.taps("Нет")
    await maria.says("40")
    assert mend in (await maria.says(words)).text
    assert (await sheet(town))[0] == "n~+..."


async def test_codes_of_one_test_never_answer_another(maria: Person, town: Town) -> None:
    """Boyko has the codes y and n; the other has 0 to 3."""
    await maria.begins("Лёгкость")
    await maria.begins("Эмоциональное выгорание")
    rows = await town.rows("SELECT id, instrument FROM survey_sessions")
    numbers = {row.instrument: row.id for row in rows}
    await maria.taps_data(f"a:{numbers['means']}:1:y:0")
    await maria.taps_data(f"a:{numbers['boyko']}:1:3:0")
    assert {row.answers for row in await town.rows("SELECT answers FROM survey_sessions")} == {"...", "." * 84}


async def test_the_rest_of_a_message_too_long_is_no_answer(maria: Person, town: Town) -> None:
    """A messenger cuts a text of 5,000 letters in two; the second part alone would fit."""
    await maria.begins("Разные вопросы")
    for words in ("нет", "40", "сегодня"):
        await maria.says(words)
    await maria.says("а" * 4_096)
    refused = await maria.says("а" * 100)
    assert "Слишком длинно" in refused.text
    assert "Кто помогал?" in refused.text
    assert (await sheet(town))[0] == "n~++.."
    await town.change("UPDATE conversations SET data = replace(data, 'cut_at\": 1', 'cut_at\": 0')")
    assert "Что добавить?" in (await maria.says("Коллеги")).text


async def test_answers_in_words_go_to_the_test_that_is_shown(maria: Person, town: Town) -> None:
    await maria.begins("Лёгкость")
    await maria.says("скорее да")
    await maria.says("1")
    assert "Лёгкость: 2,5 из 3, высокий" in (await maria.says("пропустить")).text
    [row] = await town.rows("SELECT answers FROM survey_sessions")
    assert row.answers == "20-"


async def test_a_campaign_comes_first_with_its_term_and_takes_in_what_was_begun(maria: Person, town: Town) -> None:
    await maria.begins("Разные вопросы")
    await maria.taps("Нет")
    await runs_campaign(town, maria, "kinds")
    listed = await maria.says("/survey")
    assert "Разные вопросы: до 30\xa0ноября 2099" in listed.text
    assert "отвечено 1 из 5" in listed.text
    assert titles(listed)[0] == "Продолжить: Разные вопросы"
    await maria.taps("Продолжить")
    [row] = await town.rows("SELECT campaign_id FROM survey_sessions")
    assert row.campaign_id == 1
    for words in ("40", "сегодня", "пропустить", "пропустить"):
        await maria.says(words)
    [person] = await town.rows("SELECT finished FROM campaign_people")
    assert person.finished
    assert "до 30" not in (await maria.says("/survey")).text


async def test_an_anonymous_campaign_says_so_first_and_leaves_no_trace(maria: Person, town: Town) -> None:
    await runs_campaign(town, maria, "kinds", anonymous=True)
    listed = await maria.says("/survey")
    assert "анонимно" in listed.text
    assert "Разные вопросы" in titles(listed), "the test outside the campaign is there as ever"
    before = await maria.taps("Разные вопросы, анонимно")
    for words in ("Опрос анонимный", "Личного результата не будет", "связь удаляется", "Ждём <ваших> слов"):
        assert words in before.text
    await maria.taps("Начать")
    await maria.taps("Нет")
    await maria.says("40")
    await maria.taps("Сегодня")
    await maria.says("Секретное слово")
    done = await maria.taps("Пропустить")
    assert "без вашего имени" in done.text
    assert "Секретное" not in done.text
    assert await town.rows("SELECT 1 FROM survey_sessions") == []
    assert await town.rows("SELECT 1 FROM survey_values") == []
    [left] = await town.rows("SELECT answers, given FROM anonymous_sheets")
    assert left.answers == "n~+++-"
    conversations = await town.rows("SELECT data FROM conversations")
    assert not any("session" in str(row.data) for row in conversations)
    assert "Результатов пока нет" in (await maria.says("/results")).text
    [person] = await town.rows("SELECT finished FROM campaign_people")
    assert person.finished


async def test_an_official_form_is_for_curators_and_may_be_filled_anew(town: Town) -> None:
    assert town.house is not None
    town.house.desk.library.add(made(FORM))
    school = await town.school()
    teacher = await town.person("Анна").registers(Role.TEACHER, school, "Анина Анна Анновна")
    assert "Карта школы" not in titles(await teacher.says("/survey"))
    await teacher.taps_data("begin:card:0:0")
    assert await town.rows("SELECT 1 FROM survey_sessions") == []
    curator = await town.person("Нина").registers(Role.CURATOR, school, "Нинина Нина Ниновна")
    assert (
        "данные школы, не ваши личные"
        in (await curator.says("/survey") and await curator.taps("Карта школы")).text
    )
    first = await curator.taps("Начать")
    assert "Карта школы, Школа № 1" in first.text
    for words in ("нет", "40", "сегодня", "пропустить", "пропустить"):
        await curator.says(words)
    assert "40 лет" in curator.last.text
    [row] = await town.rows("SELECT organisation_id, state FROM survey_sessions")
    assert (row.organisation_id, row.state) == (school, "finished")
    await curator.taps("Заполнить заново")
    assert "1 из 6" in (await curator.taps("Начать")).text
