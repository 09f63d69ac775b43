"""Handlers of this part of the routes."""

from handlers.iom.drafting import beginning, draft, editing, sending, suggesting
from handlers.routes import Routes

routes = Routes()
for part in (beginning, draft, suggesting, editing, sending):
    routes.include(part.routes)
