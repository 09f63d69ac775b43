"""Campaigns: made, launched, watched."""

from handlers.campaigns import card, drafting, listing, results
from handlers.routes import Routes

routes = Routes()
for part in (listing, drafting, card, results):
    routes.include(part.routes)
