"""Meetings after they are logged, as the two and whoever looks after them live through it in chat."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.meetings import tend_meetings
from services.delivery.quiet import Quiet
from services.mentoring.meetings import telling
from services.mentoring.meetings.meeting import FileKind, Meeting, MeetingForm, MeetingState, Told
from services.mentoring.meetings.reminding import remind_day
from services.mentoring.pair import NewPair, Pair, PairEvent, PairForm, PairHappening, PairState
from services.people.model import Account, Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import (
    TUESDAY,
    ZONE,
    Clock,
    about,
    founded_at,
    present,
    restarted,
    settled,
    until_sent,
)
from tests.handlers.test_people import noted
from tests.town import Person, Town, data_of, titles

TODAY = TUESDAY.date()
SCHOOL, OTHER_SCHOOL = 2, 3
ASKED, REMINDED, SOON = "Записана встреча с вами", "ждёт вашего ответа", "Скоро встреча"
OBJECTED, MOVED, REMOVED = "есть возражение", "Встреча перенесена", "Запись о встрече удалена"


def days(number: int) -> date:
    """A day so many days after the Tuesday."""
    return TODAY + timedelta(days=number)


def said(message: ChatMessage) -> str:
    """The text with plain spaces."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


class Duet:
    """A town with a pair in it, and the clock that strikes for them."""

    def __init__(self, town: Town, clock: Clock) -> None:
        self.town = town
        self.clock = clock
        self.mentor: Person
        self.mentee: Person
        self.pair: Pair

    async def person(self, name: str, *roles: Role, school: int = SCHOOL) -> Person:
        return await settled(self.town, name, *[(role, school) for role in roles])

    async def person_id(self, person: Person) -> int:
        async with self.town.second_connection() as database, database.read() as connection:
            found = (await StoredWork(connection).people.visitor(Account("telegram", person.id))).person
        assert found is not None
        return found.id

    async def paired(self, mentor: Person, mentee: Person) -> Pair:
        """A pair that works together since a month."""
        mentor_id, mentee_id = await self.person_id(mentor), await self.person_id(mentee)
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            await work.pairs.set_capacity(mentor_id, 3)
            long_ago = TUESDAY - timedelta(days=30)
            new = NewPair(mentor_id, mentee_id, SCHOOL, PairForm.TEACHER_TEACHER, long_ago, long_ago)
            made = await work.pairs.add(new)
            assert made is not None
            active = replace(made, state=PairState.ACTIVE, started_on=long_ago.date(), approved_at=long_ago)
            saved = await work.pairs.save(active)
            assert saved is not None
            await work.commit()
        return saved

    async def met(
        self,
        held_on: date = TODAY,
        pair: Pair | None = None,
        draft_id: int | None = None,
        words: str = "сегодня разбирали план урока",
        **told: object,
    ) -> Meeting:
        """The mentor has logged a meeting, and the mentee is asked."""
        pair = pair or self.pair
        fields = {"minutes": 40, "topic": "План урока"} | told
        about_it = Told(held_on, MeetingForm.CONSULTATION, **fields)  # type: ignore[arg-type]
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            now = self.clock()
            reminds = remind_day(about_it.next_on, now.astimezone(ZONE).date(), Quiet())
            made = await work.meetings.add(pair.id, draft_id, about_it, words, pair.mentor_id, reminds, now)
            assert made is not None
            present = await work.pairs.get(pair.id)
            assert present is not None
            last = max(held_on, present.last_met_on or held_on)
            assert await work.pairs.save(replace(present, last_met_on=last)) is not None
            logged = PairHappening.MEETING_LOGGED
            await work.pairs.note(PairEvent(pair.id, now, pair.mentor_id, logged, meeting_id=made.id))
            await telling.ask_mentee(work, pair, made, now)
            await work.commit()
        await self.delivered()
        return made

    async def delivered(self) -> None:
        assert self.town.house is not None
        if self.town.house.desk.quiet.allows(self.clock().astimezone(ZONE)):
            await until_sent(self.town)

    async def strikes(self) -> None:
        """The clock has struck, and what was owed has come."""
        assert self.town.house is not None
        await tend_meetings(self.town.house.database, self.town.house.desk, self.clock())
        await until_sent(self.town)

    async def stored(self, meeting: Meeting) -> Meeting | None:
        async with self.town.second_connection() as database, database.read() as connection:
            return await StoredWork(connection).meetings.get(meeting.id)

    async def state(self, meeting: Meeting) -> MeetingState | None:
        found = await self.stored(meeting)
        return found.state if found else None

    async def history(self) -> list[PairEvent]:
        async with self.town.second_connection() as database, database.read() as connection:
            return list(await StoredWork(connection).pairs.history(self.pair.id))

    async def last_met(self) -> date | None:
        async with self.town.second_connection() as database, database.read() as connection:
            found = await StoredWork(connection).pairs.get(self.pair.id)
        assert found is not None
        return found.last_met_on

    async def told(self, person: Person, words: str) -> list[ChatMessage]:
        await self.delivered()
        return about(person, words)

    async def withdraws(self, person: Person) -> None:
        await self.town.change(
            "UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=await self.person_id(person)
        )


@pytest.fixture
async def duet(tmp_path: Path) -> AsyncIterator[Duet]:
    clock = Clock()
    async with founded_at(clock, tmp_path) as town:
        duet = Duet(town, clock)
        duet.mentor = await duet.person("Осипова Анна Борисовна", Role.TEACHER, Role.MENTOR)
        duet.mentee = await duet.person("Лугин Олег Иванович", Role.TEACHER)
        duet.pair = await duet.paired(duet.mentor, duet.mentee)
        yield duet


async def test_the_mentee_sees_what_was_logged_and_confirms_it(duet: Duet) -> None:
    meeting = await duet.met(
        agreement="Прийти на <b>урок</b>", next_on=days(2), next_at="14:30", topic="Дроби & проценты"
    )
    [asked] = await duet.told(duet.mentee, ASKED)
    text = said(asked)
    assert "Наставник: Осипова А. Б." in text
    assert "сегодня, 24 ноября" in text
    assert "Консультация" in text
    assert "40 минут" in text
    assert "Дроби & проценты" in text
    assert "Прийти на <b>урок</b>" in text, "written words stay words"
    assert "послезавтра, 26 ноября, в 14:30" in text
    assert "разбирали план урока" not in text, "the mentor's own words are not shown"

    done = await duet.mentee.taps("Да, всё так", asked)
    assert "✓ подтверждена" in said(done)
    assert duet.mentee.toasts[-1] == "Спасибо, встреча подтверждена."
    await duet.mentee.taps_data(data_of(asked, "Да, всё так"))
    assert duet.mentee.toasts[-1] == "Эта встреча уже подтверждена."
    assert await duet.state(meeting) is MeetingState.CONFIRMED
    assert [event.what for event in await duet.history()].count(PairHappening.MEETING_CONFIRMED) == 1


async def test_what_was_held_by_quiet_hours_is_one_message(duet: Duet) -> None:
    duet.clock.now = datetime(2026, 11, 24, 21, tzinfo=ZONE)
    for number in range(3):
        await duet.met(days(-number), topic=f"Тема {number}")
    duet.clock.now = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    [asked] = await duet.told(duet.mentee, ASKED)
    assert "Тема 2" in asked.text
    assert "Ещё ждут ответа: 2" in asked.text
    assert "Тема 0" in asked.text
    assert "Тема 1" in asked.text
    onward = await duet.mentee.taps("Да, всё так", asked)
    assert "Вашего ответа ждут ещё 2 встречи" in said(onward)
    await duet.mentee.taps("Дальше", onward)
    onward = await duet.mentee.taps("Да, всё так")
    assert "Вашего ответа ждёт ещё 1 встреча" in said(onward)


async def test_an_objection_is_corrected_and_asked_about_again(duet: Duet) -> None:
    meeting = await duet.met()
    [asked] = await duet.told(duet.mentee, ASKED)
    question = await duet.mentee.taps("Было иначе", asked)
    assert "Что было иначе?" in question.text
    assert "словами" in (await duet.mentee.says("…")).text, "it is asked again, nothing is lost"
    assert "Слишком длинно" in (await duet.mentee.says("я" * 501)).text
    told = await duet.mentee.says("Это было вчера, <i>полчаса</i>")
    assert "Передано наставнику" in told.text
    assert "есть возражение" in told.text
    assert await duet.state(meeting) is MeetingState.DISPUTED

    [news] = await duet.told(duet.mentor, "По встрече есть возражение")
    assert "Это было вчера, <i>полчаса</i>" in news.text
    card = await duet.mentor.taps("Изменить", news)
    assert "Изменить запись о встрече" in card.text
    assert "Возражение: «Это было вчера, <i>полчаса</i>»" in card.text, "what is to be mended stands beside it"
    await duet.mentor.taps("Сохранить изменения", card)
    [again] = await duet.told(duet.mentee, ASKED)
    assert await duet.state(meeting) is MeetingState.LOGGED, "insisting is asked about too"
    assert "оставлено как было" in (await duet.history())[-1].words
    await duet.mentee.taps("Да, всё так", again)
    assert await duet.state(meeting) is MeetingState.CONFIRMED


async def test_a_ready_objection_and_taking_it_back(duet: Duet) -> None:
    meeting = await duet.met()
    [asked] = await duet.told(duet.mentee, ASKED)
    await duet.mentee.taps("Было иначе", asked)
    card = await duet.mentee.taps("Встречи не было")
    found = await duet.stored(meeting)
    assert found is not None
    assert found.objection == "Встречи не было"
    await duet.mentee.taps("Всё-таки верно", card)
    assert await duet.state(meeting) is MeetingState.CONFIRMED
    listed = await duet.mentor.taps_data(f"mmeets:{duet.pair.id}:0")
    assert "✓ подтверждена" in listed.text


async def test_a_button_of_an_earlier_record_does_nothing(duet: Duet) -> None:
    meeting = await duet.met(next_on=days(2))
    [asked] = await duet.told(duet.mentee, ASKED)
    await duet.mentor.taps_data(f"mmday:{meeting.id}:{meeting.turn}:{days(3).toordinal()}")
    shown = await duet.mentee.taps("Да, всё так", asked)
    assert "изменилась" in duet.mentee.toasts[-1]
    assert await duet.state(meeting) is MeetingState.LOGGED
    assert "пятница, 27 ноября" in said(shown)
    await duet.mentee.taps("Да, всё так", shown)
    assert await duet.state(meeting) is MeetingState.CONFIRMED


async def test_what_is_confirmed_can_be_objected_to_within_the_term(duet: Duet) -> None:
    meeting = await duet.met()
    [asked] = await duet.told(duet.mentee, ASKED)
    card = await duet.mentee.taps("Да, всё так", asked)
    assert "Было иначе" in titles(card)
    old = data_of(card, "Было иначе")
    duet.clock.pass_by(days=8)
    await duet.mentee.taps_data(old)
    assert duet.mentee.toasts[-1] == "Срок, когда можно было возразить, прошёл."
    assert "Было иначе" not in titles(duet.mentee.last)
    assert await duet.state(meeting) is MeetingState.CONFIRMED


async def test_the_list_counts_and_the_latest_is_first(duet: Duet) -> None:
    first = await duet.met(days(-10), minutes=90, topic="Давно")
    await duet.met(days(-1), minutes=40, topic="Вчера")
    await duet.met(TODAY, minutes=None, topic="Сегодня", next_on=days(7))
    await duet.mentee.taps_data(f"mmyes:{first.id}:{first.turn}")
    listed = await duet.mentor.taps_data(f"mmeets:{duet.pair.id}:0")
    text = said(listed)
    assert "Всего: 3 встречи, подтверждено: 1" in text
    assert "Вместе: 2 ч 10 мин" in text
    assert "Без длительности: 1" in text
    assert "Следующая: вторник, 1 декабря" in text
    assert text.index("Сегодня") < text.index("Вчера") < text.index("Давно")
    assert "Записать встречу" in titles(listed)
    assert "Записать встречу" not in titles(await duet.mentee.taps_data(f"mmeets:{duet.pair.id}:0"))
    for number in range(6):
        await duet.met(days(-20 - number))
    listed = await duet.mentor.taps_data(f"mmeets:{duet.pair.id}:0")
    assert "Страница 1 из 2" in listed.text
    assert "Страница 2 из 2" in (await duet.mentor.taps("Дальше ›", listed)).text


async def test_an_empty_list_says_what_to_do(duet: Duet) -> None:
    assert "просто напишите боту" in (await duet.mentor.taps_data(f"mmeets:{duet.pair.id}:0")).text
    assert "попросит вас подтвердить" in (await duet.mentee.taps_data(f"mmeets:{duet.pair.id}:0")).text


async def test_a_change_is_noted_with_what_was_and_asked_about_again(duet: Duet) -> None:
    meeting = await duet.met()
    [asked] = await duet.told(duet.mentee, ASKED)
    await duet.mentee.taps("Да, всё так", asked)
    card = await duet.mentor.taps_data(f"mmeet:{meeting.id}")
    assert "сегодня разбирали план урока" in card.text, "the mentor reads their own words"
    await duet.mentor.taps("Изменить", card)
    await duet.mentor.taps("Длительность")
    await duet.mentor.taps("1\N{NO-BREAK SPACE}час")
    await duet.mentor.taps("Сохранить изменения")
    changed = await duet.stored(meeting)
    assert changed is not None
    assert changed.told.minutes == 60
    assert changed.state is MeetingState.LOGGED
    assert changed.confirmed_at is None
    [again] = await duet.told(duet.mentee, ASKED)
    assert "1 час" in said(again)
    event = (await duet.history())[-1]
    assert event.what is PairHappening.MEETING_CHANGED
    assert event.words == "длительность: 40 мин → 60 мин"
    assert event.before is not None
    assert event.before["minutes"] == 40
    assert "разбирали" not in str(event.before)

    history = await duet.mentee.taps_data(f"mmhist:{meeting.id}:0")
    assert "длительность: 40 мин → 60 мин" in history.text
    assert "Осипова А. Б." in said(history)


async def test_an_old_card_of_a_change_does_not_write_over_a_newer_one(duet: Duet) -> None:
    meeting = await duet.met(next_on=days(2))
    await duet.mentor.taps_data(f"mmeet:{meeting.id}")
    await duet.mentor.taps("Изменить")
    await duet.mentor.taps("Длительность")
    old = await duet.mentor.taps("1\N{NO-BREAK SPACE}час")
    duet.clock.pass_by(minutes=1)
    await duet.mentor.says("/menu")
    await duet.mentor.taps_data(f"mmday:{meeting.id}:{meeting.turn}:{days(3).toordinal()}")
    moved = await duet.stored(meeting)
    assert moved is not None
    assert moved.told.next_on == days(3)

    await duet.mentor.taps("Сохранить изменения", old)
    [refused] = [message for message in duet.mentor.history if message.id == old.id]
    assert "уже изменили" in refused.text
    assert await duet.stored(meeting) == moved


async def test_an_old_card_of_a_change_does_not_answer_an_objection_nobody_has_read(duet: Duet) -> None:
    meeting = await duet.met()
    await duet.mentor.taps_data(f"mmeet:{meeting.id}")
    card = await duet.mentor.taps("Изменить")
    duet.clock.pass_by(minutes=1)
    await duet.mentee.taps_data(f"mmno:{meeting.id}:{meeting.turn}:1")
    await duet.mentor.taps("Сохранить изменения", card)
    assert await duet.state(meeting) is MeetingState.DISPUTED
    [refused] = [message for message in duet.mentor.history if message.id == card.id]
    assert "на неё ответили" in refused.text
    assert len(await duet.told(duet.mentor, OBJECTED)) == 1


async def test_a_file_sent_at_night_does_not_hide_an_objection(duet: Duet) -> None:
    duet.clock.now = datetime(2026, 11, 24, 19, tzinfo=ZONE)
    await duet.mentor.says("Сегодня консультация с Олегом, 30 минут")
    await duet.mentor.taps("Сохранить")
    duet.clock.now = datetime(2026, 11, 24, 21, tzinfo=ZONE)
    [row] = await duet.town.rows("SELECT id, turn FROM meetings")
    await duet.mentee.taps_data(f"mmno:{row.id}:{row.turn}:1")
    duet.town.messenger.send_voice(duet.mentor.id)
    await duet.town.quiet()
    await duet.mentor.taps("Сегодня")
    assert [event.words for event in await duet.history()][-1] == "приложен файл"
    duet.clock.now = datetime(2026, 11, 25, 10, tzinfo=ZONE)
    assert len(await duet.told(duet.mentor, OBJECTED)) == 1


async def test_a_meeting_is_deleted_after_one_more_question(duet: Duet) -> None:
    await duet.met(days(-5))
    meeting = await duet.met(TODAY, topic="Лишняя")
    assert await duet.last_met() == TODAY
    await duet.mentee.taps_data(f"mmyes:{meeting.id}:{meeting.turn}")
    await duet.mentor.taps_data(f"mmeet:{meeting.id}")
    asked = await duet.mentor.taps("Удалить")
    assert "Наставляемый узнает" in asked.text
    assert await duet.stored(meeting) is not None
    again = data_of(asked, "Удалить навсегда")
    listed = await duet.mentor.taps("Удалить навсегда", asked)
    assert "Лишняя" not in listed.text
    assert await duet.stored(meeting) is None
    assert await duet.last_met() == days(-5)
    assert "больше нет: её удалили" in (await duet.mentor.taps_data(again)).text
    assert "больше нет: её удалили" in (await duet.mentee.taps_data(f"mmno:{meeting.id}:{meeting.turn}:0")).text
    [news] = await duet.told(duet.mentee, REMOVED)
    assert "«Лишняя»" in news.text
    event = (await duet.history())[-1]
    assert event.what is PairHappening.MEETING_DELETED
    assert event.before is not None
    assert event.before["topic"] == "Лишняя"


async def test_what_nobody_has_answered_to_is_deleted_silently(duet: Duet) -> None:
    duet.clock.now = datetime(2026, 11, 24, 21, tzinfo=ZONE)
    meeting = await duet.met()
    await duet.mentor.taps_data(f"mmdel:{meeting.id}:{meeting.turn}:1")
    assert await duet.last_met() is None
    duet.clock.now = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    assert await duet.told(duet.mentee, ASKED) == []
    assert await duet.told(duet.mentee, REMOVED) == []


async def test_after_the_term_nothing_is_changed_but_what_is_objected_to(duet: Duet) -> None:
    meeting = await duet.met()
    old = f"mmdel:{meeting.id}:{meeting.turn}:1"
    duet.clock.pass_by(days=8)
    card = await duet.mentor.taps_data(f"mmeet:{meeting.id}")
    assert "Удалить" not in titles(card)
    for data in (old, f"mmedit:{meeting.id}"):
        await duet.mentor.taps_data(data)
        assert duet.mentor.toasts[-1] == "Срок, когда запись можно было менять, прошёл."
    assert await duet.stored(meeting) is not None
    await duet.mentee.taps_data(f"mmno:{meeting.id}:{meeting.turn}:1")
    assert "Изменить" in titles(await duet.mentor.taps_data(f"mmeet:{meeting.id}"))


async def test_files_are_for_both_and_noted_of_who_oversees(duet: Duet) -> None:
    natalia = await duet.person("Крылова Наталья Сергеевна", Role.CURATOR)
    meeting = await duet.met(draft_id=77)
    async with duet.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        await work.meetings.add_file(77, FileKind.DOCUMENT, "план.txt", b"plan", "test:1", duet.clock())
        await work.meetings.add_file(77, FileKind.VOICE, "", b"ogg", "test:2", duet.clock())
        await work.commit()
    for person in (duet.mentor, duet.mentee, natalia):
        card = await person.taps_data(f"mmeet:{meeting.id}")
        assert "Голосовое: № 2" in titles(card)
        assert ("разбирали план" in card.text) is (person is duet.mentor)
        await person.taps("Файл: план.txt", card)
        await duet.delivered()
        [sent] = [message for message in person.history if message.document]
        assert "Файл встречи" in sent.caption
    actions = await noted(duet.town)
    assert actions.count("meeting_file_seen") == 1
    assert actions.count("meetings_seen") == 1


async def test_who_has_nothing_to_do_with_the_pair_sees_nothing(duet: Duet) -> None:
    stranger = await duet.person("Быков Пётр Ильич", Role.TEACHER, Role.MENTOR)
    elsewhere = await duet.person("Громова Ирина Павловна", Role.CURATOR, school=OTHER_SCHOOL)
    meeting = await duet.met(topic="Тайная тема")
    for person in (stranger, elsewhere):
        for data in (f"mmeets:{duet.pair.id}:0", f"mmeet:{meeting.id}", f"mmhist:{meeting.id}:0"):
            assert "Тайная тема" not in (await person.taps_data(data)).text
        for data in (f"mmyes:{meeting.id}:0", f"mmno:{meeting.id}:0:1", f"mmdel:{meeting.id}:0:1"):
            await person.taps_data(data)
    await duet.mentor.taps_data(f"mmyes:{meeting.id}:0")
    await duet.mentee.taps_data(f"mmdel:{meeting.id}:0:1")
    assert await duet.state(meeting) is MeetingState.LOGGED


async def test_whoever_takes_their_consent_back_is_named_in_no_message(duet: Duet) -> None:
    duet.clock.now = datetime(2026, 11, 24, 21, tzinfo=ZONE)
    meeting = await duet.met(next_on=days(1))
    await duet.withdraws(duet.mentor)
    duet.clock.now = datetime(2026, 11, 25, 10, tzinfo=ZONE)
    await duet.strikes()
    assert about(duet.mentee, "Осипова") == []
    assert "Осипова" not in (await duet.mentee.taps_data(f"mmeet:{meeting.id}")).text


async def test_both_are_reminded_the_working_day_before(duet: Duet) -> None:
    # Friday, for the Monday after: Saturday is the last day on which something is sent.
    duet.clock.now = datetime(2026, 11, 27, 12, tzinfo=ZONE)
    await duet.met(days(3), next_on=days(6), next_at="14:30", agreement="Открытый урок")
    await duet.strikes()
    assert about(duet.mentor, SOON) == []
    duet.clock.now = datetime(2026, 11, 28, 10, tzinfo=ZONE)
    for _ in range(3):
        await duet.strikes()
    [hers], [his] = about(duet.mentor, SOON), about(duet.mentee, SOON)
    assert "Послезавтра, 30 ноября, в 14:30" in said(hers)
    assert "Лугин" in hers.text
    assert "Открытый урок" in his.text
    assert "Осипова" in his.text
    assert titles(hers) == ["Записать встречу", "Перенести"]
    await duet.mentee.taps("Хорошо", his)
    assert duet.mentee.toasts[-1] == "Хорошо, до встречи!"
    await restarted(duet.town, duet.clock)
    duet.clock.now = datetime(2026, 11, 30, 10, tzinfo=ZONE)
    await duet.strikes()
    assert len(about(duet.mentor, SOON)) == len(about(duet.mentee, SOON)) == 1
    assert await duet.town.rows("SELECT id FROM meetings WHERE remind_on IS NOT NULL") == []


async def test_a_moved_meeting_is_told_and_reminded_of_anew(duet: Duet) -> None:
    meeting = await duet.met(TODAY, next_on=days(2), next_at="09:15")
    await duet.mentee.taps_data(f"mmyes:{meeting.id}:{meeting.turn}")
    duet.clock.now = datetime(2026, 11, 25, 10, tzinfo=ZONE)
    await duet.strikes()
    [hers] = about(duet.mentor, SOON)
    picker = await duet.mentor.taps("Перенести", hers)
    assert "Время останется прежним: 09:15" in picker.text
    card = await duet.mentor.taps("30", picker)
    assert "понедельник, 30 ноября, в 09:15" in said(card)
    [news] = await duet.told(duet.mentee, MOVED)
    assert "понедельник, 30 ноября, в 09:15" in said(news)
    assert await duet.state(meeting) is MeetingState.CONFIRMED, "the meeting itself is as it was"
    assert "следующая встреча: 26.11.2026 в 09:15 → 30.11.2026 в 09:15" in (await duet.history())[-1].words
    duet.clock.now = datetime(2026, 11, 28, 10, tzinfo=ZONE)
    await duet.strikes()
    [anew] = about(duet.mentor, SOON)
    assert "Послезавтра, 30 ноября" in said(anew)
    await duet.mentor.taps_data(data_of(picker, "30"), card)
    assert duet.mentor.toasts[-1] == "Встреча и так назначена на этот день."
    assert len(await duet.told(duet.mentee, MOVED)) == 1
    await duet.mentor.taps("Перенести", anew)
    await duet.mentor.taps("Встречи не будет")
    assert len(await duet.told(duet.mentee, "Следующая встреча снята")) == 1


async def test_moving_the_next_meeting_leaves_an_objection_as_it_is(duet: Duet) -> None:
    meeting = await duet.met(TODAY, next_on=days(2))
    await duet.mentee.taps_data(f"mmno:{meeting.id}:{meeting.turn}:3")
    await duet.mentor.taps_data(f"mmday:{meeting.id}:1:{days(6).toordinal()}")
    found = await duet.stored(meeting)
    assert found is not None
    assert found.told.next_on == days(6)
    assert (found.state, found.objection) == (MeetingState.DISPUTED, "Длительность другая")


async def test_of_each_meeting_that_is_not_confirmed_they_are_gently_reminded_once(duet: Duet) -> None:
    await duet.met(days(-1), topic="Тема 1")
    duet.clock.pass_by(days=2)
    await duet.met(days(1), topic="Тема 2")
    await duet.strikes()
    assert about(duet.mentee, REMINDED) == []
    duet.clock.pass_by(days=1, minutes=5)
    for _ in range(2):
        await duet.strikes()
    [reminder] = about(duet.mentee, REMINDED)
    assert all(topic in reminder.text for topic in ("Тема 1", "Тема 2")), "all of them in one message"
    for _ in range(10):
        duet.clock.pass_by(days=1)
        await duet.strikes()
    # The later one had its own reminder once its own days were over.
    assert len(about(duet.mentee, REMINDED)) == 2
    assert present(duet.mentee, reminder).text == reminder.text
