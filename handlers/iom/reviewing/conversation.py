"""What mentors, curators and methodists decide about routes."""

from handlers.iom.reviewing import agreement, confirmation, inbox, mentor
from handlers.routes import Routes

routes = Routes()
for part in (inbox, agreement, confirmation, mentor):
    routes.include(part.routes)
