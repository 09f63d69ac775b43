"""Programs of pairs and their stages."""

from handlers.mentoring.programs import card, edit, stages
from handlers.routes import Routes

routes = Routes()
for part in (card, edit, stages):
    routes.include(part.routes)
