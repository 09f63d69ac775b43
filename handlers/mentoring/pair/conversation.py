"""The card of a pair, and what it lives through."""

from handlers.mentoring.pair import card, closing, completing, listing, resting, starting
from handlers.routes import Routes

routes = Routes()
for part in (card, listing, starting, resting, closing, completing):
    routes.include(part.routes)
