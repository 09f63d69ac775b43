"""The Telegram edge: aiogram events to `Incoming`, `Reply` to calls of the Bot API."""

CHANNEL = "telegram"
