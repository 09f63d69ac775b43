"""`backup`: a consistent copy of the data."""

import os
import shlex
import sqlite3
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url

from bot.commands.start import begin, refuse


def backup(file: Annotated[Path, typer.Argument(help="Куда сохранить копию")]) -> None:
    """Сделать копию базы, не останавливая бота.

    Для SQLite пишет согласованную копию в FILE. Для PostgreSQL печатает готовую команду pg_dump.
    """
    url = make_url(begin().database_url)
    if url.get_backend_name() == "postgresql":
        parts = ["pg_dump", "--format=custom", f"--file={file}"]
        parts += [f"--host={url.host or '127.0.0.1'}", f"--port={url.port or 5432}"]
        parts += [f"--username={url.username}"] if url.username else []
        typer.echo(shlex.join([*parts, url.database or ""]))
        return
    source = Path(str(url.database))
    if not source.exists():
        refuse(f"Базы {source} ещё нет: копировать нечего.")
    if file.exists() and file.samefile(source):
        refuse("Это сама база. Укажите другой файл для копии.")
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.part")
    with sqlite3.connect(source) as original, sqlite3.connect(partial) as copy:
        original.backup(copy)
    original.close()
    copy.close()
    os.replace(partial, file)
    typer.echo(f"Копия сохранена: {file} ({file.stat().st_size / 1_000_000:.1f} МБ)")
