"""Signing up, attendance, what people thought."""

from handlers.events.taking_part import attendance, mine, opinion, outcome
from handlers.routes import Routes

routes = Routes()
for part in (mine, opinion, attendance, outcome):
    routes.include(part.routes)
