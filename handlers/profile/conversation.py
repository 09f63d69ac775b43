"""Everything about one's own profile."""

from handlers.profile import card, phone, reminders, schools
from handlers.routes import Routes

routes = Routes()
for part in (card, reminders, schools, phone):
    routes.include(part.routes)
