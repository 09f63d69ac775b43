"""Taking the Boyko test in chat."""

import random

import pytest

from bot.sandbox.messenger.model import ChatMessage
from services.people.model import Role
from tests.conftest import Founder
from tests.town import BOYKO, Person, Town, titles


@pytest.fixture
async def maria(town: Town) -> Person:
    return await town.person().registers(Role.TEACHER, await town.school())


async def opens(person: Person) -> ChatMessage:
    """The Boyko test: what it is, or the question where it stopped."""
    shown = await person.says("/survey")
    for title in (f"Продолжить: {BOYKO}", BOYKO):
        if any(each.startswith(title) for each in titles(shown)):
            return await person.taps(title)
    return shown


async def begun(person: Person) -> Person:
    await person.begins(BOYKO)
    return person


async def answers_of(town: Town) -> str:
    (row,) = await town.rows("SELECT answers FROM survey_sessions")
    return str(row.answers)


async def test_eighty_four_answers_give_the_result_of_the_hand_worked_sheet(maria: Person, town: Town) -> None:
    # «Да» to every item: each scale sums the weights of its items keyed «да», worked by hand from the key:
    # tension: 30-3-5=22, 30-3-10-5=12, 30-5=25, 30: 89; resistance: 30-3=27, 30-3-5=22, 30-2-5=23, 30-2=28: 100;
    # exhaustion: 30-5-10=15, 30-2=28, 33, 30: 106.
    result = await maria.answers_all("y" * 84)
    assert "Напряжение: 89 из 120, сформировалась" in result.text
    assert "Резистенция: 100 из 120, сформировалась" in result.text
    assert "Истощение: 106 из 123, сформировалась" in result.text
    assert "деперсонализация) (33 из 33)" in result.text
    assert "не медицинский диагноз" in result.text
    assert await answers_of(town) == "y" * 84

    chart = await maria.gets_picture()
    assert "График к результату" in chart.caption
    assert len(maria.pictures) == 1
    details = await maria.taps("Подробно: истощение", result)
    assert details.id == result.id
    assert "Психосоматические" in details.text
    assert maria.last.photo


async def test_every_answer_is_stored_as_it_was_tapped(maria: Person, town: Town) -> None:
    codes = "".join(random.Random(7).choice("yn") for _ in range(84))
    await maria.answers_all(codes)
    assert await answers_of(town) == codes


async def test_a_card_shows_the_place_the_bar_and_the_time_left(maria: Person) -> None:
    await begun(maria)
    card = maria.last
    assert "1 из 84" in card.text
    assert "Неурядицы" in card.text
    assert "15\xa0минут" in card.text
    for _ in range(22):
        await maria.taps("Да")
    assert "23 из 84" in maria.last.text
    assert maria.last.id == card.id, "the test is one message edited in place"


async def test_half_way_is_noticed_and_there_is_no_level_before_the_end(maria: Person) -> None:
    await begun(maria)
    for _ in range(42):
        await maria.taps("Нет")
    assert "Половина уже позади" in maria.last.text
    for _ in range(41):
        await maria.taps("Нет")
    unfinished = await maria.says("/results")
    assert "1\xa0вопрос без ответа" in unfinished.text
    for level in ("сформировал", "сложивш", "баллов"):
        assert level not in unfinished.text


async def test_two_quick_taps_advance_once(maria: Person, town: Town) -> None:
    await begun(maria)
    message = maria.last
    data = message.keyboard[0][0].data
    for _ in range(3):
        town.messenger.tap(maria.id, message.id, data)
    await town.quiet()
    assert "2 из 84" in maria.last.text
    assert (await answers_of(town)).count(".") == 83
    assert maria.toasts == ["Спасибо! Давайте познакомимся."], "a double tap needs no reproach"


async def test_a_second_thought_tapped_at_once_does_not_answer_the_next_item(maria: Person, town: Town) -> None:
    await begun(maria)
    message = maria.last
    town.messenger.tap(maria.id, message.id, message.keyboard[0][0].data)
    town.messenger.tap(maria.id, message.id, message.keyboard[0][1].data)
    await town.quiet()
    assert await answers_of(town) == "y" + "." * 83
    assert "уже учтён" in maria.toasts[-1]
    assert "2 из 84" in maria.last.text


async def test_a_late_tap_on_an_old_message_is_answered_with_the_way_back(maria: Person, town: Town) -> None:
    await begun(maria)
    old = maria.last
    stale = old.keyboard[0][1].data
    await opens(maria)
    for _ in range(5):
        await maria.taps("Да")
    town.messenger.tap(maria.id, old.id, stale)
    await town.quiet()
    assert await answers_of(town) == "yyyyy" + "." * 79
    shown = next(message for message in maria.history if message.id == old.id)
    assert "6 из 84" in shown.text
    assert "уже учтён" in maria.toasts[-1]


async def test_back_changes_an_answer_and_returns_to_the_question(maria: Person, town: Town) -> None:
    await begun(maria)
    for title in ("Да", "Да", "Да"):
        await maria.taps(title)
    await maria.taps("‹ Назад")
    await maria.taps("‹ Назад")
    card = maria.last
    assert "2 из 84" in card.text
    assert card.keyboard[0][0].text == "✓ Да"
    await maria.taps("Нет")
    assert "4 из 84" in maria.last.text, "a mended answer leads back to where the test stopped"
    assert await answers_of(town) == "yny" + "." * 81
    await maria.taps("‹ Назад")
    await maria.taps("К вопросу 4 ›")
    assert "4 из 84" in maria.last.text
    first = await maria.taps("‹ Назад")
    for _ in range(5):
        first = (
            await maria.taps_data(next(b.data for row in first.keyboard for b in row if "Назад" in b.text))
            if any("Назад" in b.text for row in first.keyboard for b in row)
            else first
        )
    assert "1 из 84" in first.text


async def test_pause_restart_and_going_on(maria: Person, town: Town) -> None:
    await begun(maria)
    for _ in range(3):
        await maria.taps("Нет")
    question = maria.last
    paused = await maria.taps("Пауза")
    assert "81\xa0вопрос" in paused.text
    await town.stop_bot()
    await town.start_bot()
    assert "4 из 84" in (await maria.taps("Продолжить")).text
    assert "4 из 84" in (await maria.says("/start")).text
    assert "4 из 84" in (await opens(maria)).text
    assert any("Продолжить" in each and "3 из 84" in each for each in titles(await maria.says("/menu")))
    assert "5 из 84" in (await maria.taps("Да", question)).text or await answers_of(town) == "nnny" + "." * 80


async def test_answers_may_be_written(maria: Person, town: Town) -> None:
    await begun(maria)
    for word in ("да", "Нет.", "НЕТ", " Да! "):
        await maria.says(word)
    assert "5 из 84" in maria.last.text
    assert await answers_of(town) == "ynny" + "." * 80
    assert "Отметьте" in (await maria.says("не знаю")).text
    assert "4 из 84" in (await maria.says("назад")).text
    assert "Пауза" in (await maria.says("пауза")).text
    assert "ответ не записан" in (await maria.says("да")).text
    assert (await answers_of(town)).count(".") == 80, "nothing is answered while the test is paused"


@pytest.mark.parametrize("words", ["я" * 4000, "😀", "<b>", "</b> & <i"])
async def test_odd_words_change_nothing(maria: Person, town: Town, words: str) -> None:
    await begun(maria)
    await maria.taps("Да")
    assert "2 из 84" in (await maria.says(words)).text
    assert await answers_of(town) == "y" + "." * 83


async def test_stickers_photos_and_voice_are_answered_kindly(maria: Person, town: Town) -> None:
    await begun(maria)
    town.messenger.send_sticker(maria.id)
    town.messenger.send_voice(maria.id)
    town.messenger.send_contact(maria.id)
    await town.quiet()
    assert "только текст и кнопки" in maria.last.text
    assert "1 из 84" in maria.last.text


async def test_nobody_answers_in_anothers_session(maria: Person, town: Town) -> None:
    await begun(maria)
    anna = await town.person("Анна").registers(Role.TEACHER, await town.school())
    (session,) = await town.rows("SELECT id FROM survey_sessions")
    await anna.taps_data(f"a:{session.id}:1:y:0")
    await anna.taps_data(f"back:{session.id}:0")
    await anna.taps_data(f"pause:{session.id}")
    await anna.taps_data(f"result:{session.id}:-1")
    await anna.taps_data(f"chart:{session.id}")
    assert await answers_of(town) == "." * 84
    assert "Неурядицы" not in " ".join(message.text for message in anna.history)


@pytest.mark.parametrize(
    "data",
    [
        "a:1:1:z:0",
        "a:1:99:y:0",
        "a:1:0:y:0",
        "a:1:-1:y:0",
        "a:x:1:y:0",
        "a:1:1:yy:0",
        "a:1",
        "a",
        ":",
        "zzz:1",
        "y" * 64,
    ],
)
async def test_forged_taps_change_nothing(maria: Person, town: Town, data: str) -> None:
    await begun(maria)
    (session,) = await town.rows("SELECT id FROM survey_sessions")
    await maria.taps_data(data.replace(":1:", f":{session.id}:", 1))
    assert await answers_of(town) == "." * 84
    assert not any("Код ошибки" in message.text for message in maria.history)


async def test_a_finished_test_is_not_answered_any_more(maria: Person, town: Town) -> None:
    await maria.answers_all("n" * 83)
    last = maria.last
    yes, no = last.keyboard[0]
    town.messenger.tap(maria.id, last.id, no.data)
    town.messenger.tap(maria.id, last.id, yes.data)
    await town.quiet()
    assert await answers_of(town) == "n" * 84
    shown = next(message for message in maria.history if message.id == last.id)
    assert "Ваш результат" in shown.text


async def test_the_introduction_says_who_sees_the_result(found: Founder) -> None:
    town = await found(min_group=7)
    maria = await town.person().registers(Role.TEACHER, await town.school())
    introduction = await opens(maria)
    assert "84" in introduction.text
    assert "увидите только вы и тот, кому вы сами его покажете" in introduction.text
    assert "от 7 человек" in introduction.text
    assert "что сделаем" in (await maria.taps("Не сейчас")).text
    assert await town.rows("SELECT id FROM survey_sessions") == []


async def test_a_new_consent_is_asked_for_at_the_next_tap(maria: Person, town: Town) -> None:
    await begun(maria)
    await maria.taps("Да")
    await town.change("UPDATE consents SET version = '0'")
    assert "Прежде чем начать" in (await maria.taps("Да")).text
    assert await answers_of(town) == "y" + "." * 83
    await maria.taps("Согласие даю")
    assert "2 из 84" in (await opens(maria)).text
