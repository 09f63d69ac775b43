"""The webhook mode from end to end: our Bot API server posts updates to the bot's own port."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.updates.receipt import GRACE
from tests.bot.conftest import Hold, Teacher, enrol
from tests.conftest import Founder
from tests.town import Person, Town

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def hooked(found: Founder, free_port: int) -> Town:
    """A town whose bot is posted to."""
    return await found(webhook_url=f"http://127.0.0.1:{free_port}", webhook_secret=SECRET, webhook_port=free_port)


@pytest.fixture
async def http(hooked: Town) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the bot's port."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{hooked.settings.webhook_port}") as session:
        yield session


async def post(http: aiohttp.ClientSession, update: dict[str, Any], secret: str = SECRET) -> int:
    async with http.post("/telegram", json=update, headers={"X-Telegram-Bot-Api-Secret-Token": secret}) as answer:
        return answer.status


async def a_teacher(town: Town) -> Person:
    await enrol(town.settings.database_url, [Teacher(77, "y")])
    person = town.person(user_id=77)
    await person.says("/start")
    return person


def says(update_id: int, words: str, user_id: int = 77) -> dict[str, Any]:
    """An update with a text message."""
    who = {"id": user_id, "is_bot": False, "first_name": "Мария"}
    chat = {"id": user_id, "type": "private", "first_name": "Мария"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1_700_000_000, "from": who, "chat": chat, "text": words},
    }


async def answers_of(town: Town) -> str:
    (row,) = await town.rows("SELECT answers FROM survey_sessions")
    return str(row.answers).rstrip(".")


async def test_a_test_goes_on_through_the_webhook(hooked: Town) -> None:
    maria = await a_teacher(hooked)
    assert hooked.messenger.webhook.url.endswith("/telegram")
    for answer in ("Да", "Нет", "Нет"):
        await maria.taps(answer)
    await maria.says("да")
    assert "6 из 84" in maria.last.text
    assert await answers_of(hooked) == "yynny"
    assert hooked.messenger.webhook.last_error_message is None


async def test_200_comes_only_after_the_commit(
    hooked: Town, http: aiohttp.ClientSession, writer_held: Hold
) -> None:
    await a_teacher(hooked)
    let_go = await writer_held()
    posting = asyncio.create_task(post(http, says(900_000_001, "нет")))
    await asyncio.sleep(GRACE + 0.5)
    assert not posting.done()

    let_go()
    assert await posting == 200
    assert await answers_of(hooked) == "yn"


async def test_the_same_update_twice_has_one_effect(hooked: Town, http: aiohttp.ClientSession) -> None:
    maria = await a_teacher(hooked)
    update = says(900_000_001, "нет")
    both = await asyncio.gather(post(http, update), post(http, update))
    later = await post(http, update)
    assert [*both, later] == [200, 200, 200]
    assert await answers_of(hooked) == "yn"
    assert [message.text.count("3 из 84") for message in maria.history] == [0, 1]


async def test_an_update_that_comes_again_after_a_restart_shows_where_one_stands(
    hooked: Town, http: aiohttp.ClientSession
) -> None:
    maria = await a_teacher(hooked)
    update = says(900_000_001, "нет")
    assert await post(http, update) == 200
    await hooked.stop_bot()
    calls = len(hooked.messenger.calls)
    await hooked.start_bot()
    await hooked.server.until(lambda: any(c.method == "setWebhook" for c in list(hooked.messenger.calls)[calls:]))
    assert await post(http, update) == 200
    assert await answers_of(hooked) == "yn"
    assert [message.text.count("3 из 84") for message in maria.history] == [0, 1, 1]


async def test_strangers_and_rubbish_are_refused(hooked: Town, http: aiohttp.ClientSession) -> None:
    await a_teacher(hooked)
    update = says(900_000_001, "нет")
    assert await post(http, update, secret="another-secret-of-somebody") == 403
    async with http.post("/telegram", json=update) as answer:
        assert answer.status == 403
    for rubbish in (b"{not json", b"[]", b"null", b"\xff\xfe", b'{"update_id": "x"}'):
        async with http.post(
            "/telegram", data=rubbish, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}
        ) as answer:
            assert answer.status == 400, rubbish
    assert await answers_of(hooked) == "y"


async def test_what_the_bot_has_no_use_for_is_taken_in_silence(hooked: Town, http: aiohttp.ClientSession) -> None:
    maria = await a_teacher(hooked)
    edited = says(900_000_001, "нет")
    edited["edited_message"] = edited.pop("message")
    group = says(900_000_002, "нет")
    group["message"]["chat"] = {"id": -5, "type": "group", "title": "Учительская"}
    assert await post(http, edited) == 200
    assert await post(http, group) == 200
    assert await answers_of(hooked) == "y"
    assert len(maria.history) == 1


async def test_health(http: aiohttp.ClientSession) -> None:
    async with http.get("/health") as answer:
        assert (answer.status, await answer.text()) == (200, "ok")


async def test_updates_that_came_while_the_bot_was_away_are_delivered(hooked: Town) -> None:
    maria = await a_teacher(hooked)
    await hooked.stop_bot()
    hooked.messenger.write(maria.id, "нет")
    await hooked.start_bot()
    await hooked.server.until(lambda: "3 из 84" in maria.last.text, 10)
    await hooked.quiet()
    assert await answers_of(hooked) == "yn"
