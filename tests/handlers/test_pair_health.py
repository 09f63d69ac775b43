"""How pairs do, for whoever looks after them; silent pairs, for their mentors first and for curators later."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.pair_health import tend_health
from handlers.mentoring.health.taps import Concern, ConcernTap, HealthSchoolsTap
from handlers.mentoring.taps import HealthTap
from services.mentoring.meetings.meeting import MeetingForm, MeetingState, Told
from services.mentoring.pair import NewPair, Pair, PairForm, PairState
from services.mentoring.requests.request import RequestState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import SCHOOLS, TUESDAY, Clock, about, founded_at, restarted, settled, until_sent
from tests.handlers.walked import person_id
from tests.town import Person, Town, titles

DISTRICT, SCHOOL, OTHER_SCHOOL = 1, 2, 3
TODAY = TUESDAY.date()
MENTOR, CURATOR = "Опытова Вера Петровна", "Чуткова Ольга Юрьевна"
ANNA, BORIS, IRINA = "Новикова Анна Ивановна", "Новиков <Борис> Львович", "Ждунова Ирина Олеговна"


def days(number: int) -> date:
    """A day so many days after the Tuesday."""
    return TODAY + timedelta(days=number)


@dataclass
class Watched:
    """A school with a mentor, and its curator."""

    town: Town
    clock: Clock
    mentor: Person
    curator: Person
    mentees: dict[str, Person] = field(default_factory=dict)

    async def pair(
        self, name: str, met: date | None, school: int = SCHOOL, mentor: Person | None = None, **fields: Any
    ) -> Pair:
        mentee = await settled(self.town, name, (Role.TEACHER, school), birth_year=2000)
        self.mentees[name] = mentee
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            led_by, led = await person_id(work, mentor or self.mentor), await person_id(work, mentee)
            await work.pairs.set_capacity(led_by, 9)
            began = TUESDAY - timedelta(days=60)
            made = await work.pairs.add(
                NewPair(led_by, led, school, PairForm.TEACHER_TEACHER, began, began + timedelta(days=3))
            )
            assert made is not None
            at_work = replace(made, state=PairState.ACTIVE, started_on=days(-60), last_met_on=met)
            saved = await work.pairs.save(replace(at_work, **fields))
            assert saved is not None
            await work.commit()
        return saved

    async def meeting(self, pair: Pair, held_on: date, state: MeetingState) -> None:
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            told = Told(held_on, MeetingForm.CONSULTATION, 45)
            made = await work.meetings.add(pair.id, None, told, "", pair.mentor_id, None, TUESDAY)
            assert made is not None
            assert await work.meetings.save(replace(made, state=state)) is not None
            await work.commit()

    async def waits(self, name: str, since_days: int) -> None:
        person = await settled(self.town, name, (Role.TEACHER, SCHOOL), birth_year=2000)
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            since = TUESDAY - timedelta(days=since_days)
            draft = await work.mentee_requests.add(await person_id(work, person), SCHOOL, None, since)
            assert draft is not None
            asked = replace(draft, state=RequestState.OPEN, waits_since=since)
            assert await work.mentee_requests.save(asked) is not None
            await work.commit()

    async def finished(self, instrument: str, name: str, answers: str) -> None:
        """Somebody of the school has answered the questionnaire."""
        person = await settled(self.town, name, (Role.TEACHER, SCHOOL))
        async with self.town.second_connection() as database, database.read() as connection:
            number = await person_id(StoredWork(connection), person)
        await self.town.change(
            "INSERT INTO survey_sessions (person_id, instrument, version, answers, position, state, started_at,"
            " updated_at, finished_at) VALUES (:person, :instrument, '1', :answers, 0, 'finished',"
            " '2026-11-20 07:00:00', '2026-11-20 07:00:00', '2026-11-20 07:00:00')",
            person=number,
            instrument=instrument,
            answers=answers,
        )

    async def changed(self, pair: Pair, **fields: Any) -> None:
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            present = await work.pairs.get(pair.id)
            assert present is not None
            assert await work.pairs.save(replace(present, **fields)) is not None
            await work.commit()

    async def opens(self, person: Person | None = None, place: int = SCHOOL) -> ChatMessage:
        return await (person or self.curator).taps_data(HealthTap(organisation=place).pack())

    async def owe(self) -> None:
        """The clock has struck; nothing is sent yet."""
        assert self.town.house is not None
        await tend_health(self.town.house.database, self.town.house.desk, self.clock())

    async def strikes(self, **time: float) -> None:
        """So much time has passed, and the clock has struck."""
        self.clock.pass_by(**time)
        await self.owe()
        await until_sent(self.town)


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    clock = Clock()
    async with founded_at(clock, tmp_path) as town:
        mentor = await settled(town, MENTOR, (Role.TEACHER, SCHOOL), (Role.MENTOR, SCHOOL))
        curator = await settled(town, CURATOR, (Role.CURATOR, SCHOOL))
        yield Watched(town, clock, mentor, curator)


async def test_a_school_without_pairs_is_told_what_to_do(watched: Watched) -> None:
    shown = await watched.opens()
    assert "Пар пока нет" in shown.text
    assert titles(shown) == ["Подобрать пары", "‹ Наставничество", "Меню"]


async def test_a_curator_sees_how_pairs_do_and_what_to_do(watched: Watched) -> None:
    busy = await watched.pair(ANNA, days(-1))
    await watched.pair(BORIS, days(-20))
    await watched.waits(IRINA, 16)
    for number, state in enumerate((MeetingState.CONFIRMED, MeetingState.CONFIRMED, MeetingState.LOGGED)):
        await watched.meeting(busy, days(-number - 1), state)
    text = (await watched.opens()).text
    assert "Работают: 2" in text
    assert "3\xa0встречи, 2,3\xa0ч" in text
    assert "Обычно на работающую пару: 1,5" in text
    assert "Подтверждено наставляемыми: 66,7\xa0% (2 из 3)" in text
    assert "1\xa0пара без встреч от 14\xa0дней" in text
    assert "1\xa0встреча без подтверждения" in text
    assert "1\xa0педагог ждёт наставника, дольше всех 16\xa0дней (с 8\xa0ноября)" in text
    assert titles(watched.curator.last) == [
        "Без встреч: 1",
        "Не подтверждены: 1",
        "Ждут наставника: 1",
        "‹ Наставничество",
        "Меню",
    ]


async def test_without_meetings_no_share_of_them_is_told(watched: Watched) -> None:
    await watched.pair(ANNA, None, started_on=days(-2))
    text = (await watched.opens()).text
    assert "Ни одной встречи не записано." in text
    assert "Подтверждено" not in text, "there is nothing to confirm"
    assert "сейчас ничего делать не нужно" in text


async def test_a_figure_opens_just_its_list_and_the_list_its_pair(watched: Watched) -> None:
    await watched.pair(ANNA, days(-1))
    silent = await watched.pair(BORIS, days(-20))
    await watched.meeting(silent, days(-20), MeetingState.DISPUTED)
    await watched.opens()
    listed = await watched.curator.taps("Без встреч: 1")
    assert "Новиков\xa0<.\xa0Л." in listed.text
    assert "Новикова" not in listed.text
    assert "последняя встреча 4\xa0ноября, 20\xa0дней назад" in listed.text
    card = await watched.curator.taps("1. Опытова\xa0В.\xa0П. и Новиков\xa0<.\xa0Л.")
    assert BORIS in card.text
    await watched.opens()
    meetings = await watched.curator.taps("Не подтверждены: 1")
    assert "наставляемый возражает" in meetings.text
    await watched.curator.taps("‹ Как дела у пар")
    assert "Как дела у пар" in watched.curator.last.text
    await watched.curator.taps("Не подтверждены: 1")
    assert "Консультация" in (await watched.curator.taps("1. Опытова\xa0В.\xa0П. и Новиков\xa0<.\xa0Л.")).text


async def test_a_list_that_has_emptied_meanwhile_says_so(watched: Watched) -> None:
    for what in Concern:
        tap = ConcernTap(organisation=SCHOOL, what=what, page=3)
        assert "всё уладилось" in (await watched.curator.taps_data(tap.pack())).text


async def test_who_has_taken_their_consent_back_is_in_no_list(watched: Watched) -> None:
    pair = await watched.pair(ANNA, days(-20))
    await watched.town.change(
        "UPDATE consents SET revoked_at = '2026-11-23 07:00:00' WHERE person_id = :id", id=pair.mentee_id
    )
    assert "Пар пока нет" in (await watched.opens()).text
    tap = ConcernTap(organisation=SCHOOL, what=Concern.SILENT)
    assert "Новикова" not in (await watched.curator.taps_data(tap.pack())).text


@pytest.mark.parametrize(
    "tap",
    [
        HealthTap(organisation=OTHER_SCHOOL),
        HealthSchoolsTap(organisation=DISTRICT),
        ConcernTap(organisation=OTHER_SCHOOL, what=Concern.SILENT),
    ],
    ids=["figures", "schools", "a list"],
)
async def test_another_s_school_is_shown_to_no_curator(watched: Watched, tap: Any) -> None:
    other = await settled(watched.town, "Дальний Пётр Ильич", (Role.MENTOR, OTHER_SCHOOL))
    await watched.pair(ANNA, days(-20), OTHER_SCHOOL, other)
    for person in (watched.curator, watched.mentor):
        await person.taps_data(tap.pack())
        assert not about(person, "Новикова")
        assert not about(person, "Как дела у пар")


async def test_one_pair_at_work_is_told_in_the_singular(watched: Watched) -> None:
    methodist = await settled(watched.town, "Седых Мария Ивановна", (Role.METHODIST, DISTRICT))
    await watched.pair(ANNA, days(-1))
    await watched.opens(methodist, DISTRICT)
    assert "\nработает 1\xa0пара, 0\xa0встреч за 30 дней" in (await methodist.taps("По школам")).text


async def test_a_methodist_goes_from_the_district_to_a_school_and_back(watched: Watched) -> None:
    methodist = await settled(watched.town, "Седых Мария Ивановна", (Role.METHODIST, DISTRICT))
    await watched.pair(ANNA, days(-20))
    await watched.pair(BORIS, days(-1))
    assert "Работают: 2" in (await watched.opens(methodist, DISTRICT)).text
    listed = await methodist.taps("По школам")
    assert "работают 2\xa0пары, без встреч 1, 0\xa0встреч за 30 дней" in listed.text
    assert "работающих пар нет, никто не ждёт наставника" in listed.text
    school = await methodist.taps(SCHOOLS[0])
    assert SCHOOLS[0] in school.text
    assert "По школам" not in titles(school)
    assert "по школам" in (await methodist.taps("‹ Все школы")).text


async def test_comfort_is_shown_as_the_report_shows_it(watched: Watched) -> None:
    await watched.pair(ANNA, days(-1))
    for number in range(4):
        await watched.finished("pair_comfort", f"Тайнова{number} Вера Ильинична", "551555")
    hidden = await watched.opens()
    assert "Комфорт в паре: нет данных, показываем группы от 5\xa0человек" in hidden.text
    await watched.finished("pair_comfort", "Тайнова9 Вера Ильинична", "115111")
    shown = await watched.opens()
    assert "вместе хорошо 4 (80\xa0%)" in shown.text
    assert "пока непросто 1 (20\xa0%)" in shown.text
    assert "не выясняя, кто так ответил" in shown.text
    assert "Наставники довольны: нет данных" in shown.text
    assert "Тайнова" not in shown.text
    await watched.curator.taps("Отчёт: комфорт")
    assert "Результаты, 5\xa0педагогов" in watched.curator.last.text
    assert await watched.town.rows("SELECT 1 FROM audit WHERE action = 'report_seen'")


async def test_a_mentor_is_asked_about_a_silent_pair_and_may_act_at_once(watched: Watched) -> None:
    await watched.pair(ANNA, days(-14))
    await watched.strikes()
    message = watched.mentor.last
    assert ANNA in message.text
    assert "Последняя встреча 10\xa0ноября, 14\xa0дней назад" in message.text
    assert titles(message) == ["Записать встречу", "Взять паузу", "Открыть"]
    paused = await watched.mentor.taps("Взять паузу", message)
    assert "пауз" in paused.text.lower()
    assert not about(watched.curator, "Новикова")
    assert not about(watched.mentees[ANNA], "встреч")


async def test_all_silent_pairs_are_one_message_and_names_are_escaped(watched: Watched) -> None:
    await watched.pair(ANNA, None)
    await watched.pair(BORIS, days(-30))
    await watched.strikes()
    await restarted(watched.town, watched.clock)
    await watched.strikes(hours=3)
    await watched.strikes(days=1)
    [message] = about(watched.mentor, "Давно не было записей")
    assert ANNA in message.text
    assert BORIS in message.text
    assert "встреч ещё не было, пара работает 60\xa0дней" in message.text
    assert titles(message)[:3] == ["1. Записать", "Пауза", "Открыть"]
    assert len(titles(message)) == 6


async def test_what_is_said_of_silence_is_not_said_after_a_meeting(watched: Watched) -> None:
    pair = await watched.pair(ANNA, days(-14))
    watched.clock.now = TUESDAY.replace(hour=19, minute=59)
    await watched.owe()
    await watched.changed(pair, last_met_on=TODAY, nudged_on=None)
    await until_sent(watched.town)
    assert not about(watched.mentor, "Давно не было записей")
