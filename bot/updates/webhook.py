"""The webhook: an update is answered with 200 only after its effects are committed."""

import hmac
import json
import logging

from aiogram import Bot
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.updates.lanes import Lanes
from bot.updates.receipt import Receipt

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram"


class PortTakenError(Exception):
    """The port of the webhook cannot be listened at."""


class Webhook:
    """A web server that Telegram posts updates to."""

    def __init__(self, bot: Bot, lanes: Lanes, secret: str, port: int) -> None:
        self._bot = bot
        self._lanes = lanes
        self._secret = secret
        self._port = port
        self._open: dict[int, Receipt] = {}
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen; the port listened at is returned (that of the settings, or a free one for 0).

        Raises PortTakenError.
        """
        app = web.Application()
        app.router.add_post(PATH, self._take)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, port=self._port)
        try:
            await site.start()
        except OSError as error:
            raise PortTakenError(str(self._port)) from error
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Let what is in hand come to its end and stop listening."""
        await self._lanes.drain(10)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.model_validate(json.loads(await request.read()), context={"bot": self._bot})
        except (ValueError, ValidationError):
            log.warning("a webhook request that is no update")
            return web.Response(status=400)
        receipt = self._open.get(update.update_id)
        if receipt is None:
            receipt = self._open[update.update_id] = self._lanes.put(update)
        try:
            await receipt.wait()
        finally:
            self._open.pop(update.update_id, None)
        return web.Response()

    @staticmethod
    async def _health(_: web.Request) -> web.Response:
        return web.Response(text="ok")
