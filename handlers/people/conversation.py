"""Everything that managers do about places, people and links."""

from handlers.people import appointing, invites, links, members, places, zones
from handlers.routes import Routes

routes = Routes()
for part in (places, zones, invites, links, members, appointing):
    routes.include(part.routes)
