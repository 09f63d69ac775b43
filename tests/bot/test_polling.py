"""Long polling: what is acknowledged is committed, in order for each person, nobody held up by somebody else."""

import asyncio
import signal
import sqlite3
from contextlib import closing

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramConflictError

from bot.sandbox.messenger.faults import Fault
from bot.sandbox.messenger.model import Event
from bot.sandbox.server import BotApiServer
from bot.updates.polling import BATCH
from bot.updates.receipt import GRACE
from services.people.model import Role
from tests.bot.conftest import BotProcess, Hold, Teacher, enrol
from tests.town import TOKEN, Person, Town, data_of

TROUBLES = {
    "flood": Fault("flood", times=2),
    "bad gateway": Fault("error", times=2, status=502),
    "server error": Fault("error", times=2, status=500),
    "dropped": Fault("drop", times=2),
    "dropped after": Fault("drop_after", times=1),
}


async def a_teacher(town: Town, user_id: int = 77, answers: str = "y") -> Person:
    """Somebody with a test open at the question after `answers`."""
    await enrol(town.settings.database_url, [Teacher(user_id, answers)])
    person = town.person(user_id=user_id)
    await person.says("/start")
    return person


def tap(person: Person, title: str) -> None:
    """Tap and do not wait."""
    person.town.messenger.tap(person.id, person.last.id, data_of(person.last, title))


async def answers_of(town: Town) -> list[str]:
    return [row.answers.rstrip(".") for row in await town.rows("SELECT answers FROM survey_sessions ORDER BY id")]


async def test_a_tap_is_not_acknowledged_before_it_is_stored(town: Town, writer_held: Hold) -> None:
    maria = await a_teacher(town)
    let_go = await writer_held()
    tap(maria, "Да")
    await asyncio.sleep(GRACE + 0.5)
    assert len(town.messenger.pending_updates()) == 1
    assert "2 из 84" in maria.last.text

    let_go()
    await town.quiet()
    assert "3 из 84" in maria.last.text
    assert await answers_of(town) == ["yy"]


async def test_words_are_not_acknowledged_before_they_are_stored(town: Town, writer_held: Hold) -> None:
    school = await town.school()
    token = await town.invite(Role.TEACHER, school)
    maria = town.person()
    let_go = await writer_held()
    town.messenger.write(maria.id, f"/start {token}")
    await asyncio.sleep(GRACE + 0.5)
    assert len(town.messenger.pending_updates()) == 1
    assert maria.history == []

    let_go()
    await town.quiet()
    assert "согласие" in maria.last.text


async def test_one_slow_line_does_not_hold_up_the_others(town: Town) -> None:
    slow = await a_teacher(town)
    others = [town.person() for _ in range(BATCH + 50)]
    # Telegram tells the bot to wait before it shows Maria her next question.
    town.messenger.faults.add(Fault("flood", "editMessageText", chat_id=slow.id, retry_after=15))
    tap(slow, "Да")
    for person in others:
        town.messenger.write(person.id, "/help")

    def all_helped() -> bool:
        assert "2 из 84" in slow.last.text, "the slow line was over before the others were served"
        return all(person.history for person in others)

    await town.server.until(all_helped, 30)
    await town.server.until(lambda: "3 из 84" in slow.last.text, 30)
    assert [len(person.history) for person in others] == [1] * len(others)


async def test_somebody_tapping_ahead_on_a_slow_line_does_not_hold_up_the_others(town: Town) -> None:
    slow = await a_teacher(town)
    others = [town.person() for _ in range(BATCH + 20)]
    town.messenger.faults.add(Fault("flood", "editMessageText", chat_id=slow.id, retry_after=9))
    for _ in range(3):
        tap(slow, "Да")
    for person in others:
        town.messenger.write(person.id, "/help")

    def all_helped() -> bool:
        assert "2 из 84" in slow.last.text, "the slow line was over before the others were served"
        return all(person.history for person in others)

    await town.server.until(all_helped, 30)


async def test_the_same_update_twice_and_out_of_order_has_one_effect(town: Town) -> None:
    maria = await a_teacher(town)
    anna = town.person("Анна")
    town.messenger.faults.add(Fault("duplicate", times=None))
    town.messenger.faults.add(Fault("reorder", times=None))
    await anna.says("/help")
    assert len(anna.history) == 1
    for answer in ("да", "нет", "нет"):
        await maria.says(answer)
    for answer in ("Да", "Нет"):
        await maria.taps(answer)
    assert await answers_of(town) == ["yynnyn"]
    # A screen for each thing written; taps change the last one in place.
    assert len(maria.history) == 4


async def test_what_a_person_writes_at_once_is_taken_in_the_order_written(town: Town) -> None:
    token = await town.invite(Role.TEACHER, await town.school(), uses=5)
    people = [town.person() for _ in range(5)]
    for person in people:
        await person.says(f"/start {token}")
        await person.taps("Согласие даю")
    town.messenger.faults.add(Fault("reorder", times=None))
    for line in ("Иванова Мария Петровна", "Учитель", "Физика", "12", "1980"):
        for person in people:
            town.messenger.write(person.id, line)
    await town.quiet()
    for person in people:
        card = person.last.text
        for part in ("Иванова Мария Петровна", "Учитель", "Физика", "12\xa0лет", "1980"):
            assert part in card


async def test_a_second_poller_does_not_stop_the_bot(town: Town) -> None:
    maria = await a_teacher(town)
    session = AiohttpSession(api=TelegramAPIServer.from_base(town.server.url))
    rival = Bot(TOKEN, session=session)
    with pytest.raises(TelegramConflictError):
        # The bot comes back and ends the rival's poll in its turn.
        await rival.get_updates(timeout=10)
    await session.close()
    tap(maria, "Нет")
    await town.quiet()
    assert "3 из 84" in maria.last.text
    assert await answers_of(town) == ["yn"]


def trouble(name: str, method: str) -> Fault:
    fault = TROUBLES[name]
    return Fault(fault.kind, method, fault.times, retry_after=1, status=fault.status)


@pytest.mark.parametrize("name", list(TROUBLES)[:-1])
async def test_trouble_with_receiving_loses_nothing(town: Town, name: str) -> None:
    maria = await a_teacher(town)
    town.messenger.faults.add(trouble(name, "getUpdates"))
    for answer in "Да", "Нет":
        await maria.taps(answer)
    assert "4 из 84" in maria.last.text
    assert await answers_of(town) == ["yyn"]


@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
@pytest.mark.parametrize("name", TROUBLES)
async def test_the_next_question_is_shown_through_trouble(town: Town, name: str, method: str) -> None:
    maria = await a_teacher(town)
    town.messenger.faults.add(trouble(name, method))
    await maria.taps("Да")
    await town.server.until(lambda: "3 из 84" in maria.last.text, 30)
    assert len(maria.history) == 1
    assert await answers_of(town) == ["yy"]


@pytest.mark.parametrize("name", TROUBLES)
async def test_an_answer_to_words_is_sent_through_trouble(town: Town, name: str) -> None:
    maria = await a_teacher(town)
    town.messenger.faults.add(trouble(name, "sendMessage"))
    town.messenger.write(maria.id, "да")
    await town.server.until(lambda: "3 из 84" in maria.last.text, 30)
    await town.quiet()
    assert await answers_of(town) == ["yy"]


async def test_killed_between_commit_and_reply_then_stopped_in_order(
    bot_process: BotProcess, server: BotApiServer
) -> None:
    messenger = server.messenger
    await enrol(bot_process.url, [Teacher(77, "y")])
    messenger.add_user(77, "Мария")
    messenger.write(77, "/start")
    await bot_process.start()

    def screen() -> str:
        return messenger.history(77)[-1].text

    def stored() -> str:
        with closing(sqlite3.connect(bot_process.database)) as connection:
            return str(connection.execute("SELECT answers FROM survey_sessions").fetchone()[0]).rstrip(".")

    def tap_yes() -> None:
        question = messenger.history(77)[-1]
        messenger.tap(77, question.id, str(question.buttons[0].data))

    await server.until(lambda: "2 из 84" in screen(), 30)
    for given in range(1, 6):
        messenger.faults.add(Fault("drop", "editMessageText", times=None))
        tap_yes()
        await server.until(lambda given=given: stored() == "y" * (given + 1), 30)
        await bot_process.kill()
        assert f"{given + 1} из 84" in screen()
        messenger.faults.clear()
        interrupted = bool(messenger.pending_updates())
        if not interrupted:
            # On a busy machine the kill may come when the tap is acknowledged already; then it is done again.
            messenger.write(77, "/start")
        await bot_process.start()
        await server.until(lambda given=given: f"{given + 2} из 84" in screen(), 30)
        assert stored() == "y" * (given + 1)
        if interrupted:
            break
    else:
        pytest.fail("the machine is too slow for this test")

    # The stop falls right after the reply, before the next poll could acknowledge the tap.
    stopped: list[asyncio.Task[int]] = []

    def stop_at_once(event: Event) -> None:
        if event.kind == "edit" and not stopped:
            stopped.append(asyncio.get_running_loop().create_task(bot_process.end(signal.SIGTERM)))

    messenger.listen(stop_at_once)
    tap_yes()
    await server.until(lambda: stopped, 30)
    assert await stopped[0] == 0
    assert f"{given + 3} из 84" in screen()
    assert stored() == "y" * (given + 2)
    assert messenger.pending_updates() == []
    assert messenger.unanswered(77) == []
