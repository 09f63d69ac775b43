"""Everything about one's own profile."""

from handlers.profile import card, phone, schools
from handlers.routes import Routes

routes = Routes()
for part in (card, schools, phone):
    routes.include(part.routes)
