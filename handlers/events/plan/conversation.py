"""The plan of events: list, card, changes, import."""

from handlers.events.plan import announcing, card, closing, creating, editing, importing, listing
from handlers.routes import Routes

routes = Routes()
for part in (listing, card, creating, editing, announcing, closing, importing):
    routes.include(part.routes)
