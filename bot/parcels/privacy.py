"""A copy of one's data, and news of a shared result."""

from bot.parcels.made import Maker
from services.delivery.model import Kind

MAKERS: dict[Kind, Maker] = {}
