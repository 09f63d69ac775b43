"""A teacher with a route changes the school or leaves it."""

from pathlib import Path

from bot.sandbox.messenger.model import ChatMessage
from handlers.iom.taps import StepTap
from handlers.iom.walking.taps import DoneTap
from services.iom import submitting
from services.iom.model import Form, Plan, RouteState, StepState
from services.people.membership import take_away
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import settled, until_sent
from tests.handlers.walked import Walk, day, person_id, walk_at


async def routes_of(walk: Walk) -> list[tuple[str, str, int | None]]:
    rows = await walk.town.rows(
        "SELECT iom_routes.state, organisations.name, mentor_id FROM iom_routes"
        " JOIN organisations ON organisations.id = school_id"
    )
    return [tuple(row) for row in rows]


async def test_a_route_goes_with_its_teacher_and_is_looked_after_by_the_new_school(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        [other] = await walk.town.rows("SELECT id FROM organisations WHERE name = 'Школа № 2'")
        there = await settled(walk.town, "Белова Ирина Юрьевна", (Role.CURATOR, int(other.id)))
        await walk.teacher.says("/profile")
        await walk.teacher.taps("Сменить школу")
        await walk.teacher.taps("Школа № 2")
        await walk.teacher.taps("Сменить школу")
        assert await routes_of(walk) == [("active", "Школа № 2", None)]
        await walk.opens_route(there)
        assert "Лугин Олег Игоревич" in there.last.text
        for person in (walk.mentor, walk.curator):
            await walk.opens_route(person)
            assert "Лугин" not in person.last.text
        assert "перешёл в другую школу" in (await history(walk)).text


async def history(walk: Walk) -> ChatMessage:
    await walk.teacher.says("/iom")
    return await walk.teacher.taps("История")


async def test_a_route_ends_with_the_school_and_is_reminded_of_no_more(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        await walk.teacher.says("/profile")
        await walk.teacher.taps("Уйти из школы")
        await walk.teacher.taps("Уйти из школы")
        route = await walk.stored()
        assert (route.state, route.closed_at) == (RouteState.CANCELLED, walk.clock.now)
        assert [row.remind_on for row in await walk.town.rows("SELECT remind_on FROM iom_steps")] == [None] * 3


async def test_a_route_that_waited_to_be_agreed_is_a_draft_in_the_new_school(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        await walk.changes_route(state=RouteState.REVIEW, agreed_at=None)
        await walk.teacher.says("/profile")
        await walk.teacher.taps("Сменить школу")
        await walk.teacher.taps("Школа № 2")
        await walk.teacher.taps("Сменить школу")
        route = await walk.stored()
        assert (route.state, route.submitted_at, route.mentor_id) == (RouteState.DRAFT, None, None)


async def test_a_comment_of_the_old_school_is_not_read_in_the_new_one(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        await walk.changes_route(state=RouteState.DRAFT, agreed_at=None, comment="Замечание прежнего наставника")
        [other] = await walk.town.rows("SELECT id FROM organisations WHERE name = 'Школа № 2'")
        there = await settled(walk.town, "Белова Ирина Юрьевна", (Role.CURATOR, int(other.id)))
        await walk.teacher.says("/profile")
        await walk.teacher.taps("Сменить школу")
        await walk.teacher.taps("Школа № 2")
        await walk.teacher.taps("Сменить школу")
        route = await walk.stored()
        assert (route.submitted_at, route.comment) == (None, "")
        await walk.opens_route(there)
        assert "Лугин" not in there.last.text, "a draft that was never agreed to is its teacher's alone"


async def test_what_was_private_stays_so_when_the_route_ends_with_the_school(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        async with walk.town.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            route = await work.iom.get(walk.route)
            assert route is not None
            assert await submitting.change(work, route, walk.clock()) is not None
            plan = Plan("communication", "Новый шаг черновика", Form.WEBINAR, day(30))
            new = await work.iom.add_step(walk.route, plan)
            await work.commit()
        await walk.changes_step(1, agreed=False)
        await walk.teacher.says("/profile")
        await walk.teacher.taps("Уйти из школы")
        await walk.teacher.taps("Уйти из школы")
        left = await walk.town.rows("SELECT id FROM iom_steps ORDER BY id")
        assert [row.id for row in left] == walk.steps, "what nobody has agreed to is gone"
        await walk.opens_route(walk.curator)
        assert "Лугин" in walk.curator.last.text
        for step in (new.id, walk.steps[1]):
            await walk.curator.taps_data(StepTap(step=step).pack())
            assert "всё уже изменилось" in walk.curator.last.text


async def loses_the_mentor(walk: Walk) -> None:
    async with walk.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        school = await work.organisations.get(walk.school)
        assert school is not None
        await take_away(work, await person_id(work, walk.mentor), Role.MENTOR, school, walk.clock())
        await work.commit()
    await until_sent(walk.town)


async def test_what_waited_for_a_mentor_who_is_gone_goes_to_the_curator(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        await walk.changes_route(state=RouteState.REVIEW)
        await walk.changes_step(0, state=StepState.DONE, done_at=walk.clock())
        heard = len(walk.curator.history)
        await loses_the_mentor(walk)
        assert (await walk.stored()).mentor_id is None
        told = [message.text for message in walk.curator.history[heard:]]
        assert len(told) == 2
        assert all("Лугин Олег Игоревич" in text for text in told)
        assert sum("Курс «Цифровой урок»" in text for text in told) >= 1


async def test_a_curator_who_was_told_before_there_was_a_mentor_is_told_again(tmp_path: Path) -> None:
    async with walk_at(tmp_path) as walk:
        await walk.teacher.taps_data(DoneTap(step=walk.steps[0]).pack())
        await walk.teacher.says("Провели урок по новой теме")
        mentor_id = (await walk.stored()).mentor_id
        await walk.changes_route(mentor_id=None)
        await walk.teacher.taps_data(DoneTap(step=walk.steps[0], send=True).pack())
        await until_sent(walk.town)
        heard = len(walk.curator.history)
        await walk.changes_route(mentor_id=mentor_id)
        await loses_the_mentor(walk)
        assert len(walk.curator.history) == heard + 1
