"""Walking a route: steps done, put off and cancelled; pauses."""

from handlers.iom.walking import doing, later, resting
from handlers.routes import Routes

routes = Routes()
for part in (doing, later, resting):
    routes.include(part.routes)
