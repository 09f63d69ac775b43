"""A mentor writes of a meeting, or sends a photo of it, unasked: nothing of it is lost, nothing is guessed."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from services.mentoring.meetings.meeting import MeetingForm
from services.mentoring.pair import PairState
from services.people.model import Role
from tests.handlers.campaigning import TUESDAY, restarted, taps_in, up
from tests.handlers.telling import ANNA, ANOTHER_ANNA, PETER, Telling, telling_at
from tests.town import BOYKO, titles

TODAY = TUESDAY.date()
WHOLE = "Вчера посетил урок Петровой, 45 мин, тема дроби"
AGREED = (
    "Сегодня 40 минут консультация с Анной, разбирали план урока, договорились что приду к ней на урок в четверг"
)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Telling]:
    """A mentor of Anna and Peter."""
    async with telling_at(tmp_path, (ANNA, PETER)) as telling:
        yield telling


async def test_a_message_becomes_a_meeting_with_its_words(two: Telling) -> None:
    card = await two.mentor.says(WHOLE)
    assert "С кем: Петрова Анна Сергеевна" in card.text
    assert "Когда: вчера, 23\xa0ноября" in card.text
    assert "Форма: Посещение урока" in card.text
    assert "Длительность: 45\xa0минут" in card.text
    assert "дроби" in card.text
    assert f"«{WHOLE}»" in card.text
    saved = await two.mentor.taps("Сохранить")
    assert "Встреча записана" in saved.text
    [meeting] = await two.meetings()
    assert meeting.words == WHOLE
    assert (meeting.told.held_on, meeting.told.minutes) == (TODAY - timedelta(days=1), 45)
    assert meeting.told.form is MeetingForm.LESSON_VISIT
    assert len(await two.town.rows("SELECT 1 FROM outbox WHERE kind = 'meeting_to_confirm'")) == 1


async def test_what_was_agreed_is_kept_with_its_day(two: Telling) -> None:
    card = await two.mentor.says(AGREED)
    assert "Следующая встреча: послезавтра, 26\xa0ноября" in card.text
    await two.mentor.taps("Сохранить")
    [meeting] = await two.meetings()
    assert meeting.told.next_on == date(2026, 11, 26)
    assert "приду к ней на урок" in meeting.told.agreement


async def test_two_of_one_name_are_asked_about(tmp_path: Path) -> None:
    async with telling_at(tmp_path, (ANNA, ANOTHER_ANNA, PETER)) as telling:
        card = await telling.mentor.says("Сегодня консультация с Анной, 30 минут")
        assert "Кто из них?" in card.text
        assert "Сохранить" not in titles(card)
        assert {"Петрова Анна", "Белова Анна"} <= set(titles(card))
        assert "Лугин Пётр" not in titles(card)
        card = await telling.mentor.taps("Белова Анна")
        assert "С кем: Белова Анна Ильинична" in card.text
        await telling.mentor.taps("Сохранить")
        assert [len(await telling.meetings(number)) for number in range(3)] == [0, 1, 0]


async def test_a_stranger_is_nobody_of_the_mentees(two: Telling) -> None:
    card = await two.mentor.says("Сегодня консультация с Кузнецовой, 30 минут")
    assert "С кем была встреча?" in card.text
    assert {"Петрова Анна", "Лугин Пётр"} <= set(titles(card))
    assert "Сохранить" not in titles(card)


async def test_three_messages_in_a_row_are_three_cards(two: Telling) -> None:
    for words in (WHOLE, "Сегодня консультация с Петром, 30 минут", "Позавчера мастер-класс для Анны, час"):
        two.town.messenger.write(two.mentor.id, words)
    await two.town.quiet()
    cards = [message for message in two.mentor.history if "Записать встречу" in message.text]
    assert len(cards) == len(await two.drafts()) == 3
    for card in cards:
        saved = await taps_in(two.mentor, card, "Сохранить")
        assert "Встреча записана" in saved.text
    assert (len(await two.meetings(0)), len(await two.meetings(1))) == (2, 1)


async def test_several_are_met_in_one_message(two: Telling) -> None:
    card = await two.mentor.says("Сегодня консультация с Анной и Петром, 30 минут")
    assert "Петрова Анна Сергеевна" in card.text
    assert "Лугин Пётр Игоревич" in card.text
    await two.mentor.taps("Сохранить")
    assert (len(await two.meetings(0)), len(await two.meetings(1))) == (1, 1)


async def test_a_plan_is_no_meeting(two: Telling) -> None:
    card = await two.mentor.says("Завтра пойду к Анне на урок")
    assert "ещё впереди" in card.text
    assert "Сохранить" not in titles(card)
    assert await two.meetings() == []


async def test_a_day_long_before_the_pair_is_asked_about(two: Telling) -> None:
    card = await two.mentor.says("14 августа посетил урок Петровой, 45 минут")
    assert "В какой день?" in card.text
    assert "Сохранить" not in titles(card)
    card = await two.mentor.taps("Пт, 14\xa0августа")
    assert "Сохранить" in titles(card)


async def test_other_words_are_answered_as_ever_with_a_hint_for_mentors(two: Telling) -> None:
    shown = await two.mentor.says("Здравствуйте")
    assert "Не получилось понять" in shown.text
    assert "/log" in shown.text
    assert await two.drafts() == []
    shown = await two.mentees[0].says(WHOLE)
    assert "Не получилось понять" in shown.text
    assert "/log" not in shown.text
    assert await two.drafts() == []


async def test_words_are_shown_as_they_are(two: Telling) -> None:
    card = await two.mentor.says("Сегодня консультация с Анной 30 минут, тема <b>дроби & проценты</b>")
    assert "дроби & проценты" in card.text
    assert "<b>" in card.text


async def test_a_message_that_is_too_long_is_asked_for_again(two: Telling) -> None:
    shown = await two.mentor.says(f"{WHOLE}. " + "Разбирали всё подряд. " * 200)
    assert "Слишком длинно" in shown.text
    assert await two.drafts() == []
    two.clock.pass_by(seconds=30)
    card = await two.mentor.says(WHOLE)
    assert "Форма: Посещение урока" in card.text


async def test_the_process_dies_between_the_message_and_the_save(two: Telling) -> None:
    card = await two.mentor.says(WHOLE)
    await restarted(two.town, two.clock)
    await two.mentor.taps("Сохранить", card)
    await restarted(two.town, two.clock)
    again = await two.mentor.taps("Сохранить", card)
    assert "Встреча записана" in again.text
    assert len(await two.meetings()) == 1


async def test_a_message_that_comes_twice_is_one_draft_and_its_card_is_shown(two: Telling) -> None:
    await two.town.stop_bot()
    two.town.messenger.write(two.mentor.id, WHOLE)
    [update] = two.town.messenger.pending_updates()
    await up(two.town, two.clock)
    await two.town.quiet()
    await two.town.stop_bot()
    shown = len(two.mentor.history)
    queue = two.town.messenger.updates
    queue.pending[update["update_id"]] = update
    queue.chats[update["update_id"]] = two.mentor.id
    await up(two.town, two.clock)
    await two.town.quiet()
    assert len(two.mentor.history) == shown + 1
    assert "Форма: Посещение урока" in two.mentor.last.text
    assert len(await two.drafts()) == 1


async def test_a_photo_with_words_is_a_meeting_with_a_file(two: Telling) -> None:
    card = await two.sends_photo(WHOLE)
    assert "Форма: Посещение урока" in card.text
    assert "Приложено: фото" in card.text
    [draft] = await two.drafts()
    assert [(each[0], each[1]) for each in await two.files()] == [(draft.id, "photo")]
    saved = await two.mentor.taps("Сохранить")
    assert "Приложено: фото" in saved.text


async def test_a_file_after_the_words_belongs_to_them(two: Telling) -> None:
    await two.mentor.says(WHOLE)
    shown = await two.sends_voice()
    assert "Прикреплено к встрече" in shown.text
    await two.mentor.taps("Сохранить")
    shown = await two.sends_document("План урока.docx")
    assert "Прикреплено к встрече" in shown.text
    assert "голосовое, файл План урока.docx" in shown.text
    shown = await two.mentor.taps("Это к другой встрече")
    assert "К какой встрече?" in shown.text
    assert "Файл сохранён: файл План урока.docx" in shown.text
    [first, second] = await two.files()
    assert first[0] != second[0]
    shown = await two.mentor.taps("Вчера, Петрова: дроби")
    assert "голосовое, файл План урока.docx" in shown.text
    assert len({each[0] for each in await two.files()}) == 1


async def test_a_file_alone_waits_to_be_told_whose_it_is(two: Telling) -> None:
    shown = await two.sends_voice("расскажу потом")
    assert "К какой встрече?" in shown.text
    assert "Ваши слова: «расскажу потом»" in shown.text
    assert [each[2] for each in await two.files()] == ["Голосовое.ogg"]
    await restarted(two.town, two.clock)
    shown = await two.sends_photo()
    assert "голосовое, фото" in shown.text
    await two.mentor.taps("Новая встреча")
    await two.mentor.taps("Петрова Анна")
    for title in (
        "Сегодня",
        "Консультация",
        "Не указывать",
        "Без темы",
        "Ни о чём особом",
        "Пока не договаривались",
    ):
        await two.mentor.taps(title)
    saved = await two.mentor.taps("Сохранить")
    assert "Приложено: голосовое, фото" in saved.text
    [meeting] = await two.meetings()
    assert {each[0] for each in await two.files()} == {meeting.draft_id}


async def test_there_is_an_end_to_files(two: Telling) -> None:
    await two.mentor.says(WHOLE)
    for _ in range(5):
        await two.sends_photo()
    shown = await two.sends_photo()
    assert "места" in shown.text
    assert "К какой встрече?" in shown.text
    assert len(await two.files()) == 6


async def test_a_file_of_another_day_is_not_taken_for_that_meeting(two: Telling) -> None:
    await two.mentor.says(WHOLE)
    await two.mentor.taps("Сохранить")
    two.clock.pass_by(hours=2)
    shown = await two.sends_photo()
    assert "К какой встрече?" in shown.text
    assert any(title.startswith("Вчера, Петрова: ") for title in titles(shown))


async def test_whoever_leads_no_pair_is_answered_as_ever(two: Telling) -> None:
    for send in (two.sends_photo, two.sends_voice):
        shown = await send("", two.mentees[0])
        assert "Пока понимаю только текст и кнопки." in shown.text
    assert await two.drafts() == []


async def test_programs_are_not_kept(two: Telling) -> None:
    shown = await two.sends_document("setup.exe")
    assert "не получится" in shown.text
    assert await two.files() == []


async def test_a_managers_spreadsheet_is_still_a_roster(tmp_path: Path) -> None:
    async with telling_at(tmp_path, (ANNA,), PairState.ACTIVE, Role.CURATOR) as telling:
        shown = await telling.sends_document("Список.csv", b"\xd0\xa4\xd0\x98\xd0\x9e\n")
        assert "К какой встрече?" not in shown.text
        assert await telling.files() == []
        shown = await telling.sends_document("Справка.pdf")
        assert "К какой встрече?" in shown.text


async def test_a_report_in_the_middle_of_a_test_is_not_lost(two: Telling) -> None:
    await two.mentor.begins(BOYKO)
    question = await two.mentor.says("да")
    assert "2 из 84" in question.text
    card = await two.mentor.says(WHOLE)
    assert "Тест подождёт" in card.text
    assert "Форма: Посещение урока" in card.text
    question = await two.mentor.taps("‹ Вернуться к тесту")
    assert "2 из 84" in question.text
    await two.mentor.says("нет")
    assert "3 из 84" in two.mentor.last.text
    await two.mentor.taps("Сохранить", first_card(two))
    assert len(await two.meetings()) == 1


def first_card(telling: Telling) -> ChatMessage:
    return next(message for message in telling.mentor.history if "Записать встречу" in message.text)
