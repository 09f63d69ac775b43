"""A meeting is told of by buttons: question after question, back, mended, saved once, resumed after a stop."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.mentoring.meeting.taps import DraftTap, SaveTap
from handlers.mentoring.taps import LogTap
from services.mentoring.meetings.meeting import MeetingForm, MeetingState
from services.mentoring.pair import PairHappening, PairState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, restarted, settled
from tests.handlers.telling import ANNA, PETER, SHORTEST, Telling, paired, telling_at
from tests.town import data_of, titles

TODAY = TUESDAY.date()


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Telling]:
    """A mentor of two."""
    async with telling_at(tmp_path, (ANNA, PETER)) as telling:
        yield telling


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[Telling]:
    """A mentor of one, in a pair that has not begun."""
    async with telling_at(tmp_path, (ANNA,), PairState.APPROVED) as telling:
        yield telling


async def test_a_meeting_is_logged_by_buttons_and_words(two: Telling) -> None:
    asked = await two.mentor.says("/log")
    assert "С кем была встреча?" in asked.text
    assert "Вопрос 1 из 7" in asked.text
    assert titles(asked)[:2] == ["Лугин Пётр", "Петрова Анна"]
    await two.mentor.taps("Петрова Анна")
    await two.mentor.taps("Вчера")
    await two.mentor.taps("Посещение урока")
    await two.mentor.taps("45\xa0минут")
    assert "О чём была встреча?" in two.mentor.last.text
    await two.mentor.says("Дроби <и> проценты")
    await two.mentor.says("Подготовить карточки")
    asked = two.mentor.last
    assert "Когда следующая встреча?" in asked.text
    assert "Вопрос 7 из 7" in asked.text
    card = await two.mentor.says("в четверг в 15:00")
    assert "С кем: Петрова Анна Сергеевна" in card.text
    assert "Когда: вчера, 23\xa0ноября" in card.text
    assert "О чём: Дроби <и> проценты" in card.text
    assert "Следующая встреча: послезавтра, 26\xa0ноября, в\xa015:00" in card.text
    saved = await two.mentor.taps("Сохранить")
    assert "Встреча записана" in saved.text
    assert "Открыть встречу" in titles(saved)
    [meeting] = await two.meetings()
    told = meeting.told
    assert (told.held_on, told.form, told.minutes) == (TODAY - timedelta(days=1), MeetingForm.LESSON_VISIT, 45)
    assert (told.topic, told.agreement) == ("Дроби <и> проценты", "Подготовить карточки")
    assert (told.next_on, told.next_at) == (date(2026, 11, 26), "15:00")
    assert meeting.state is MeetingState.LOGGED
    assert meeting.remind_on == date(2026, 11, 25)
    assert await two.meetings(1) == []
    assert (await two.pair()).last_met_on == TODAY - timedelta(days=1)
    [owed] = await two.town.rows("SELECT key FROM outbox WHERE kind = 'meeting_to_confirm'")
    assert owed.key.startswith(f"meeting-confirm:{meeting.id}:0:")


async def test_everything_may_be_left_out_but_whom_day_and_form(one: Telling) -> None:
    await one.mentor.says("/log")
    assert "Когда была встреча?" in one.mentor.last.text
    for title in (
        "Сегодня",
        "Консультация",
        "Не указывать",
        "Без темы",
        "Ни о чём особом",
        "Пока не договаривались",
    ):
        await one.mentor.taps(title)
    assert "Длительность: не указано" in one.mentor.last.text
    await one.mentor.taps("Сохранить")
    [meeting] = await one.meetings()
    assert (meeting.told.minutes, meeting.told.topic, meeting.told.next_on) == (None, "", None)


async def test_the_first_meeting_begins_an_approved_pair(one: Telling) -> None:
    await logged_by_buttons(one)
    pair = await one.pair()
    assert (pair.state, pair.started_on, pair.last_met_on) == (PairState.ACTIVE, TODAY, TODAY)
    async with one.town.second_connection() as database, database.read() as connection:
        history = [event.what for event in await StoredWork(connection).pairs.history(pair.id)]
    assert PairHappening.STARTED in history
    assert history[-1] is PairHappening.MEETING_LOGGED


async def test_an_earlier_meeting_does_not_bring_the_last_day_back(one: Telling) -> None:
    await one.changes_pair(0, last_met_on=TODAY, nudged_on=TODAY)
    await logged_by_buttons(one, day="Вчера")
    pair = await one.pair()
    assert (pair.last_met_on, pair.nudged_on) == (TODAY, None)


async def test_back_and_a_changed_mind(two: Telling) -> None:
    await two.mentor.taps_data(LogTap(pair=two.pairs[1]).pack())
    assert "Когда была встреча?" in two.mentor.last.text
    await two.mentor.taps("Сегодня")
    await two.mentor.taps("‹ Назад")
    await two.mentor.taps("‹ Назад")
    assert "С кем была встреча?" in two.mentor.last.text
    await two.mentor.taps("Было несколько человек")
    await two.mentor.taps("Петрова Анна")
    assert "✓ Петрова Анна" in titles(two.mentor.last)
    assert "✓ Лугин Пётр" in titles(two.mentor.last)
    await two.mentor.taps("Готово")
    await two.mentor.says("позавчера")
    assert "Что это было?" in two.mentor.last.text


async def test_several_mentees_get_a_meeting_each(two: Telling) -> None:
    await two.mentor.says("/log")
    await two.mentor.taps("Было несколько человек")
    assert "Готово" not in titles(two.mentor.last)
    await two.mentor.taps("Петрова Анна")
    await two.mentor.taps("Лугин Пётр")
    await two.mentor.taps("Готово")
    for title in ("Сегодня", "Мастер-класс", "1\xa0ч 30\xa0мин", "Без темы", "Ни о чём особом"):
        await two.mentor.taps(title)
    await two.mentor.taps("Пока не договаривались")
    saved = await two.mentor.taps("Сохранить")
    assert {"Открыть: Петрова Анна", "Открыть: Лугин Пётр"} <= set(titles(saved))
    assert len(await two.meetings(0)) == len(await two.meetings(1)) == 1
    assert len(await two.town.rows("SELECT 1 FROM outbox WHERE kind = 'meeting_to_confirm'")) == 2


async def test_a_double_tap_saves_once_and_an_old_button_does_nothing(one: Telling) -> None:
    saved = await logged_by_buttons(one)
    [draft] = await one.drafts()
    for turn in range(10):
        shown = await one.mentor.taps_data(SaveTap(draft=draft.id, turn=turn).pack(), saved)
        assert "Встреча записана" in shown.text
    assert len(await one.meetings()) == 1


async def test_a_button_of_before_the_change_saves_nothing(one: Telling) -> None:
    await told_all(one)
    [draft] = await one.drafts()
    shown = await one.mentor.taps_data(SaveTap(draft=draft.id, turn=0).pack())
    assert "Запись уже изменилась. Вот она сейчас." in one.mentor.toasts
    assert "Сохранить" in titles(shown)
    assert await one.meetings() == []


async def test_what_was_not_saved_can_be_taken_up_again(one: Telling) -> None:
    await told_all(one)
    dropped = await one.mentor.taps("Не сохранять")
    assert "Не сохранено" in dropped.text
    assert await one.meetings() == []
    card = await one.mentor.taps("Вернуть")
    assert "Форма: Консультация" in card.text
    await one.mentor.taps("Сохранить")
    assert len(await one.meetings()) == 1


async def test_what_was_begun_goes_on_after_a_restart(one: Telling) -> None:
    await one.mentor.says("/log")
    await one.mentor.taps("Сегодня")
    await one.mentor.taps("Консультация")
    await restarted(one.town, one.clock)
    await one.mentor.says("полтора часа")
    assert "О чём была встреча?" in one.mentor.last.text
    await restarted(one.town, one.clock)
    await one.mentor.taps("Без темы")
    await one.mentor.says("/menu")
    begun = await one.mentor.says("/log")
    assert "не закончили" in begun.text
    await one.mentor.taps(titles(begun)[1])
    assert "О чём договорились?" in one.mentor.last.text
    await one.mentor.taps("Ни о чём особом")
    await one.mentor.taps("Пока не договаривались")
    await one.mentor.taps("Сохранить")
    [meeting] = await one.meetings()
    assert meeting.told.minutes == 90


async def test_bad_words_are_asked_again_and_lose_nothing(one: Telling) -> None:
    await one.mentor.says("/log")
    asked = await one.mentor.says("завтра")
    assert "позже" in asked.text or "Когда была встреча?" in asked.text
    asked = await one.mentor.says("абракадабра")
    assert "Когда была встреча?" in asked.text
    await one.mentor.taps("Сегодня")
    await one.mentor.taps("Консультация")
    for words in ("долго", "0", "1000"):
        asked = await one.mentor.says(words)
        assert "Напишите, сколько длилась встреча" in asked.text
    await one.mentor.says("50")
    asked = await one.mentor.says("я" * 501)
    assert "Слишком длинно" in asked.text
    await one.mentor.says("Тема")
    await one.mentor.taps("Ни о чём особом")
    asked = await one.mentor.says("когда-нибудь")
    assert "Когда следующая встреча?" in asked.text
    card = await one.mentor.says("завтра")
    assert "Следующая встреча: завтра, 25\xa0ноября" in card.text


async def test_the_next_meeting_by_the_calendar_gets_an_hour(one: Telling) -> None:
    await one.mentor.says("/log")
    for title in ("Сегодня", "Консультация", "Не указывать", "Без темы", "Ни о чём особом"):
        await one.mentor.taps(title)
    asked = await one.mentor.taps("27")
    assert "В котором часу?" in asked.text
    card = await one.mentor.taps("14:00")
    assert "в\xa014:00" in card.text
    await one.mentor.taps("Следующая встреча")
    card = await one.mentor.taps("Пока не договаривались")
    assert "Следующая встреча:" not in card.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("в пятницу в 9 утра", "пятница, 27 ноября, в 09:00"),
        ("в четверг в 15", "послезавтра, 26 ноября, в 15:00"),
        ("27.11", "пятница, 27 ноября"),
    ],
)
async def test_the_next_meeting_is_written_as_people_write(one: Telling, words: str, told: str) -> None:
    await told_all(one)
    await one.mentor.taps("Следующая встреча")
    card = await one.mentor.says(words)
    assert f"Следующая встреча: {told}\n" in card.text.replace("\N{NO-BREAK SPACE}", " ")


async def test_no_is_no_agreement_and_one_mentee_is_not_counted_as_a_question(one: Telling) -> None:
    asked = await one.mentor.says("/log")
    assert "Вопрос 1 из 6" in asked.text
    for title in ("Сегодня", "Консультация", "Не указывать"):
        await one.mentor.taps(title)
    for words in ("-", "Нет.", "нет"):
        card = await one.mentor.says(words)
    assert "О чём: не указано" in card.text
    assert "Договорились" not in card.text
    assert "Следующая встреча:" not in card.text
    await one.mentor.taps("Сохранить", card)
    again = await one.mentor.taps_data(data_of(card, "Сохранить"))
    assert one.mentor.toasts[-1] == "Уже записано."
    assert "Встреча записана" in again.text


async def test_every_field_is_mended_from_the_card(one: Telling) -> None:
    await told_all(one)
    await one.mentor.taps("Когда")
    await one.mentor.says("20.11")
    assert "Когда: пятница, 20\xa0ноября" in one.mentor.last.text
    await one.mentor.taps("Форма")
    await one.mentor.taps("Другое")
    assert "Форма: Другое" in one.mentor.last.text
    await one.mentor.taps("О чём")
    await one.mentor.says("Оценивание")
    await one.mentor.taps("Длительность")
    await one.mentor.taps("20\xa0минут")
    assert "Длительность: 20\xa0минут" in one.mentor.last.text
    await one.mentor.taps("Сохранить")
    [meeting] = await one.meetings()
    assert (meeting.told.held_on, meeting.told.form) == (date(2026, 11, 20), MeetingForm.OTHER)
    assert (meeting.told.topic, meeting.told.minutes) == ("Оценивание", 20)


async def test_a_pair_that_has_ended_meanwhile_gets_no_meeting(two: Telling) -> None:
    await two.mentor.taps_data(LogTap(pair=two.pairs[0]).pack())
    for title in (
        "Сегодня",
        "Консультация",
        "Не указывать",
        "Без темы",
        "Ни о чём особом",
        "Пока не договаривались",
    ):
        await two.mentor.taps(title)
    await two.changes_pair(0, state=PairState.COMPLETED, ended_on=TODAY)
    card = await two.mentor.taps("Сохранить")
    assert "С кем была встреча?" in card.text
    assert "Сохранить" not in titles(card)
    assert await two.meetings() == []


async def test_a_draft_is_its_authors_alone(two: Telling) -> None:
    await two.mentor.taps_data(LogTap(pair=two.pairs[0]).pack())
    [draft] = await two.drafts()
    other = await settled(two.town, "Крылова Наталья Сергеевна", (Role.MENTOR, two.school))
    hers = await settled(two.town, "Белова Анна Ильинична", (Role.TEACHER, two.school))
    await paired(two.town, two.school, other, hers, 1)
    for person in (other, two.mentees[0]):
        shown = await person.taps_data(DraftTap(draft=draft.id).pack())
        assert "Когда была встреча?" not in shown.text


async def test_without_a_pair_there_is_nothing_to_log(two: Telling) -> None:
    shown = await two.mentees[0].says("/log")
    assert "нет пары, в которой вы наставник" in shown.text


async def test_whoever_took_their_consent_back_is_not_shown(two: Telling) -> None:
    await two.town.change(
        "UPDATE consents SET revoked_at = CURRENT_TIMESTAMP WHERE person_id = :id",
        id=(await two.pair(1)).mentee_id,
    )
    asked = await two.mentor.says("/log")
    assert "Лугин" not in str(titles(asked)) + asked.text


async def told_all(telling: Telling, day: str = "Сегодня") -> None:
    await telling.mentor.says("/log")
    for title in (day, *SHORTEST[1:]):
        await telling.mentor.taps(title)


async def logged_by_buttons(telling: Telling, day: str = "Сегодня") -> object:
    await told_all(telling, day)
    return await telling.mentor.taps("Сохранить")
