"""Running the bot: migrate, receive, send, until told to stop."""

import asyncio
import logging
import signal
from contextlib import suppress
from functools import partial

from aiogram.exceptions import AiogramError
from aiogram.methods import DeleteWebhook, GetMe, SetMyCommands, SetWebhook
from aiogram.types import BotCommand

from bot.leadership import lead
from bot.updates.polling import KINDS, Poller
from bot.updates.webhook import PATH, Webhook
from bot.wiring import House
from storage import migrate

log = logging.getLogger(__name__)

STRANGERS_COMMANDS = {"start": "Начать или продолжить", "help": "Помощь", "privacy": "Какие данные нужны и зачем"}


async def run(house: House, *, stop: asyncio.Event | None = None) -> None:
    """Run until SIGINT or SIGTERM, or until `stop` is set; then finish what is in hand.

    Raises TelegramUnauthorizedError when the token is not accepted, PortTakenError when the webhook's port is.
    """
    stop = stop or _on_signals()
    await migrate.upgrade(house.database)
    await house.instruments.refresh()
    await _introduce(house)
    house.scheduler.start()
    leading = asyncio.create_task(lead(house.database, partial(_duties, house)))
    try:
        await _receive(house, stop)
    finally:
        leading.cancel()
        with suppress(asyncio.CancelledError):
            await leading
        house.scheduler.stop()
        await house.close()


async def _duties(house: House) -> None:
    """What one process does for all: deliver the outbox, and see to what falls due."""
    await house.sender.take_over()
    async with asyncio.TaskGroup() as group:
        group.create_task(house.sender.run())
        group.create_task(house.scheduler.lead())


async def _receive(house: House, stop: asyncio.Event) -> None:
    settings = house.settings
    if settings.webhook_url and settings.webhook_secret:
        secret = settings.webhook_secret.get_secret_value()
        webhook = Webhook(house.bot, house.lanes, secret, settings.webhook_port)
        port = await webhook.start()
        url = f"{settings.webhook_url}{PATH}"
        await house.bot(SetWebhook(url=url, secret_token=secret, allowed_updates=KINDS))
        log.info("listening on port %s", port)
        await stop.wait()
        await webhook.stop()
        return
    await house.bot(DeleteWebhook())
    poller = Poller(house.bot, house.lanes)
    polling = asyncio.create_task(poller.run())
    stopping = asyncio.create_task(stop.wait())
    log.info("polling")
    await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if polling.done():
        polling.result()
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    with suppress(AiogramError, OSError):
        await poller.stop()


async def _introduce(house: House) -> None:
    """Make sure that Telegram knows the bot, and set the commands that strangers see."""
    me = await house.bot(GetMe())
    log.info("running as bot %s", me.id)
    house.desk.links.bot_name = me.username or ""
    commands = [BotCommand(command=name, description=line) for name, line in STRANGERS_COMMANDS.items()]
    await house.bot(SetMyCommands(commands=commands))


def _on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
