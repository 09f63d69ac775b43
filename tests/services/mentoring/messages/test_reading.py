"""What a message is never read as, however it is written; and that reading it is quick."""

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.mentoring.meetings.meeting import LONGEST_MINUTES, TOPIC_LIMIT, MeetingForm
from services.mentoring.messages.reading import read
from services.mentoring.messages.understood import Known, KnownStep, Understood

TODAY = date(2026, 11, 17)
ANNA, PETER = Known(1, "Петрова Анна Сергеевна"), Known(2, "Лаптев Пётр Ильич")
STEPS = (KnownStep(1, 11, "Взаимопосещение уроков математики"), KnownStep(2, 21, "Вебинар по дисциплине на уроке"))
PIECES = (
    "вчера сегодня завтра в прошлую среду четверг 12.11 31.02 29 февраля двенадцатого 40 минут полтора часа 1ч20м "
    "с 14 до 15:30 с Анной Петровой Лаптева А. С. П.И. Пети и , . ! ? : ( ) « » \n тема по теме договорились что "
    "решили в следующий раз приду посетил урок консультация разбирали план журнал в 15:00 полтретьего через "
    "неделю до пятницы 99.99 00:99 0 минут"
).split(" ")


def _read(words: str, *mentees: Known) -> Understood:
    return read(words, TODAY, mentees or (ANNA, PETER), STEPS)


def _holds(understood: Understood) -> None:
    if understood.held_on.value:
        assert understood.held_on.value <= TODAY
    if understood.next_on.value:
        assert understood.next_on.value >= TODAY
    for minutes in (understood.minutes.value, *understood.minutes.candidates):
        assert minutes is None or 0 < minutes <= LONGEST_MINUTES
    for pairs in (understood.whom.value or (), *understood.whom.candidates):
        assert set(pairs if isinstance(pairs, tuple) else (pairs,)) <= {1, 2}
    for words in (understood.topic.value, understood.agreement.value):
        assert words is None or 0 < len(words) <= TOPIC_LIMIT
    for guess in (understood.held_on, understood.minutes, understood.form, understood.whom, understood.next_on):
        assert guess.value is None or not guess.candidates


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=150)
@example("вчера с Анной \U00017000 40 минут")
def test_any_text_is_read(words: str) -> None:
    _holds(_read(words))


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), st.dates(date(2020, 1, 1), date(2032, 12, 31))
)
@settings(deadline=None, max_examples=300)
def test_any_muddle_of_a_mentors_words_is_read(words: str, today: date) -> None:
    _holds(_read(words))
    once = read(words, today, (ANNA, PETER), STEPS)
    assert once == read(words, today, (ANNA, PETER), STEPS)
    assert once.held_on.value is None or once.held_on.value <= today


@given(st.text(alphabet="абвгёжАН -.'’", max_size=30), st.text(max_size=40))
@settings(deadline=None, max_examples=100)
def test_any_name_of_a_mentee_does(full_name: str, words: str) -> None:
    read(f"вчера с {full_name} {words}", TODAY, (Known(1, full_name), PETER))


@pytest.mark.parametrize(
    "words",
    [
        "вчера посетил урок Петровой, 45 мин, тема дроби. Договорились, что в четверг в 15:00 приду. " * 55,
        "час " * 1250,
        "12.11 " * 830,
        "с Анной и " * 500,
        "«" * 5000,
        "а. " * 1660,
        " ".join(f"слово{number:x}щ" for number in range(640)),
    ],
)
def test_a_very_long_message_is_read_at_once(words: str) -> None:
    _read("вчера")  # the dictionary is loaded once
    begun = time.process_time()
    _read(words[:5000])
    assert time.process_time() - begun < 0.5


def test_an_ordinary_message_takes_some_milliseconds() -> None:
    words = "Сегодня 40 минут разбирали с Анной план урока, договорились что приду к ней на урок в четверг"
    _read(words)
    begun = time.process_time()
    for _ in range(20):
        _read(words)
    assert time.process_time() - begun < 20 * 0.02


def test_a_mentor_without_mentees_is_read_too() -> None:
    understood = read("вчера посетил урок Петровой, 45 мин", TODAY, ())
    assert understood.about_meeting
    assert understood.whom.value is None
    assert understood.unknown_names == ("Петровой",)


def test_looking_at_what_was_written_of_a_lesson_is_no_visit() -> None:
    words = "В пятницу с Анной смотрели её самоанализ урока, решили что в среду в 15:00 она придёт ко мне на урок"
    assert _read(words, ANNA).form.value is not MeetingForm.LESSON_VISIT


def test_the_words_of_an_agreement_do_not_tell_of_the_meeting() -> None:
    understood = _read("Вчера беседовала с Анной. Договорились, что посещу её урок в пятницу, на 40 минут")
    assert understood.form.value is MeetingForm.CONSULTATION
    assert understood.minutes.value is None
    assert understood.held_on.value == date(2026, 11, 16)
    assert understood.next_on.value == date(2026, 11, 20)


def test_the_same_day_a_week_ago_and_today_are_both_asked_about() -> None:
    understood = _read("во вторник посетил урок Анны")
    assert set(understood.held_on.candidates) == {date(2026, 11, 10), TODAY}


def test_a_counted_day_is_asked_about_when_the_meeting_was_not_today() -> None:
    assert _read("сегодня консультация с Анной, договорились встретиться через 3 дня").next_on.value == date(
        2026, 11, 20
    )
    understood = _read("вчера консультация с Анной, договорились встретиться через 3 дня")
    assert understood.next_on.candidates == (date(2026, 11, 20), date(2026, 11, 19))


def test_the_end_of_a_sentence_hides_no_number() -> None:
    understood = _read("Консультация с Анной 16.11.2026. Минут 15. Следующая встреча 1 декабря в 14:00.")
    assert understood.held_on.value == date(2026, 11, 16)
    assert understood.minutes.value == 15
    assert understood.next_at.value == "14:00"


def test_two_of_one_first_name_are_both_asked_about() -> None:
    understood = _read("вчера консультация с Аней", ANNA, Known(2, "Орлова Анна Викторовна"))
    assert set(understood.whom.candidates) == {(1,), (2,)}
