"""Files come to the meeting that they are of, stay where they were confirmed, and show nobody who is not to be."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.pair import PairState
from tests.handlers.campaigning import TUESDAY, taps_in, until_sent
from tests.handlers.telling import ANNA, PETER, Telling, telling_at
from tests.town import data_of, titles

WHOLE = "Вчера посетил урок Петровой, 45 мин, тема дроби"
PETERS = "Сегодня консультация с Петром, 30 минут"
UNDO = "Это к другой встрече"


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Telling]:
    """A mentor of Anna and Peter."""
    async with telling_at(tmp_path, (ANNA, PETER)) as telling:
        yield telling


async def test_words_beside_a_file_are_no_part_of_its_name(two: Telling) -> None:
    await two.sends_voice(f"{WHOLE}. Класс держит слабо")
    await two.mentor.taps("Сохранить")
    shown = await two.sends_photo("журнал не заполняет")
    assert "журнал не заполняет" in shown.text
    assert [each[2] for each in await two.files()] == ["Голосовое.ogg", "Фото.jpg"]
    await until_sent(two.town)
    await two.mentees[0].taps("Да, всё так")
    seen = [message.text + str(titles(message)) for message in two.mentees[0].history]
    assert not any("слабо" in each or "журнал" in each for each in seen)


async def test_files_of_a_logged_meeting_leave_a_trace(two: Telling) -> None:
    await logged(two, WHOLE)
    await two.sends_photo()
    await two.mentor.taps(UNDO)
    assert (await words_of_history(two))[-2:] == ["приложен файл", "убран файл"]


async def test_an_old_button_takes_no_file_from_what_was_confirmed(two: Telling) -> None:
    await logged(two, WHOLE)
    attached = await two.sends_photo()
    await until_sent(two.town)
    await two.mentees[0].taps("Да, всё так")
    two.clock.pass_by(days=20)
    files = await two.files()
    await taps_in(two.mentor, attached, UNDO)
    assert "Срок изменений вышел" in two.mentor.toasts[-1]
    assert await two.files() == files
    shown = await two.sends_photo()
    assert "К какой встрече?" in shown.text
    assert not any("Петрова" in title for title in titles(shown))
    assert (await two.meetings())[0].state is MeetingState.CONFIRMED


async def test_a_file_is_taken_only_from_where_the_button_saw_it(two: Telling) -> None:
    await two.mentor.says(PETERS)
    await two.mentor.says(WHOLE)
    attached = await two.sends_photo()
    old = data_of(attached, UNDO)
    await two.mentor.taps(UNDO)
    await two.mentor.taps("Сегодня, Лугин")
    files = await two.files()
    await two.mentor.taps_data(old)
    assert two.mentor.toasts[-1] == "Запись уже изменилась. Вот она сейчас."
    assert await two.files() == files


async def test_a_deleted_meeting_gets_no_files(two: Telling) -> None:
    await logged(two, WHOLE)
    for title in ("Открыть встречу", "Удалить", "Удалить навсегда"):
        await two.mentor.taps(title)
    shown = await two.sends_photo()
    assert "К какой встрече?" in shown.text
    assert not any("Петрова" in title for title in titles(shown))


async def test_a_file_belongs_to_the_meeting_that_is_being_changed(two: Telling) -> None:
    await logged(two, PETERS)
    await logged(two, WHOLE)
    [peters] = await two.meetings(1)
    await two.mentor.taps_data(f"mmeet:{peters.id}")
    await two.mentor.taps("Изменить")
    shown = await two.sends_photo()
    assert "Прикреплено к встрече «Сегодня, Лугин" in shown.text
    assert [each[0] for each in await two.files()] == [peters.draft_id]


async def test_a_photo_before_the_words_is_theirs(two: Telling) -> None:
    asked = await two.sends_photo()
    card = await two.mentor.says(WHOLE)
    assert "Приложено: фото" in card.text
    assert UNDO in titles(card)
    await two.mentor.taps("Сохранить")
    [meeting] = await two.meetings()
    assert [each[0] for each in await two.files()] == [meeting.draft_id]
    shown = await taps_in(two.mentor, asked, "Новая встреча")
    assert "уже прикреплён" in shown.text


async def test_files_that_wait_are_found_by_the_command(two: Telling) -> None:
    await two.sends_photo()
    two.clock.pass_by(hours=3)
    await two.mentor.says(WHOLE)
    begun = await two.mentor.says("/log")
    assert "Файлы без встречи, сегодня" in titles(begun)
    shown = await two.mentor.taps("Файлы без встречи")
    assert "К какой встрече?" in shown.text
    shown = await two.mentor.taps("Вчера, Петрова")
    assert "Приложено: фото" in shown.text


async def test_whoever_took_their_consent_back_is_in_no_draft(two: Telling) -> None:
    card = await two.mentor.says(WHOLE)
    save = data_of(card, "Сохранить")
    await two.town.change(
        "UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=(await two.pair()).mentee_id
    )
    shown = [await two.mentor.taps_data(save), await two.sends_photo(), await two.mentor.says("/log")]
    for each in shown:
        assert "Петров" not in each.text + str(titles(each))
        assert "дроби" not in each.text + str(titles(each))
    assert await two.meetings() == []


async def test_a_mentee_who_has_left_the_circle_is_no_missing_answer(two: Telling) -> None:
    card = await two.mentor.says("Сегодня консультация с Анной и Петром, 30 минут")
    await two.changes_pair(0, state=PairState.COMPLETED, ended_on=TUESDAY.date())
    card = await taps_in(two.mentor, card, "Сохранить")
    assert "уже не подходит" in two.mentor.toasts[-1]
    assert "С кем: Лугин Пётр Игоревич" in card.text


async def logged(telling: Telling, words: str) -> None:
    await telling.mentor.says(words)
    await telling.mentor.taps("Сохранить")


async def words_of_history(telling: Telling) -> list[str]:
    return [row.words for row in await telling.town.rows("SELECT words FROM pair_history ORDER BY id")]
