"""`invite`: a link that lets people in."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from aiogram.exceptions import AiogramError
from aiogram.methods import GetMe

from bot.commands.start import begin, complete, refuse, writing
from bot.settings import Settings
from bot.wiring import telegram_bot, utc_now
from services.people import invites
from services.people.model import Role


def invite(
    role: Annotated[Role, typer.Option(help="Кого приглашаем")],
    school: Annotated[int | None, typer.Option(help="Номер школы: педагог, наставник, куратор")] = None,
    municipality: Annotated[int | None, typer.Option(help="Номер муниципалитета: методист")] = None,
    uses: Annotated[int, typer.Option(min=1, max=1000, help="Сколько человек может войти по ссылке")] = 1,
    days: Annotated[int, typer.Option(min=1, max=366, help="Сколько дней действует ссылка")] = 30,
    qr: Annotated[Path | None, typer.Option(help="Сохранить QR-код в файл PNG или SVG")] = None,
) -> None:
    """Сделать ссылку-приглашение и напечатать её.

    Номера школ и муниципалитетов показывает python -m bot school list.
    """
    settings = begin()
    organisation = school if school is not None else municipality
    if organisation is None or (school is not None and municipality is not None):
        refuse("Укажите --school НОМЕР (для методиста --municipality НОМЕР).")
    if qr is not None and qr.suffix.lower() not in (".png", ".svg"):
        refuse("--qr: нужен файл .png или .svg")
    if settings.bot_token is None:
        refuse("BOT_TOKEN: не задан, а без бота ссылку не составить.")
    complete(_invite(settings, role, organisation, uses, days, qr))


async def _invite(
    settings: Settings, role: Role, organisation: int, uses: int, days: int, qr: Path | None
) -> None:
    bot = telegram_bot(settings)
    try:
        username = (await bot(GetMe())).username
    except AiogramError as error:
        name = type(error).__name__
        refuse(f"Telegram не ответил, имя бота узнать не вышло ({name}). Проверьте: python -m bot doctor")
    finally:
        await bot.session.close()
    now = utc_now()
    async with writing(settings) as work:
        token = await invites.issue(work, role, organisation, uses, now + timedelta(days=days), now)
        await work.commit()
    link = f"https://t.me/{username}?start={token}"
    typer.echo(link)
    if qr is not None:
        import segno

        qr.parent.mkdir(parents=True, exist_ok=True)
        segno.make(link, error="m").save(str(qr), scale=10, border=4)
        typer.echo(f"QR-код: {qr}", err=True)
