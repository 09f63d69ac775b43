"""The page's own API, as the page calls it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.messenger import Messenger
from bot.sandbox.server import BotApiServer
from bot.sandbox.webchat import add_web_chat
from tests.bot.sandbox.conftest import ANNA, TOKEN, png


@pytest.fixture
async def page(messenger: Messenger, tmp_path: Path) -> AsyncIterator[aiohttp.ClientSession]:
    (tmp_path / "index.html").write_text("<!doctype html><title>Чат</title>")
    (tmp_path / "app.js").write_text("export {};")
    (tmp_path / "secret.txt").write_text("no")
    server = BotApiServer(messenger)
    add_web_chat(server, messenger, tmp_path)
    await server.start()
    async with aiohttp.ClientSession(server.url) as session:
        yield session
    await server.stop()


async def get(page: aiohttp.ClientSession, path: str, status: int = 200) -> Any:
    async with page.get(path) as response:
        assert response.status == status
        return await response.json()


async def post(page: aiohttp.ClientSession, path: str, body: object, status: int = 200) -> Any:
    async with page.post(path, json=body) as response:
        assert response.status == status
        return await response.json()


async def ask(page: aiohttp.ClientSession) -> int:
    keyboard = {
        "inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Сайт", "url": "https://e.ru"}]]
    }
    body = {"chat_id": ANNA, "text": "<b>Готовы?</b>\n&lt;x&gt;", "parse_mode": "HTML", "reply_markup": keyboard}
    sent = await post(page, f"/bot{TOKEN}/sendMessage", body)
    message_id: int = sent["result"]["message_id"]
    return message_id


async def test_people_and_a_newcomer(page: aiohttp.ClientSession, messenger: Messenger) -> None:
    await ask(page)
    newcomer = await post(page, "/chat/people", {"name": " Борис  Иванов ", "role": "куратор"})
    assert newcomer["last_at"] == 0
    people = await get(page, "/chat/people")
    assert [(p["name"], p["role"], p["unread"], p["last_text"]) for p in people] == [
        ("Анна Петрова", "педагог", 1, "Готовы? <x>"),
        ("Борис Иванов", "куратор", 0, ""),
    ]
    chat = await get(page, f"/chat/people/{newcomer['id']}/messages")
    assert (chat["started"], chat["messages"], chat["links"]) == (False, [], [])
    assert await post(page, "/chat/people", {"name": " "}, 400) == {"error": "Напишите имя."}
    await post(page, f"/chat/people/{ANNA}/read", {})
    assert (await get(page, "/chat/people"))[0]["unread"] == 0


async def test_chat_of_a_person(page: aiohttp.ClientSession, messenger: Messenger) -> None:
    message_id = await ask(page)
    messenger.give_link(ANNA, "Приглашение", "abc")
    chat = await get(page, f"/chat/people/{ANNA}/messages")
    assert chat["bot"] == {"name": "Забота", "username": "school_bot"}
    assert chat["links"] == [{"title": "Приглашение", "start": "abc"}]
    shown = chat["messages"][-1]
    assert shown["html"] == "<b>Готовы?</b><br>&lt;x&gt;"
    assert shown["from"] == "bot"
    assert shown["keyboard"] == [[{"text": "Да", "data": "yes"}, {"text": "Сайт", "url": "https://e.ru/"}]]

    tapped = await post(page, f"/chat/people/{ANNA}/tap", {"message_id": message_id, "data": "yes"})
    assert tapped["query_id"] == messenger.unanswered(ANNA)[0].id
    for data in ("no", None):
        wrong = await post(page, f"/chat/people/{ANNA}/tap", {"message_id": message_id, "data": data}, 400)
        assert "кнопки" in wrong["error"]
    said = await post(page, f"/chat/people/{ANNA}/text", {"text": "Да <3"})
    assert (said["from"], said["html"]) == ("user", "Да &lt;3")
    await post(page, f"/chat/people/{ANNA}/text", {"text": "  "}, 400)
    await get(page, "/chat/people/404/messages", 404)

    blocked = await post(page, f"/chat/people/{ANNA}/block", {"blocked": True})
    assert blocked["blocked"]
    await post(page, f"/chat/people/{ANNA}/text", {"text": "x"}, 400)
    calls = await get(page, "/chat/calls")
    assert [(c["method"], c["chat_id"], c["status"]) for c in calls] == [("sendMessage", ANNA, 200)]


async def test_files(page: aiohttp.ClientSession, messenger: Messenger) -> None:
    async def upload(kind: str, name: str, data: bytes) -> tuple[int, Any]:
        form = aiohttp.FormData({"kind": kind, "caption": "Вот"}, quote_fields=False)
        form.add_field("file", data, filename=name)
        async with page.post(f"/chat/people/{ANNA}/file", data=form) as response:
            return response.status, await response.json()

    _, photo = await upload("photo", "a.png", png(6, 4))
    assert (photo["photo"]["width"], photo["photo"]["height"], photo["html"]) == (6, 4, "Вот")
    async with page.get(photo["photo"]["url"]) as response:
        assert (response.content_type, await response.read()) == ("image/png", png(6, 4))
    _, document = await upload("document", "План.html", b"<script>")
    assert (document["document"]["name"], document["document"]["size"]) == ("План.html", 8)
    async with page.get(document["document"]["url"]) as response:
        assert response.content_disposition
        assert (response.content_disposition.type, response.content_disposition.filename) == (
            "attachment",
            "План.html",
        )
    _, picture = await upload("document", "схема.png", png(6, 4))
    assert (picture["photo"], picture["document"]["name"]) == (None, "схема.png")
    status, wrong = await upload("photo", "a.gif", b"GIF89a")
    assert status == 400
    assert "PNG или JPEG" in wrong["error"]
    status, wrong = await upload("document", "пусто.csv", b"")
    assert status == 400
    assert "непустым" in wrong["error"]
    await get(page, "/chat/files/nothing", 404)


async def test_static_files_only_from_the_folder(page: aiohttp.ClientSession) -> None:
    for path, kind in (("/", "text/html"), ("/app.js", "application/javascript")):
        async with page.get(path) as response:
            assert (response.status, response.content_type) == (200, kind)
    for path in ("/secret.txt", "/nothing.js", "/..%2Fapp.js"):
        async with page.get(path) as response:
            assert response.status == 404


async def test_events(page: aiohttp.ClientSession, messenger: Messenger) -> None:
    events: list[dict[str, Any]] = []

    async def listen() -> None:
        async with page.get("/chat/events") as response:
            assert response.content_type == "text/event-stream"
            async for line in response.content:
                if line.startswith(b"data: "):
                    events.append(json.loads(line.removeprefix(b"data: ")))
                    if events[-1]["type"] == "people" and len(events) > 8:
                        return

    listener = asyncio.create_task(listen())
    await asyncio.sleep(0.1)
    message_id = await ask(page)
    query = messenger.tap(ANNA, message_id, "yes")
    await post(
        page, f"/bot{TOKEN}/answerCallbackQuery", {"callback_query_id": query, "text": "Ок", "show_alert": True}
    )
    await post(page, f"/bot{TOKEN}/getUpdates", {})
    await post(page, f"/bot{TOKEN}/sendChatAction", {"chat_id": ANNA, "action": "typing"})
    await post(page, f"/bot{TOKEN}/setMyCommands", {"commands": [{"command": "a", "description": "б"}]})
    where = {"chat_id": ANNA, "message_id": message_id}
    await post(page, f"/bot{TOKEN}/editMessageText", where | {"text": "Спасибо"})
    await post(page, f"/bot{TOKEN}/deleteMessage", where)
    await asyncio.wait_for(listener, 5)

    kinds = [event["type"] for event in events if event["type"] not in ("call", "people")]
    assert kinds == ["message", "answer", "typing", "commands", "edit", "delete"]
    told = {event["type"]: event for event in events}
    assert told["answer"] == {"type": "answer", "person": ANNA, "query_id": query, "text": "Ок", "alert": True}
    assert told["edit"]["message"]["html"] == "Спасибо"
    assert told["delete"]["message_id"] == message_id
    assert told["commands"]["commands"] == [{"command": "a", "description": "б"}]
    assert told["people"]["people"][0]["id"] == ANNA
    methods = [event["call"]["method"] for event in events if event["type"] == "call"]
    assert "getUpdates" not in methods
    assert methods[0] == "sendMessage"
