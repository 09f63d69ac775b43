"""Summaries of the week and of the month."""

from bot.parcels.made import Maker
from services.delivery.model import Kind

MAKERS: dict[Kind, Maker] = {}
