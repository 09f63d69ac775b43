from __future__ import annotations

import asyncio
from pathlib import Path

from bot.sandbox.messenger import Messenger, load, save
from bot.sandbox.messenger.persistence import snapshot
from bot.sandbox.messenger.views import message_view
from bot.sandbox.server import BotApiServer
from tests.bot.sandbox.conftest import ANNA, TOKEN, Clock, png


def busy_chat(messenger: Messenger) -> int:
    """Everything that has to survive; the id of a message with a button is returned."""
    messenger.give_link(ANNA, "Приглашение", "abc")
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    fields = {"chat_id": ANNA, "text": "<b>Готовы?</b>", "parse_mode": "HTML", "reply_markup": keyboard}
    sent: int = messenger.call(TOKEN, "sendMessage", fields).payload["result"]["message_id"]
    messenger.tap(ANNA, sent, "yes")
    messenger.call(TOKEN, "editMessageText", {"chat_id": ANNA, "message_id": sent, "text": "Спасибо"})
    messenger.send_photo(ANNA, png(8, 8), "Фото")
    messenger.send_sticker(ANNA)
    commands = [{"command": "survey", "description": "Опрос"}]
    messenger.call(TOKEN, "setMyCommands", {"commands": commands})
    return sent


def test_round_trip(messenger: Messenger, clock: Clock, tmp_path: Path) -> None:
    sent = busy_chat(messenger)
    save(messenger, tmp_path)
    restored = Messenger(token=TOKEN, username="school_bot", clock=clock)
    assert load(restored, tmp_path)

    assert snapshot(restored) == snapshot(messenger)
    assert restored.history(ANNA) == messenger.history(ANNA)
    assert [message_view(m) for m in restored.history(ANNA)] == [message_view(m) for m in messenger.history(ANNA)]
    assert restored.unread(ANNA) == 1
    assert restored.commands_for(ANNA) == messenger.commands_for(ANNA)
    assert [query.message_id for query in restored.unanswered(ANNA)] == [sent]
    photo = next(message.photo for message in restored.history(ANNA) if message.photo)
    assert photo.data == png(8, 8)
    # The life goes on: new ids, the old button, the unacknowledged updates.
    restored.tap(ANNA, sent, "yes")
    assert restored.write(ANNA, "Ещё") == messenger.write(ANNA, "Ещё")
    ids = [update["update_id"] for update in restored.pending_updates()]
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    assert len(ids) == len(messenger.pending_updates()) + 1


def test_nothing_saved(messenger: Messenger, tmp_path: Path) -> None:
    assert not load(messenger, tmp_path)


async def test_server_saves_by_itself(messenger: Messenger, clock: Clock, tmp_path: Path) -> None:
    server = BotApiServer(messenger, folder=tmp_path)
    await server.start()
    busy_chat(messenger)
    await asyncio.sleep(0.6)
    # As after kill -9: what lies on the disk before any farewell.
    restored = Messenger(token=TOKEN, clock=clock)
    assert load(restored, tmp_path)
    assert restored.history(ANNA) == messenger.history(ANNA)
    messenger.write(ANNA, "Последнее")
    await server.stop()
    last = Messenger(token=TOKEN, clock=clock)
    load(last, tmp_path)
    assert last.history(ANNA)[-1].text == "Последнее"
