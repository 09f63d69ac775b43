"""A strict stand-in for Telegram: the state of a messenger with one bot, and the Bot API over it.

Pure: no event loop, no network, no clock of its own. `bot.sandbox.server` puts it on HTTP.
"""

from bot.sandbox.messenger.faults import Fault
from bot.sandbox.messenger.flood import Limits
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import Button, Call, CallbackAnswer, ChatMessage, Event, Link, User
from bot.sandbox.messenger.persistence import load, save

__all__ = [
    "Button",
    "Call",
    "CallbackAnswer",
    "ChatMessage",
    "Event",
    "Fault",
    "Limits",
    "Link",
    "Messenger",
    "User",
    "load",
    "save",
]
