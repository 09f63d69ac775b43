"""The bank of mentors: cards, browsing, approving."""

from handlers.mentoring.bank import browsing, deciding, own_card, proposing
from handlers.routes import Routes

routes = Routes()
for part in (own_card, browsing, deciding, proposing):
    routes.include(part.routes)
