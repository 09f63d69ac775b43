"""Answering a proposed pair."""

from handlers.mentoring.offers import answers, withdrawing
from handlers.routes import Routes

routes = Routes()
for part in (answers, withdrawing):
    routes.include(part.routes)
