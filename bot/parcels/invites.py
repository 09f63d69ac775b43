"""QR codes of invites and sheets of them to print."""

from bot.parcels.made import Maker
from services.delivery.model import Kind

MAKERS: dict[Kind, Maker] = {}
