"""The life of a pair: it starts by the order, rests, ends early or well; who is told, and who waits again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.pair_pauses import tend_pauses
from handlers.mentoring.pair.taps import (
    AskEndTap,
    ClosePairTap,
    CompletePairTap,
    EvaluateTap,
    KeepOnTap,
    OrderTap,
    PairHistoryTap,
    RestPairTap,
    StartAllTap,
    StartPairTap,
)
from handlers.mentoring.taps import OfferTap, PairListTap, PairTap
from services.mentoring.bank.card import Card, CardState
from services.mentoring.life.starting import start
from services.mentoring.pair import EndReason, NewPair, Pair, PairForm, PairHappening, PairState
from services.mentoring.requests.request import RequestState
from services.people import membership
from services.people.model import Account, Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, about, founded_at, present, settled, taps_in, until_sent
from tests.handlers.walked import person_id
from tests.town import Person, Town, titles

MENTOR, MENTEE, CURATOR = "Опытова Вера Петровна", "Новикова Анна Ивановна", "Чуткова Ольга Юрьевна"
DISTRICT, SCHOOL, OTHER_SCHOOL = 1, 2, 3
TUESDAY_IN_UTC = "2026-11-24 07:00:00.000000"


@dataclass
class Couple:
    """An approved pair of a school with the request it answers, and the school's curator."""

    town: Town
    clock: Clock
    mentor: Person
    mentee: Person
    curator: Person
    pair: int = 0
    request: int = 0

    async def now(self) -> Pair:
        async with self.town.second_connection() as database, database.read() as connection:
            pair = await StoredWork(connection).pairs.get(self.pair)
        assert pair is not None
        return pair

    async def turn(self) -> int:
        return (await self.now()).turn

    async def told(self) -> list[PairHappening]:
        async with self.town.second_connection() as database, database.read() as connection:
            return [event.what for event in await StoredWork(connection).pairs.history(self.pair)]

    async def request_state(self) -> RequestState:
        async with self.town.second_connection() as database, database.read() as connection:
            request = await StoredWork(connection).mentee_requests.get(self.request)
        assert request is not None
        # However it is closed and opened, the teacher has waited since then.
        assert request.waits_since == TUESDAY - timedelta(days=20)
        return request.state

    async def opens(self, person: Person) -> ChatMessage:
        return await person.taps_data(PairTap(pair=self.pair).pack())

    async def starts(self) -> None:
        await self.curator.taps_data(StartPairTap(pair=self.pair, turn=await self.turn()).pack())
        await until_sent(self.town)

    async def ids(self) -> tuple[int, int]:
        pair = await self.now()
        return pair.mentor_id, pair.mentee_id


async def card_of(work: StoredWork, mentor_id: int, capacity: int) -> None:
    card = Card(mentor_id, SCHOOL, CardState.APPROVED, TUESDAY, capacity=capacity)
    assert await work.mentor_cards.add(card) is not None
    assert await work.pairs.set_capacity(mentor_id, capacity)


async def approved(work: StoredWork, mentor_id: int, mentee_id: int) -> tuple[int, int]:
    """The ids of a new approved pair and of the closed request that it answers."""
    waits_since = TUESDAY - timedelta(days=20)
    draft = await work.mentee_requests.add(mentee_id, SCHOOL, None, waits_since)
    assert draft is not None
    request = await work.mentee_requests.save(replace(draft, state=RequestState.OPEN, waits_since=waits_since))
    assert request is not None
    assert await work.mentee_requests.close(request.id, RequestState.PAIRED, TUESDAY)
    pair = await work.pairs.add(
        NewPair(
            mentor_id,
            mentee_id,
            SCHOOL,
            PairForm.TEACHER_TEACHER,
            TUESDAY,
            TUESDAY + timedelta(days=3),
            request_id=request.id,
        )
    )
    assert pair is not None
    saved = await work.pairs.save(replace(pair, state=PairState.APPROVED, approved_at=TUESDAY))
    assert saved is not None
    return saved.id, request.id


@pytest.fixture
async def couple(tmp_path: Path) -> AsyncIterator[Couple]:
    clock = Clock()
    async with founded_at(clock, tmp_path) as town:
        mentor = await settled(town, MENTOR, (Role.TEACHER, SCHOOL), (Role.MENTOR, SCHOOL))
        mentee = await settled(town, MENTEE, (Role.TEACHER, SCHOOL), birth_year=2000)
        curator = await settled(town, CURATOR, (Role.CURATOR, SCHOOL))
        made = Couple(town, clock, mentor, mentee, curator)
        async with town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            mentor_id = await person_id(work, mentor)
            await card_of(work, mentor_id, 3)
            made.pair, made.request = await approved(work, mentor_id, await person_id(work, mentee))
            await work.commit()
        yield made


async def test_the_order_is_signed_and_both_hear_of_it(couple: Couple) -> None:
    card = await couple.opens(couple.curator)
    assert "Согласована" in card.text
    await couple.curator.taps("Приказ подписан, начать")
    await until_sent(couple.town)

    pair = await couple.now()
    assert (pair.state, pair.started_on) == (PairState.ACTIVE, TUESDAY.date())
    assert "Пара начала работу" in couple.mentor.last.text
    assert "Новикова Анна Ивановна" in couple.mentor.last.text
    assert "ваш наставник" in couple.mentee.last.text
    # The program is there at once.
    card = await couple.opens(couple.mentee)
    assert "адаптационный этап" in card.text


async def test_a_second_tap_on_start_does_nothing_twice(couple: Couple) -> None:
    turn = await couple.turn()
    for _ in range(2):
        await couple.curator.taps_data(StartPairTap(pair=couple.pair, turn=turn).pack())
    await until_sent(couple.town)
    assert (await couple.told()).count(PairHappening.STARTED) == 1
    assert len(about(couple.mentor, "Пара начала работу")) == 1
    assert any("изменилась" in toast for toast in couple.curator.toasts)


async def test_the_mentor_and_the_mentee_start_nothing(couple: Couple) -> None:
    for person in (couple.mentor, couple.mentee):
        await person.taps_data(StartPairTap(pair=couple.pair, turn=await couple.turn()).pack())
        await person.taps_data(ClosePairTap(pair=couple.pair, turn=1, reason=EndReason.OTHER, sure=True).pack())
        await person.taps_data(PairHistoryTap(pair=couple.pair).pack())
        await person.taps_data(StartAllTap(organisation=SCHOOL, count=1, newest=couple.pair).pack())
    assert (await couple.now()).state is PairState.APPROVED


async def test_all_pairs_of_a_school_start_after_they_were_shown(couple: Couple) -> None:
    late = await settled(couple.town, "Ветрова Мария Ильинична", (Role.TEACHER, SCHOOL), birth_year=2001)
    listed = await couple.curator.taps_data(PairListTap(organisation=SCHOOL).pack())
    assert "нужен приказ" in listed.text
    asked = await couple.curator.taps("Приказ подписан, начать все (1)")
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        mentor_id, _ = await couple.ids()
        await approved(work, mentor_id, await person_id(work, late))
        await work.commit()
    # Somebody has come since: nobody starts unseen.
    again = await couple.curator.taps("Приказ подписан", asked)
    assert "Ветрова" in again.text
    assert (await couple.now()).state is PairState.APPROVED
    await couple.curator.taps("Приказ подписан", again)
    assert [row.state for row in await couple.town.rows("SELECT state FROM pairs")] == ["active", "active"]


async def test_a_pause_ends_by_itself_after_its_last_day(couple: Couple) -> None:
    await couple.starts()
    before = await couple.town.rows("SELECT ends_on FROM pair_stages ORDER BY number")
    await couple.opens(couple.mentor)
    await couple.mentor.taps("Пауза")
    await couple.mentor.taps("Больничный")
    await couple.mentor.taps("27")
    await until_sent(couple.town)
    pair = await couple.now()
    assert pair.state is PairState.PAUSED
    assert pair.paused_until == TUESDAY.date() + timedelta(days=3)
    # That somebody is ill is not told to the other.
    assert "на паузе по 27\N{NO-BREAK SPACE}ноября" in couple.mentee.last.text
    assert "больничный" not in couple.mentee.last.text.lower()
    assert "больничный" not in (await couple.opens(couple.mentee)).text.lower()

    house = couple.town.house
    assert house is not None
    couple.clock.pass_by(days=3)
    await tend_pauses(house.database, house.desk, couple.clock())
    assert (await couple.now()).state is PairState.PAUSED
    couple.clock.pass_by(days=1)
    for _ in range(2):
        await tend_pauses(house.database, house.desk, couple.clock())
    assert (await couple.now()).state is PairState.ACTIVE
    assert (await couple.told()).count(PairHappening.RESUMED) == 1
    after = await couple.town.rows("SELECT ends_on FROM pair_stages ORDER BY number")
    assert after != before


async def test_an_open_pause_is_ended_by_hand(couple: Couple) -> None:
    await couple.starts()
    turn = await couple.turn()
    await couple.opens(couple.curator)
    await couple.curator.taps("Пауза")
    await couple.curator.taps("Отпуск")
    await couple.curator.taps("Пока не знаю")
    assert (await couple.now()).state is PairState.PAUSED
    await couple.mentee.taps_data(RestPairTap(pair=couple.pair, turn=turn).pack())
    await couple.opens(couple.mentor)
    await couple.mentor.taps("Снять с паузы")
    assert (await couple.now()).state is PairState.ACTIVE
    assert "Отпуск" not in titles(couple.mentee.last)


async def test_one_asks_to_end_and_the_curator_asks_to_go_on(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.mentee)
    await couple.mentee.taps("Попросить завершить пару")
    await couple.mentee.says("я" * 600)
    assert "600" in couple.mentee.last.text
    await couple.mentee.says("Не совпадаем по <времени>")
    await until_sent(couple.town)
    assert "отправлена куратору" in couple.mentee.last.text
    assert "просит завершить пару" in couple.curator.last.text
    assert "&lt;времени&gt;" in couple.curator.last.text or "<времени>" in couple.curator.last.text
    # The other one does not hear of it.
    assert not about(couple.mentor, "завершить пару (")
    assert "времени" not in (await couple.opens(couple.mentor)).text
    listed = await couple.curator.taps_data(PairListTap(organisation=SCHOOL).pack())
    assert "просят завершить" in listed.text

    # Nothing is asked twice.
    await couple.mentee.taps_data(AskEndTap(pair=couple.pair, turn=await couple.turn(), sure=True).pack())
    assert (await couple.told()).count(PairHappening.END_ASKED) == 1

    await couple.opens(couple.curator)
    await couple.curator.taps("Продолжать работу")
    await until_sent(couple.town)
    assert "предлагает продолжить" in couple.mentee.last.text
    assert not about(couple.mentor, "предлагает продолжить")
    assert (await couple.now()).state is PairState.ACTIVE
    listed = await couple.curator.taps_data(PairListTap(organisation=SCHOOL).pack())
    assert "просят завершить" not in listed.text


async def test_closing_early_tells_both_and_hides_who_has_asked(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.curator)
    await couple.curator.taps("Закрыть раньше срока")
    await couple.curator.taps("По просьбе наставника")
    await couple.curator.says("Спасибо за работу")
    await until_sent(couple.town)
    pair = await couple.now()
    assert (pair.state, pair.end_reason) == (PairState.CLOSED_EARLY, EndReason.MENTOR_ASKED)
    assert "по просьбе наставника" in couple.mentor.last.text
    assert "по решению куратора" in couple.mentee.last.text
    assert "«Спасибо за работу»" in couple.mentee.last.text
    assert "снова в очереди" in couple.mentee.last.text
    assert await couple.request_state() is RequestState.OPEN
    seen = await couple.opens(couple.mentee)
    assert "по просьбе наставника" not in seen.text


async def test_a_change_of_mentor_keeps_history_and_waiting_time(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.curator)
    await couple.curator.taps("Сменить наставника")
    done = await couple.curator.taps("Сменить без пояснений")
    assert "Подобрать другого наставника" in titles(done)
    assert await couple.request_state() is RequestState.OPEN
    history = await couple.curator.taps_data(PairHistoryTap(pair=couple.pair).pack())
    assert "пара начала работу" in history.text
    assert "пара закрыта раньше срока" in history.text
    assert "Чуткова" in history.text
    listed = await couple.curator.taps_data(PairListTap(organisation=SCHOOL, group="over").pack())
    assert "смена наставника" in listed.text
    actions = [row.action for row in await couple.town.rows("SELECT action FROM audit")]
    assert "pair_closed" in actions


async def test_words_that_come_too_late_change_nothing(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.curator)
    await couple.curator.taps("Закрыть раньше срока")
    await couple.curator.taps("Вместе не сложилось")
    await couple.opens(couple.mentor)
    await couple.mentor.taps("Пауза")
    await couple.mentor.taps("Каникулы")
    await couple.mentor.taps("Пока не знаю")
    await couple.curator.says("Не сошлись")
    assert "не отправлены" in couple.curator.last.text
    assert (await couple.now()).state is PairState.PAUSED


async def test_the_mentor_evaluates_and_completes(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.mentor)
    await couple.mentor.taps("Подвести итоги")
    await couple.mentor.taps("Справляется самостоятельно")
    await couple.mentor.taps("‹ Назад")
    for _ in range(5):
        await couple.mentor.taps("Справляется самостоятельно")
    # A meeting that is logged meanwhile costs the mentor nothing of it.
    await couple.town.change("UPDATE pairs SET turn = turn + 1")
    await couple.mentor.taps("Пока нужна помощь")
    await couple.mentor.says("Отличные уроки & <идеи>")
    # Kept, and told to nobody yet.
    assert (await couple.now()).readiness_words == "Отличные уроки & <идеи>"
    assert "идеи" not in (await couple.opens(couple.mentee)).text
    await couple.mentor.taps("Завершить пару")
    await until_sent(couple.town)

    pair = await couple.now()
    assert (pair.state, pair.end_reason) == (PairState.COMPLETED, EndReason.GOAL_REACHED)
    assert await couple.request_state() is RequestState.PAIRED
    seen = await couple.opens(couple.mentee)
    assert "здесь пока нужна поддержка коллег" in seen.text
    assert "Пока нужна помощь" not in seen.text
    assert "идеи" in seen.text
    assert "пока нужна помощь" in (await couple.opens(couple.curator)).text


async def test_both_are_asked_how_it_was_and_can_answer(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.curator)
    asked = await couple.curator.taps("Завершить пару")
    assert "ещё не оценил" in asked.text
    await couple.curator.taps("Завершить без оценки")
    await until_sent(couple.town)
    [for_mentee] = about(couple.mentee, "Как вам помогло наставничество")
    [for_mentor] = about(couple.mentor, "Каково вам было")
    begun = await taps_in(couple.mentee, for_mentee, "Открыть", "Начать")
    assert "1 из 13" in begun.text
    await couple.mentor.taps("Открыть", for_mentor)
    assert "Начать" in titles(present(couple.mentor, for_mentor))
    assert "без оценки готовности" in (await couple.opens(couple.curator)).text


async def test_nobody_else_is_offered_the_questionnaires(couple: Couple) -> None:
    listed = await couple.mentee.says("/survey")
    assert not any("Комфорт" in title or "Анкета" in title for title in titles(listed))
    await couple.starts()
    listed = await couple.mentee.says("/survey")
    assert any("Комфорт" in title for title in titles(listed))


async def test_comfort_is_asked_about_a_month_after_the_start_once(couple: Couple) -> None:
    await couple.starts()
    house = couple.town.house
    assert house is not None
    couple.clock.pass_by(days=30)
    for _ in range(3):
        await tend_pauses(house.database, house.desk, couple.clock())
    await until_sent(couple.town)
    assert len(about(couple.mentee, "Как вам работается вместе")) == 1
    assert len(about(couple.mentor, "Как вам работается вместе")) == 1


async def test_a_mentor_who_leaves_ends_their_pairs(couple: Couple) -> None:
    await couple.starts()
    mentor_id, _ = await couple.ids()
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        school = await work.organisations.get(SCHOOL)
        assert school is not None
        await membership.take_away(work, mentor_id, Role.MENTOR, school, couple.clock())
        await work.commit()
    await until_sent(couple.town)
    pair = await couple.now()
    assert (pair.state, pair.end_reason) == (PairState.CLOSED_EARLY, EndReason.MENTOR_LEFT)
    assert await couple.request_state() is RequestState.OPEN
    async with couple.town.second_connection() as database, database.read() as connection:
        card = await StoredWork(connection).mentor_cards.get(mentor_id)
    assert card is not None
    assert card.state is CardState.DRAFT
    assert "снова в очереди" in couple.mentee.last.text
    assert "Подобрать наставника" in titles(couple.curator.last)


async def test_a_pair_goes_along_with_its_mentee(couple: Couple) -> None:
    await couple.starts()
    mentor_id, _ = await couple.ids()
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        left, to = await work.organisations.get(SCHOOL), await work.organisations.get(OTHER_SCHOOL)
        person = (await work.people.visitor(Account("telegram", couple.mentee.id))).person
        assert left is not None
        assert to is not None
        assert person is not None
        await membership.change_school(work, person, left, to, couple.clock())
        await work.commit()
        # Whoever mentors in a school is a mentor there.
        assert await work.people.holds(mentor_id, Role.MENTOR, OTHER_SCHOOL)
        assert await work.people.holds(mentor_id, Role.MENTOR, SCHOOL)
    await until_sent(couple.town)
    pair = await couple.now()
    assert (pair.state, pair.school_id) == (PairState.ACTIVE, OTHER_SCHOOL)
    assert "теперь в другой школе" in couple.mentor.last.text
    # The curator of the school that was left looks after it no more.
    gone = await couple.opens(couple.curator)
    assert "Работает" not in gone.text


async def test_a_mentee_who_leaves_ends_the_pair_for_good(couple: Couple) -> None:
    await couple.starts()
    _, mentee_id = await couple.ids()
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        school = await work.organisations.get(SCHOOL)
        assert school is not None
        await membership.take_away(work, mentee_id, Role.TEACHER, school, couple.clock())
        await work.commit()
    assert (await couple.now()).end_reason is EndReason.MENTEE_LEFT
    assert await couple.request_state() is RequestState.PAIRED


async def test_whoever_takes_their_consent_back_is_in_no_list(couple: Couple) -> None:
    await couple.starts()
    _, mentee_id = await couple.ids()
    await couple.town.change("UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=mentee_id)
    listed = await couple.curator.taps_data(PairListTap(organisation=SCHOOL).pack())
    assert "Новикова" not in listed.text
    assert "Новикова" not in (await couple.opens(couple.mentor)).text


async def test_the_first_meeting_starts_a_pair_without_an_order(couple: Couple) -> None:
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        pair = await work.pairs.get(couple.pair)
        assert pair is not None
        started = await start(work, pair, pair.mentor_id, TUESDAY.date(), couple.clock())
        assert started is not None
        assert await start(work, started, pair.mentor_id, TUESDAY.date(), couple.clock()) is None
        await work.commit()
    await until_sent(couple.town)
    assert len(about(couple.mentee, "Пара начала работу")) == 1
    assert not about(couple.mentor, "Пара начала работу")


async def test_a_methodist_goes_back_to_the_list_of_the_district(couple: Couple) -> None:
    irina = await settled(couple.town, "Громова Ирина Павловна", (Role.METHODIST, DISTRICT))
    await irina.taps_data(PairListTap(organisation=DISTRICT).pack())
    heading = irina.last.text.splitlines()[0]
    await couple.opens(irina)
    assert "Школа № 1" in irina.last.text
    assert (await irina.taps("‹ Пары")).text.splitlines()[0] == heading
    await couple.opens(couple.curator)
    assert "Школа № 1" in (await couple.curator.taps("‹ Пары")).text.splitlines()[0]


async def test_the_order_comes_as_a_file(couple: Couple) -> None:
    await couple.curator.taps_data(PairListTap(organisation=SCHOOL).pack())
    await couple.curator.taps("Список для приказа (1)")
    await until_sent(couple.town)
    [message] = [message for message in couple.curator.history if message.document]
    assert message.document is not None
    with ZipFile(BytesIO(message.document.data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert MENTOR in body
    assert MENTEE in body
    assert body.count("стаж") == 2, "of the mentor and of the mentee"
    await couple.mentor.taps_data(OrderTap(organisation=SCHOOL).pack())
    await until_sent(couple.town)
    assert not [message for message in couple.mentor.history if message.document]


async def test_old_buttons_of_the_end_change_nothing(couple: Couple) -> None:
    await couple.starts()
    turn = await couple.turn()
    await couple.curator.taps_data(CompletePairTap(pair=couple.pair, turn=turn, sure=True).pack())
    for tap in (
        CompletePairTap(pair=couple.pair, turn=turn, sure=True),
        ClosePairTap(pair=couple.pair, turn=turn, reason=EndReason.OTHER, sure=True),
        RestPairTap(pair=couple.pair, turn=turn),
    ):
        await couple.curator.taps_data(tap.pack())
    await couple.mentor.taps_data(EvaluateTap(pair=couple.pair, turn=turn, given="222222").pack())
    assert (await couple.now()).state is PairState.COMPLETED
    assert (await couple.told()).count(PairHappening.COMPLETED) == 1


async def test_a_pair_without_one_of_the_two_ends_after_some_days(couple: Couple) -> None:
    await couple.starts()
    house = couple.town.house
    assert house is not None
    mentor_id, _ = await couple.ids()
    await couple.town.change(
        "UPDATE consents SET revoked_at = :now WHERE person_id = :id", id=mentor_id, now=TUESDAY_IN_UTC
    )
    couple.clock.pass_by(days=2)
    await tend_pauses(house.database, house.desk, couple.clock())
    assert (await couple.now()).state is PairState.ACTIVE
    couple.clock.pass_by(days=1, hours=1)
    for _ in range(2):
        await tend_pauses(house.database, house.desk, couple.clock())
    await until_sent(couple.town)
    pair = await couple.now()
    assert (pair.state, pair.end_reason) == (PairState.CLOSED_EARLY, EndReason.MENTOR_LEFT)
    assert await couple.request_state() is RequestState.OPEN
    # It is told without the name of somebody who is shown to nobody.
    assert "закрыта раньше срока" in couple.mentee.last.text
    assert "Опытова" not in couple.mentee.last.text
    assert "Опытова" not in couple.curator.last.text


async def test_neither_learns_that_the_other_has_asked_to_end(couple: Couple) -> None:
    await couple.starts()
    await couple.opens(couple.mentee)
    await couple.mentee.taps("Попросить завершить пару")
    await couple.mentee.taps("Отправить без пояснений")
    assert "Попросить завершить пару" in titles(await couple.opens(couple.mentor))
    assert "Попросить завершить пару" not in titles(await couple.opens(couple.mentee))
    await couple.mentor.taps("Попросить завершить пару")
    await couple.mentor.taps("Отправить без пояснений")
    assert (await couple.told()).count(PairHappening.END_ASKED) == 2
    await until_sent(couple.town)
    seen = await couple.opens(couple.curator)
    assert "Наставляемый просит завершить" in seen.text
    assert "Наставник просит завершить" in seen.text

    # The answer goes to both who have asked, and to nobody for what was answered before.
    await couple.curator.taps("Продолжать работу")
    await until_sent(couple.town)
    for person in (couple.mentor, couple.mentee):
        assert len(about(person, "предлагает продолжить")) == 1
    await couple.opens(couple.mentee)
    await couple.mentee.taps("Попросить завершить пару")
    await couple.mentee.taps("Отправить без пояснений")
    await couple.opens(couple.curator)
    await couple.curator.taps("Продолжать работу")
    await until_sent(couple.town)
    assert "предлагает продолжить" in couple.mentee.last.text
    assert len(about(couple.mentor, "предлагает продолжить")) == 1


async def methodist_above_a_mentor_who_is_curator(couple: Couple) -> Person:
    """The school's other curator has taken their consent back: nothing can be told to them."""
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        await work.people.grant(await person_id(work, couple.mentor), Role.CURATOR, SCHOOL, TUESDAY)
        curator_id = await person_id(work, couple.curator)
        await work.commit()
    await couple.town.change("UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=curator_id)
    return await settled(couple.town, "Главная Мария Ивановна", (Role.METHODIST, DISTRICT))


async def test_a_mentor_who_is_curator_hears_nothing_of_what_the_mentee_has_asked(couple: Couple) -> None:
    await couple.starts()
    methodist = await methodist_above_a_mentor_who_is_curator(couple)
    await couple.opens(couple.mentee)
    await couple.mentee.taps("Попросить завершить пару")
    await couple.mentee.says("Мне с ним трудно")
    await until_sent(couple.town)
    assert "Мне с ним трудно" in methodist.last.text
    assert not about(couple.curator, "просит завершить")

    seen = await couple.opens(couple.mentor)
    assert not {"Продолжать работу", "История пары"} & set(titles(seen))
    await couple.mentor.taps_data(KeepOnTap(pair=couple.pair, turn=await couple.turn()).pack())
    await couple.mentor.taps_data(PairHistoryTap(pair=couple.pair).pack())
    assert PairHappening.END_REFUSED not in await couple.told()
    listed = await couple.mentor.taps_data(PairListTap(organisation=SCHOOL).pack())
    assert "Новикова" in listed.text

    await couple.opens(methodist)
    await methodist.taps("Закрыть раньше срока")
    await methodist.taps("По просьбе наставляемого")
    await methodist.taps("Закрыть без пояснений")
    await until_sent(couple.town)
    assert "по решению куратора" in (await couple.opens(couple.mentor)).text
    await couple.mentor.taps_data(PairListTap(organisation=SCHOOL, group="over").pack())
    for word in ("трудно", "просит завершить", "просят завершить", "по просьбе наставляемого"):
        assert not about(couple.mentor, word)


async def test_a_mentor_who_is_curator_does_not_read_why_the_mentee_has_declined(couple: Couple) -> None:
    methodist = await methodist_above_a_mentor_who_is_curator(couple)
    state = {"state": PairState.PROPOSED.value, "answer_by": "2026-11-27 07:00:00.000000", "id": couple.pair}
    await couple.town.change("UPDATE pairs SET state = :state, answer_by = :answer_by WHERE id = :id", **state)
    await couple.mentee.taps_data(OfferTap(pair=couple.pair).pack())
    await couple.mentee.taps("Отказаться")
    await couple.mentee.says("Мне с ним трудно")
    await until_sent(couple.town)
    assert "Мне с ним трудно" in methodist.last.text
    assert "Не состоялась" in (await couple.opens(couple.mentor)).text
    assert not about(couple.mentor, "трудно")
