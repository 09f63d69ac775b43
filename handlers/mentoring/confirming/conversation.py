"""Meetings that are logged: confirmed, corrected, changed, deleted."""

from handlers.mentoring.confirming import answering, card, editing, listing
from handlers.routes import Routes

routes = Routes()
for part in (listing, card, answering, editing):
    routes.include(part.routes)
