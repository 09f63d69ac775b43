"""The web page where a visitor is several people at once: routes, stream of events, static files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.chat_requests import ChatError, Handler, as_json, body_of, upload_of, with_errors
from bot.sandbox.clock_panel import ClockPanel
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import Call, CallbackAnswer, ChatMessage, Event, User
from bot.sandbox.messenger.views import call_view, message_view, person_view
from bot.sandbox.server import BotApiServer

KEEP_ALIVE_SECONDS = 15
# A page that reads nothing for so many events is dropped; it comes back and fetches anew.
STREAM_BACKLOG = 1000
CALLS_SHOWN = 200
FIRST_NEWCOMER_ID = 1_000_001

_STATIC_SUFFIXES = frozenset({".html", ".js", ".css", ".svg", ".png", ".ico", ".woff2", ".webmanifest"})
_PEOPLE_CHANGE = ("message", "edit", "delete", "people")

Stream = asyncio.Queue[str | None]


def add_web_chat(
    app_or_server: web.Application | BotApiServer,
    messenger: Messenger,
    web_dir: Path,
    clock: ClockPanel | None = None,
) -> None:
    """Add the page and its /chat/* routes. Call before the server starts; `web_dir` holds index.html.

    With `clock` the page shows it and moves it.
    """
    app = app_or_server.app if isinstance(app_or_server, BotApiServer) else app_or_server
    _WebChat(messenger, web_dir, clock).attach(app)


class _WebChat:
    def __init__(self, messenger: Messenger, web_dir: Path, panel: ClockPanel | None) -> None:
        self.messenger = messenger
        self.web_dir = web_dir
        self.panel = panel
        self.streams: set[Stream] = set()
        self.people_due = False

    def attach(self, app: web.Application) -> None:
        person = "/chat/people/{id:-?[0-9]+}"
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/chat/people", self.people),
            ("POST", "/chat/people", self.add_person),
            ("GET", f"{person}/messages", self.messages),
            ("POST", f"{person}/text", self.text),
            ("POST", f"{person}/tap", self.tap),
            ("POST", f"{person}/file", self.file),
            ("POST", f"{person}/read", self.read),
            ("POST", f"{person}/block", self.block),
            ("GET", "/chat/clock", self.clock),
            ("POST", "/chat/clock", self.move_clock),
            ("GET", "/chat/calls", self.calls),
            ("GET", "/chat/files/{file_id}", self.download),
            ("GET", "/chat/events", self.events),
            ("GET", "/", self.static),
            ("GET", "/{name:[A-Za-z0-9_.-]+}", self.static),
        ]
        for verb, path, route in routes:
            app.router.add_route(verb, path, with_errors(route))
        app.cleanup_ctx.append(self._listening)
        app.on_shutdown.append(self._close_streams)

    async def _listening(self, app: web.Application) -> Any:
        end = self.messenger.listen(self._changed)
        yield
        end()

    async def _close_streams(self, app: web.Application) -> None:
        for stream in self.streams:
            _offer(stream, None)

    # People and their chats.

    async def people(self, request: web.Request) -> web.Response:
        return as_json(self._people())

    async def add_person(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        name = " ".join(str(body.get("name", "")).split())
        if not name:
            raise ChatError("Напишите имя.")
        first_name, _, last_name = name.partition(" ")
        user_id = max([FIRST_NEWCOMER_ID, *(user.id + 1 for user in self.messenger.users())])
        self.messenger.add_user(user_id, first_name, last_name, role=str(body.get("role", "")).strip())
        return as_json(self._person(user_id))

    async def messages(self, request: web.Request) -> web.Response:
        user = self._user(request)
        messenger = self.messenger
        return as_json(
            {
                "messages": [message_view(message) for message in messenger.history(user.id)],
                "commands": messenger.commands_for(user.id),
                "started": user.started,
                "blocked": user.blocked,
                "bot": {"name": messenger.name, "username": messenger.username},
                "links": self._unopened_links(user.id),
            }
        )

    def _unopened_links(self, user_id: int) -> list[dict[str, str]]:
        written = {message.text for message in self.messenger.history(user_id) if not message.from_bot}
        return [
            {"title": link.title, "start": link.start}
            for link in self.messenger.links(user_id)
            if f"/start {link.start}" not in written
        ]

    async def text(self, request: web.Request) -> web.Response:
        user = self._writer(request)
        text = str((await body_of(request)).get("text", "")).strip()
        if not text:
            raise ChatError("Напишите сообщение.")
        message_id = self.messenger.write(user.id, text)
        return as_json(message_view(self.messenger.message(user.id, message_id)))

    async def tap(self, request: web.Request) -> web.Response:
        user = self._writer(request)
        body = await body_of(request)
        try:
            query_id = self.messenger.tap(user.id, int(body["message_id"]), str(body["data"]))
        except (KeyError, ValueError, TypeError):
            raise ChatError("Такой кнопки в этом сообщении нет.") from None
        return as_json({"query_id": query_id})

    async def file(self, request: web.Request) -> web.Response:
        user = self._writer(request)
        kind, name, data, caption = await upload_of(request)
        try:
            if kind == "photo":
                message_id = self.messenger.send_photo(user.id, data, caption)
            else:
                message_id = self.messenger.send_document(user.id, name, data, caption)
        except ValueError:
            if kind == "photo":
                raise ChatError(
                    "Не получилось отправить фото: нужен файл PNG или JPEG до 10 МБ, подпись до 1024 знаков."
                ) from None
            raise ChatError(
                "Не получилось отправить файл: он должен быть непустым и не больше 50 МБ, подпись до 1024 знаков."
            ) from None
        return as_json(message_view(self.messenger.message(user.id, message_id)))

    async def read(self, request: web.Request) -> web.Response:
        self.messenger.read(self._user(request).id)
        return as_json({})

    async def block(self, request: web.Request) -> web.Response:
        user = self._user(request)
        if (await body_of(request)).get("blocked"):
            self.messenger.block(user.id)
        else:
            self.messenger.unblock(user.id)
        return as_json(self._person(user.id))

    async def clock(self, request: web.Request) -> web.Response:
        return as_json(self._clock())

    async def move_clock(self, request: web.Request) -> web.Response:
        how = str((await body_of(request)).get("by", ""))
        try:
            told = await self.panel.move(how) if self.panel else None
        except KeyError:
            told = None
        if told is None:
            raise ChatError("Так часы не переводятся.")
        self.messenger.tell("clock")
        return as_json({"told": told})

    async def calls(self, request: web.Request) -> web.Response:
        return as_json([call_view(call) for call in list(self.messenger.calls)[-CALLS_SHOWN:]])

    async def download(self, request: web.Request) -> web.Response:
        file = self.messenger.files.by_id.get(request.match_info["file_id"])
        if file is None:
            raise ChatError("Такого файла нет.", 404)
        headers = {"X-Content-Type-Options": "nosniff"}
        if file.kind != "photo":
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return web.Response(body=file.data, content_type=file.mime, headers=headers)

    async def static(self, request: web.Request) -> web.StreamResponse:
        path = self.web_dir / (request.match_info.get("name") or "index.html")
        if path.suffix not in _STATIC_SUFFIXES or not path.is_file():
            raise ChatError("Такой страницы нет.", 404)
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    # Events.

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        stream: Stream = asyncio.Queue(STREAM_BACKLOG)
        self.streams.add(stream)
        try:
            await response.write(b": connected\n\n")
            while True:
                try:
                    line = await asyncio.wait_for(stream.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if line is None:
                    break
                await response.write(line.encode())
        except ConnectionError:
            pass
        finally:
            self.streams.discard(stream)
        return response

    def _changed(self, event: Event) -> None:
        if not self.streams or self._in_background(event.person):
            return
        for view in self._views(event):
            self._send(view)
        if event.kind in _PEOPLE_CHANGE and not self.people_due:
            # One list for a burst of messages.
            self.people_due = True
            asyncio.get_running_loop().call_later(0.05, self._send_people)

    def _in_background(self, person: int | None) -> bool:
        chat = self.messenger.chats.get(person) if person is not None else None
        return chat is not None and chat.user.background

    def _views(self, event: Event) -> Iterator[dict[str, Any]]:
        person = event.person
        match event:
            case Event(kind="message" | "edit", message=ChatMessage() as message):
                yield {"type": event.kind, "person": person, "message": message_view(message)}
            case Event(kind="delete"):
                yield {"type": "delete", "person": person, "message_id": event.message_id}
            case Event(kind="answer", answer=CallbackAnswer() as answer):
                told = {"query_id": answer.query_id, "text": answer.text, "alert": answer.alert}
                yield {"type": "answer", "person": person, **told}
            case Event(kind="typing"):
                yield {"type": "typing", "person": person}
            case Event(kind="commands"):
                for user in self.messenger.users():
                    commands = self.messenger.commands_for(user.id)
                    yield {"type": "commands", "person": user.id, "commands": commands}
            case Event(kind="clock"):
                yield {"type": "clock", "clock": self._clock()}
            case Event(kind="call", call=Call() as call):
                yield {"type": "call", "call": call_view(call)}

    def _send_people(self) -> None:
        self.people_due = False
        self._send({"type": "people", "people": self._people()})

    def _send(self, view: dict[str, Any]) -> None:
        line = f"data: {json.dumps(view, ensure_ascii=False)}\n\n"
        for stream in self.streams:
            _offer(stream, line)

    # Lookups.

    def _clock(self) -> dict[str, Any] | None:
        return self.panel.view() if self.panel else None

    def _people(self) -> list[dict[str, Any]]:
        return [self._person(user.id) for user in self.messenger.users() if not user.background]

    def _person(self, user_id: int) -> dict[str, Any]:
        return person_view(self.messenger.chats[user_id])

    def _user(self, request: web.Request) -> User:
        try:
            return self.messenger.user(int(request.match_info["id"]))
        except KeyError:
            raise ChatError("Такого человека нет.", 404) from None

    def _writer(self, request: web.Request) -> User:
        user = self._user(request)
        if user.blocked:
            raise ChatError("Бот заблокирован. Чтобы писать ему, разблокируйте его.")
        return user


def _offer(stream: Stream, line: str | None) -> None:
    try:
        stream.put_nowait(line)
    except asyncio.QueueFull:
        # Everything after the gap would mislead: what waits is thrown away and the stream ends.
        while not stream.empty():
            stream.get_nowait()
        stream.put_nowait(None)
