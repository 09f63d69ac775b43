"""Runs of matching, as their curator goes through them."""

from handlers.mentoring.pairing import choosing, proposals, running
from handlers.routes import Routes

routes = Routes()
for part in (running, proposals, choosing):
    routes.include(part.routes)
