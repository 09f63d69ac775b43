"""Buttons of the audit log."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id
from services.privacy.words import Topic


class AuditTap(CallbackData, prefix="audit"):
    """Entries older than `before`, or the newest; of all kinds or of one."""

    before: Id | None = None
    topic: Topic | None = None
