"""Asking for a mentor."""

from handlers.mentoring.requests import asking_for, editing, listing
from handlers.routes import Routes

routes = Routes()
for part in (editing, listing, asking_for):
    routes.include(part.routes)
