"""Settings from the environment and `.env`, checked at start."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from services.delivery.quiet import Quiet
from services.mentoring.policy import MentoringPolicy
from services.mentoring.weights import weights_of
from services.people.consent import OURS, Consent, load_consent
from services.reporting.groups.suppression import SMALLEST_ALLOWED
from services.word_template import looked_at

DEFAULT_DATABASE = "sqlite+aiosqlite:///data/bot.db"
TELEGRAM_API = "https://api.telegram.org"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class SettingsError(ValueError):
    """Settings that cannot be used; the message names each variable and says how to mend it."""


class Settings(BaseSettings):
    """Everything that an operator can set. Read with `load_settings`."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM_API
    database_url: str = DEFAULT_DATABASE
    redis_url: SecretStr | None = None
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Europe/Moscow"
    min_group: int = Field(default=5, ge=SMALLEST_ALLOWED)
    region: str = Field(default="Регион", min_length=1, max_length=100)
    consent_file: Path | None = None
    iom_template: Path | None = None
    note_template: Path | None = None
    retention_years: int = Field(default=5, ge=1, le=75)
    taps_per_minute: int = Field(default=300, ge=30)
    messages_per_second: int = Field(default=30, ge=0)
    quiet_evening: int = Field(default=20, ge=12, le=24)
    quiet_morning: int = Field(default=8, ge=0, le=11)
    quiet_saturdays: bool = False
    pair_answer_days: int = Field(default=3, ge=1, le=30)
    pair_silent_days: int = Field(default=14, ge=3, le=90)
    pair_tell_curator_days: int = Field(default=7, ge=1, le=60)
    meeting_edit_days: int = Field(default=7, ge=1, le=90)
    pair_with_chief: bool = True
    pairing_weights: Path | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_port: int = Field(default=8081, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, secret = value.get_secret_value().partition(":")
            if not number.isdigit() or not secret or any(character.isspace() for character in secret):
                raise ValueError("похоже, токен скопирован не целиком; он выглядит как 123456:ABC-DEF")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("нужен адрес вида redis://localhost:6379/0")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("нужен адрес, который начинается с https:// (или http:// для своего сервера)")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            url = make_url(value)
        except ArgumentError:
            raise ValueError(
                f"нужен адрес вида {DEFAULT_DATABASE} или postgresql://user:password@host/name"
            ) from None
        if url.get_backend_name() not in DRIVERS:
            raise ValueError("поддерживаются SQLite и PostgreSQL")
        if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
            raise ValueError(f"для SQLite нужен файл, например {DEFAULT_DATABASE}")
        return url.set(drivername=DRIVERS[url.get_backend_name()]).render_as_string(hide_password=False)

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if isinstance(value, str):
            parts = value.replace(";", ",").split(",")
            try:
                return frozenset(int(part) for part in parts if part.strip())
            except ValueError:
                raise ValueError("нужны номера учётных записей через запятую, например 123456,234567") from None
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("нет такого часового пояса; пример: Europe/Moscow, Asia/Yekaterinburg") from None
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            text = value.get_secret_value()
            allowed = all(c.isascii() and (c.isalnum() or c in "_-") for c in text)
            if not allowed or not 16 <= len(text) <= 256:
                raise ValueError("нужны от 16 до 256 латинских букв, цифр, знаков _ и -")
        return value

    @field_validator("consent_file")
    @classmethod
    def _consent(cls, value: Path | None) -> Path | None:
        if value is not None:
            load_consent(value)  # ConsentError is a ValueError that says how to mend the file
        return value

    @field_validator("iom_template", "note_template")
    @classmethod
    def _template(cls, value: Path | None) -> Path | None:
        if value is not None:
            looked_at(value)  # TemplateError is a ValueError that says what is wrong; doctor looks deeper
        return value

    @field_validator("pairing_weights")
    @classmethod
    def _weights(cls, value: Path | None) -> Path | None:
        weights_of(value)  # WeightsError is a ValueError that says how to mend the file
        return value

    @property
    def consent(self) -> Consent:
        """The consent that people are asked for."""
        return load_consent(self.consent_file or OURS)

    @property
    def quiet(self) -> Quiet:
        """When nobody is disturbed."""
        return Quiet(self.quiet_evening, self.quiet_morning, self.quiet_saturdays)

    @property
    def mentoring(self) -> MentoringPolicy:
        """Terms and rules of mentoring."""
        return MentoringPolicy(
            self.pair_answer_days,
            self.pair_silent_days,
            self.pair_tell_curator_days,
            self.meeting_edit_days,
            self.pair_with_chief,
            self.pairing_weights,
        )

    @property
    def zone(self) -> ZoneInfo:
        """Where the users live."""
        return ZoneInfo(self.timezone)

    @property
    def folder(self) -> Path:
        """Where the process keeps small files of its own (beside an SQLite database)."""
        url = make_url(self.database_url)
        is_file = url.get_backend_name() == "sqlite" and url.database
        return Path(str(url.database)).parent if is_file else Path("data")


def load_settings(**overrides: object) -> Settings:
    """Read and check the settings. Raises SettingsError with a line for every wrong variable, in Russian."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"{str(e['loc'][0]).upper()}: {_mend(e)}" for e in error.errors()]
        raise SettingsError("\n".join(lines)) from None
    if settings.webhook_url and not settings.webhook_secret:
        raise SettingsError(
            "WEBHOOK_SECRET: задайте секрет из 16 и более латинских букв и цифр. "
            "Без него кто угодно сможет слать боту поддельные сообщения."
        )
    return settings


def _mend(error: object) -> str:
    details = dict(error)  # type: ignore[call-overload]
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "greater_than_equal":
        return f"нужно число не меньше {context['ge']}"
    if kind == "less_than_equal":
        return f"нужно число не больше {context['le']}"
    if kind == "int_parsing":
        return "нужно целое число"
    if kind == "literal_error":
        return f"допустимые значения: {context['expected'].replace(' or ', ', ')}"
    return str(details["msg"])
