"""A whole sentence about a meeting is that, whatever question stands: nothing of it is swallowed by one answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.campaigning import TUESDAY
from tests.handlers.telling import ANNA, ANOTHER_ANNA, PETER, Telling, telling_at
from tests.town import titles

TODAY = TUESDAY.date()
WHOLE = "Вчера посетил урок Петровой, 45 мин, тема дроби"
PETERS = "Сегодня консультация с Петром, 30 минут"
AGREED = "Сегодня 40 минут консультация с Анной, разбирали план урока, договорились встретиться в четверг"
LONG_TOPIC = "как построить вводную часть урока и чем занять сильных учеников в пятом классе"


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Telling]:
    """A mentor of Anna and Peter."""
    async with telling_at(tmp_path, (ANNA, PETER)) as telling:
        yield telling


async def test_the_first_question_is_answered_by_the_whole_meeting(two: Telling) -> None:
    await two.mentor.says("/log")
    card = await two.mentor.says(AGREED)
    assert "С кем: Петрова Анна Сергеевна" in card.text
    assert "Длительность: 40\xa0минут" in card.text
    assert "Следующая встреча: послезавтра" in card.text
    assert f"«{AGREED}»" in card.text
    assert len(await two.drafts()) == 1
    await two.mentor.taps("Сохранить")
    [meeting] = await two.meetings()
    assert meeting.words == AGREED


async def test_what_was_answered_before_stays(tmp_path: Path) -> None:
    async with telling_at(tmp_path, (ANNA, ANOTHER_ANNA)) as telling:
        await telling.mentor.says("/log")
        await telling.mentor.taps("Белова Анна")
        await telling.mentor.taps("Вчера")
        card = await telling.mentor.says("Консультация с Анной, 30 минут, тема дроби")
        assert "С кем: Белова Анна Ильинична" in card.text
        assert "Когда: вчера" in card.text
        assert "О чём: дроби" in card.text


async def test_another_meetings_card_keeps_what_it_has(two: Telling) -> None:
    await two.mentor.says(PETERS)
    for title in ("Когда", "О чём"):
        await two.mentor.taps(title)
        card = await two.mentor.says(WHOLE)
        assert "С кем: Петрова Анна Сергеевна" in card.text
        assert "о другой встрече" in card.text
        card = await two.mentor.taps("‹ К прежней записи")
        assert "Когда: сегодня" in card.text
        assert "О чём: не указано" in card.text
    await two.mentor.taps("Сохранить")
    [meeting] = await two.meetings(1)
    assert meeting.told.held_on == TODAY


async def test_a_topic_may_name_people_and_days(two: Telling) -> None:
    await two.mentor.says(PETERS)
    await two.mentor.taps("О чём")
    card = await two.mentor.says("Обсуждали вчерашний урок Анны и план на четверг")
    assert "О чём: Обсуждали вчерашний урок Анны и план на четверг" in card.text
    await two.mentor.taps("Следующая встреча")
    card = await two.mentor.says("завтра в 15:00")
    assert "Следующая встреча: завтра" in card.text
    assert len(await two.drafts()) == 1


async def test_an_unsure_topic_is_asked_about(tmp_path: Path) -> None:
    async with telling_at(tmp_path, (ANNA,)) as telling:
        card = await telling.mentor.says(f"Сегодня 40 минут консультация с Анной, обсуждали {LONG_TOPIC}")
        assert f"«{LONG_TOPIC}»" in card.text
        assert {"Написать иначе", "Без темы", "Сохранить"} <= set(titles(card))
        card = await telling.mentor.taps("как построить вводную")
        assert f"О чём: {LONG_TOPIC}" in card.text
        await telling.mentor.taps("Сохранить")
        [meeting] = await telling.meetings()
        assert meeting.told.topic == LONG_TOPIC
        assert meeting.told.held_on == TODAY


async def test_an_unsure_hour_is_asked_about(tmp_path: Path) -> None:
    async with telling_at(tmp_path, (ANNA,)) as telling:
        said = "Вчера с Анной час консультация, договорились встретиться завтра в 3"
        card = await telling.mentor.says(said)
        assert "в этот час?" in card.text
        assert {"15:00", "3:00", "Другой час", "Без времени"} <= set(titles(card))
        asked = await telling.mentor.taps("Другой час")
        assert "В котором часу?" in asked.text
        await telling.mentor.taps("‹ К записи")
        card = await telling.mentor.taps("15:00")
        assert "Следующая встреча: завтра, 25\xa0ноября, в\xa015:00" in card.text
        assert "в этот час?" not in card.text
