"""Charts of a report."""

from bot.parcels.made import Maker
from services.delivery.model import Kind

MAKERS: dict[Kind, Maker] = {}
