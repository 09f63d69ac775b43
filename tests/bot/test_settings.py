"""Settings: what each variable defaults to, and what an operator reads when one is wrong."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings

DEFAULTS = {
    "bot_token": None,
    "bot_api_url": "https://api.telegram.org",
    "database_url": "sqlite+aiosqlite:///data/bot.db",
    "redis_url": None,
    "admin_ids": frozenset(),
    "timezone": "Europe/Moscow",
    "min_group": 5,
    "webhook_url": None,
    "webhook_secret": None,
    "webhook_port": 8081,
    "log_level": "INFO",
    "log_format": "text",
}


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert {name: getattr(settings, name) for name in DEFAULTS} == DEFAULTS
    assert settings.folder == Path("data")


@pytest.mark.parametrize(
    ("variable", "value", "mend"),
    [
        ("BOT_TOKEN", "987654", "123456:ABC-DEF"),
        ("BOT_TOKEN", "bot:ABC", "не целиком"),
        ("BOT_TOKEN", "123: ABC", "не целиком"),
        ("BOT_API_URL", "api.telegram.org", "https://"),
        ("DATABASE_URL", "bot.db", "sqlite+aiosqlite:///data/bot.db"),
        ("DATABASE_URL", "mysql://localhost/bot", "SQLite и PostgreSQL"),
        ("DATABASE_URL", "sqlite://", "нужен файл"),
        ("ADMIN_IDS", "5001, Мария", "через запятую"),
        ("TIMEZONE", "Москва", "Europe/Moscow"),
        ("TIMEZONE", "../Moscow", "Europe/Moscow"),
        ("MIN_GROUP", "2", "не меньше 3"),
        ("MIN_GROUP", "пять", "целое число"),
        ("WEBHOOK_URL", "bot.example.org", "https://"),
        ("WEBHOOK_SECRET", "short", "от 16 до 256"),
        ("WEBHOOK_SECRET", "секрет-из-русских-букв", "латинских"),
        ("WEBHOOK_PORT", "0", "не меньше 1"),
        ("WEBHOOK_PORT", "70000", "не больше 65535"),
        ("WEBHOOK_PORT", "восемь", "целое число"),
        ("LOG_LEVEL", "loud", "'DEBUG'"),
        ("LOG_FORMAT", "xml", "'json'"),
        ("TIMEZONE", "Europe", "Europe/Moscow"),
        ("REDIS_URL", "localhost:6379", "redis://"),
    ],
)
def test_a_wrong_value_is_named_with_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, mend: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    (line,) = str(refusal.value).splitlines()
    name, _, advice = line.partition(": ")
    assert name == variable
    assert mend in advice
    if variable in ("BOT_TOKEN", "WEBHOOK_SECRET"):
        assert value not in line


def test_every_wrong_variable_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Луна")
    monkeypatch.setenv("MIN_GROUP", "1")
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert {line.partition(":")[0] for line in str(refusal.value).splitlines()} == {"TIMEZONE", "MIN_GROUP"}


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org")
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET: задайте секрет"):
        load_settings()


def test_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = ["BOT_TOKEN=42:SECRET", "ADMIN_IDS=5001; 5002,", "TIMEZONE=Asia/Yekaterinburg", "MIN_GROUP=", "X=1"]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("TIMEZONE", "Asia/Omsk")
    settings = load_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == "42:SECRET"
    assert settings.admin_ids == {5001, 5002}
    assert settings.zone.key == "Asia/Omsk"
    assert settings.min_group == 5


def test_secrets_are_not_shown() -> None:
    settings = load_settings(
        bot_token="42:VERYSECRET",
        webhook_secret="another-long-secret",
        redis_url="redis://:password@host",
    )
    shown = repr(settings)
    assert "VERYSECRET" not in shown
    assert "another" not in shown
    assert "password" not in shown


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db"),
        ("postgresql://bot:p%40ss@db/bot", "postgresql+asyncpg://bot:p%40ss@db/bot"),
        ("postgres://bot@db/bot", "postgresql+asyncpg://bot@db/bot"),
    ],
)
def test_addresses_of_databases_are_taken_as_operators_write_them(given: str, used: str) -> None:
    assert load_settings(database_url=given).database_url == used


def test_a_slash_at_the_end_of_an_address_does_no_harm() -> None:
    settings = load_settings(
        bot_api_url="http://127.0.0.1:8081/",
        webhook_url="https://bot.example.org/",
        webhook_secret="a-long-enough-secret",
    )
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.webhook_url == "https://bot.example.org"
