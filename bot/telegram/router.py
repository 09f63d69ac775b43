"""aiogram's router: one handler for messages, one for taps, one for people who block the bot or come back."""

import asyncio
import logging
import re

from aiogram import Bot, Router
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update, User

from bot.logs import error_id
from bot.telegram import CHANNEL
from bot.telegram.calls import download
from bot.telegram.presenter import message_of, show_message, show_tap
from bot.throttle import TOO_FAST, Throttle, Verdict
from bot.updates.receipt import Receipt
from bot.visits import Attached, Incoming, Visits
from handlers.ui.screen import Reply, Screen
from services.people.model import Account

log = logging.getLogger(__name__)

_INVITE_LINK = re.compile(r"(?:https?://)?t\.me/\w+\?start=(?P<token>[\w-]{1,64})")
PATIENCE = 30
"""Seconds that handling one update may take before it is given up."""


def telegram_router(visits: Visits, throttle: Throttle) -> Router:
    """A router that hands every event to `visits`, floods from one person apart, and shows the reply."""
    router = Router(name="edge")

    async def receive(bot: Bot, incoming: Incoming, receipt: Receipt, query: CallbackQuery | None) -> None:
        verdict = throttle.judge(incoming.account)
        if verdict is Verdict.TAKE:
            await _guarded(visits, bot, incoming, receipt, query)
        elif query is not None:
            await show_tap(bot, Reply(toast=TOO_FAST) if verdict is Verdict.WARN else None, query)
        elif verdict is Verdict.WARN:
            await show_message(bot, Reply(Screen(TOO_FAST)), incoming.account.external_id)

    @router.callback_query()
    async def on_tap(query: CallbackQuery, bot: Bot, event_update: Update, receipt: Receipt) -> None:
        incoming = Incoming(
            Account(CHANNEL, query.from_user.id),
            event_update.update_id,
            _name(query.from_user),
            data=query.data or "",
        )
        await receive(bot, incoming, receipt, query)

    @router.message()
    async def on_message(message: Message, bot: Bot, event_update: Update, receipt: Receipt) -> None:
        if message.from_user is None or message.chat.type != "private":
            return
        await receive(bot, _incoming(bot, message, message.from_user, event_update), receipt, None)

    @router.my_chat_member()
    async def on_membership(event: ChatMemberUpdated) -> None:
        if event.chat.type == "private":
            blocked = event.new_chat_member.status == "kicked"
            await visits.set_blocked(Account(CHANNEL, event.from_user.id), blocked)

    return router


def _name(user: User) -> str:
    """Surname first, as teachers write it."""
    return f"{user.last_name or ''} {user.first_name}".strip()


def _incoming(bot: Bot, message: Message, user: User, update: Update) -> Incoming:
    account = Account(CHANNEL, user.id)
    text = message.text
    if message.document is not None or message.photo or message.voice is not None:
        return Incoming(account, update.update_id, _name(user), document=_attached(bot, message))
    if text is None:
        return Incoming(account, update.update_id, _name(user), other=True)
    if link := _INVITE_LINK.fullmatch(text.strip()):
        # A link that somebody pasted instead of opening it.
        return Incoming(account, update.update_id, _name(user), command=("start", link["token"]))
    if text.startswith("/"):
        name, _, rest = text[1:].partition(" ")
        command = (name.partition("@")[0].casefold(), rest.strip())
        return Incoming(account, update.update_id, _name(user), command=command)
    return Incoming(account, update.update_id, _name(user), text=text)


def _attached(bot: Bot, message: Message) -> Attached:
    """The document or the voice of a message, or its photo in the largest size."""
    file = message.document or message.voice or max(message.photo or [], key=lambda size: size.width * size.height)

    async def fetch() -> bytes:
        return await download(bot, file.file_id)

    name = message.document.file_name if message.document is not None else None
    voice = message.voice is not None
    picture = message.document is None and not voice
    return Attached(name or "", file.file_size or 0, fetch, picture, message.caption or "", voice)


async def _guarded(
    visits: Visits, bot: Bot, incoming: Incoming, receipt: Receipt, query: CallbackQuery | None
) -> None:
    """Handle an event; whatever goes wrong is logged once with an id that the person is told, too."""
    person = incoming.account.external_id
    try:
        async with asyncio.timeout(PATIENCE):
            reply = await visits.receive(incoming, receipt.commit)
        async with receipt.showing:
            if query is not None:
                await show_tap(bot, reply, query)
            elif reply is not None:
                await show_message(bot, reply, person)
    except TelegramForbiddenError:
        await visits.set_blocked(incoming.account, True)
    except Exception:
        number = error_id()
        log.exception("error %s in update %s", number, incoming.update_id)
        await _apologise(bot, person, number, query)


async def _apologise(bot: Bot, person: int, number: str, query: CallbackQuery | None) -> None:
    sorry = Screen(
        f"Что-то пошло не так, мы уже разбираемся. Код ошибки: <code>{number}</code>\n\n"
        "Всё, что вы успели ответить, сохранено. Нажмите /start, чтобы продолжить."
    )
    try:
        if query is not None:
            await show_tap(bot, Reply(sorry, fresh=True), query)
        else:
            await bot(message_of(sorry, person))
    except Exception:
        log.warning("error %s could not be told to the person", number)
