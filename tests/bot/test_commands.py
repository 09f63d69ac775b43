"""The command line as an operator uses it: help, run, migrate, doctor, backup."""

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.server import BotApiServer
from tests.bot.conftest import ROOT, Teacher, enrol, flat, refused, run, run_beside
from tests.town import TOKEN, Town

pytestmark = pytest.mark.usefixtures("own_logs")

COMMANDS = (
    "run",
    "sandbox",
    "doctor",
    "migrate",
    "backup",
    "school",
    "school add",
    "school list",
    "invite",
    "score",
    "report",
    "note-template",
    "instrument",
    "instrument wording",
    "iom",
    "iom list",
    "iom document",
    "iom template",
    "iom",
    "iom list",
    "iom document",
    "iom template",
)


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m bot` as a process."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, env=environment, timeout=60
    )


# Help.


def test_the_help_lists_every_command() -> None:
    shown = started("--help")
    assert shown.returncode == 0
    for command in COMMANDS:
        assert command.partition(" ")[0] in shown.stdout
    assert "python -m bot sandbox" in shown.stdout
    assert shown.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_russian(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    said = re.sub(r"[^а-яё]", "", result.output.casefold())
    assert len(said) > 30


def test_wrong_settings_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIN_GROUP", "2")
    for command in ("run", "migrate", "doctor"):
        refused(run(command), "MIN_GROUP: нужно число не меньше 3")


def test_run_without_a_token(url: str) -> None:
    refused(run("run"), "BOT_TOKEN", "@BotFather", "python -m bot sandbox")


async def test_run_with_a_token_that_is_not_accepted(
    url: str, server: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_API_URL", server.url)
    monkeypatch.setenv("BOT_TOKEN", "42:WRONG")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert "BOT_TOKEN: Telegram не принимает этот токен" in flat(complaint.decode())
    assert "WRONG" not in complaint.decode()
    assert "Traceback" not in complaint.decode()


# migrate, doctor, backup.


def test_migrate_makes_the_tables_and_may_be_repeated(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        result = run("migrate")
        assert result.exit_code == 0, result.output
        assert "База готова" in result.output
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        assert connection.execute("SELECT count(*) FROM survey_sessions").fetchone() == (0,)


async def test_doctor_finds_a_healthy_bot(url: str, server: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", server.url)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    await enrol(url, [])
    result = await run_beside("doctor")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("✓") == 7
    assert "@school_bot" in result.stdout
    assert "✗" not in result.stdout


async def test_doctor_says_what_to_do(
    url: str, server: BotApiServer, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    monkeypatch.setenv("BOT_API_URL", server.url)
    monkeypatch.setenv("BOT_TOKEN", "42:WRONG")
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port}/0")
    result = await run_beside("doctor")
    assert result.exit_code == 1
    assert "✗ База: базы ещё нет. Выполните: python -m bot migrate" in result.stdout
    assert "✗ Telegram: BOT_TOKEN не подходит" in result.stdout
    assert "✗ Redis: REDIS_URL: нет связи" in result.stdout
    assert "✓ Шрифты графиков" in result.stdout

    monkeypatch.setenv("BOT_API_URL", f"http://127.0.0.1:{free_port}")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://bot:hidden@127.0.0.1:{free_port}/bot")
    result = await run_beside("doctor")
    assert "✗ База: DATABASE_URL: нет связи" in result.stdout
    assert "BOT_API_URL" in result.stdout
    assert "hidden" not in result.output


def test_doctor_on_an_older_database(url: str, tmp_path: Path) -> None:
    run("migrate")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()
    result = run("doctor")
    assert result.exit_code == 1
    assert "версия таблиц 0000" in result.stdout
    assert "python -m bot migrate" in result.stdout


async def test_a_backup_of_a_running_bot_opens_and_has_the_data(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", town.settings.database_url)
    await enrol(town.settings.database_url, [Teacher(77, "y")])
    maria = town.person(user_id=77)
    await maria.says("/start")
    await maria.taps("Нет")
    copy = tmp_path / "copies" / "bot.db"
    result = await run_beside("backup", copy)
    assert result.exit_code == 0, result.output
    # The bot goes on, and what follows is not in the copy.
    await maria.taps("Да")
    assert "4 из 84" in maria.last.text
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (answers,) = connection.execute("SELECT answers FROM survey_sessions").fetchone()
        assert answers.rstrip(".") == "yn"
    assert [path.name for path in copy.parent.iterdir()] == ["bot.db"]


def test_a_backup_of_nothing_or_onto_itself_is_refused(url: str, tmp_path: Path) -> None:
    refused(run("backup", tmp_path / "copy.db"), "копировать нечего")
    run("migrate")
    refused(run("backup", tmp_path / "bot.db"), "Это сама база")


def test_a_backup_of_postgresql_is_a_command_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hidden@db.example.org:5433/support")
    result = run("backup", "copy.dump")
    line = flat(result.stdout)
    assert line.startswith("pg_dump ")
    for part in ("--host=db.example.org", "--port=5433", "--username=bot", "--file=copy.dump"):
        assert part in line
    assert line.endswith(" support")
    assert "hidden" not in line
