"""The Bot API of a `Messenger` over HTTP: calls, long polling, webhooks, downloads, troubles on demand."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, ClientError, ClientSession, ClientTimeout, web

from bot.sandbox.messenger.faults import Fault
from bot.sandbox.messenger.files import DOCUMENT_BYTES
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.methods.receiving import TERMINATED
from bot.sandbox.messenger.model import Event, Reply, Upload
from bot.sandbox.messenger.persistence import save, snapshot, write

logger = logging.getLogger(__name__)

# The largest document with its multipart frame and the other parameters.
MAX_REQUEST_BYTES = DOCUMENT_BYTES + 1024 * 1024
SAVE_DELAY = 0.3
_NOT_STATE = ("typing", "call", "clock")


class TooLargeError(Exception):
    """The request is over the limit of an upload."""


class BotApiServer:
    """Serves one messenger at `url`; with a `folder`, keeps its state there (at most half a second behind).

    `port` 0 takes a free one. More routes may be added to `app` before `start`. `webhook_retry` is the first
    pause after a failed delivery in seconds; it doubles up to a minute.
    """

    def __init__(
        self,
        messenger: Messenger,
        port: int = 0,
        host: str = "127.0.0.1",
        folder: Path | None = None,
        webhook_retry: float = 0.5,
    ) -> None:
        self.messenger = messenger
        self.host = host
        self.port = port
        self.app = web.Application(client_max_size=MAX_REQUEST_BYTES)
        self.app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._api)
        self.app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        self._folder = folder
        self._webhook_retry = webhook_retry
        self._runner: web.AppRunner | None = None
        self._client: ClientSession | None = None
        self._poller: asyncio.Future[bool] | None = None
        self._waiters: set[asyncio.Event] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._saving: asyncio.Task[None] | None = None
        self._unsaved = False
        self._stop_listening: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        """Where the server is, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        """Listen. Raises OSError if the port is taken."""
        # A client that went away must not keep its long poll or a hanging answer alive.
        self._runner = web.AppRunner(self.app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._stop_listening = self.messenger.listen(self._changed)
        self._post_updates()

    async def stop(self) -> None:
        """Stop listening, end what waits, save the last state."""
        if self._stop_listening:
            self._stop_listening()
        self._end_poll(terminated=True)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()
        if self._client:
            await self._client.close()
        if self._saving:
            await self._saving
        if self._folder:
            save(self.messenger, self._folder)

    async def until(self, predicate: Callable[[], Any], timeout: float = 30) -> None:  # noqa: ASYNC109
        """Wait until `predicate()` is true; it is tried after every change of the messenger.

        Raises TimeoutError that lists the last calls after `timeout` seconds.
        """
        changed = asyncio.Event()
        self._waiters.add(changed)
        deadline = time.monotonic() + timeout
        try:
            while not predicate():
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"not reached in {timeout} s; the last calls:\n{self._last_calls()}")
                changed.clear()
                try:
                    # The pause serves predicates that look at more than the messenger.
                    await asyncio.wait_for(changed.wait(), min(left, 0.1))
                except TimeoutError:
                    continue
        finally:
            self._waiters.discard(changed)

    def _last_calls(self) -> str:
        calls = list(self.messenger.calls)[-12:]
        lines = [f"  {call.status} {call.method} chat={call.chat_id} {call.summary}" for call in calls]
        return "\n".join(lines) or "  none"

    def _changed(self, event: Event) -> None:
        for waiter in self._waiters:
            waiter.set()
        if event.kind == "update":
            self._end_poll(terminated=False)
            self._post_updates()
        if self._folder and event.kind not in _NOT_STATE:
            self._unsaved = True
            if self._saving is None or self._saving.done():
                self._saving = asyncio.get_running_loop().create_task(self._save_soon(self._folder))

    async def _save_soon(self, folder: Path) -> None:
        while self._unsaved:
            await asyncio.sleep(SAVE_DELAY)
            self._unsaved = False
            state, files = snapshot(self.messenger), dict(self.messenger.files.by_id)
            await asyncio.to_thread(write, state, files, folder)

    # Calls.

    async def _api(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            fields, files = await _parameters(request)
        except TooLargeError:
            return _response(Reply(413, _error(413, "Request Entity Too Large")))
        except ValueError as error:
            return _response(Reply(400, _error(400, f"Bad Request: can't parse request: {error}")))
        fault = self.messenger.faults.strike(method, _chat_id(fields))
        if fault and fault.kind in ("flood", "error", "drop"):
            return self._refuse(request, fault, method, fields, began)
        if method.lower() == "getupdates":
            reply = await self._poll(token, method, fields)
        else:
            reply = self.messenger.call(token, method, fields, files)
            status = 0 if fault and fault.kind == "drop_after" else reply.status
            self._note(method, Reply(status, reply.payload, reply.chat_id, reply.summary), began)
        if fault and fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        elif fault and fault.kind == "drop_after":
            return _cut(request)
        return _response(reply)

    def _refuse(
        self, request: web.Request, fault: Fault, method: str, fields: dict[str, Any], began: float
    ) -> web.Response:
        if fault.kind == "drop":
            self._note(method, Reply(0, {}, _chat_id(fields), "connection dropped"), began)
            return _cut(request)
        reply, page = fault.answer(_chat_id(fields))
        self._note(method, reply, began)
        return (
            _response(reply)
            if page is None
            else web.Response(status=reply.status, text=page, content_type="text/html")
        )

    def _note(self, method: str, reply: Reply, began: float) -> None:
        if method.lower() != "getupdates":
            self.messenger.note_call(method, reply, (time.perf_counter() - began) * 1000)

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.messenger.token:
            return _response(Reply(401, _error(401, "Unauthorized")))
        file = self.messenger.files.at_path(request.match_info["path"])
        if file is None:
            return _response(Reply(404, _error(404, "Not Found")))
        return web.Response(body=file.data, content_type=file.mime)

    # Long polling: a new poll ends the one that waits.

    async def _poll(self, token: str, method: str, fields: dict[str, Any]) -> Reply:
        reply = self.messenger.call(token, method, fields)
        if reply.status != 200:
            return reply
        self._end_poll(terminated=True)
        deadline = time.monotonic() + _seconds(fields.get("timeout"))
        while reply.status == 200 and not reply.payload["result"]:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            self._poller = asyncio.get_running_loop().create_future()
            try:
                terminated = await asyncio.wait_for(self._poller, left)
            except TimeoutError:
                break
            if terminated:
                return Reply(409, _error(409, TERMINATED))
            reply = self.messenger.call(token, method, fields)
        return reply

    def _end_poll(self, *, terminated: bool) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(terminated)

    # Webhook.

    def _post_updates(self) -> None:
        for update in self.messenger.webhook.startable(self.messenger.updates):
            task = asyncio.get_running_loop().create_task(self._deliver(update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, update: dict[str, Any]) -> None:
        messenger, update_id = self.messenger, update["update_id"]
        webhook = messenger.webhook
        pause = self._webhook_retry
        try:
            while webhook.url and update_id in messenger.updates.pending:
                failure = None
                for copy in messenger.faults.deliver([update]):
                    failure = await self._post(webhook.url, webhook.secret, copy)
                if failure is None:
                    messenger.updates.remove(update_id)
                    break
                webhook.failed(failure, messenger.clock())
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60.0)
        finally:
            webhook.finished(update_id)
        messenger.tell("acknowledged")
        self._post_updates()

    async def _post(self, url: str, secret: str, update: dict[str, Any]) -> str | None:
        if self._client is None:
            self._client = ClientSession(timeout=ClientTimeout(total=60))
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with self._client.post(url, json=update, headers=headers) as response:
                body = await response.read()
                if response.status != 200:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                if b'"method"' in body:
                    logger.error("not implemented by this server: a method in the answer of a webhook")
                return None
        except (ClientError, TimeoutError, OSError) as error:
            return f"Connection failed: {error or type(error).__name__}"


async def _parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters of the query, of a form, of multipart or of a JSON body."""
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "multipart/form-data":
        return await _multipart(request, fields)
    try:
        if request.content_type == "application/json":
            body = json.loads(await request.read() or b"{}")
            if not isinstance(body, dict):
                raise ValueError("JSON object expected")
            fields.update(body)
        elif request.content_type == "application/x-www-form-urlencoded":
            fields.update(await request.post())
    except web.HTTPRequestEntityTooLarge:
        raise TooLargeError from None
    return fields, {}


async def _multipart(request: web.Request, fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    files: dict[str, Upload] = {}
    total = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise ValueError("a part without a name")
        chunks: list[bytes] = []
        while chunk := await part.read_chunk(256 * 1024):
            total += len(chunk)
            # Read on without keeping: an answer in the middle of an upload breaks the client's connection.
            if total <= MAX_REQUEST_BYTES:
                chunks.append(chunk)
        data = b"".join(chunks)
        if part.filename is None:
            fields[part.name] = data.decode()
        else:
            files[part.name] = Upload(part.filename, data)
    if total > MAX_REQUEST_BYTES:
        raise TooLargeError
    return fields, files


def _chat_id(fields: dict[str, Any]) -> int | None:
    value = str(fields.get("chat_id", ""))
    return int(value) if value.lstrip("-").isdigit() else None


def _seconds(value: object) -> float:
    text = str(value or 0)
    return float(min(int(text), 50)) if text.isdigit() else 0.0


def _error(code: int, description: str) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description}


def _response(reply: Reply) -> web.Response:
    body = json.dumps(reply.payload, ensure_ascii=False).encode()
    return web.Response(status=reply.status, body=body, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
