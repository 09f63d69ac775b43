"""Telling of a meeting: by a message or by buttons."""

from handlers.mentoring.meeting import attaching, guiding, keeping, mending, telling
from handlers.routes import Routes

routes = Routes()
for _part in (telling, guiding, mending, keeping, attaching):
    routes.include(_part.routes)
