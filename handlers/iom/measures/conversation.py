"""Handlers of this part of the routes."""

from handlers.iom.measures import editing, importing
from handlers.routes import Routes

routes = Routes()
for part in (editing, importing):
    routes.include(part.routes)
