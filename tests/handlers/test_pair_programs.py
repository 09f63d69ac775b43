"""The program of a pair as mentor, mentee and curator see it; its stages by the clock and by the mentor's word."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.pair_stages import tend_stages
from handlers.mentoring.programs.taps import DirectionTap, LinkRouteTap, StageDayTap, StageDoneTap, StageOverTap
from handlers.mentoring.taps import ProgramTap
from services.mentoring.life.ending import end
from services.mentoring.pair import EndReason, NewPair, Pair, PairForm, PairHappening, PairState
from services.mentoring.programs import staging
from services.mentoring.programs.beginning import begin
from services.mentoring.programs.program import Direction, Program, Stage, StageNumber
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, about, founded_at, settled, until_sent
from tests.handlers.walked import COURSE, LESSON, agreed_route, person_id
from tests.town import Person, Town, titles

TODAY = TUESDAY.date()
ADAPTATION, MAIN, CONTROL = StageNumber
COMING, ASKED = "подходит к концу", "завершён?"


@dataclass
class Couple:
    """A pair of a school that works since the Tuesday, and the school's curator."""

    town: Town
    clock: Clock
    school: int
    mentor: Person
    mentee: Person
    curator: Person
    pair: int = 0

    async def opens(self, person: Person) -> str:
        return said(await person.taps_data(ProgramTap(pair=self.pair).pack()))

    async def program(self, pair: int = 0) -> Program:
        async with self.town.second_connection() as database, database.read() as connection:
            found = await StoredWork(connection).programs.get(pair or self.pair)
        assert found is not None
        return found

    async def stages(self, pair: int = 0) -> list[Stage]:
        async with self.town.second_connection() as database, database.read() as connection:
            return list(await StoredWork(connection).programs.stages(pair or self.pair))

    async def told(self) -> list[PairHappening]:
        async with self.town.second_connection() as database, database.read() as connection:
            return [event.what for event in await StoredWork(connection).pairs.history(self.pair)]

    async def changes_pair(self, **fields: object) -> None:
        """The pair is changed behind everybody's back."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            pair = await work.pairs.get(self.pair)
            assert pair is not None
            assert await work.pairs.save(replace(pair, **fields)) is not None  # type: ignore[arg-type]
            await work.commit()

    async def stage_ends(self, number: StageNumber, day: date, pair: int = 0) -> None:
        """The stage ends then, with those after it still in order; its reminders are still to come."""
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            found = await work.pairs.get(pair or self.pair)
            program = await work.programs.get(pair or self.pair)
            assert found is not None
            assert program is not None
            house = self.town.house
            assert house is not None
            saved = await staging.set_end(
                work, found, number, day, program.turn, found.mentor_id, TODAY, TUESDAY, house.desk.quiet
            )
            assert saved is not None
            await work.commit()

    async def strikes(self) -> None:
        """The clock has struck, and what was owed has come."""
        assert self.town.house is not None
        await tend_stages(self.town.house.database, self.town.house.desk, self.clock())
        await until_sent(self.town)

    async def second_pair(self, name: str = "Ветрова Мария Ильинична") -> tuple[Person, int]:
        """Another mentee of the same mentor."""
        mentee = await settled(self.town, name, (Role.TEACHER, self.school))
        return mentee, await paired(self.town, self.mentor, mentee, self.school)


async def paired(town: Town, mentor: Person, mentee: Person, school: int) -> int:
    """The id of a new pair that works since the Tuesday, with its program."""
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        assert await work.pairs.set_capacity(await person_id(work, mentor), 10)
        new = NewPair(
            await person_id(work, mentor),
            await person_id(work, mentee),
            school,
            PairForm.TEACHER_TEACHER,
            TUESDAY,
            TUESDAY + timedelta(days=3),
        )
        pair: Pair | None = await work.pairs.add(new)
        assert pair is not None
        active = replace(pair, state=PairState.ACTIVE, approved_at=TUESDAY, started_on=TODAY)
        saved = await work.pairs.save(active)
        assert saved is not None
        await begin(work, saved, TODAY, TUESDAY)
        await work.commit()
    return pair.id


def said(message: ChatMessage) -> str:
    """The text with plain spaces."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
async def couple(tmp_path: Path) -> AsyncIterator[Couple]:
    clock = Clock()
    async with founded_at(clock, tmp_path) as town:
        [row] = await town.rows("SELECT id FROM organisations WHERE name = 'Школа № 1'")
        school = int(row.id)
        mentor = await settled(town, "Осипова Вера Павловна", (Role.MENTOR, school), (Role.TEACHER, school))
        mentee = await settled(town, "Лугин Олег Игоревич", (Role.TEACHER, school), birth_year=1999)
        curator = await settled(town, "Крылова Наталья Сергеевна", (Role.CURATOR, school))
        yield Couple(town, clock, school, mentor, mentee, curator, await paired(town, mentor, mentee, school))


async def test_all_three_read_the_program_and_the_mentor_alone_changes_it(couple: Couple) -> None:
    for person in (couple.mentor, couple.mentee, couple.curator):
        text = await couple.opens(person)
        assert "с 24 ноября 2026 г. по 31 мая 2027 г." in text
        assert "▶ Адаптационный: 24 ноября – " in text
        assert "Молодой педагог" not in text
        assert "собственный стиль преподавания" in text
        assert ("Изменить программу" in titles(person.last)) is (person is couple.mentor)
        assert ("Завершить этап раньше" in titles(person.last)) is (person is couple.mentor)
    stranger = await settled(couple.town, "Сомов Пётр Ильич", (Role.MENTOR, couple.school))
    assert "Программа пары" not in await couple.opens(stranger)


async def test_a_program_is_made_once(couple: Couple) -> None:
    before = await couple.program()
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        pair = await work.pairs.get(couple.pair)
        assert pair is not None
        await begin(work, pair, TODAY + timedelta(days=9), TUESDAY)
        await work.commit()
    assert await couple.program() == before


async def test_a_curator_who_opens_the_program_is_noted_once_a_day(couple: Couple) -> None:
    await couple.opens(couple.curator)
    await couple.opens(couple.curator)
    await couple.opens(couple.mentee)
    rows = await couple.town.rows("SELECT action FROM audit WHERE action = 'pair_seen'")
    assert len(rows) == 1


async def test_the_mentor_writes_goal_and_tasks_in_their_own_words(couple: Couple) -> None:
    mentor = couple.mentor
    await couple.opens(mentor)
    await mentor.taps("Изменить программу")
    await mentor.taps("Задачи")
    text = said(await mentor.says("1. Уроки <b>вместе</b>\n\n- Разбор ошибок \n• Открытый урок"))
    assert "• Разбор ошибок" in text
    assert "Уроки <b>вместе</b>" in text
    assert (await couple.program()).tasks == ("1. Уроки <b>вместе</b>", "Разбор ошибок", "Открытый урок")
    await mentor.taps("Изменить программу")
    await mentor.taps("Цель")
    assert "поместится 400" in said(await mentor.says("ц" * 401))
    assert "Войти в профессию" in said(await mentor.says("Войти в профессию"))
    assert (await couple.program()).goal == "Войти в профессию"
    assert await couple.told() == [PairHappening.PROGRAM_CHANGED] * 2


async def test_too_many_lines_are_asked_to_be_fewer(couple: Couple) -> None:
    mentor = couple.mentor
    await couple.opens(mentor)
    await mentor.taps("Изменить программу")
    await mentor.taps("Результаты")
    before = await couple.program()
    assert "а поместится 10" in said(await mentor.says("\n".join("абвгдежзикл")))
    assert await couple.program() == before
    assert "Программа обновлена" in said(await mentor.says("Свой урок"))


async def test_the_longest_program_fits_into_a_message(couple: Couple) -> None:
    mentor = couple.mentor
    for button, words in (("Цель", "<" * 400), ("Задачи", "\n".join(["&" * 69] * 10)), ("Результаты", "»" * 700)):
        await couple.opens(mentor)
        await mentor.taps("Изменить программу")
        await mentor.taps(button)
        await mentor.says(words)
    for number in StageNumber:
        await mentor.taps_data(StageOverTap(pair=couple.pair, stage=number, words=True).pack())
        await mentor.says("и" * 200)
    assert "»" * 700 in await couple.opens(couple.curator)


async def test_directions_are_taken_in_and_out_but_for_the_last_one(couple: Couple) -> None:
    mentor = couple.mentor
    await couple.opens(mentor)
    await mentor.taps("Изменить программу")
    await mentor.taps("Направления")
    await mentor.taps("✓ Психологическая поддержка")
    assert Direction.SUPPORT not in (await couple.program()).directions
    await mentor.taps("✓ Мотивация самообразования")
    await mentor.taps("✓ Организация профессиональной")
    assert mentor.toasts[-1] == "Оставьте хотя бы одно направление."
    await mentor.taps("Адаптационная работа")
    assert (await couple.program()).directions == (Direction.ADAPTATION, Direction.COMMUNICATION)


async def test_an_old_button_of_a_direction_does_no_harm(couple: Couple) -> None:
    mentor = couple.mentor
    tap = DirectionTap(pair=couple.pair, turn=0, direction=Direction.SUPPORT).pack()
    await mentor.taps_data(tap)
    await mentor.taps_data(tap)
    assert "изменилась" in mentor.toasts[-1]
    assert Direction.SUPPORT not in (await couple.program()).directions


async def test_another_template_is_taken_until_something_is_edited(couple: Couple) -> None:
    mentor = couple.mentor
    await couple.opens(mentor)
    await mentor.taps("Изменить программу")
    await mentor.taps("Взять другой шаблон")
    assert "освоиться в новой должности" in said(await mentor.taps("Новая должность"))
    assert (await couple.program()).template == "new_place"
    await mentor.taps("Изменить программу")
    await mentor.taps("Взять другой шаблон")
    offer = mentor.last
    await mentor.taps_data(DirectionTap(pair=couple.pair, turn=1, direction=Direction.SUPPORT).pack())
    await mentor.taps("Первый год", offer)
    assert (await couple.program()).template == "new_place"
    await couple.opens(mentor)
    await mentor.taps("Изменить программу")
    assert "Взять другой шаблон" not in titles(mentor.last)


async def test_a_stage_ends_by_the_mentors_word_with_a_summary(couple: Couple) -> None:
    mentor = couple.mentor
    await couple.opens(mentor)
    assert "Вернуть его потом не получится" in said(await mentor.taps("Завершить этап раньше"))
    assert "поместится 200" in said(await mentor.taps("Написать итог") and await mentor.says("и" * 201))
    text = said(await mentor.says("Уроки идут <спокойно>"))
    assert "Записано: адаптационный этап завершён" in text
    assert "✓ Адаптационный: завершён 24 ноября\n   Уроки идут <спокойно>" in text
    assert "▶ Основной" in text
    await until_sent(couple.town)
    news = said(couple.mentee.last)
    assert news.startswith("Адаптационный этап программы завершён: с вами")
    assert "Итог: «Уроки идут <спокойно>»" in news
    assert "Уроки идут <спокойно>" in await couple.opens(couple.mentee)
    assert await couple.told() == [PairHappening.STAGE_DONE]


async def test_a_double_tap_ends_one_stage(couple: Couple) -> None:
    done = StageDoneTap(pair=couple.pair, turn=0, stage=ADAPTATION).pack()
    await couple.mentor.taps_data(done)
    await couple.mentor.taps_data(done)
    assert couple.mentor.toasts[-1] == "Этот этап уже завершён."
    assert [stage.done_on for stage in await couple.stages()] == [TODAY, None, None]
    assert await couple.told() == [PairHappening.STAGE_DONE]


async def test_no_stage_is_skipped_and_nobody_else_ends_one(couple: Couple) -> None:
    await couple.mentor.taps_data(StageDoneTap(pair=couple.pair, turn=0, stage=MAIN).pack())
    assert couple.mentor.toasts[-1] == "Сначала завершите этап, который идёт сейчас."
    for person in (couple.mentee, couple.curator):
        await person.taps_data(StageDoneTap(pair=couple.pair, turn=0, stage=ADAPTATION).pack())
    assert [stage.done_on for stage in await couple.stages()] == [None, None, None]


async def test_a_paused_pair_ends_no_stage(couple: Couple) -> None:
    await couple.changes_pair(state=PairState.PAUSED)
    assert "Пара на паузе" in await couple.opens(couple.mentor)
    await couple.mentor.taps_data(StageOverTap(pair=couple.pair, stage=ADAPTATION).pack())
    assert "на паузе" in couple.mentor.toasts[-1]


async def test_after_the_last_stage_the_readiness_is_left(couple: Couple) -> None:
    for turn, number in enumerate(StageNumber):
        await couple.mentor.taps_data(StageDoneTap(pair=couple.pair, turn=turn, stage=number).pack())
    assert "Все этапы пройдены" in said(couple.mentor.last)
    assert titles(couple.mentor.last)[0] == "Оценить готовность"
    assert "Все этапы пройдены" in await couple.opens(couple.curator)


async def test_a_stage_is_prolonged_and_the_next_ones_make_room(couple: Couple) -> None:
    mentor, before = couple.mentor, await couple.stages()
    await couple.opens(mentor)
    await mentor.taps("Изменить программу")
    await mentor.taps("Сроки этапов")
    await mentor.taps("Адаптационный")
    await mentor.taps("+ 14")
    after = await couple.stages()
    assert after[0].ends_on >= before[0].ends_on + timedelta(days=14)
    assert [stage.ends_on for stage in after[1:]] == [stage.ends_on for stage in before[1:]]
    far = before[2].ends_on + timedelta(days=1)
    tap = StageDayTap(pair=couple.pair, turn=1, stage=ADAPTATION, day=far.toordinal())
    await mentor.taps_data(tap.pack())
    assert "Сроки следующих этапов сдвинулись" in mentor.toasts[-1]
    ends = [stage.ends_on for stage in await couple.stages()]
    assert ends == sorted(set(ends))
    assert ends[0] == far
    assert (await couple.program()).ends_on == ends[2]


async def test_a_day_that_breaks_the_order_is_refused_with_words_that_mend_it(couple: Couple) -> None:
    first, *_ = before = await couple.stages()
    for day in (first.ends_on, TODAY - timedelta(days=1)):
        tap = StageDayTap(pair=couple.pair, turn=0, stage=MAIN, day=day.toordinal())
        await couple.mentor.taps_data(tap.pack())
        assert "не может закончиться раньше предыдущего" in said(couple.mentor.last)
    assert await couple.stages() == before


async def test_days_are_picked_from_a_month(couple: Couple) -> None:
    mentor = couple.mentor
    await couple.opens(mentor)
    for title in ("Изменить программу", "Сроки этапов", "Контрольно", "Другой день"):
        await mentor.taps(title)
    assert "Май 2027" in titles(mentor.last)
    await mentor.taps("20")
    assert (await couple.program()).ends_on == date(2027, 5, 20)


async def test_both_hear_a_week_before_and_on_the_day_once(couple: Couple) -> None:
    await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=8))
    await couple.strikes()
    assert not about(couple.mentor, COMING)
    couple.clock.pass_by(days=1)
    await couple.strikes()
    await couple.strikes()
    (message,) = about(couple.mentor, COMING)
    assert "Последний день 2 декабря, через 7 дней" in said(message)
    assert "Лугин Олег Игоревич" in said(message)
    assert titles(message) == ["Завершить раньше", "Продлить", "Открыть программу"]
    (theirs,) = about(couple.mentee, COMING)
    assert "знакомство" in said(theirs)
    assert titles(theirs) == ["Открыть программу"]
    couple.clock.pass_by(days=7)
    await couple.strikes()
    await couple.strikes()
    (asked,) = about(couple.mentor, ASKED)
    assert "Последний день сегодня" in said(asked)
    await couple.mentor.taps("Этап завершён", asked)
    await couple.mentor.taps("Да, завершён")
    assert (await couple.stages())[0].done_on == TODAY + timedelta(days=8)
    assert len(about(couple.mentee, COMING)) == 2


async def test_an_unconfirmed_stage_stays_and_is_shown_as_waiting(couple: Couple) -> None:
    await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=1))
    couple.clock.pass_by(days=4)
    text = await couple.opens(couple.curator)
    assert "этап ждёт подтверждения наставника" in text
    assert "Этап завершён" not in titles(couple.curator.last)
    await couple.opens(couple.mentor)
    assert titles(couple.mentor.last)[:2] == ["Этап завершён", "Продлить этап"]


async def test_two_pairs_on_one_day_are_one_message(couple: Couple) -> None:
    _, other = await couple.second_pair()
    for pair in (couple.pair, other):
        await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=8), pair)
    couple.clock.pass_by(days=1)
    await couple.strikes()
    (message,) = about(couple.mentor, "подходят к концу: 2")
    assert "Лугин" in said(message)
    assert "Ветрова" in said(message)
    assert titles(message)[:3] == ["1. Завершён", "Продлить", "Открыть"]


@pytest.mark.parametrize("state", [PairState.PAUSED, PairState.CLOSED_EARLY])
async def test_nothing_comes_for_a_pair_at_rest_or_ended(couple: Couple, state: PairState) -> None:
    await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=1))
    couple.clock.pass_by(days=1)
    await couple.changes_pair(state=state)
    await couple.strikes()
    assert not await couple.town.rows("SELECT 1 FROM outbox WHERE kind = 'stage_reminder'")
    assert not about(couple.mentor, ASKED)
    assert not about(couple.mentee, COMING)


async def test_whoever_took_the_consent_back_is_spoken_of_to_nobody(couple: Couple) -> None:
    await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=1))
    couple.clock.pass_by(days=1)
    await couple.town.change(
        "UPDATE consents SET revoked_at = given_at WHERE person_id = (SELECT mentee_id FROM pairs WHERE id = :id)",
        id=couple.pair,
    )
    await couple.strikes()
    assert not about(couple.mentor, "Лугин")


async def test_reminders_wait_for_the_hour_that_somebody_likes(couple: Couple) -> None:
    await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=1))
    couple.clock.pass_by(days=1)
    await couple.town.change(
        "UPDATE people SET reminder_hour = 15 WHERE id = (SELECT mentee_id FROM pairs WHERE id = :id)",
        id=couple.pair,
    )
    assert couple.town.house is not None
    await tend_stages(couple.town.house.database, couple.town.house.desk, couple.clock())
    await couple.town.server.until(lambda: bool(about(couple.mentor, ASKED)))
    assert not about(couple.mentee, COMING)
    couple.clock.pass_by(hours=5)
    await couple.strikes()
    assert len(about(couple.mentee, COMING)) == 1
    assert len(about(couple.mentor, ASKED)) == 1


async def test_after_a_pause_the_stages_move_and_are_reminded_of_anew(couple: Couple) -> None:
    await couple.stage_ends(ADAPTATION, TODAY + timedelta(days=1))
    before = await couple.stages()
    assert couple.town.house is not None
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        await staging.shift(work, couple.pair, 7, couple.town.house.desk.quiet)
        await work.commit()
    after = await couple.stages()
    assert all(7 <= (new.ends_on - old.ends_on).days <= 20 for new, old in zip(after, before, strict=True))
    assert (await couple.program()).ends_on == after[2].ends_on
    couple.clock.pass_by(days=1)
    await couple.strikes()
    assert "через 7 дней" in said(about(couple.mentor, COMING)[0])


async def test_the_route_is_linked_and_shows_agreed_steps_alone(couple: Couple) -> None:
    route, _ = await agreed_route(couple.town, couple.mentee, couple.school, (COURSE, LESSON), None)
    await couple.town.change("UPDATE iom_steps SET agreed = false WHERE title = :title", title=LESSON.title)
    await couple.opens(couple.mentee)
    assert "Привязать маршрут (ИОМ)" not in titles(couple.mentee.last)
    await couple.opens(couple.mentor)
    text = said(await couple.mentor.taps("Привязать маршрут (ИОМ)"))
    assert COURSE.title in text
    assert LESSON.title not in text
    assert "Выполнено шагов: 0 из 1" in text
    await couple.opens(couple.curator)
    await couple.curator.taps("Отвязать маршрут")
    assert (await couple.program()).route_id is None
    foreign = LinkRouteTap(pair=couple.pair, turn=2, route=route + 1)
    await couple.mentor.taps_data(foreign.pack())
    assert (await couple.program()).route_id is None


async def test_a_former_mentor_learns_no_more_of_the_route(couple: Couple) -> None:
    await agreed_route(couple.town, couple.mentee, couple.school, (COURSE, LESSON), None)
    await couple.opens(couple.mentor)
    assert LESSON.title in said(await couple.mentor.taps("Привязать маршрут (ИОМ)"))
    async with couple.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        pair = await work.pairs.get(couple.pair)
        assert pair is not None
        assert await end(work, pair, EndReason.MENTEE_ASKED, "", None, TODAY, TUESDAY) is not None
        await work.commit()
    for person, seen in ((couple.mentor, False), (couple.mentee, True), (couple.curator, True)):
        assert (LESSON.title in await couple.opens(person)) is seen


async def test_a_draft_is_linked_to_nothing(couple: Couple) -> None:
    route, _ = await agreed_route(couple.town, couple.mentee, couple.school, (COURSE,), None)
    await couple.town.change("UPDATE iom_routes SET state = 'draft', submitted_at = NULL")
    await couple.opens(couple.mentor)
    assert "Привязать маршрут (ИОМ)" not in titles(couple.mentor.last)
    await couple.mentor.taps_data(LinkRouteTap(pair=couple.pair, turn=0, route=route).pack())
    assert (await couple.program()).route_id is None


async def test_a_pair_that_has_not_begun_has_no_program_yet(couple: Couple) -> None:
    await couple.town.change("DELETE FROM pair_stages")
    await couple.town.change("DELETE FROM pair_programs")
    assert "Программы ещё нет" in await couple.opens(couple.mentor)
