"""The note and the table of a statement."""

from bot.parcels.made import Maker
from services.delivery.model import Kind

MAKERS: dict[Kind, Maker] = {}
