"""`sandbox`: the whole bot on this machine, without Telegram."""

import asyncio
import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import logs, running, wiring
from bot.commands.start import refuse, settings_or_refuse
from bot.sandbox.cast import ADMINS, CAST
from bot.sandbox.clock import MovableClock
from bot.sandbox.clock_panel import ClockPanel
from bot.sandbox.district import settle
from bot.sandbox.messenger.flood import Limits
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.persistence import load
from bot.sandbox.server import BotApiServer
from bot.sandbox.webchat import add_web_chat
from bot.settings import Settings
from services.diagnostics.loading import load_instruments
from storage import migrate
from storage.database import Database

console = Console(highlight=False)

FOLDER = Path("data/sandbox")
TOKEN = "42:SANDBOX"
FAST_TAPS = 100
"""Messages that one chat takes at once: whoever tries the test out taps faster than whoever means it."""
WEB = Path(__file__).parent.parent / "sandbox" / "web"


def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Порт веб-чата")] = 8080,
    host: Annotated[str, typer.Option(help="Адрес, на котором слушать")] = "127.0.0.1",
    reset: Annotated[bool, typer.Option("--reset", help="Начать заново: новый район, пустые чаты")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="Начать с пустой базы: только администратор")] = False,
    folder: Annotated[Path, typer.Option(help="Где хранить данные песочницы")] = FOLDER,
) -> None:
    """Песочница: бот и веб-чат на этом компьютере, без Telegram и без интернета.

    Откройте напечатанный адрес и выберите, кем быть: педагогом, наставником, куратором, методистом.
    Район на 6 школ и около 120 человек придуман. Данные хранятся между запусками; --reset начинает заново,
    --empty тоже, но без района: администратор заводит всё в чате.
    Часы песочницы переводятся вперёд вверху страницы: так видно, о чём бот напомнит завтра и через месяц.
    """
    if reset or empty or not (folder / "bot.db").exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        asyncio.run(_sandbox(host, port, folder, empty=empty))
    except OSError as error:
        refuse(f"Порт {port} занят или закрыт ({error.strerror}). Возьмите другой: --port 8090")


async def _sandbox(host: str, port: int, folder: Path, *, empty: bool) -> None:
    limits = Limits(chat_burst=FAST_TAPS)
    clock = MovableClock(folder, wiring.utc_now)
    messenger = Messenger(
        token=TOKEN,
        username="sosna_school_bot",
        name="Поддержка педагогов",
        clock=clock.seconds,
        stopwatch=time.time,
        limits=limits,
    )
    known = load(messenger, folder)
    server = BotApiServer(messenger, port=port, host=host, folder=folder)
    panel = ClockPanel(clock)
    add_web_chat(server, messenger, WEB, panel)
    await server.start()
    try:
        settings = _settings(server.url, folder)
        logs.set_up(settings.log_level, settings.log_format)
        if not known:
            await _settle(settings, messenger, clock.now(), empty=empty)
        _invite_newcomers(messenger)
        console.print(f"\nПесочница готова: [bold]{server.url}[/bold]\nОстановить: Ctrl+C\n")
        house = wiring.build(settings, clock.now)
        panel.serve(house)
        messenger.tell("clock")
        await running.run(house)
    finally:
        await server.stop()


def _settings(url: str, folder: Path) -> Settings:
    return settings_or_refuse(
        bot_token=TOKEN,
        bot_api_url=url,
        database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        redis_url=None,
        webhook_url=None,
        admin_ids=ADMINS,
    )


async def _settle(settings: Settings, messenger: Messenger, now: datetime, *, empty: bool) -> None:
    if empty:
        for each in CAST:
            if each.account_id in ADMINS:
                messenger.add_user(each.account_id, each.first_name, each.last_name, each.role, each.hint)
        return
    database = Database(settings.database_url)
    await migrate.upgrade(database)
    await settle(database, messenger, load_instruments()["boyko"], now, settings.zone)
    await database.close()


def _invite_newcomers(messenger: Messenger) -> None:
    """Whoever is added in the web chat gets the invite of the first newcomer of the cast."""
    cast = {character.account_id for character in CAST}
    newcomer = CAST[0].account_id
    if newcomer not in {user.id for user in messenger.users()}:
        return  # an empty district has no invite to give yet
    (invite,) = messenger.links(newcomer)

    def invite_new(_: object) -> None:
        for user in messenger.users():
            if user.id not in cast and not user.background and not messenger.links(user.id):
                messenger.give_link(user.id, invite.title, invite.start)

    messenger.listen(invite_new)
