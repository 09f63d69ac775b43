"""Reminders as people read them: what they say, what their buttons do, what several days become."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.routes import tend_routes
from services.iom.model import PauseReason, Step, StepState
from services.people.model import Account, Role
from storage.unit_of_work import StoredWork
from tests import agreed_routes
from tests.handlers.campaigning import TUESDAY, Clock, about, founded_at, settled, until_sent, up
from tests.town import Person, Town, titles

TODAY = TUESDAY.date()
SCHOOL = 2
LONG_AGO = TUESDAY - timedelta(days=60)
REMINDER, OVERDUE, DIGEST = "Напоминаем", "Просроченные шаги", "что ждёт внимания"


def days(number: int) -> date:
    """A day so many days after the Tuesday."""
    return TODAY + timedelta(days=number)


def said(message: ChatMessage) -> str:
    """The text with plain spaces."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


class School:
    """A town whose teachers walk their routes, and the clock that strikes for them."""

    def __init__(self, town: Town, clock: Clock) -> None:
        self.town = town
        self.clock = clock

    async def strikes(self) -> None:
        """The clock has struck, and what was owed has come."""
        assert self.town.house is not None
        await tend_routes(self.town.house.database, self.town.house.desk, self.clock())
        await until_sent(self.town)

    async def person_id(self, person: Person) -> int:
        async with self.town.second_connection() as database, database.read() as connection:
            found = (await StoredWork(connection).people.visitor(Account("telegram", person.id))).person
        assert found is not None
        return found.id

    async def route(
        self,
        teacher: Person,
        *terms: date,
        dealt_with: date = days(-1),
        mentor: Person | None = None,
        prefix: str = "Мероприятие",
    ) -> list[Step]:
        """An agreed route of the teacher with steps of these terms."""
        person_id = await self.person_id(teacher)
        mentor_id = await self.person_id(mentor) if mentor else None
        names = [f"{prefix} {number}" for number in range(1, len(terms) + 1)]
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            _, steps = await agreed_routes.agreed(
                work, person_id, SCHOOL, terms, dealt_with, LONG_AGO, mentor_id, names
            )
            await work.commit()
        return steps

    async def change(self, step: Step, **fields: object) -> None:
        async with self.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            present = await work.iom.step(step.id)
            assert present is not None
            await work.iom.save_step(replace(present, **fields))  # type: ignore[arg-type]
            await work.commit()


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    clock = Clock()
    async with founded_at(clock, tmp_path) as town:
        yield School(town, clock)


async def teacher(school: School, name: str = "Иванова Мария Петровна") -> Person:
    return await settled(school.town, name, (Role.TEACHER, SCHOOL))


async def test_one_step_is_told_with_its_term_and_what_to_do(school: School) -> None:
    maria = await teacher(school)
    await school.route(maria, days(1), prefix="Вебинар <b>о цифровых</b>")
    await school.strikes()
    (message,) = about(maria, REMINDER)
    assert "Вебинар <b>о цифровых</b> 1" in said(message)
    assert "Срок завтра, 25 ноября" in said(message)
    assert titles(message) == ["Готово", "Отложить", "Открыть"]
    assert "Вебинар" in (await maria.taps("Открыть", message)).text


@pytest.mark.parametrize(
    ("due", "words"),
    [(7, "Срок 1 декабря, через 7 дней"), (0, "Срок сегодня, 24 ноября"), (-3, "Просрочено на 3 дня")],
)
async def test_every_reminder_says_how_the_term_stands(school: School, due: int, words: str) -> None:
    maria = await teacher(school)
    await school.route(maria, days(due))
    await school.strikes()
    (message,) = about(maria, REMINDER)
    assert words in said(message)


async def test_several_steps_are_one_message_with_the_oldest_above(school: School) -> None:
    maria = await teacher(school)
    await school.route(maria, days(5), days(1), days(-8), days(30))
    await school.strikes()
    (message,) = about(maria, REMINDER)
    places = [message.text.index(f"Мероприятие {number}") for number in (3, 2, 1)]
    assert places == sorted(places)
    assert "Мероприятие 4" not in said(message)
    assert titles(message)[:3] == ["1. Готово", "Отложить", "Открыть"]
    assert titles(message)[-1] == "Открыть маршрут"
    assert len(titles(message)) == 3 * 3 + 1


async def test_twenty_long_steps_fit_into_a_message(school: School) -> None:
    maria = await teacher(school)
    await school.route(maria, *[days(-1)] * 20, prefix="«&" * 140)
    await school.strikes()
    (message,) = about(maria, REMINDER)
    assert "и ещё 10" in said(message)
    assert titles(message)[-1] == "Открыть маршрут"
    assert len(message.keyboard or []) == 6


async def test_what_waited_for_days_comes_as_one_message(school: School) -> None:
    maria = await teacher(school)
    await school.route(maria, days(1), days(2), days(3))
    assert school.town.house is not None
    desk = school.town.house.desk
    await school.town.stop_bot()
    # The clock goes on striking, and nobody sends.
    async with school.town.second_connection() as database:
        for _ in range(3):
            await tend_routes(database, desk, school.clock())
            school.clock.pass_by(days=1)
    await up(school.town, school.clock)
    await school.strikes()
    (message,) = about(maria, REMINDER)
    assert "просрочено на 2 дня" in said(message)
    rows = await school.town.rows("SELECT state, reason FROM outbox WHERE kind = 'iom_reminder' ORDER BY id")
    assert [row.state for row in rows][-1] == "sent"
    assert {row.reason for row in rows[:-1]} <= {"merged into a later one", "left to the one of today"}


async def test_a_step_that_is_done_meanwhile_is_not_told_of(school: School) -> None:
    maria = await teacher(school)
    (step,) = await school.route(maria, days(1))
    assert school.town.house is not None
    desk = school.town.house.desk
    await school.town.stop_bot()
    async with school.town.second_connection() as database:
        await tend_routes(database, desk, school.clock())
    await school.change(step, state=StepState.DONE, done_at=school.clock())
    await up(school.town, school.clock)
    await until_sent(school.town)
    assert about(maria, REMINDER) == []
    rows = await school.town.rows("SELECT state, reason FROM outbox WHERE kind = 'iom_reminder'")
    assert [tuple(row) for row in rows] == [("failed", "nothing to remind of")]


async def test_nobody_is_reminded_in_a_pause(school: School) -> None:
    maria = await teacher(school)
    (step,) = await school.route(maria, days(1))
    async with school.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        assert await work.iom.add_pause(step.route_id, PauseReason.SICK, TODAY, None)
        await work.commit()
    await school.strikes()
    assert about(maria, REMINDER) == []


async def test_the_mentor_gets_one_message_about_everybody(school: School) -> None:
    olga = await settled(school.town, "Лебедева Ольга Ивановна", (Role.MENTOR, SCHOOL))
    for name, late in (("Иванова Мария Петровна", 6), ("Петров Иван Ильич", 9)):
        await school.route(await teacher(school, name), days(-late), mentor=olga)
    await school.strikes()
    school.clock.pass_by(days=1)
    await school.strikes()
    (message,) = about(olga, OVERDUE)
    assert message.text.index("Петров Иван Ильич") < message.text.index("Иванова Мария Петровна")
    assert "просрочено на 9 дней" in said(message)
    assert titles(message) == ["Петров Иван Ильич", "Иванова Мария Петровна", "Открыть маршруты"]
    assert "Петров" in (await olga.taps("Петров Иван Ильич", message)).text


async def test_a_mentor_hears_once_of_a_step_that_its_teacher_is_reminded_of_the_same_day(school: School) -> None:
    olga = await settled(school.town, "Лебедева Ольга Ивановна", (Role.MENTOR, SCHOOL))
    (late,) = await school.route(await teacher(school), days(-7), mentor=olga)
    # Reminded after its term already, and today once more: the bot was silent on the day between.
    await school.change(late, reminded_on=days(-4), remind_on=TODAY)
    for _ in range(3):
        await school.strikes()
        school.clock.pass_by(days=1)
    assert len(about(olga, OVERDUE)) == 1


async def test_a_message_of_yesterday_that_came_late_is_the_mentors_of_today(school: School) -> None:
    olga = await settled(school.town, "Лебедева Ольга Ивановна", (Role.MENTOR, SCHOOL))
    await school.route(await teacher(school, "Иванова Мария Петровна"), days(-6), mentor=olga)
    await school.strikes()
    await school.town.change("UPDATE outbox SET key = 'iom-overdue:of yesterday' WHERE kind = 'iom_overdue'")
    await school.route(await teacher(school, "Петров Иван Ильич"), days(-9), mentor=olga)
    await school.strikes()
    assert len(about(olga, OVERDUE)) == 1
    school.clock.pass_by(days=1)
    await school.strikes()
    assert "Петров" in about(olga, OVERDUE)[1].text


async def test_who_comes_back_gets_what_was_missed_in_one_message(school: School) -> None:
    maria = await teacher(school)
    await school.route(maria, days(7), days(20))
    school.town.messenger.block(maria.id)
    await school.town.quiet()
    await school.town.change("UPDATE accounts SET blocked_at = NULL")
    await school.strikes()
    school.clock.pass_by(days=1)
    school.town.messenger.unblock(maria.id)
    await school.town.quiet()
    await school.strikes()
    (message,) = about(maria, REMINDER)
    assert "через 6 дней" in said(message)
