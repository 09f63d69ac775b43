"""Handlers of this part of the routes."""

from handlers.iom.overview import figures, planning
from handlers.routes import Routes

routes = Routes()
for part in (figures, planning):
    routes.include(part.routes)
